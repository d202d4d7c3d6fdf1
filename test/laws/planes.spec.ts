import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import { EARLIEST, LATEST, type Instant } from '#time';
import { VIEWS, type EffectFilter, type Rectangle, type State, type TimelinePiece, type View } from '#views';
import { DAYS, developments, noon } from './drawn.js';
import { withPipelines } from './pipeline.js';

const asked = fc.record({
  scope: fc.record(
    {
      recordedAt: fc.integer({ min: 1, max: 30 }),
      accordingTo: fc.constantFrom('lt.government', 'press.ap'),
      minReliability: fc.constantFrom('B2'),
    },
    { requiredKeys: [] },
  ),
  interval: fc.option(
    fc.record({ from: fc.integer({ min: 0, max: 8 }), days: fc.integer({ min: 1, max: 9 }) }),
    {
      nil: undefined,
    },
  ),
  knownAt: fc.array(fc.integer({ min: -1, max: 2 * DAYS }), { minLength: 3, maxLength: 6 }),
});

interface Interval {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** The pieces of a plane at one known time, in the order of valid time. */
const sliceAt = (plane: readonly Rectangle[], knownAt: Instant): Partial<TimelinePiece>[] =>
  plane
    .filter(({ known: { from, to = Infinity } }) => from <= knownAt && knownAt < to)
    .map(({ known: _, valid: { from, to }, ...said }) => ({
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...said,
    }))
    .sort((a, b) => (a.from ?? EARLIEST) - (b.from ?? EARLIEST));

const told = (pieces: readonly TimelinePiece[]): TimelinePiece[] =>
  pieces.filter(({ because }) => because.length > 0);

/** Whether two rectangles could be one: the second begins in known time where the first ends, with the same valid time and the same content. */
function couldBeOne(a: Rectangle, b: Rectangle): boolean {
  const { known: _a, valid: _va, ...saysA } = a;
  const { known: _b, valid: _vb, ...saysB } = b;
  const { from: fromA = EARLIEST, to: toA = LATEST } = a.valid;
  const { from: fromB = EARLIEST, to: toB = LATEST } = b.valid;
  return (
    a.known.to === b.known.from &&
    fromA === fromB &&
    toA === toB &&
    JSON.stringify(saysA) === JSON.stringify(saysB)
  );
}

function compared(
  state: State,
  view: View,
  id: string,
  scope: EffectFilter,
  interval: Interval,
  knownAt: readonly Instant[],
): void {
  const plane = finished(state.plane(view, id, scope, interval));
  for (const instant of knownAt) {
    const timeline = finished(state.timeline(view, id, { ...scope, knownAt: instant }, interval));
    expect(sliceAt(plane, instant)).toEqual(told(timeline));
  }
  const now = finished(state.timeline(view, id, scope, interval));
  expect(sliceAt(plane, LATEST)).toEqual(told(now));
  for (const one of plane) expect(plane.filter((other) => couldBeOne(one, other))).toEqual([]);
}

describe('the plane of a subject', () => {
  it.each([
    ['any events', { atMost: 12 }],
    ['many about one crossing', { only: /^crossing\.(closed|reopened|restricted)$/, atLeast: 4, atMost: 9 }],
  ])('has the timeline as known at each time, in no more rectangles than necessary: %s', (_, drawing) =>
    fc.assert(
      fc.asyncProperty(developments(drawing), asked, async (events, { scope, interval, knownAt }) => {
        await withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const { state } = pipeline;
          const stretch = interval && {
            from: noon(interval.from),
            to: noon(interval.from + interval.days),
          };
          for (const view of VIEWS) {
            for (const id of state.subjectsAfter(view, '', 100))
              compared(state, view, id, scope, stretch ?? {}, knownAt.map(noon));
          }
        });
      }),
      { numRuns: 30 },
    ),
  );
});
