import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyAppend, expectedOf } from './contract/laws.js';
import { ModelLog } from './contract/model.js';
import { decide, type LogLookup, type StoredEvent } from './decide.js';
import { serialize } from './serialized-event.js';

/** A log that is a list of decisions. */
class DecidedLog implements LogLookup {
  private readonly all: StoredEvent[] = [];

  get head() {
    return this.all.at(-1) ?? { sequence: 0, recordedAt: 0 };
  }

  event(id: string): StoredEvent | undefined {
    return this.all.find((one) => one.id === id);
  }

  revision(stream: string): number {
    return this.all.findLast((one) => one.stream === stream)?.revision ?? -1;
  }

  add(events: readonly StoredEvent[]): void {
    this.all.push(...events);
  }

  get events(): readonly StoredEvent[] {
    return this.all;
  }
}

describe('what an append becomes', () => {
  it('is decided as by a plain list, for any appends and any clock', () => {
    const steps = fc.array(fc.tuple(anyAppend, fc.integer({ min: 0, max: 50 })), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (appends) => {
        const model = new ModelLog();
        const log = new DecidedLog();
        for (const [{ batch, off }, now] of appends) {
          const expected = expectedOf(off, model);
          const decision = decide({ events: batch.map(serialize), expected }, log, now);
          const answer =
            decision.kind === 'refused'
              ? decision.error.code
              : decision.answer.map(({ sequence, duplicate }) => (duplicate ? -sequence : sequence));
          expect(answer).toEqual(model.append(batch, expected));
          if (decision.kind === 'accepted') log.add(decision.events);
        }
        const { events } = log;
        expect(events.map(({ id }) => id)).toEqual(model.all.map(({ id }) => id));
        for (const [index, { stream, sequence, revision, recordedAt }] of events.entries()) {
          expect(sequence).toBe(index + 1);
          expect(revision).toBe(events.slice(0, index).filter((one) => one.stream === stream).length);
          expect(recordedAt).toBeGreaterThanOrEqual(events[index - 1]?.recordedAt ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('names the event and the revisions of a refusal', () => {
    const log = new DecidedLog();
    const event = (payload: unknown) => {
      const content = { id: 'a', stream: 'crossing-x', type: 'crossing.closed', schemaVersion: 1 };
      return serialize({ ...content, payload, metadata: {} });
    };
    const first = decide({ events: [event(1)], expected: {} }, log, 5);
    if (first.kind === 'accepted') log.add(first.events);
    expect(decide({ events: [event(2)], expected: {} }, log, 5)).toMatchObject({
      error: { code: 'id-conflict', id: 'a' },
    });
    const late = { events: [{ ...event(1), id: 'b' }], expected: { 'crossing-x': 3 } };
    expect(decide(late, log, 5)).toMatchObject({
      error: { code: 'wrong-revision', stream: 'crossing-x', expected: 3, actual: 0 },
    });
  });
});
