import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, BEGUN, type Attempt, type StepOutcome, type AppendStep } from './attempt.js';

/** The possible outcomes of each step. */
const OUTCOMES: Record<AppendStep['kind'], fc.Arbitrary<StepOutcome>> = {
  decide: fc.oneof(
    fc.record({ kind: fc.constant('to-be-written' as const), from: fc.nat(10) }),
    fc.constantFrom<StepOutcome>({ kind: 'leader-away' }, { kind: 'maybe-behind' }),
  ),
  sync: fc.constant<StepOutcome>({ kind: 'synced' }),
  write: fc.oneof(
    fc.record({ kind: fc.constant('partly-written' as const), from: fc.nat(10) }),
    fc.record({ kind: fc.constant('written' as const), position: fc.nat(1000) }),
    fc.constantFrom<StepOutcome>({ kind: 'too-large' }, { kind: 'again' }, { kind: 'unknown' }),
  ),
  arrive: fc.constantFrom<StepOutcome>({ kind: 'passed' }, { kind: 'late' }),
  rest: fc.constant<StepOutcome>({ kind: 'rested' }),
};

/** An attempt with the outcomes that led to it. */
interface Way {
  readonly attempt: Attempt;
  readonly outcomes: readonly StepOutcome[];
  readonly steps: readonly AppendStep[];
}

const ways = fc.infiniteStream(fc.nat()).chain((seeds) =>
  fc.nat(30).map((length): Way => {
    let way: Way = { attempt: BEGUN, outcomes: [], steps: [] };
    for (let n = 0; n < length; n += 1) {
      const { next } = way.attempt;
      const [outcome] = fc.sample(OUTCOMES[next.kind], { numRuns: 1, seed: seeds.next().value as number });
      way = {
        attempt: after(way.attempt, outcome!),
        outcomes: [...way.outcomes, outcome!],
        steps: [...way.steps, next],
      };
    }
    return way;
  }),
);

const begun = (...outcomes: readonly StepOutcome[]): Attempt => outcomes.reduce(after, BEGUN);

describe('an append on its way into the cluster', () => {
  it('is decided, then written, then awaited', () => {
    expect(BEGUN.next).toEqual({ kind: 'decide', newId: false });
    expect(begun({ kind: 'to-be-written', from: 0 }).next).toEqual({ kind: 'write', from: 0 });
    expect(begun({ kind: 'to-be-written', from: 0 }, { kind: 'written', position: 9 }).next).toEqual({
      kind: 'arrive',
      position: 9,
    });
  });

  it('continues after the part that was written', () => {
    const partly = begun({ kind: 'to-be-written', from: 0 }, { kind: 'partly-written', from: 500 });
    expect(partly.next).toEqual({ kind: 'write', from: 500 });
  });

  it('is decided under a new id where the replica has read past it without a decision, immediately or after a timeout', () => {
    const sent = begun({ kind: 'to-be-written', from: 0 }, { kind: 'written', position: 9 });
    const newId = { kind: 'decide', newId: true };
    expect(after(sent, { kind: 'passed' }).next).toEqual(newId);
    expect(after(after(sent, { kind: 'late' }), { kind: 'synced' }).next).toEqual(newId);
  });

  it('keeps its id where the outcome of a write is unknown: a second copy changes nothing', () => {
    const unknown = begun({ kind: 'to-be-written', from: 0 }, { kind: 'unknown' }, { kind: 'synced' });
    expect(unknown.next).toEqual({ kind: 'decide', newId: false });
  });

  it('never says that nothing was written once a write may have gone in', () => {
    const maybeWritten = ['partly-written', 'written', 'unknown'];
    fc.assert(
      fc.property(ways, ({ attempt, outcomes }) => {
        expect(attempt.unsure).toBe(outcomes.some(({ kind }) => maybeWritten.includes(kind)));
      }),
    );
  });

  it('reads the stream up to its end between a write with an unknown outcome and the next one', () => {
    fc.assert(
      fc.property(ways, ({ outcomes, steps }) => {
        const unknown = outcomes.findLastIndex(({ kind }) => kind === 'unknown');
        const next = steps.findIndex(({ kind }, n) => n > unknown && kind === 'write');
        if (unknown < 0 || next < 0) return;
        expect(steps.slice(unknown + 1, next).map(({ kind }) => kind)).toContain('sync');
      }),
    );
  });

  it('is refused for its revisions only after the replica had all records of the leader', () => {
    fc.assert(
      fc.property(ways, ({ attempt, outcomes }) => {
        expect(attempt.synced).toBe(outcomes.some(({ kind }) => kind === 'synced'));
      }),
    );
  });
});
