import { describe, expect, it } from '@jest/globals';
import type { EventLog, HistoryOptions, LogPage, RecordedEvent } from '../event-log.js';
import { collect, event, events, ids, refusal, upTo, type Fixture } from './fixture.js';

async function historyOf(log: EventLog, options: HistoryOptions = {}): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  const through = await log.history(options, (page) => void all.push(...page.events));
  expect(through).toBeGreaterThanOrEqual(all.at(-1)?.sequence ?? 0);
  if (options.through !== undefined)
    expect(through).toBeLessThanOrEqual(Math.max(options.through, options.after ?? 0));
  return all;
}

export function history(fixture: Fixture): void {
  describe('reading history in turns', () => {
    it('gives the same events as reading, from any sequence, with any filter', async () => {
      const mixed = upTo(700).map((n) =>
        event(`e${n}`, { stream: `${n % 9 === 0 ? 'talks' : 'crossing'}-${n % 4}` }),
      );
      await fixture.log.append(mixed);
      for (const filter of [
        {},
        { categories: ['talks'] },
        { types: ['none'] },
        { streams: ['crossing-1', 'talks-2'] },
      ]) {
        for (const after of [0, 1, 63, 64, 300, 700, 900]) {
          const expected = await collect(fixture.log.read({ after, filter }));
          expect(await historyOf(fixture.log, { after, filter })).toEqual(expected);
          for (const through of [1, 64, 100, 310, 2_000]) {
            const cut = expected.filter(({ sequence }) => sequence <= through);
            expect(await historyOf(fixture.log, { after, through, filter })).toEqual(cut);
          }
        }
      }
    });

    it('returns the last sequence covered, and continues from there when there is more', async () => {
      expect(await fixture.log.history({}, () => undefined)).toBe(0);
      await fixture.log.append(events(3, 'a'));
      expect(await fixture.log.history({}, () => undefined)).toBe(3);
      await fixture.log.append(events(2, 'b'));
      expect(ids(await historyOf(fixture.log, { after: 3 }))).toEqual(['b0', 'b1']);
      expect(await fixture.log.history({ filter: { types: ['none'] } }, () => undefined)).toBe(5);
    });

    it('gives readers at the same sequence the same page object', async () => {
      await fixture.log.append(events(300, 'e'));
      const readers = await Promise.all(
        [0, 0, 0].map(async (after) => {
          const pages: LogPage[] = [];
          await fixture.log.history({ after }, (page) => void pages.push(page));
          return pages;
        }),
      );
      const [first = [], ...others] = readers;
      expect(first.length).toBeGreaterThan(1);
      for (const other of others) {
        expect(other).toHaveLength(first.length);
        other.forEach((page, index) => expect(page === first[index]).toBe(true));
      }
    });

    it('gives a reader its next page after it has processed the last one, and nobody else waits for it', async () => {
      await fixture.log.append(events(300, 'e'));
      let goOn = (): void => undefined;
      let pages = 0;
      const slow = fixture.log.history({}, () => {
        pages += 1;
        return new Promise<void>((resolve) => (goOn = resolve));
      });
      expect(await historyOf(fixture.log)).toHaveLength(300);
      expect(pages).toBe(1);
      let ended = false;
      void slow.then(() => (ended = true));
      while (!ended) {
        goOn();
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(pages).toBeGreaterThan(1);
    });

    it('answers a small read before each of many readers of history has two pages', async () => {
      await fixture.log.append(events(2_000, 'e', { payload: 'x'.repeat(2_000) }));
      const before = fixture.log.turns.count;
      const readers = upTo(1_000).map(() => {
        const gone = new AbortController();
        const reading = fixture.log.history({ signal: gone.signal }, () => undefined).catch(() => undefined);
        return { gone, reading };
      });
      expect(await fixture.log.find('e7')).toMatchObject({ id: 'e7' });
      expect(await fixture.log.head()).toMatchObject({ sequence: 2_000 });
      await new Promise((resolve) => setImmediate(resolve));
      expect(fixture.log.turns.count - before).toBeLessThan(2_000);
      for (const { gone } of readers) gone.abort();
      await Promise.all(readers.map(({ reading }) => reading));
    });

    it('ends when the client disconnects, in the middle or while it waits for its turn', async () => {
      await fixture.log.append(events(300, 'e'));
      const gone = new AbortController();
      let pages = 0;
      const reading = fixture.log.history({ signal: gone.signal }, () => {
        pages += 1;
        gone.abort(new Error('gone'));
      });
      await expect(reading).rejects.toThrow('gone');
      expect(pages).toBe(1);
    });

    it('rejects with the error of the reader, and where the log is closed', async () => {
      await fixture.log.append(events(300, 'e'));
      const broken = fixture.log.history({}, () => {
        throw new Error('no');
      });
      await expect(broken).rejects.toThrow('no');
      const other = await fixture.another();
      await other.close();
      expect(await refusal(other.history({}, () => undefined))).toMatchObject({ code: 'unavailable' });
    });
  });
}
