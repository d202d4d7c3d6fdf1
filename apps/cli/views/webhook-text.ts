import { printable } from '../terminal.js';

interface ToldFailing {
  readonly message: string;
  readonly attempts: number;
  readonly since: string;
  readonly next?: string;
  readonly reason: string;
}
/** A webhook as the server answers it. */
export interface WebhookJson {
  readonly id: string;
  readonly url: string;
  readonly description?: string;
  readonly events?: Readonly<Record<string, string>>;
  readonly changes?: Readonly<Record<string, string>>;
  readonly state: string;
  readonly reason?: string;
  readonly owner: string;
  readonly created: string;
  readonly after: string;
  readonly failing?: ToldFailing;
  readonly redelivery?: {
    readonly after: string;
    readonly until: string;
    readonly failing?: ToldFailing;
    readonly stopped?: string;
  };
  readonly secret?: string;
}
/** An attempt as the server answers it. */
export interface DeliveryJson {
  readonly message: string;
  readonly track: string;
  readonly attempt: number;
  readonly at: string;
  readonly duration: number;
  readonly delivered: boolean;
  readonly status?: number;
  readonly failure?: string;
}

/** A webhook, a line for each of its members. */
export function webhookLines(webhook: WebhookJson): string[] {
  const { id, url, description, state, reason, owner, created, after, failing, redelivery } = webhook;
  const lines: (readonly [string, string | undefined])[] = [
    ['Id', id],
    ['Address', url],
    ['For', wantedBy(webhook)],
    ['About', description],
    ['State', reason === undefined ? state : `${state}: ${reason}`],
    ['Owner', owner],
    ['Created', created],
    ['Place', after],
    ['Failing', failing && failingText(failing)],
    ['Again', redelivery && `after ${redelivery.after}, up to ${redelivery.until}`],
    ['', redelivery?.failing && failingText(redelivery.failing)],
    ['', redelivery?.stopped],
  ];
  return lines.flatMap(([name, value]) =>
    value === undefined ? [] : `${name.padEnd(9)}${printable(value)}`,
  );
}

/** The kind of messages, and the filter. */
export function wantedBy({ events, changes }: WebhookJson): string {
  const [kind, filter] = events ? ['events', events] : ['changes', changes ?? {}];
  const members = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  return printable([kind, ...members].join(', '));
}

const failingText = ({ message, attempts, since, next, reason }: ToldFailing): string =>
  `${message}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} since ${since}: ${reason}${next === undefined ? '' : `; again at ${next}`}`;

/** The outcome of an attempt. */
export const resultText = ({ delivered, status, failure = '' }: DeliveryJson): string =>
  printable(delivered ? `delivered, ${status}` : failure);
