import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventLog, ExpectedRevisions, NewEvent } from '../event-log.js';
import { collect, event, ids, reaches, upTo, type LogFactory } from './fixture.js';
import { ModelLog } from './model.js';

interface AnyAppend {
  readonly batch: readonly NewEvent[];
  /** For each named stream: the difference from the right expectation. 0 is the right expectation. */
  readonly off: Readonly<Record<string, number>>;
}

interface AttemptedAppend extends AnyAppend {
  readonly handle: number;
}

const STREAMS = ['crossing-a', 'crossing-b', 'talks-a', '__proto__-x'];

/** Few ids and few contents, so that retries and conflicts are frequent. */
const anyEvent = fc
  .tuple(fc.integer({ min: 0, max: 25 }), fc.constantFrom(...STREAMS), fc.integer({ min: 0, max: 12 }))
  .map(([id, stream, odd]) =>
    event(`e${id}`, odd > 1 ? { stream: STREAMS[id % STREAMS.length] ?? '' } : { stream, payload: { odd } }),
  );

export const anyAppend: fc.Arbitrary<AnyAppend> = fc.record({
  batch: fc.array(anyEvent, { minLength: 1, maxLength: 5 }),
  off: fc.dictionary(fc.constantFrom(...STREAMS), fc.constantFrom(0, 0, 0, 0, 1, -1), { maxKeys: 2 }),
});

const anyAttempt: fc.Arbitrary<AttemptedAppend> = fc
  .tuple(anyAppend, fc.integer({ min: 0, max: 1 }))
  .map(([append, handle]) => ({ ...append, handle }));

export function expectedOf(off: AnyAppend['off'], model: ModelLog): ExpectedRevisions {
  return Object.fromEntries(Object.entries(off).map(([stream, by]) => [stream, model.revision(stream) + by]));
}

type AppendOutcome = number[] | string;

async function outcome(
  log: EventLog,
  batch: readonly NewEvent[],
  expected: ExpectedRevisions,
): Promise<AppendOutcome> {
  try {
    const answer = await log.append(batch, { expected });
    return answer.map(({ sequence, duplicate }) => (duplicate === true ? -sequence : sequence));
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
}

export function laws(factory: LogFactory): void {
  const onTwoHandles = async (
    work: (logs: readonly EventLog[], model: ModelLog) => Promise<void>,
  ): Promise<void> => {
    const made = await factory();
    try {
      await work([await made.open(), await made.open()], new ModelLog());
    } finally {
      await made.dispose();
    }
  };

  describe('whatever is appended', () => {
    it('answers and stores as a plain list, through either of two handles', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyAttempt, { maxLength: 25 }), (attempts) =>
          onTwoHandles(async (logs, model) => {
            for (const { batch, off, handle } of attempts) {
              const expected = expectedOf(off, model);
              const log = logs[handle];
              if (log !== undefined) {
                expect(await outcome(log, batch, expected)).toEqual(model.append(batch, expected));
              }
            }
            await agree(logs, model);
          }),
        ),
        { numRuns: 40 },
      );
    });

    it('has one order in which a plain list gives every concurrent answer', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyAttempt, { minLength: 2, maxLength: 25 }), (attempts) =>
          onTwoHandles(async (logs, model) => {
            const answers = await Promise.all(
              attempts.map(async ({ batch, handle }) => {
                const log = logs[handle];
                return { batch, answer: log === undefined ? [] : await outcome(log, batch, {}) };
              }),
            );
            const first = (answer: AppendOutcome): number =>
              Array.isArray(answer)
                ? Math.min(Infinity, ...answer.filter((sequence) => sequence > 0))
                : Infinity;
            const writes = answers.filter(({ answer }) => first(answer) < Infinity);
            for (const { batch, answer } of writes.sort((a, b) => first(a.answer) - first(b.answer))) {
              expect(model.append(batch, {})).toEqual(answer);
            }
            await agree(logs, model);
          }),
        ),
        { numRuns: 40 },
      );
    });
  });
}

async function agree(logs: readonly EventLog[], model: ModelLog): Promise<void> {
  for (const log of logs) {
    await reaches(log, model.all.length);
    const all = await collect(log.read());
    expect(all.map(({ sequence }) => sequence)).toEqual(upTo(model.all.length));
    expect(all.map(({ id, stream, payload }) => ({ id, stream, payload }))).toEqual(
      model.all.map(({ id, stream, payload }) => ({ id, stream, payload })),
    );
    for (const stream of STREAMS) {
      const events = await collect(log.readStream(stream));
      expect(ids(events)).toEqual(ids(model.all.filter((one) => one.stream === stream)));
      expect(events.map(({ revision }) => revision)).toEqual(upTo(events.length).map((n) => n - 1));
    }
  }
}
