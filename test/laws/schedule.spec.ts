import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSameJson } from '#json';
import { finished } from '#runtime';
import type { NewEvent, RecordedEvent } from '#log';
import { boundsOf, diff, type KnownEffect } from '#timeline';
import {
  isAboutNext,
  isAhead,
  Schedule,
  VIEWS,
  type Measure,
  type ScheduledChange,
  type State,
  viewNamed,
} from '#views';
import { DAYS, developments, noon } from './drawn.js';
import { oracle, oracleState } from './oracle.js';
import { withPipelines, type Pipeline } from './pipeline.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SINCE = noon(-60);

/** Events that are recorded during the days of their times, the first events earlier: many are recorded before their times. */
const recorded = (atMost: number): fc.Arbitrary<NewEvent[]> =>
  fc
    .tuple(
      developments({ atLeast: 1, atMost }),
      fc.array(fc.constantFrom(0, 1, 5 * HOUR, DAY, 2 * DAY), { minLength: 40, maxLength: 40 }),
    )
    .map(([events, gaps]) => {
      let at = noon(-8);
      return events.map((event, index) => ({ ...event, recordedAt: (at += gaps[index % 40]!) }));
    });

async function read({ log }: Pipeline): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.read()) events.push(event);
  return events;
}

const scheduleOf = ({ state, views }: Pipeline, upTo: number): readonly ScheduledChange[] =>
  finished(
    new Schedule(state, views.due).find({
      since: SINCE,
      now: noon(DAYS / 2),
      upTo,
      concerns: () => true,
      most: Infinity,
    }),
  ).found;

/**
 * The instants that events announced, by subject, from the definitions. An instant does not count where another effect has it too that is not
 * announced: then this other effect may cause the change.
 */
function dueIn(events: readonly RecordedEvent[]): Map<string, Set<number>> {
  const due = new Map<string, Set<number>>();
  const others = new Set<string>();
  const known = new Set<string>();
  for (const { sequence, recordedAt } of events) {
    for (const effect of [...oracle(events, { recordedAt: sequence }).values()].flat()) {
      const key = keyOf(effect);
      if (known.has(key)) continue;
      known.add(key);
      const bounds = due.get(effect.subject) ?? new Set();
      due.set(effect.subject, bounds);
      const { status } = effect.value as { readonly status?: string };
      for (const range of [effect.from, ...(effect.until ? [effect.until] : [])]) {
        // A vague time of an announcement is not a scheduled time.
        const isOne = status !== 'announced' && isAhead(range, effect.reported.from);
        const instants = boundsOf([{ from: range }]);
        const isDue = (at: number): boolean => isOne && at > recordedAt && at >= SINCE;
        instants.filter(isDue).forEach((at) => bounds.add(at));
        instants.filter((at) => !isDue(at)).forEach((at) => others.add(`${effect.subject} ${at}`));
      }
    }
  }
  for (const [subject, bounds] of due)
    for (const bound of bounds) if (others.has(`${subject} ${bound}`)) bounds.delete(bound);
  return due;
}

const keyOf = ({ from, until, ...effect }: KnownEffect): string =>
  JSON.stringify([effect.eventId, effect.ordinal, effect.because, from, until]);

const CATEGORIES = new Map(VIEWS.map(({ name, category }) => [name, category]));

/** The changes by the clock in the state at an instant, as texts. */
function changesAt(state: State, at: number, upTo: number): string[] {
  const stated = (asOf: number) => finished(state.stated({ asOf, recordedAt: upTo }));
  return diff(stated(at - 1), stated(at))
    .filter(({ aspect, before, after }) => !isAboutNext(aspect) && !(isSilent(before) && isSilent(after)))
    .map(({ view, subject, aspect }) => `${view} ${subject} ${aspect} ${at}`);
}

/** Whether a state says nothing: a subject that becomes known, of which nothing is said, is no change. */
const isSilent = (value: unknown): boolean => value === undefined || isSameJson(value, { status: 'unknown' });

const endsOf = ({ range: { earliest, latest } }: ScheduledChange): number[] => [
  earliest,
  earliest + 1,
  latest,
];

/** The deadlines for the decisions on a measure, as the state gives them just before the end of the range. */
function decisionsDue(state: State, { range, subject }: ScheduledChange, upTo: number): number[] {
  const measure = state.item(viewNamed('sanctions')!, subject, {
    asOf: range.latest - 1,
    recordedAt: upTo,
  }) as Measure;
  return (measure.decisions ?? []).map(({ due }) => Date.parse(due));
}

const namesOf = (item: ScheduledChange): string[] =>
  item.values.flatMap(({ aspect }) =>
    endsOf(item).map((at) => `${item.view} ${item.subject} ${aspect} ${at}`),
  );

describe('what is due', () => {
  it('is exactly the set of changes by the clock that the definitions give', () =>
    fc.assert(
      fc.asyncProperty(recorded(9), (events) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const log = await read(pipeline);
          const items = scheduleOf(pipeline, log.length).filter(({ isCancelled }) => !isCancelled);
          const state = oracleState(log);
          const due = dueIn(log);
          const told = new Set(items.flatMap(namesOf));
          const bounds = new Set([...due.values()].flatMap((instants) => [...instants]));
          for (const at of bounds) {
            for (const change of changesAt(state, at, log.length)) {
              const [view, subject] = change.split(' ') as [(typeof VIEWS)[number]['name'], string];
              if (due.get(`${CATEGORIES.get(view)}-${subject}`)?.has(at)) expect(told).toContain(change);
            }
          }
          for (const item of items) {
            if (item.kind === 'due') {
              expect(decisionsDue(state, item, log.length)).toContain(item.range.latest);
              continue;
            }
            const real = new Set(endsOf(item).flatMap((at) => changesAt(state, at, log.length)));
            expect(real.size).toBeGreaterThan(0);
            for (const { aspect } of item.values)
              expect(
                endsOf(item).map((at) => real.has(`${item.view} ${item.subject} ${aspect} ${at}`)),
              ).toContain(true);
          }
        }),
      ),
      { numRuns: 25 },
    ));

  it('stays one item when it is moved or withdrawn, and has the sequence of the last event that altered it', () =>
    fc.assert(
      fc.asyncProperty(recorded(15), (events) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          let before = new Map<string, ScheduledChange>();
          for (let upTo = 1; upTo <= events.length; upTo += 1) {
            const items = scheduleOf(pipeline, upTo);
            const now = new Map(items.map((item) => [`${item.eventId} ${item.kind} ${item.subject}`, item]));
            expect(now.size).toBe(items.length);
            for (const [key, item] of now) {
              const { sequence, ...said } = item;
              const { sequence: earlier, ...saidBefore } = before.get(key) ?? { sequence: 0 };
              expect({ ...said, sequence }).toEqual({
                ...said,
                sequence: isSameJson(said, saidBefore) ? earlier : upTo,
              });
              if (item.isCancelled) expect(before.has(key)).toBe(true);
            }
            for (const key of before.keys()) expect([...now.keys()]).toContain(key);
            before = now;
          }
        }),
      ),
      { numRuns: 25 },
    ));
});
