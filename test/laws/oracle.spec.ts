import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { correctionOf } from '#events';
import type { RecordedEvent } from '#log';
import { CellReader } from '../../libs/views/sqlite/cell-reader.js';
import type { EffectFilter } from '../../libs/views/sqlite/effect-filter.js';
import { openDatabase } from '../../libs/views/sqlite/database.js';
import { Projection } from '../../libs/views/sqlite/projection.js';
import { SubjectReader } from '../../libs/views/subject.js';
import { WriteMemory } from '#sqlite';
import { VIEWS } from '#views';
import { ReusedTables } from '../../libs/views/sqlite/spec-support.js';
import { DAYS, developments, noon, type Drawing } from './drawn.js';
import { compareWithOracle, oracleState, storedOf } from './oracle.js';
import { answers, withPipelines } from './pipeline.js';

const scope: fc.Arbitrary<EffectFilter> = fc.record(
  {
    knownAt: fc.integer({ min: 0, max: DAYS + 6 }).map(noon),
    recordedAt: fc.integer({ min: 0, max: 45 }),
    accordingTo: fc.constantFrom('lt.government', 'press.ap'),
    minReliability: fc.constantFrom('B2', 'C4'),
  },
  { requiredKeys: [] },
);
const scopes = fc.array(scope, { minLength: 3, maxLength: 5 });

const tables = new ReusedTables();
afterAll(() => tables.close());

const CROSSING = /^crossing\.(closed|reopened|restricted)$/;

describe.each([
  ['read whole', 1000],
  ['walked', 0],
])('every cell, %s', (_name, small) => {
  const answersAsDefined = (drawing: Omit<Drawing, 'atMost'>, numRuns: number) =>
    fc.assert(
      fc.asyncProperty(developments({ ...drawing, atLeast: 2, atMost: 40 }), scopes, (events, asked) =>
        withPipelines(1, async ({ log }) => {
          await log.append(events);
          const recorded: RecordedEvent[] = [];
          for await (const event of log.read()) recorded.push(event);
          const db = tables.emptied();
          const projection = new Projection(db, new WriteMemory(), 3);
          const roots = new Map(
            recorded.filter((event) => !correctionOf(storedOf(event))).map((e) => [e.id, e]),
          );
          for (const event of recorded) projection.apply(event, roots);
          const reader = new CellReader(db, small);
          for (const scope of asked) compareWithOracle(reader, db, recorded, scope);
        }),
      ),
      { numRuns },
    );

  it('agrees with the definitions on all three axes, for one crossing', () =>
    answersAsDefined({ only: CROSSING }, 20));

  it('agrees with the definitions where no time is vague, and many times are equal', () =>
    answersAsDefined({ only: CROSSING, exact: true }, 20));

  it('agrees with the definitions for developments of every kind', () => answersAsDefined({}, 20));
});

it.each([
  ['of any times, vague instants with both ends', {}],
  ['without vague times', { exact: true }],
])(
  'every view gives the same answers from the stored cells and from the definitions, for developments %s',
  (_name, drawing) =>
    fc.assert(
      fc.asyncProperty(
        developments({ ...drawing, atLeast: 2, atMost: 40 }),
        scopes,
        fc.array(fc.integer({ min: -1, max: DAYS + 4 }).map(noon), { minLength: 3, maxLength: 5 }),
        (events, asked, instants) =>
          withPipelines(1, async (pipeline) => {
            await pipeline.record(events);
            const recorded: RecordedEvent[] = [];
            for await (const event of pipeline.log.read()) recorded.push(event);
            const defined = oracleState(recorded);
            // All questions go to one state, which remembers items: a later question may be answered with the items of an earlier question.
            const { state } = pipeline;
            for (const noonOfDay of instants) {
              for (const scope of [{}, ...asked]) {
                for (const asOf of [noonOfDay, noonOfDay + 1, noonOfDay + 3_600_000]) {
                  const question = { ...scope, asOf };
                  expect(answers(state, question)).toBe(answers(defined, question));
                }
              }
            }
          }),
      ),
      { numRuns: 25 },
    ),
);

it.each([
  ['crossings', /^(crossing|subject)/],
  ['transit', /^transit/],
  ['sanctions', /^sanctions/],
  ['detentions', /^detention/],
  ['warnings', /^warning/],
  ['conditions', /^crossing\.conditions/],
  ['talks', /^talks/],
  ['airspace', /^airspace/],
  ['claims', /^claim/],
])(
  '%s: where many vague reports overlap, an item is the same whether it is searched in full or in outlines',
  (_name, only) =>
    fc.assert(
      fc.asyncProperty(
        developments({ only, atLeast: 40, atMost: 80 }),
        scope,
        fc.array(fc.integer({ min: -1, max: DAYS + 4 }).map(noon), { minLength: 3, maxLength: 3 }),
        (events, asked, instants) =>
          withPipelines(1, async (pipeline) => {
            await pipeline.record(events);
            const db = openDatabase(pipeline.viewsFile);
            const walked = new CellReader(db, 0);
            const asks = VIEWS.flatMap((view) => [{}, asked].map((filter) => ({ view, filter })));
            for (const { view, filter } of asks)
              for (const [id, cells] of pipeline.views.cells.cellsOfAll(view.category, filter)) {
                const large = walked.cellsOf(view.category, id, filter);
                for (const at of instants) {
                  const inFull = view.item(new SubjectReader(id, cells, Infinity), at);
                  expect(view.item(new SubjectReader(id, cells, 0), at)).toEqual(inFull);
                  expect(view.item(new SubjectReader(id, large, 0), at)).toEqual(inFull);
                }
              }
            db.close();
          }),
      ),
      { numRuns: 5 },
    ),
);
