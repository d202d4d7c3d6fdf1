import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#log';
import type { Question } from '#views';
import { corpus } from '../questions/asked.js';
import { DAYS, developments, eventOf, noon } from './drawn.js';
import { answers, withPipelines } from './pipeline.js';

/** Some cuts of valid time and reported time. */
const questions: fc.Arbitrary<Question[]> = fc.array(
  fc
    .record({
      v: fc.integer({ min: -1, max: DAYS + 6 }),
      k: fc.option(fc.integer({ min: 0, max: DAYS + 6 }), { nil: undefined }),
      accordingTo: fc.option(fc.constantFrom('lt.government', 'press.ap'), { nil: undefined, freq: 2 }),
      minReliability: fc.option(fc.constantFrom('B2', 'C4'), { nil: undefined, freq: 2 }),
    })
    .map(({ v, k, accordingTo, minReliability }) => ({
      asOf: noon(v),
      ...(k !== undefined && { knownAt: noon(k) }),
      ...(accordingTo !== undefined && { accordingTo }),
      ...(minReliability !== undefined && { minReliability }),
    })),
  { minLength: 4, maxLength: 8 },
);

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

const inTwoOrders = (drawn: fc.Arbitrary<NewEvent[]>) =>
  drawn.chain((events) => fc.tuple(fc.constant(events), shuffled(events)));

describe('the order of arrival', () => {
  it('changes no answer on the valid and the reported axis', async () => {
    await fc.assert(
      fc.asyncProperty(inTwoOrders(developments({ atMost: 30 })), questions, ([one, other], asked) =>
        withPipelines(2, async (a, b) => {
          await a.record(one);
          await b.record(other);
          for (const question of asked) {
            expect(answers(b.state, question)).toBe(answers(a.state, question));
          }
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('changes nothing where a few reports have many corrections', async () => {
    const busy = developments({ only: /^crossing\.(closed|reopened|restricted)$/, atLeast: 8, atMost: 20 });
    await fc.assert(
      fc.asyncProperty(inTwoOrders(busy), questions, ([one, other], asked) =>
        withPipelines(2, async (a, b) => {
          await a.record(one);
          await b.record(other);
          for (const question of asked) {
            expect(answers(b.state, question)).toBe(answers(a.state, question));
          }
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('changes no answer from the corpus', async () => {
    const events = corpus().flatMap((line) => eventOf(line as never) ?? []);
    const days = [
      '2022-06-10',
      '2022-07-12',
      '2023-12-05',
      '2025-10-26',
      '2025-11-05',
      '2025-11-27',
      '2026-03-11',
    ];
    const asked = days.map((day) => Date.parse(`${day}T00:30:00Z`));
    await withPipelines(3, async (a, b, c) => {
      const [reversed] = fc.sample(shuffled(events), { numRuns: 1, seed: 20251105 });
      await a.record(events);
      await b.record([...events].reverse());
      await c.record(reversed!);
      for (const asOf of asked) {
        for (const question of [{ asOf }, { asOf, knownAt: asOf }, { asOf: asOf + 1e9, knownAt: asOf }]) {
          const expected = answers(a.state, question);
          expect(answers(b.state, question)).toBe(expected);
          expect(answers(c.state, question)).toBe(expected);
        }
      }
    });
  });
});

describe('an answer pinned to @n', () => {
  it('does not change when later events are recorded, and equals the answer of a log that ended at @n', async () => {
    const parts = fc.tuple(
      developments({ atLeast: 3, atMost: 24 }),
      fc.array(fc.nat(), { minLength: 2, maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(parts, questions, ([events, cuts], asked) =>
        withPipelines(1, async (pipeline) => {
          const then = new Map<string, string>();
          let from = 0;
          for (const cut of [...cuts.map((n) => n % events.length).sort((a, b) => a - b), events.length]) {
            if (cut === from) continue;
            await pipeline.record(events.slice(from, cut));
            from = cut;
            for (const question of asked) {
              const unpinned = answers(pipeline.state, question);
              const pinned = { ...question, recordedAt: cut };
              expect(answers(pipeline.state, pinned)).toBe(unpinned);
              then.set(JSON.stringify(pinned), unpinned);
            }
          }
          for (const [pinned, answer] of then) {
            expect(answers(pipeline.state, JSON.parse(pinned) as Question)).toBe(answer);
          }
        }),
      ),
      { numRuns: 60 },
    );
  });
});

describe('retrying a write', () => {
  it('changes nothing and gets the same answer: for the whole write, for parts of it, or several times at the same time', async () => {
    const retried = developments({ atMost: 16 }).chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.array(fc.subarray(events, { minLength: 1 }), { minLength: 1, maxLength: 4 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(retried, questions, ([events, retries], asked) =>
        withPipelines(1, async (pipeline) => {
          const first = await pipeline.log.append(events);
          await pipeline.follow();
          const before = asked.map((question) => answers(pipeline.state, question));
          const again = await Promise.all([events, ...retries].map((batch) => pipeline.log.append(batch)));
          for (const appended of again.flat()) {
            const original = first.find(({ id }) => id === appended.id);
            expect(appended).toEqual({ ...original, duplicate: true });
          }
          expect(await pipeline.log.head()).toMatchObject({ sequence: events.length });
          await pipeline.follow();
          expect(asked.map((question) => answers(pipeline.state, question))).toEqual(before);
        }),
      ),
      { numRuns: 30 },
    );
  });
});
