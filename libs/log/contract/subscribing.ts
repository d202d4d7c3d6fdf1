import { describe, expect, it } from '@jest/globals';
import { take } from 'rxjs';
import type { EventLog } from '../event-log.js';
import { collect, event, events, Heard, ids, upTo, type Fixture } from './fixture.js';

const sequences = (heard: Heard): number[] => heard.events.map(({ sequence }) => sequence);

async function writeAll(logs: readonly EventLog[], writers: number, each: number): Promise<void> {
  const write = async (writer: number): Promise<void> => {
    const log = logs[writer % logs.length];
    for (const n of upTo(each))
      await log?.append([event(`${writer}-${n}`, { stream: `crossing-${writer}` })]);
  };
  await Promise.all(upTo(writers).map(write));
}

export function subscribing(fixture: Fixture): void {
  describe('waiting for a sequence', () => {
    it('ends as soon as the log has it, appended through any handle', async () => {
      const other = await fixture.another();
      expect(await fixture.log.reached(0, { timeout: 0 })).toBe(true);
      const waits = [fixture.log, other].map((log) => log.reached(2, { timeout: 30_000 }));
      await fixture.log.append([event('a')]);
      expect(await fixture.log.reached(1, { timeout: 0 })).toBe(true);
      await other.append([event('b')]);
      expect(await Promise.all(waits)).toEqual([true, true]);
      expect(await fixture.log.reached(2, { timeout: 0 })).toBe(true);
    });

    it('ends without it after the timeout, on abort, and when the log is closed', async () => {
      const other = await fixture.another();
      expect(await fixture.log.reached(1, { timeout: 5 })).toBe(false);
      const gone = new AbortController();
      const aborted = fixture.log.reached(1, { timeout: 30_000, signal: gone.signal });
      gone.abort();
      expect(await aborted).toBe(false);
      const waiting = other.reached(1, { timeout: 30_000 });
      await other.close();
      expect(await waiting).toBe(false);
    });
  });

  describe('subscribing', () => {
    it('says immediately that it has caught up with an empty log, and again after new events', async () => {
      const heard = new Heard(fixture.log.subscribe());
      await heard.caughtUp(0);
      await fixture.log.append([event('a'), event('b')]);
      await heard.caughtUp(2);
      await fixture.log.append([event('c')]);
      await heard.caughtUp(3);
      heard.stop();
      expect(heard.story).toEqual(['caughtUp', 'a', 'b', 'caughtUp', 'c', 'caughtUp']);
    });

    it('delivers the existing events first, all and in order', async () => {
      await fixture.log.append(events(1_000, 'e'));
      const heard = new Heard(fixture.log.subscribe());
      await heard.caughtUp(1_000);
      heard.stop();
      expect(heard.events).toEqual(await collect(fixture.log.read()));
      expect(heard.story.at(-1)).toBe('caughtUp');
    });

    it('starts after the sequence it is given', async () => {
      await fixture.log.append(events(10, 'e'));
      const heard = new Heard(fixture.log.subscribe({ after: 7 }));
      await heard.caughtUp(10);
      heard.stop();
      expect(heard.story).toEqual(['e7', 'e8', 'e9', 'caughtUp']);
    });

    it('delivers only events that pass its filter, also of later streams', async () => {
      const filters = [{ categories: ['talks'] }, { streams: ['talks-new'] }, { types: ['talks.held'] }];
      const all = filters.map((filter) => new Heard(fixture.log.subscribe({ filter })));
      await Promise.all(all.map((heard) => heard.caughtUp(0)));
      await fixture.log.append([event('a'), event('b', { stream: 'talks-new', type: 'talks.held' })]);
      await fixture.log.append([event('c'), event('d', { stream: 'talks-new', type: 'talks.held' })]);
      for (const heard of all) {
        await heard.until(({ events: { length } }) => length === 2);
        heard.stop();
        expect(ids(heard.events)).toEqual(['b', 'd']);
      }
    });

    it('delivers old events through a filter, the same as reading', async () => {
      const batch = upTo(1_500).map((n) =>
        event(`e${n}`, { stream: `${n % 7 === 0 ? 'talks' : 'crossing'}-${n % 3}` }),
      );
      await fixture.log.append(batch);
      for (const filter of [
        { categories: ['talks'] },
        { streams: ['talks-1', 'crossing-2'] },
        { types: ['none'] },
      ]) {
        const heard = new Heard(fixture.log.subscribe({ filter }));
        await heard.until(({ story }) => story.at(-1) === 'caughtUp');
        heard.stop();
        expect(ids(heard.events)).toEqual(ids(await collect(fixture.log.read({ filter }))));
      }
    });

    it('is cold: each subscriber has its own place', async () => {
      const source = fixture.log.subscribe({ after: 1 });
      await fixture.log.append(events(3, 'e'));
      const first = new Heard(source);
      await first.caughtUp(3);
      const second = new Heard(source);
      await second.caughtUp(3);
      for (const heard of [first, second]) {
        heard.stop();
        expect(ids(heard.events)).toEqual(['e1', 'e2']);
      }
    });

    it('delivers each event once and in order while several writers append through two handles', async () => {
      const other = await fixture.another();
      const early = new Heard(fixture.log.subscribe());
      const writing = writeAll([fixture.log, other], 8, 60);
      await early.until(({ events: { length } }) => length > 50);
      const late = [fixture.log, other].map((log) => new Heard(log.subscribe()));
      await writing;
      for (const heard of [early, ...late]) {
        await heard.until(({ events: { length } }) => length >= 480);
        heard.stop();
        expect(sequences(heard)).toEqual(upTo(480));
      }
    });

    it('delivers the appends of another handle', async () => {
      const other = await fixture.another();
      const heard = new Heard(fixture.log.subscribe());
      await heard.caughtUp(0);
      await other.append([event('a')]);
      await heard.caughtUp(1);
      heard.stop();
      expect(heard.story).toEqual(['caughtUp', 'a', 'caughtUp']);
    });

    it('stops in the middle where the subscriber unsubscribes', async () => {
      await fixture.log.append(events(20, 'e'));
      const heard = new Heard(fixture.log.subscribe().pipe(take(3)));
      await heard.until(({ completed }) => completed);
      expect(heard.story).toEqual(['e0', 'e1', 'e2']);
    });

    it('delivers nothing more after unsubscribing', async () => {
      const heard = new Heard(fixture.log.subscribe());
      await heard.caughtUp(0);
      heard.stop();
      const other = new Heard(fixture.log.subscribe());
      await fixture.log.append([event('a')]);
      await other.caughtUp(1);
      other.stop();
      expect(heard.story).toEqual(['caughtUp']);
    });

    it('makes neither writers nor other subscribers wait for a slow subscriber', async () => {
      await fixture.log.append(events(10_000, 'e'));
      let slow = 0;
      const dawdler = fixture.log.subscribe().subscribe(() => {
        slow += 1;
        // The slow subscriber needs ten seconds for all events: many times the time of the others, on a slow machine too.
        const end = performance.now() + 1;
        while (performance.now() < end);
      });
      const heard = new Heard(fixture.log.subscribe({ after: 9_990 }));
      await heard.caughtUp(10_000);
      await fixture.log.append([event('next')]);
      await heard.caughtUp(10_001);
      expect(slow).toBeLessThan(10_000);
      dawdler.unsubscribe();
      heard.stop();
    });

    it('completes when the log is closed, whether it was waiting or in the middle', async () => {
      await fixture.log.append(events(2_000, 'e'));
      const other = await fixture.another();
      const waiting = new Heard(other.subscribe({ after: 2_000 }));
      await waiting.caughtUp(2_000);
      const reading = new Heard(other.subscribe());
      await reading.until(({ events: { length } }) => length > 0);
      await other.close();
      for (const heard of [waiting, reading]) await heard.until(({ completed }) => completed);
      const late = new Heard(other.subscribe());
      await late.until(({ failure }) => failure !== undefined);
      expect(late.failure).toMatchObject({ code: 'unavailable' });
    });
  });
}
