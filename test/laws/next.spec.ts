import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import { LATEST, type Instant } from '#time';
import {
  placeOf,
  upcoming,
  VIEWS,
  type Question,
  type State,
  type UpcomingAsked,
  type UpcomingPlace,
} from '#views';
import { DAYS, developments, noon } from './drawn.js';
import { withPipelines, type Pipeline } from './pipeline.js';

const HOUR = 3_600_000;

/** The start of the second segment of each subject's timeline after the instant. */
function naive({ state }: Pipeline, { asOf, ...scope }: Question, to: Instant): string[] {
  const found = VIEWS.flatMap((view) =>
    state.subjectsAfter(view, '', 1_000_000).flatMap((subject) => {
      const [before, after] = finished(state.timeline(view, subject, scope, { from: asOf }));
      if (before === undefined || after?.from === undefined || after.from > to) return [];
      return [{ at: after.from, view, subject, status: `${before.status} → ${after.status}` }];
    }),
  );
  return found
    .sort((a, b) => a.at - b.at || order(a.view.category, b.view.category) || order(a.subject, b.subject))
    .map(({ at, view, subject, status }) => `${at} ${view.name} ${subject} ${status}`);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The items of all pages, one page after another. */
function paged(
  state: State,
  due: Pipeline['views']['due'] | undefined,
  question: Question,
  asked: UpcomingAsked,
): string[] {
  const said: string[] = [];
  let after: UpcomingPlace | undefined;
  for (;;) {
    const { items, more } = finished(upcoming(state, due, question, { ...asked, after }));
    expect(items.length).toBeLessThanOrEqual(asked.limit);
    for (const { at, view, subject, before, after: then, because } of items) {
      expect(because).not.toEqual([]);
      said.push(`${at} ${view.name} ${subject} ${before.status} → ${then.status}`);
    }
    if (!more) return said;
    after = placeOf(items.at(-1)!);
  }
}

describe('what changes next', () => {
  it('is the first change in the timeline of each subject, with the index and without it, in pages of any size', () =>
    fc.assert(
      fc.asyncProperty(
        developments({ atLeast: 2, atMost: 40 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: DAYS + 2 }), fc.integer({ min: 0, max: 5 })), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.integer({ min: 1, max: 7 }),
        (events, asked, limit) =>
          withPipelines(1, async (pipeline) => {
            const begun = noon(0) - 15 * HOUR;
            const recorded = events.map((event, n) => ({ ...event, recordedAt: begun + n * 12 * HOUR }));
            await pipeline.record(recorded);
            const { state, views } = pipeline;
            for (const [day, days] of asked) {
              const asOf = noon(day);
              // For the events recorded by then, the index has every later bound.
              const recordedAt = recorded.filter((event) => event.recordedAt <= asOf).length;
              const to = days === 0 ? LATEST : asOf + days * 24 * HOUR;
              for (const scope of [{ recordedAt }, { recordedAt, knownAt: asOf }]) {
                const question = { ...scope, asOf };
                const expected = naive(pipeline, question, to);
                const page = { views: VIEWS, filters: {}, to, limit };
                expect(paged(state, views.due, question, page)).toEqual(expected);
                expect(paged(state, undefined, question, page)).toEqual(expected);
              }
            }
          }),
      ),
      { numRuns: 30 },
    ));
});
