import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import { EARLIEST } from '#time';
import {
  ChangeFinder,
  ChangeWalk,
  Replay,
  type Question,
  type ReplayAxis,
  type ReplayItem,
  type ReplayPlace,
} from '#views';
import { DAYS, developments, noon } from './drawn.js';
import { withPipelines, type Pipeline } from './pipeline.js';

const HOUR = 3_600_000;

const histories = developments({ atLeast: 1, atMost: 12 }).map((events) =>
  events.map((event, index) => ({ ...event, recordedAt: noon(0) + Math.floor(index / 2) * 7 * HOUR })),
);

function replayOf({ log, views }: Pipeline): Replay {
  const walked = { changes: new ChangeFinder(() => views), due: views.due };
  return new Replay(log, walked, new ChangeWalk(log, walked, () => '00000001'));
}

async function itemsOf(
  pipeline: Pipeline,
  asked: { axis: ReplayAxis; through: number; from: number; to: number; after?: ReplayPlace },
): Promise<ReplayItem[]> {
  const items: ReplayItem[] = [];
  for await (const item of replayOf(pipeline).items(asked)) items.push(item);
  return items;
}

type Values = Map<string, unknown>;

const keyOf = ({ view, subject, aspect }: { view: string; subject: string; aspect: string }): string =>
  JSON.stringify([view, subject, aspect]);

function valuesAt({ state }: Pipeline, question: Question): Values {
  return new Map(finished(state.stated(question)).map((stated) => [keyOf(stated), stated.value]));
}

function folded(values: Values, items: readonly ReplayItem[]): Values {
  for (const item of items) {
    if (!('change' in item)) continue;
    if (item.change.after === undefined) values.delete(keyOf(item.change));
    else values.set(keyOf(item.change), item.change.after);
  }
  return values;
}

const sorted = (values: Values): unknown => [...values].sort(([a], [b]) => (a < b ? -1 : 1));

const stateAt = (axis: ReplayAxis, through: number, at: number): Question =>
  axis === 'reported' ? { asOf: at, knownAt: at, recordedAt: through } : { asOf: at, recordedAt: through };

describe.each(['valid', 'reported'] as const)('a replay on the %s axis', (axis) => {
  it('gives the state at its end when its items are folded from the state before its start', () =>
    fc.assert(
      fc.asyncProperty(histories, fc.nat({ max: DAYS }), fc.nat({ max: DAYS }), (events, day, days) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const through = events.length;
          const [from, to] = [noon(day), noon(day + days)];
          const items = await itemsOf(pipeline, { axis, through, from, to });
          const values = folded(valuesAt(pipeline, stateAt(axis, through, from - 1)), items);
          expect(sorted(values)).toEqual(sorted(valuesAt(pipeline, stateAt(axis, through, to))));
        }),
      ),
      { numRuns: 25 },
    ));
});

describe.each(['valid', 'reported', 'recorded'] as const)('a replay on the %s axis', (axis) => {
  it('continues after any of its items with exactly the remaining items, with its instants in order', () =>
    fc.assert(
      fc.asyncProperty(histories, (events) =>
        withPipelines(1, async (pipeline) => {
          await pipeline.record(events);
          const asked = { axis, through: events.length, from: EARLIEST + 1, to: noon(DAYS + 10) };
          const items = await itemsOf(pipeline, asked);
          const instants = items.map(({ at }) => at);
          expect(instants).toEqual([...instants].sort((a, b) => a - b));
          const step = Math.max(1, Math.floor(items.length / 6));
          for (let index = 0; index < items.length; index += step) {
            const after = { ...items[index]!, leaf: '00000001' };
            expect(await itemsOf(pipeline, { ...asked, after })).toEqual(items.slice(index + 1));
          }
        }),
      ),
      { numRuns: 8 },
    ));
});
