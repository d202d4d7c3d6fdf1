import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import type { DevelopmentAsSent } from '#events';
import type { NewEvent, RecordedEvent } from '#log';
import { EARLIEST, formatInstant } from '#time';
import { boundsOf, diff, type KnownEffect, type Stated } from '#timeline';
import {
  ChangeFinder,
  ChangeWalk,
  isAboutNext,
  parseChangeId,
  START_OF_CHANGES,
  VIEWS,
  type ChangeOfState,
  type ChangePlace,
  type Point,
  type State,
  type ViewName,
} from '#views';
import { corpus } from '../questions/asked.js';
import { DAYS, developments, eventOf, idOf, noon } from './drawn.js';
import { oracle, oracleState } from './oracle.js';
import { withPipelines, type Pipeline } from './pipeline.js';

const HOUR = 3_600_000;
let ids = 100_000;
const nextId = (): string => idOf((ids += 1));

/** Events that are recorded during the days of their reports, some in the same millisecond, and some exactly at a midnight or a noon. */
const recorded = (atMost: number): fc.Arbitrary<NewEvent[]> =>
  fc
    .tuple(
      developments({ atLeast: 1, atMost }),
      fc.array(fc.constantFrom(0, 0, 1, 5 * HOUR, 12 * HOUR, 24 * HOUR), { minLength: 40, maxLength: 40 }),
    )
    .map(([events, gaps]) => {
      let at = noon(0) - 15 * HOUR;
      return events.map((event, index) => ({ ...event, recordedAt: (at += gaps[index % 40]!) }));
    });

const END = noon(DAYS + 40);

const closure = (crossing: string, recordedAt: number, until?: string): NewEvent => ({
  ...eventOf({
    type: 'crossing.closed',
    id: nextId(),
    occurred: '2025-10-18T12:00',
    ...(until !== undefined && { until }),
    reportedAt: '2025-10-18',
    data: { crossing },
    source: { publisher: 'A reader', title: 'An invented closure', publishedAt: '2025-10-18' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  })!,
  recordedAt,
});
/**
 * A closure that has ended when it is recorded. At a point before its recording the crossing is still closed. The next event moves the clock past the
 * end, also where the target point is earlier.
 */
const OVER_WHEN_RECORDED = closure('lt-by.medininkai', noon(0), '2025-10-20T06:00');
const OF_ANOTHER = closure('lt-by.latezeris', noon(1));

function walkOver({ log, views }: Pipeline): ChangeWalk {
  const finder = new ChangeFinder(() => views);
  return new ChangeWalk(
    log,
    { changes: finder, due: views.due },
    ({ sequence }) => `${10_000_000 + sequence}`,
  );
}

async function changesOf(walk: ChangeWalk, from: ChangePlace, to: Point): Promise<ChangeOfState[]> {
  const changes: ChangeOfState[] = [];
  for await (const part of walk.through(from, to)) changes.push(...part.changes);
  return changes;
}

async function read({ log }: Pipeline): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.read()) events.push(event);
  return events;
}

const keyOf = ({ view, subject, aspect }: { view: string; subject: string; aspect: string }): string =>
  JSON.stringify([view, subject, aspect]);

/** A state as the values of all its members. */
const valuesAt = (state: State, { sequence, at }: Point): Map<string, unknown> =>
  new Map(
    finished(state.stated({ asOf: at, recordedAt: sequence })).map((stated) => [keyOf(stated), stated.value]),
  );

function fold(values: Map<string, unknown>, changes: readonly ChangeOfState[]): Map<string, unknown> {
  for (const change of changes) {
    if (change.after === undefined) values.delete(keyOf(change));
    else values.set(keyOf(change), change.after);
  }
  return values;
}

const sorted = (values: ReadonlyMap<string, unknown>): unknown =>
  [...values].sort(([a], [b]) => (a < b ? -1 : 1));

