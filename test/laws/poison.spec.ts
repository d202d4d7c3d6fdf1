import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#log';
import { systemRuntime } from '#runtime';
import { Views, type ParkedEvent, type StoreOptions } from '#views';
import { DAYS, developments, eventOf, idOf, noon } from './drawn.js';
import { answers, withPipelines, type Pipeline } from './pipeline.js';

const about = (id: string): object => ({
  data: { target: id, kind: 'transcription', reason: 'So.', replacement: { type: 'no.such' } },
});

/** Events that no client can send but that a log may have: events of a later catalogue, or of another program. */
const POISONS: readonly (readonly [string, Partial<NewEvent>])[] = [
  ['an unknown type', { type: 'crossing.exploded' }],
  ['an unknown version', { schemaVersion: 99 }],
  ['no payload', { payload: null }],
  ['an empty payload', { payload: {} }],
  ['text for a payload', { payload: 'closed' }],
  ['data that make effects throw', { type: 'transit.restricted' }],
  [
    'invalid times',
    { payload: { reportedAt: { earliest: 'soon', latest: 'later' }, data: {}, attribution: {} } },
  ],
  ['a correction without a payload', { type: 'record.corrected', payload: null }],
  ['a correction without data', { type: 'record.corrected', payload: {} }],
  ['a correction with half a replacement', { type: 'record.corrected', payload: about(idOf(1)) }],
  ['a retraction of itself', { type: 'record.retracted', payload: about(idOf(5000)) }],
];

function poisonous(change: Partial<NewEvent>, n = 5000): NewEvent {
  const sound = eventOf({
    id: idOf(n),
    type: 'crossing.closed',
    occurred: '2025-10-25',
    reportedAt: '2025-10-25',
    data: { crossing: 'lt-by.medininkai' },
    source: { publisher: 'P', title: 'T', publishedAt: '2025-10-25' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  });
  return { ...sound!, stream: 'crossing-poisoned', ...change };
}

/** The answers of the views over a month, and the parked events. */
async function followed(
  pipeline: Pipeline,
  events: readonly NewEvent[],
  name: string,
  options: Pick<StoreOptions, 'batch' | 'farBehind'> = {},
) {
  await pipeline.log.append(events);
  const told: ParkedEvent[] = [];
  const views = await Views.open(systemRuntime, join(pipeline.folder, name), pipeline.log, {
    batch: 4,
    ...options,
    onParked: (event) => told.push(event),
  });
  const reached = await views.reached(events.length, { timeout: 30_000 });
  const said = [0, 6, 12, DAYS].map((v) => answers(views.state, { asOf: noon(v) }));
  const kept = views.parked;
  const { failuresInAll: failures } = views.status.views;
  await views.close();
  return { reached, said, told, kept, failures };
}

describe('a poisonous event', () => {
  const others = fc.sample(developments({ atLeast: 12, atMost: 12 }), { numRuns: 1, seed: 7 })[0]!;

  it.each(POISONS)('with %s is parked with a warning, and does not stop other events', (_name, change) =>
    withPipelines(2, async (sound, poisoned) => {
      const expected = await followed(sound, others, 'sound.db');
      const middle = [...others.slice(0, 5), poisonous(change), ...others.slice(5)];
      const { reached, said, told, kept, failures } = await followed(poisoned, middle, 'poisoned.db');
      expect([reached, failures]).toEqual([true, 0]);
      expect(said).toEqual(expected.said);
      if (change.type === 'record.retracted') return;
      expect(told).toEqual([{ sequence: 6, id: idOf(5000), reason: expect.stringMatching(/./) }]);
      expect(kept).toEqual(told);
    }),
  );

  it('is left out at any position, also where there are several', async () => {
    const mixed = developments({ atMost: 20 }).chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: POISONS.length - 2 })), { maxLength: 6 }),
        // Far from the head, batches share commits, and an event that fails rolls back all of them.
        fc.constantFrom({}, { farBehind: 3, batch: 1 }, { farBehind: 3 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(mixed, ([events, poisons, options]) =>
        withPipelines(2, async (sound, poisoned) => {
          const all = [...events];
          poisons.forEach(([at, which], index) =>
            all.splice(at % (all.length + 1), 0, poisonous(POISONS[which]![1], 6000 + index)),
          );
          const expected = await followed(sound, events, 'sound.db');
          const { reached, said, told } = await followed(poisoned, all, 'poisoned.db', options);
          expect(reached).toBe(true);
          expect(said).toEqual(expected.said);
          expect(told).toHaveLength(poisons.length);
        }),
      ),
      { numRuns: 30 },
    );
  });
});
