import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { upTo } from '../contract/fixture.js';
import { Batches, type Batch } from './batches.js';
import type { Part } from './record.js';

const STREAMS = ['crossing-a', 'crossing-b', 'talks-c'];

/** An append as the cluster stores it: stream by stream. */
function stored(batch: string, streams: readonly string[], created = 0): Part[] {
  const parts = streams.map((stream, index): Part => {
    const event = {
      ...{ id: `${batch}-${index}`, stream, type: 't', schemaVersion: 1 },
      ...{ payload: '{}', metadata: '{}', recordedAt: undefined },
    };
    const expected = index === 0 ? { [stream]: index } : {};
    return {
      batch,
      index,
      count: streams.length,
      event,
      expected,
      created: created + index,
      engineRevision: index,
    };
  });
  const order = [...new Set(streams)];
  return [...parts].sort((a, b) => order.indexOf(a.event.stream) - order.indexOf(b.event.stream));
}

function taken(batches: Batches, parts: readonly Part[]): Batch[] {
  return parts.flatMap((part) => batches.add(part) ?? []);
}

const idsOf = ({ events }: Batch): string[] => events.map(({ id }) => id);

describe('appends as the cluster has them', () => {
  it('are put together again, each whole and in its own order', () => {
    const anyAppend = fc.array(fc.constantFrom(...STREAMS), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(anyAppend, { maxLength: 6 }), (appends) => {
        const batches = new Batches();
        const all = taken(
          batches,
          appends.flatMap((streams, n) => stored(`b${n}`, streams)),
        );
        expect(all.map(idsOf)).toEqual(
          appends.map((streams, n) => streams.map((_, index) => `b${n}-${index}`)),
        );
        expect(batches.isOpen).toBe(false);
      }),
    );
  });

  it('are open until their last part is there', () => {
    const batches = new Batches();
    const [first, second] = stored('a', ['crossing-a', 'crossing-b']);
    expect(first && batches.add(first)).toBeUndefined();
    expect(batches.isOpen).toBe(true);
    expect(second && batches.add(second)).toBeDefined();
    expect(batches.isOpen).toBe(false);
  });

  it('bring what was expected, the latest time, and the last revision of each stream', () => {
    const [batch] = taken(new Batches(), stored('a', ['crossing-a', 'crossing-b', 'crossing-a'], 7_000));
    expect(batch).toMatchObject({ expected: { 'crossing-a': 0 }, storedAt: 7_002 });
    expect([...(batch?.engineRevisions ?? [])].sort()).toEqual([
      ['crossing-a', 2],
      ['crossing-b', 1],
    ]);
  });

  it('are none where a part is missing, or twice', () => {
    const streams = upTo(4).map(() => 'crossing-a');
    for (const spoil of [
      (parts: Part[]) => parts.slice(1),
      (parts: Part[]) => parts.slice(0, -1),
      (parts: Part[]) => [...parts.slice(0, 2), ...parts.slice(1, 3)],
    ]) {
      const all = taken(new Batches(), [...spoil(stored('torn', streams)), ...stored('whole', ['talks-c'])]);
      expect(all.map(({ batch }) => batch)).toEqual(['whole']);
    }
  });
});