/** The staircase by its definition: the whole state is computed at every point, without any index. */
function naive(events: readonly RecordedEvent[], to: Point): object[] {
  const state = oracleState(events);
  const bounds = new Set<number>();
  for (const { sequence } of events)
    for (const effects of oracle(events, { recordedAt: sequence }).values())
      for (const bound of boundsOf(effects)) bounds.add(bound);
  const states = new Map<string, Stated<ViewName>[]>();
  const at = (point: Point): Stated<ViewName>[] => {
    const key = `${point.sequence} ${point.at}`;
    const stated = states.get(key) ?? finished(state.stated({ asOf: point.at, recordedAt: point.sequence }));
    states.set(key, stated);
    return stated;
  };
  const told: object[] = [];
  let now: Point = { sequence: 0, at: EARLIEST };
  const clock = (until: number): void => {
    for (const bound of [...bounds].filter((b) => b > now.at && b <= until).sort((a, b) => a - b)) {
      const changes = diff(at({ ...now, at: bound - 1 }), at({ ...now, at: bound }));
      told.push(...changes.map((change) => ({ ...change, at: formatInstant(bound), cause: 'clock' })));
    }
    now = { ...now, at: Math.max(now.at, until) };
  };
  for (const { sequence, recordedAt, id } of events) {
    clock(recordedAt);
    const [before, after] = [now, { sequence, at: now.at }];
    const spans = spansTouched(events, sequence);
    const past = [EARLIEST, ...[...bounds].filter((b) => b < now.at).sort((a, b) => a - b)];
    const hulls = new Map<string, { from: string; to: string }>();
    past.forEach((v, index) => {
      const ends = formatInstant(past[index + 1] ?? now.at);
      for (const change of diff(at({ ...before, at: v }), at({ ...after, at: v }))) {
        if (isAboutNext(change.aspect)) continue;
        const { earliest, latest } = spans.get(`${CATEGORIES.get(change.view)}-${change.subject}`)!;
        if (v < earliest || v >= latest) {
          // Elsewhere an event can only make a subject known or unknown: it changes no value of the past.
          expect([change.before, change.after]).toContain(undefined);
          continue;
        }
        const key = keyOf(change);
        hulls.set(key, { from: hulls.get(key)?.from ?? formatInstant(v), to: ends });
      }
    });
    const changes = new Map(diff(at(before), at(after)).map((change) => [keyOf(change), change as object]));
    const later = new Map(at(after).map((stated) => [keyOf(stated), stated]));
    for (const key of hulls.keys()) {
      if (changes.has(key)) continue;
      const [view, subject, aspect] = JSON.parse(key) as [string, string, string];
      const same = later.get(key);
      const values = same && { before: same.value, after: same.value };
      changes.set(key, { view, subject, aspect, ...values, because: same?.because ?? [id] });
    }
    for (const [key, change] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const rewrites = hulls.get(key);
      const common = { at: formatInstant(now.at), cause: 'event', by: id };
      told.push({ ...change, ...common, ...(rewrites && { rewrites }) });
    }
    now = after;
  }
  clock(to.at);
  return told;
}

const CATEGORIES = new Map(VIEWS.map(({ name, category }) => [name, category]));
/** Adjacent terms meet: a start within a day after an end depends on the end. */
const DAY_OF_25_HOURS = 25 * HOUR;

/** For each subject the smallest range that contains the spans of the effects that an event began or ended. */
function spansTouched(
  events: readonly RecordedEvent[],
  sequence: number,
): Map<string, { earliest: number; latest: number }> {
  const [before, after] = [sequence - 1, sequence].map((recordedAt) => {
    const effects = [...oracle(events, { recordedAt }).values()].flat();
    return new Map(
      effects.map((effect) => [`${effect.eventId} ${effect.ordinal} ${effect.because.join()}`, effect]),
    );
  }) as [Map<string, KnownEffect>, Map<string, KnownEffect>];
  const touched = [
    ...[...before].filter(([key]) => !after.has(key)),
    ...[...after].filter(([key]) => !before.has(key)),
  ];
  const spans = new Map<string, { earliest: number; latest: number }>();
  for (const [, { subject, from, until, then }] of touched) {
    const end = until && then === undefined ? until.latest + DAY_OF_25_HOURS : Infinity;
    const { earliest = from.earliest, latest = end } = spans.get(subject) ?? {};
    spans.set(subject, { earliest: Math.min(earliest, from.earliest), latest: Math.max(latest, end) });
  }
  return spans;
}

function comparable({
  id: _,
  since: _s,
  sinceEarliest: _e,
  knownSince: _k,
  ...change
}: ChangeOfState): object {
  return { ...change, because: [...change.because].sort() };
}

