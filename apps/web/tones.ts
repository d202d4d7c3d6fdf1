import type { CrossingState } from './api.js';

/** For each status of any view, the status of a crossing with the same colour and shape. The word of the status is always beside the mark. */
const TONES: Readonly<Record<string, CrossingState>> = {
  open: 'open',
  restricted: 'restricted',
  closed: 'closed',
  announced: 'restricted',
  inForce: 'closed',
  expired: 'open',
  lifted: 'open',
  valid: 'open',
  due: 'restricted',
  held: 'closed',
  released: 'open',
  pending: 'restricted',
  met: 'open',
  withdrawn: 'open',
  carriedOut: 'closed',
  disrupted: 'restricted',
  delays: 'restricted',
  declared: 'closed',
  contested: 'restricted',
  unopposed: 'open',
  denied: 'closed',
  offers: 'open',
  refuses: 'closed',
  differ: 'restricted',
};

export const toneOf = (status: string): CrossingState => TONES[status] ?? 'unknown';
