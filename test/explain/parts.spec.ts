import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import { explain, explainRows, VIEWS, type ExplainedEffect, type Question, type View } from '#views';
import { eventTypes } from '#events';
import { day, DAYS, developments, eventOf, idOf, noon } from '../laws/drawn.js';
import { withPipelines, type Pipeline } from '../laws/pipeline.js';
import { subjectsOf } from './subjects.js';

const questions: fc.Arbitrary<Question> = fc.record(
  {
    asOf: fc.integer({ min: -2, max: DAYS + 6 }).map(noon),
    knownAt: fc.integer({ min: 0, max: DAYS + 6 }).map(noon),
    recordedAt: fc.integer({ min: 0, max: 30 }),
    accordingTo: fc.constantFrom('lt.government', 'press.ap'),
  },
  { requiredKeys: ['asOf'] },
);

const texts = (effects: readonly ExplainedEffect[]): string[] =>
  [...new Set(effects.map((effect) => JSON.stringify(effect)))].sort();

const holds = ({ verdict }: ExplainedEffect): boolean => verdict === 'holds' || verdict === 'mayHold';

/** Checks that the parts of an explanation together have the same effects with the same verdicts as the whole explanation. */
function expectSame({ views }: Pipeline, view: View, id: string, question: Question, limit: number): void {
  for (const aspect of [undefined, 'status']) {
    const whole = finished(explain(views, view, id, question, aspect));
    const told: ExplainedEffect[] = [];
    for (let after = 0, total = 1; after < total; after += limit) {
      const part = finished(explainRows(views, view, id, question, aspect, { after, limit }));
      ({ total } = part);
      told.push(...part.effects);
      expect(part.answer).toEqual(whole.answer);
      expect(part.found).toEqual(whole.found);
      if (view.name !== 'crossings') continue;
      // Only for crossings, which have no ledgers: the entries of a ledger hold too, and are listed in their own order.
      expect(texts(part.effects)).toEqual(expect.arrayContaining(texts(whole.effects.filter(holds))));
    }
    expect(texts(told)).toEqual(texts(whole.effects));
  }
}

const isTheWhole = (only: RegExp, atMost: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      developments({ only, atLeast: 2, atMost }),
      questions,
      fc.integer({ min: 1, max: 5 }),
      (events, question, limit) =>
        withPipelines(1, async (...[pipeline]) => {
          await pipeline!.record(events);
          for (const view of VIEWS)
            for (const id of subjectsOf(events, view.category))
              expectSame(pipeline!, view, id, question, limit);
        }),
    ),
    { numRuns: 25 },
  );

describe('an explanation in parts equals the whole explanation, and every part has the effects that hold', () => {
  it('for crossings, with corrections', () => isTheWhole(/^crossing\./, 40));

  it('for developments of every kind', () => isTheWhole(/./, 30));

  it('where a term meets the earlier term, and was overlaid on its first day', () =>
    withPipelines(1, async (...[pipeline]) => {
      const closed = eventTypes.find(({ type }) => type === 'crossing.closed')!.example;
      const [{ id: _, ...sent }, lt, by] = [
        closed,
        closed.attribution,
        { ...closed.attribution, claimant: 'by' },
      ];
      const told = [
        { ...sent, occurred: day(1), until: day(4), attribution: lt },
        { ...sent, occurred: day(5), attribution: lt },
        { ...sent, occurred: `${day(5)}T06:00`, attribution: by },
      ];
      await pipeline!.record(told.map((one, index) => eventOf({ ...one, id: idOf(index) })!));
      expectSame(pipeline!, VIEWS[0]!, String(closed.data['crossing']), { asOf: noon(5) }, 1);
    }));
});