describe('changes of state', () => {
  it('are exactly the differences between neighbouring points of the staircase, in its order', () =>
    fc.assert(
      fc.asyncProperty(recorded(7), (events) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const to = { sequence: events.length, at: END };
          const told = await changesOf(walkOver(pipeline), START_OF_CHANGES, to);
          const defined = naive(await read(pipeline), to) as ChangeOfState[];
          expect(told.map(comparable)).toEqual(defined.map(comparable));
        }),
      ),
      { numRuns: 15 },
    ));

  it('give the state when they are folded from the empty state, with the next changes', () =>
    fc.assert(
      fc.asyncProperty(recorded(25), (events) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const to = { sequence: events.length, at: END - 40 * 24 * HOUR };
          const folded = fold(new Map(), await changesOf(walkOver(pipeline), START_OF_CHANGES, to));
          expect(sorted(folded)).toEqual(sorted(valuesAt(pipeline.state, to)));
        }),
      ),
      { numRuns: 25 },
    ));

  it('between any two points are the difference of their states, also outside the staircase', () =>
    fc.assert(
      fc.asyncProperty(
        recorded(20),
        fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }), fc.nat({ max: DAYS }), fc.nat({ max: DAYS })),
        (events, [n, m, day, later]) =>
          withPipelines(1, async (pipeline) => {
            await pipeline.record(events);
            const last = events.length;
            const from = { sequence: Math.min(n, last), at: noon(day) - 12 * HOUR };
            const to = { sequence: Math.min(n + m, last), at: from.at + later * 24 * HOUR };
            const told = await changesOf(walkOver(pipeline), from, to);
            // The clock is at the last change that was sent, also outside the staircase.
            const at = Math.max(to.at, ...told.map((change) => Date.parse(change.at)));
            const reached = { ...to, at: Math.max(at, await recordedUpTo(pipeline, from, to)) };
            const folded = fold(valuesAt(pipeline.state, from), told);
            expect(sorted(folded)).toEqual(sorted(valuesAt(pipeline.state, reached)));
          }),
      ),
      {
        numRuns: 41,
        examples: [
          [
            [OVER_WHEN_RECORDED, OF_ANOTHER],
            [1, 1, 0, 0],
          ],
        ],
      },
    ));

  it('continue after the id of each change with exactly the remaining changes', () =>
    fc.assert(
      fc.asyncProperty(recorded(10), (events) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const to = { sequence: events.length, at: END };
          const ids = (await changesOf(walkOver(pipeline), START_OF_CHANGES, to)).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          const walk = walkOver(pipeline);
          for (const [index, id] of ids.entries()) {
            const rest = await changesOf(walk, parseChangeId(id)!, to);
            expect([id, ...rest.map((change) => change.id)]).toEqual(ids.slice(index));
          }
        }),
      ),
      { numRuns: 15 },
    ));

  it('of the corpus are the same for a client that follows it event by event', () =>
    withPipelines(2, async (live, later) => {
      const events = corpus()
        .flatMap(
          (development) => eventOf({ ...(development as unknown as DevelopmentAsSent), id: nextId() }) ?? [],
        )
        .map((event, index) => ({ ...event, recordedAt: noon(index) }));
      const told: ChangeOfState[] = [];
      const walk = walkOver(live);
      let place: ChangePlace = START_OF_CHANGES;
      for (const [index, event] of events.entries()) {
        await live.record([event]);
        const to = { sequence: index + 1, at: event.recordedAt };
        told.push(...(await changesOf(walk, place, to)));
        place = to;
      }
      await later.record(events);
      const changes = await changesOf(walkOver(later), START_OF_CHANGES, place);
      for (const [index, change] of told.entries()) expect(change).toEqual(changes[index]);
      expect(told.length).toBe(changes.length);
    }));

  it('are the same for a client that follows the log event by event and for a client that reads it later', () =>
    fc.assert(
      fc.asyncProperty(recorded(15), (events) =>
        withPipelines(2, async (live, later) => {
          const told: ChangeOfState[] = [];
          let place: ChangePlace = START_OF_CHANGES;
          for (const [index, event] of events.entries()) {
            await live.record([event]);
            const to = { sequence: index + 1, at: event.recordedAt! };
            told.push(...(await changesOf(walkOver(live), place, to)));
            place = to;
          }
          await later.record(events);
          const to = { sequence: events.length, at: events.at(-1)!.recordedAt! };
          expect(told).toEqual(await changesOf(walkOver(later), START_OF_CHANGES, to));
        }),
      ),
      { numRuns: 20 },
    ));
});

/** The recording time of the last event between two points. */
async function recordedUpTo(pipeline: Pipeline, from: Point, to: Point): Promise<number> {
  const events = await read(pipeline);
  return from.sequence < to.sequence ? events[to.sequence - 1]!.recordedAt : from.at;
}
