import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { timelineChanges, type TimelineChange } from './changes-over-time.js';
import type { TimelinePiece } from './view.js';

/** A timeline over all of time: the status from each instant on; '' means no status. */
const timeline = (...pieces: readonly (readonly [from: number, said: string])[]): TimelinePiece[] =>
  pieces.map(([from, status], index) => {
    const to = pieces[index + 1]?.[0];
    return {
      ...(index > 0 && { from }),
      ...(to !== undefined && { to }),
      ...(status !== '' && { status }),
      certain: true,
      because: status === '' ? [] : [`the event that says ${status}`],
    };
  });
const brief = ({ from, to, before, after }: TimelineChange): unknown[] => [
  from,
  to,
  before?.status,
  after?.status,
];

describe('two timelines', () => {
  it('with the same statuses do not differ, though they rest on other events', () => {
    const before = timeline([0, ''], [10, 'open'], [20, 'closed']);
    const after = before.map((piece) => ({ ...piece, because: piece.because.map((id) => `${id}, again`) }));
    expect(timelineChanges(before, after)).toEqual([]);
    expect(timelineChanges([], [])).toEqual([]);
  });

  it('differ over the piece with another status, and nowhere else', () => {
    const before = timeline([0, ''], [10, 'open']);
    const after = timeline([0, ''], [10, 'open'], [20, 'closed'], [30, 'open']);
    const [change] = timelineChanges(before, after);
    expect(timelineChanges(before, after)).toHaveLength(1);
    expect(change).toEqual({
      ...{ from: 20, to: 30, because: ['the event that says closed'] },
      before: { status: 'open', certain: true },
      after: { status: 'closed', certain: true },
    });
  });

  it('differ from an unknown beginning or to an unknown end', () => {
    const change = timelineChanges(timeline([0, '']), timeline([0, ''], [20, 'closed']));
    expect(change.map(brief)).toEqual([[20, undefined, undefined, 'closed']]);
    expect(timelineChanges(timeline([0, 'open']), timeline([0, ''])).map(brief)).toEqual([
      [undefined, undefined, 'open', undefined],
    ]);
  });

  const drawn = fc
    .uniqueArray(fc.nat(20), { maxLength: 5 })
    .chain((bounds) =>
      fc.tuple(
        ...[-1, ...bounds.sort((a, b) => a - b)].map((from) =>
          fc.tuple(fc.constant(from), fc.constantFrom('', 'open', 'closed')),
        ),
      ),
    )
    .map((pieces) => timeline(...pieces));

  it('differ at an instant exactly where a change covers it, with the status of each', () => {
    const saidAt = (pieces: readonly TimelinePiece[], at: number): string | undefined =>
      pieces.find(({ from = -Infinity, to = Infinity }) => from <= at && at < to)?.status;
    fc.assert(
      fc.property(drawn, drawn, (before, after) => {
        const changes = timelineChanges(before, after);
        for (let at = -2; at <= 22; at += 1) {
          const there = changes.filter(({ from = -Infinity, to = Infinity }) => from <= at && at < to);
          const [one, other] = [saidAt(before, at), saidAt(after, at)];
          expect(there.map((change) => [change.before?.status, change.after?.status])).toEqual(
            one === other ? [] : [[one, other]],
          );
        }
      }),
    );
  });
});
