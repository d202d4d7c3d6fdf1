import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogFilter, NewEvent, ReadOptions, RecordedEvent } from '../event-log.js';
import { collect, event, events, ids, upTo, type Fixture } from './fixture.js';

const STREAMS = ['crossing-a', 'crossing-b', 'crossing-a-b', 'talks-a', 'talk-a', 'estimate-x'];
const TYPES = ['crossing.closed', 'talks.held', 'estimate.published'];

function mixed(count: number): NewEvent[] {
  return upTo(count).map((n) =>
    event(`e${n}`, {
      stream: STREAMS[(n * n + n) % STREAMS.length] ?? '',
      type: TYPES[(n >> 1) % TYPES.length] ?? '',
    }),
  );
}

/** The expected answer of `read`, computed from its definition. */
function wanted(all: readonly RecordedEvent[], options: ReadOptions): RecordedEvent[] {
  const { filter = {}, direction = 'forwards', limit = Infinity } = options;
  const forwards = direction === 'forwards';
  const after = options.after ?? (forwards ? 0 : Infinity);
  const among = (values: readonly string[] | undefined, value: string): boolean =>
    values?.includes(value) ?? true;
  const matching = all.filter(
    ({ sequence, type, stream }) =>
      (forwards ? sequence > after : sequence < after) &&
      among(filter.types, type) &&
      among(filter.streams, stream) &&
      among(filter.categories, stream.split('-', 1)[0] ?? ''),
  );
  return (forwards ? matching : matching.reverse()).slice(0, limit);
}

const some = (values: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...values, 'none']);
const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(
    fc.constant({}),
    value.map((given) => ({ [key]: given })),
  );

const merged = (parts: readonly object[]): object => Object.assign({}, ...parts) as object;
const filters: fc.Arbitrary<LogFilter> = fc
  .tuple(
    maybe('types', some(TYPES)),
    maybe('streams', some(STREAMS)),
    maybe('categories', some(['crossing', 'talks'])),
  )
  .map(merged);

const readOptions = (size: number): fc.Arbitrary<ReadOptions> =>
  fc
    .tuple(
      maybe('filter', filters),
      maybe('after', fc.integer({ min: 0, max: size + 5 })),
      maybe('direction', fc.constantFrom<'forwards' | 'backwards'>('forwards', 'backwards')),
      maybe('limit', fc.integer({ min: 0, max: size })),
    )
    .map(merged);

export function reading(fixture: Fixture): void {
  describe('reading', () => {
    it('answers an empty log with nothing', async () => {
      expect(await collect(fixture.log.read())).toEqual([]);
      expect(await collect(fixture.log.read({ direction: 'backwards' }))).toEqual([]);
      expect(await collect(fixture.log.readStream('crossing-none'))).toEqual([]);
      expect(await fixture.log.find('none')).toBeUndefined();
      expect(await fixture.log.sequenceAt(Date.now())).toBe(0);
    });

    it('answers every cut, direction, limit and filter as a plain filter over the list', async () => {
      await fixture.log.append(mixed(1_500));
      const all = await collect(fixture.log.read());
      await fc.assert(
        fc.asyncProperty(readOptions(1_500), async (options) => {
          expect(ids(await collect(fixture.log.read(options)))).toEqual(ids(wanted(all, options)));
        }),
        { numRuns: 60 },
      );
    });

    it('reads a stream from a revision, to a limit', async () => {
      await fixture.log.append(mixed(1_200));
      const stream = wanted(await collect(fixture.log.read()), { filter: { streams: ['crossing-a'] } });
      expect(stream.map(({ revision }) => revision)).toEqual(upTo(stream.length).map((n) => n - 1));
      expect(await collect(fixture.log.readStream('crossing-a'))).toEqual(stream);
      expect(await collect(fixture.log.readStream('crossing-a', { from: 7, limit: 300 }))).toEqual(
        stream.slice(7, 307),
      );
      expect(await collect(fixture.log.readStream('crossing-a', { from: stream.length }))).toEqual([]);
    });

    it('continues while others append, and has all events from before its begin', async () => {
      await fixture.log.append(events(700, 'old'));
      const seen: RecordedEvent[] = [];
      const writes: Promise<unknown>[] = [];
      for await (const one of fixture.log.read()) {
        seen.push(one);
        if (seen.length % 100 === 0 && writes.length < 20)
          writes.push(fixture.log.append(events(5, `${seen.length}-`)));
      }
      await Promise.all(writes);
      expect(seen.length).toBeGreaterThanOrEqual(700);
      expect(seen.map(({ sequence }) => sequence)).toEqual(upTo(seen.length));
    });

    it('may be ended by the reader', async () => {
      await fixture.log.append(events(600, 'e'));
      for await (const one of fixture.log.read()) if (one.sequence === 300) break;
      expect((await fixture.log.append([event('next')]))[0]?.sequence).toBe(601);
    });

    it('finds the last sequence recorded at or before an instant', async () => {
      for (const n of upTo(12)) {
        await fixture.log.append(events(n % 3, `${n}-`));
        if (n % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
      }
      const all = await collect(fixture.log.read());
      const naive = (at: number): number => all.filter(({ recordedAt }) => recordedAt <= at).length;
      const instants = all.flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt, recordedAt + 1]);
      for (const at of [0, ...instants, Infinity]) expect(await fixture.log.sequenceAt(at)).toBe(naive(at));
    });
  });
}
