import { assertZone, parseCut, resolve, TimeError, type Instant } from '#time';
import { badParameter, one, whole, type Query } from './query.js';

/** Where a read of state cuts the three axes, and whose word it takes: the parameters of API.md, parsed. */
export interface AskedCut {
  readonly asOf: Instant;
  /** Whether the question names `asOf`; else it is now. */
  readonly asOfGiven: boolean;
  readonly knownAt?: Instant;
  readonly recordedAt?: RecordedBound;
  readonly zone: string;
  readonly accordingTo?: string;
  /** Admiralty code, `A1`…`F6`. */
  readonly minReliability?: string;
  /** The sequence that the views must have reached. */
  readonly atLeast?: number;
}

/** On the recorded axis: up to and including a sequence, or an instant. */
export type RecordedBound =
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'instant'; readonly instant: Instant };

export interface CutDefaults {
  readonly now: Instant;
  readonly zone: string;
}

export const CUT_PARAMETERS = [
  'asOf',
  'knownAt',
  'recordedAt',
  'zone',
  'accordingTo',
  'minReliability',
  'atLeast',
] as const;

/** The names of the cut's parameters under a prefix (`from.` → `from.asOf`…). */
export const cutParameters = (prefix = ''): string[] => CUT_PARAMETERS.map((name) => `${prefix}${name}`);

/**
 * Reads the cut from a query. A date means the last millisecond of that day in `zone`. Throws Problem
 * `invalid-parameter`, which names the parameter. Says nothing of other parameters: see `refuseUnknown`.
 */
export function cutFrom(query: Query, defaults: CutDefaults, prefix = ''): AskedCut {
  const named = (name: (typeof CUT_PARAMETERS)[number]): string => `${prefix}${name}`;
  const zone = zoneFrom(query, named('zone')) ?? defaults.zone;
  const asOf = instantFrom(query, named('asOf'), zone);
  const knownAt = instantFrom(query, named('knownAt'), zone);
  const recordedAt = recordedFrom(query, named('recordedAt'), zone);
  const accordingTo = one(query, named('accordingTo'));
  const minReliability = reliabilityFrom(query, named('minReliability'));
  const atLeast = whole(query, named('atLeast'));
  return {
    asOf: asOf ?? defaults.now,
    asOfGiven: asOf !== undefined,
    zone,
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(recordedAt === undefined ? {} : { recordedAt }),
    ...(accordingTo === undefined ? {} : { accordingTo }),
    ...(minReliability === undefined ? {} : { minReliability }),
    ...(atLeast === undefined ? {} : { atLeast }),
  };
}

/** An instant with its offset, or a date: the end of that day in the zone. */
export function instantFrom(query: Query, name: string, zone: string): Instant | undefined {
  const text = one(query, name);
  return text === undefined ? undefined : timed(name, () => parseCut(withPlus(text), zone));
}

/** An instant with its offset, or a date: the start of that day in the zone. Where an interval begins. */
export function startFrom(query: Query, name: string, zone: string): Instant | undefined {
  const text = one(query, name);
  const end = instantFrom(query, name, zone);
  return text !== undefined && isDate(text) ? resolve(text, zone, 'start').earliest : end;
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function recordedFrom(query: Query, name: string, zone: string): RecordedBound | undefined {
  const text = one(query, name);
  if (text === undefined) return undefined;
  if (!text.startsWith('@')) {
    return { kind: 'instant', instant: timed(name, () => parseCut(withPlus(text), zone)) };
  }
  const sequence = /^@\d{1,15}$/.test(text) ? Number(text.slice(1)) : undefined;
  if (sequence === undefined) throw badParameter(name, 'A sequence is written @ and a whole number: @120.');
  return { kind: 'sequence', sequence };
}

/** The name of a zone of the IANA database. */
export function zoneFrom(query: Query, name: string): string | undefined {
  const zone = one(query, name);
  if (zone !== undefined) timed(name, () => assertZone(zone));
  return zone;
}

function reliabilityFrom(query: Query, name: string): string | undefined {
  const code = one(query, name);
  if (code !== undefined && !/^[A-F][1-6]$/.test(code)) {
    throw badParameter(name, 'It must be an Admiralty code from A1 to F6, such as B2.');
  }
  return code;
}

/** A `+` that was not escaped arrives as a space: 12:00+02:00 → 12:00 02:00. */
const withPlus = (text: string): string => text.replace(/ (?=\d\d(:?\d\d)?$)/, '+');

function timed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TimeError) throw badParameter(name, error.message);
    throw error;
  }
}
