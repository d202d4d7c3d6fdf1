import fc from 'fast-check';
import { accept, eventTypes, type DevelopmentAsSent } from '#events';
import type { NewEvent } from '#log';

/**
 * Developments as the API accepts them, drawn at random: the examples of the catalogue with other times, claimants and reliabilities, and corrections
 * of them and of other corrections. Every id is fixed when the development is drawn, so a set can arrive in any order: the target of a correction may
 * arrive after the correction.
 */
export interface Drawing {
  /** A pattern for the types to draw, such as the prefix of a family; by default all types. */
  readonly only?: RegExp;
  /** Only times without vagueness, and few of them, so that many are equal. */
  readonly exact?: boolean;
  readonly atLeast?: number;
  readonly atMost: number;
}

const DAY = 86_400_000;
const FIRST = Date.UTC(2025, 9, 20);

/** The nth day of some weeks around a change of the clocks. */
export const day = (n: number): string => new Date(FIRST + n * DAY).toISOString().slice(0, 10);
/** Noon of the nth day. */
export const noon = (n: number): number => FIRST + n * DAY + DAY / 2;
export const DAYS = 24;

const dayNumber = fc.integer({ min: 0, max: DAYS });

/** EDTF with every kind of vagueness, around a day. */
const time = fc
  .tuple(
    dayNumber,
    fc.nat({ max: 5 }),
    fc.constantFrom('day', 'day', 'hour', 'span', 'about', 'oneOf', 'by', 'month'),
  )
  .map(([n, width, kind]) => {
    switch (kind) {
      case 'hour':
        return `${day(n)}T0${width}:00`;
      case 'span':
        return `${day(n)}/${day(n + width + 1)}`;
      case 'about':
        return `${day(n)}~`;
      case 'oneOf':
        return `[${day(n)},${day(n + width + 1)}]`;
      case 'by':
        return `../${day(n)}`;
      case 'month':
        return day(n).slice(0, 7);
      default:
        return day(n);
    }
  });

const exactTime = fc.nat({ max: 8 }).map((n) => `${day(n)}T03:00`);

const attribution = fc.record({
  claimant: fc.constantFrom('lt.government', 'by.government', 'press.ap'),
  standing: fc.constantFrom('act', 'act', 'observation', 'claim', 'denial', 'estimate', 'plan', 'reference'),
  reliability: fc.constantFrom('A1', 'B2', 'C4', 'F6'),
});

const told = (times: fc.Arbitrary<string>) => ({
  occurred: fc.option(times, { nil: undefined, freq: 5 }),
  until: fc.option(times, { nil: undefined, freq: 2 }),
  reportedAt: fc.oneof(dayNumber.map(day), times),
  attribution,
});

const OPTIONS = { defaultZone: 'Europe/Vilnius', newId: () => idOf(0) };

/** A UUID of version 7 that sorts by `n`. */
export const idOf = (n: number): string => `019a0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const known = (development: object): DevelopmentAsSent =>
  JSON.parse(JSON.stringify(development)) as DevelopmentAsSent;

/** An event as the log accepts it; undefined where the development is refused, as often with random times. */
export function eventOf(development: DevelopmentAsSent): NewEvent | undefined {
  const accepted = accept(development, OPTIONS);
  return Array.isArray(accepted) ? undefined : { ...accepted, metadata: {} };
}

function development(only: RegExp, times: fc.Arbitrary<string>): fc.Arbitrary<DevelopmentAsSent> {
  const examples = eventTypes
    .filter(({ type }) => only.test(type) && !type.startsWith('record.'))
    .map(({ example }) => example);
  return fc
    .record({ example: fc.constantFrom(...examples), ...told(times), reopens: fc.boolean() })
    .map(({ example, reopens, ...others }) => {
      const data = example.type === 'crossing.closed' ? { ...example.data, reopens } : example.data;
      return known({ ...example, ...others, data });
    });
}

/** Developments of every kind, as clients send them, without ids. Some of them would be refused. */
export const sentDevelopments = development(/./, time);

/** Sets of developments and corrections; the order of their ids differs from the order in which they were drawn. */
export function developments({
  only = /./,
  exact = false,
  atLeast = 1,
  atMost,
}: Drawing): fc.Arbitrary<NewEvent[]> {
  const times = exact ? exactTime : time;
  const entry = fc.record({
    development: development(only, times),
    /** Whether the development continues the previous development, from the day after the previous one ends. */
    follows: fc.boolean(),
    correction: fc.record({
      is: fc.constantFrom('no', 'no', 'no', 'corrected', 'retracted'),
      about: fc.nat({ max: 1000 }),
      kind: fc.constantFrom('amended', 'transcription'),
      ...told(times),
    }),
  });
  return fc
    .tuple(fc.array(entry, { minLength: atLeast, maxLength: atMost, size: 'max' }), fc.nat({ max: 997 }))
    .map(([entries, salt]) => {
      const ids = entries.map((_, index) => idOf(((index * 389 + salt) % 997) + 1));
      return entries.map(following).flatMap((drawn, index) => {
        const sent =
          index === 0 || drawn.correction.is === 'no' ? drawn.development : correctionIn(drawn, ids, index);
        return eventOf({ ...sent, id: ids[index]! }) ?? [];
      });
    })
    .filter((events) => events.length > 0);
}

function following(drawn: Entry, index: number, entries: readonly Entry[]): Entry {
  const before = entries[index - 1]?.development;
  const until = before?.until;
  if (!drawn.follows || typeof until !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(until)) return drawn;
  const occurred = new Date(Date.parse(until) + DAY).toISOString().slice(0, 10);
  const { until: end, reportedAt } = drawn.development;
  return { ...drawn, development: known({ ...before, occurred, until: end, reportedAt }) };
}

interface Entry {
  readonly development: DevelopmentAsSent;
  readonly follows: boolean;
  readonly correction: {
    readonly is: string;
    readonly about: number;
    readonly kind: string;
    readonly reportedAt: string;
    readonly attribution: object;
  };
}

/** A correction of a development or of another correction that was drawn before. */
function correctionIn(
  { development, correction }: Entry,
  ids: readonly string[],
  index: number,
): DevelopmentAsSent {
  const { kind, reportedAt, about } = correction;
  const data = { target: ids[about % index]!, kind, reason: 'It was otherwise.' };
  return known({
    type: `record.${correction.is}`,
    reportedAt,
    data: correction.is === 'corrected' ? { ...data, replacement: development } : data,
    source: development.source,
    attribution: correction.attribution,
  });
}
