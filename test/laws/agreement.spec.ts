import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import type { Payload } from '#events';
import type { NewEvent } from '#log';
import { EARLIEST } from '#time';
import { VIEWS, type Item, type State } from '#views';
import { DAYS, developments, noon } from './drawn.js';
import { withPipelines } from './pipeline.js';

/** The members that an item and a piece of a timeline share. */
interface Said {
  readonly status?: string;
  readonly possible?: readonly unknown[];
  readonly certain?: boolean;
  readonly since?: string;
  readonly sinceEarliest?: string;
  readonly next?: {
    readonly at: string;
    readonly earliest?: string;
    readonly status: string;
    readonly possible?: readonly string[];
  };
}
/** The state of an item; an item that is not listed is unknown. */
const saidBy = (item: Item | undefined): Said => (item ?? { status: 'unknown' }) as Said;

const questions = fc.record({
  v: fc.integer({ min: -1, max: DAYS + 4 }),
  scope: fc.record(
    {
      knownAt: fc.integer({ min: 0, max: DAYS + 4 }).map(noon),
      recordedAt: fc.integer({ min: 1, max: 30 }),
      accordingTo: fc.constantFrom('lt.government', 'press.ap'),
      minReliability: fc.constantFrom('B2'),
    },
    { requiredKeys: [] },
  ),
});

/** Views whose items have the same status as their timeline. */
const WITH_STATUS = VIEWS.filter(({ name }) =>
  ['crossings', 'transit', 'sanctions', 'detentions', 'warnings', 'conditions'].includes(name),
);

const HAVE_LEDGERS = new Set<string>([
  'transit',
  'sanctions',
  'detentions',
  'talks',
  'airspace',
  'releases',
  'statements',
]);

/** Whether the event is a report without corrections in which all times of the world are instants. */
const isExact = ({ type, payload }: NewEvent): boolean => {
  const { occurred, until, data } = payload as Payload;
  const vague = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    (('earliest' in value && 'latest' in value && value.earliest !== value.latest) ||
      Object.values(value).some(vague));
  // A phase without `announcedAt` is announced by its report, and the time of a report is a day.
  const needsReport = occurred === undefined || (type === 'sanctions.phase-scheduled' && !data.announcedAt);
  return !type.startsWith('record.') && !needsReport && !vague([occurred, until, data]);
};

/** The two ends of every vague instant in an answer, at any depth. */
function otherEnds(value: unknown): { latest: string; earliest: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, string>>;
  const own = Object.keys(members).flatMap((name) => {
    const of = name === 'earliest' ? 'at' : /^(.+)Earliest$/.exec(name)?.[1];
    return of === undefined ? [] : [{ latest: members[of]!, earliest: members[name]! }];
  });
  return [...own, ...Object.values(value).flatMap(otherEnds)];
}

const overAll = (check: (state: State, asked: { v: number; scope: object }) => void, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(
      developments({ atLeast: 4, atMost: 30 }),
      fc.array(questions, { minLength: 3, maxLength: 6 }),
      (events, asked) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          for (const question of asked) check(pipeline.state, question);
        }),
    ),
    { numRuns },
  );

