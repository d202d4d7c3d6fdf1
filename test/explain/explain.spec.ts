import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import { explain, VIEWS, type Explanation, type Question, type View } from '#views';
import { DAYS, developments, noon } from '../laws/drawn.js';
import { subjectsOf } from './subjects.js';
import { withPipelines, type Pipeline } from '../laws/pipeline.js';

const questions: fc.Arbitrary<Question[]> = fc.array(
  fc.record(
    {
      asOf: fc.integer({ min: -2, max: DAYS + 6 }).map(noon),
      knownAt: fc.integer({ min: 0, max: DAYS + 6 }).map(noon),
      recordedAt: fc.integer({ min: 0, max: 30 }),
      accordingTo: fc.constantFrom('lt.government', 'press.ap'),
      minReliability: fc.constantFrom('B2', 'C4'),
    },
    { requiredKeys: ['asOf'] },
  ),
  { minLength: 2, maxLength: 4 },
);

const idsIn = (lists: readonly { readonly because: readonly string[] }[]): string[] =>
  [...new Set(lists.flatMap(({ because }) => because))].sort();

const holding = ({ effects }: Explanation) =>
  effects.filter(({ verdict }) => verdict === 'holds' || verdict === 'mayHold');
const expired = ({ effects }: Explanation) => effects.filter(({ verdict }) => verdict === 'expired');

/** Compares the explanation of one subject with the cells and the answers of its view. */
function expectExplained({ views, state }: Pipeline, view: View, id: string, question: Question): void {
  const explanation = finished(explain(views, view, id, question));
  const holds = idsIn(holding(explanation));
  expect(holds).toEqual(idsIn(explanation.found));
  // Where no effect of a status holds any more, an answer rests on the last one that held. A registration may still hold.
  const hasStatus = holding(explanation).some(({ aspect }) => aspect !== 'registration');
  const grounds = hasStatus ? holds : [...holds, ...idsIn(expired(explanation))];
  if (view.name === 'crossings')
    expect(grounds).toEqual(expect.arrayContaining([...(state.item(view, id, question)?.because ?? [])]));
  const { knownAt = Infinity, recordedAt = Infinity } = question;
  for (const { verdict, reported, recorded } of explanation.effects) {
    expect(verdict === 'notYetRecorded').toBe(recorded.from > recordedAt);
    if (verdict === 'notYetKnown') expect(reported.from).toBeGreaterThan(knownAt);
  }
}

const explainsAsAnswered = (only: RegExp, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(developments({ only, atLeast: 2, atMost: 30 }), questions, (events, asked) =>
      withPipelines(1, async (...[pipeline]) => {
        await pipeline!.record(events);
        const subjects = VIEWS.flatMap((view) =>
          subjectsOf(events, view.category).map((id) => [view, id] as const),
        );
        for (const [view, id] of subjects) {
          for (const question of asked) expectExplained(pipeline!, view, id, question);
        }
      }),
    ),
    { numRuns },
  );

describe('the events of an answer are the events of the effects that hold by its explanation', () => {
  it('for crossings, with corrections, on all three axes', () => explainsAsAnswered(/^crossing\./, 20));

  it('for developments of every kind', () => explainsAsAnswered(/./, 10));
});
