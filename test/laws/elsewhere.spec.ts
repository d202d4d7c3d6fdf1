import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished, systemRuntime, Turnstile, type Interruptible } from '#runtime';
import { ChangeFinder, Explanations, resultOf, Schedule, State, VIEWS, type Elsewhere } from '#views';
import { DAYS, developments, noon } from './drawn.js';
import { withPipelines, type Pipeline } from './pipeline.js';

/** A sequence that the log does not reach. */
const ALL = 1_000_000;

/** Another place, which gets the tasks and gives the results as another thread does. */
const elsewhereOf = ({ views }: Pipeline, limits: Pick<Elsewhere, 'most' | 'mostInTurns'>): Elsewhere => ({
  ...limits,
  begin:
    ({ view: { name }, asked, ...task }) =>
    () => {
      const sent = structuredClone({ ...task, view: name, asked: { recordedAt: ALL, ...asked } });
      return Promise.resolve(structuredClone(finished(resultOf(views, sent))));
    },
});

it('work that is done elsewhere, because it is too much here, has the same result', () =>
  fc.assert(
    fc.asyncProperty(
      developments({ atLeast: 4, atMost: 30 }),
      fc.array(fc.integer({ min: -1, max: DAYS + 4 }), { minLength: 2, maxLength: 3 }),
      fc.record({
        most: fc.constantFrom(0, 30, 200, 1_000),
        mostInTurns: fc.constantFrom(1, 100, 1_000, 10_000),
      }),
      (events, days, limits) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const { views } = pipeline;
          const elsewhere = elsewhereOf(pipeline, limits);
          const turns = new Turnstile(systemRuntime);
          const bothGive = async <T>(ask: (elsewhere?: Elsewhere) => Interruptible<T>): Promise<void> => {
            const here = finished(ask());
            expect(await turns.finish(ask(elsewhere), { lane: 'answers' })).toEqual(here);
          };
          const [first = 0, last = 0] = [Math.min(...days), Math.max(...days)].map(noon);
          for (const view of VIEWS) {
            const [id = 'none'] = new State(views.cells).subjectsAfter(view, '', 1);
            const question = { asOf: first };
            const interval = { from: first, to: last + 1 };
            await bothGive((at) => new State(views.cells, at).list(view, question));
            await bothGive((at) => new State(views.cells, at).diff(question, { asOf: last }, [view]));
            await bothGive((at) => new State(views.cells, at).series(view, {}, {}, [first, last]));
            await bothGive((at) => new State(views.cells, at).itemOf(view, id, question));
            await bothGive((at) => new State(views.cells, at).timeline(view, id, {}, interval));
            await bothGive((at) => new State(views.cells, at).plane(view, id, {}, interval));
            await bothGive((at) => new State(views.cells, at).nextChange(view, id, question, last));
            const page = { after: 0, limit: 10 };
            await bothGive((at) =>
              new Explanations(() => views, at).page(view, id, question, undefined, page),
            );
            const how = { axis: 'recorded', limit: 10 } as const;
            await bothGive((at) => new Explanations(() => views, at).history(view, id, question, how));
          }
          const compared = {
            ...{ at: last, cause: 'event' as const },
            before: { asOf: last, recordedAt: events.length - 1 },
            after: { asOf: last, recordedAt: events.length },
          };
          const subjects = (category: string) =>
            views.due.touched(events.length, category, '', 100).map((touched) => ({ ...touched }));
          await bothGive((at) => new ChangeFinder(() => views, at).part(compared, subjects));
          const asked = { since: first, now: last, upTo: ALL, concerns: () => true, most: 100 };
          await bothGive((at) => new Schedule(new State(views.cells, at), views.due).find(asked));
        }),
    ),
    { numRuns: 20 },
  ));