describe('the answers to different questions', () => {
  it('a list and each of its items agree', () =>
    overAll((state, { v, scope }) => {
      const question = { ...scope, asOf: noon(v) };
      for (const view of VIEWS) {
        for (const item of finished(state.list(view, question)))
          expect(state.item(view, item.id, question)).toEqual(item);
      }
    }, 20));

  it('an item and the piece of the timeline around it agree', () =>
    overAll((state, { v, scope }) => {
      for (const view of WITH_STATUS) {
        for (const { id, ...item } of finished(state.list(view, { ...scope, asOf: noon(v) }))) {
          const pieces = finished(state.timeline(view, id, scope));
          const piece = pieces.find(({ from = -Infinity, to = Infinity }) => from <= noon(v) && noon(v) < to);
          const { status, possible } = saidBy({ id, ...item });
          expect([view.name, id, piece?.status]).toEqual([view.name, id, status]);
          // For a route, `possible` in the timeline is about the goods.
          if (view.name !== 'transit') expect([id, piece?.possible]).toEqual([id, possible]);
        }
      }
    }, 20));

  it('a timeline rests on reports where there is an item, also where all that was reported has ended, and nowhere else', () =>
    overAll((state, { v, scope }) => {
      const faults: unknown[] = [];
      for (const view of VIEWS) {
        for (const id of state.subjectsAfter(view, '', 100)) {
          const item = state.item(view, id, { ...scope, asOf: noon(v) });
          const [piece] = finished(state.timeline(view, id, scope, { from: noon(v), to: noon(v) + 1 }));
          const isSaid = piece !== undefined && piece.because.length > 0;
          if (isSaid && item === undefined) faults.push([view.name, id, piece]);
          // The entries of a ledger have no duration: they are in the item and not in the timeline.
          if (!isSaid && item && !HAVE_LEDGERS.has(view.name)) faults.push([view.name, item, piece]);
        }
      }
      expect(faults).toEqual([]);
    }, 20));

  it('`since` is the instant at which the status began, and `next` is its next change', () =>
    overAll((state, { v, scope }) => {
      for (const view of WITH_STATUS) {
        for (const item of finished(state.list(view, { ...scope, asOf: noon(v) }))) {
          const { status, possible, since, next } = saidBy(item);
          const at = (instant: number) => saidBy(state.item(view, item.id, { ...scope, asOf: instant }));
          if (since !== undefined) {
            const began = at(Date.parse(since));
            expect([view.name, began.status, began.possible]).toEqual([view.name, status, possible]);
            const before = at(Date.parse(since) - 1);
            expect([before.status, before.possible]).not.toEqual([status, possible]);
          }
          if (next) {
            const later = at(Date.parse(next.at));
            expect([view.name, later.status, later.possible]).toEqual([
              view.name,
              next.status,
              next.possible,
            ]);
            const until = at(Date.parse(next.earliest ?? next.at) - 1);
            expect([until.status, until.possible]).toEqual([status, possible]);
          }
        }
      }
    }, 20));

  it('the other end of a vague instant is the bound of what is possible', () =>
    overAll((state, { v, scope }) => {
      for (const view of WITH_STATUS) {
        for (const item of finished(state.list(view, { ...scope, asOf: noon(v) }))) {
          const { status, since, sinceEarliest, next } = saidBy(item);
          const mayBe = (instant: number): boolean => {
            const then = saidBy(state.item(view, item.id, { ...scope, asOf: instant }));
            return (then.possible ?? [then.status]).includes(status);
          };
          if (next?.earliest !== undefined) expect(mayBe(Date.parse(next.at))).toBe(false);
          // For a route, the possible states are about the goods.
          if (sinceEarliest === undefined || view.name === 'transit') continue;
          const [first, last] = [Date.parse(sinceEarliest), Date.parse(since!)];
          const between = [0, 0.2, 0.5, 0.9].map((part) => first + Math.floor((last - 1 - first) * part));
          expect(between.every(mayBe)).toBe(true);
          expect(first === EARLIEST || !mayBe(first - 1)).toBe(true);
        }
      }
    }, 20));

  it('another end is earlier than its instant, and there is no other end where every report is exact', () =>
    fc.assert(
      fc.asyncProperty(developments({ atLeast: 4, atMost: 30 }), fc.boolean(), (drawn, exactly) =>
        withPipelines(1, async (pipeline) => {
          const events = exactly ? drawn.filter(isExact) : drawn;
          if (events.length > 0) await pipeline.record(events);
          const items = VIEWS.flatMap((view) =>
            finished(pipeline.state.list(view, { asOf: noon(DAYS / 2) })),
          );
          const ends = items.flatMap(otherEnds);
          for (const { latest, earliest } of ends) expect(earliest < latest).toBe(true);
          if (exactly) expect(ends).toEqual([]);
        }),
      ),
      { numRuns: 30 },
    ));

  it('a state does not differ from itself, and differs from another state in its members', () =>
    overAll((state, { v, scope }) => {
      const question = { ...scope, asOf: noon(v) };
      const other = { asOf: noon(v + 3) };
      expect(finished(state.diff(question, question))).toEqual([]);
      const named = (view: string, subject: string, aspect: string) => `${view} ${subject} ${aspect}`;
      const stated = (asked: typeof other) =>
        new Map(
          finished(state.stated(asked)).map(({ view, subject, aspect, value }) => [
            named(view, subject, aspect),
            value,
          ]),
        );
      const [before, after] = [stated(question), stated(other)];
      for (const { view, subject, aspect, ...change } of finished(state.diff(question, other))) {
        const name = named(view, subject, aspect);
        expect([name, change.before, change.after]).toEqual([name, before.get(name), after.get(name)]);
        before.delete(name);
        after.delete(name);
        expect(change.because.length).toBeGreaterThan(0);
      }
      expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
    }, 20));
});
