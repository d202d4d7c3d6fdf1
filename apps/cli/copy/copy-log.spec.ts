import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { LogError, type EventLog, type NewEvent, type RecordedEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { copyLog, type Stage } from './copy-log.js';

let folder: string;
let now: number;
let source: EventLog;
let target: EventLog;
const opened: EventLog[] = [];

function open(name: string): EventLog {
  const log = openSqliteLog({ ...systemRuntime, now: () => (now += 7) }, join(folder, name));
  opened.push(log);
  return log;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  now = 1_700_000_000_000;
  source = open('source.db');
  target = open('target.db');
});

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  rmSync(folder, { recursive: true, force: true });
});

const event = (n: number, parts: Partial<NewEvent> = {}): NewEvent => ({
  id: `id-${n}`,
  stream: `crossing-${n % 3}`,
  type: 'crossing.closed',
  schemaVersion: 1,
  payload: { n },
  metadata: { by: `someone ${n}` },
  ...parts,
});

const events = (from: number, count: number): NewEvent[] =>
  Array.from({ length: count }, (_, index) => event(from + index));

async function all(log: EventLog): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const one of log.read()) found.push(one);
  return found;
}

/** The target. Its first appends get the given refusals; later appends succeed. */
function refusing(
  ...refusals: (LogError | ((events: readonly NewEvent[]) => LogError | undefined))[]
): EventLog {
  const log = target;
  return {
    append: async (batch) => {
      const refusal = typeof refusals[0] === 'function' ? refusals[0](batch) : refusals.shift();
      if (refusal !== undefined && typeof refusal !== 'function') throw refusal;
      return log.append(batch);
    },
    read: (options) => log.read(options),
    history: (options, take) => log.history(options, take),
    turns: log.turns,
    readStream: (stream, options) => log.readStream(stream, options),
    find: (id) => log.find(id),
    subscribe: (options) => log.subscribe(options),
    head: () => log.head(),
    preview: (batch, options) => log.preview(batch, options),
    reached: (sequence, options) => log.reached(sequence, options),
    sequenceAt: (recordedAt) => log.sequenceAt(recordedAt),
    seal: (at) => log.seal(at),
    sealed: () => log.sealed(),
    close: () => log.close(),
  };
}

describe('a copy', () => {
  it('has the same events in the same order, with the same ids, metadata and times of recording', async () => {
    for (let n = 0; n < 30; n += 3) await source.append(events(n, 3));
    now += 1_000_000;
    expect(await copyLog(source, target)).toEqual({ events: 30, copied: 30 });
    expect(await all(target)).toEqual(await all(source));
  });

  it('also has the same events where they are many and some of them are long', async () => {
    await source.append(events(0, 1_200));
    for (let n = 1_200; n < 1_210; n += 1) {
      await source.append([event(n, { payload: { text: 'ė'.repeat(25_000) } })]);
    }
    const stages = new Set<Stage>();
    await copyLog(source, target, { onProgress: (stage) => stages.add(stage) });
    expect(await all(target)).toEqual(await all(source));
    expect([...stages]).toEqual(['copying', 'verifying']);
  });

  it('of an empty log is empty', async () => {
    expect(await copyLog(source, target)).toEqual({ events: 0, copied: 0 });
  });

  it('that is incomplete is continued', async () => {
    await source.append(events(0, 10));
    await copyLog(source, target);
    await source.append(events(10, 5));
    expect(await copyLog(source, target)).toEqual({ events: 15, copied: 5 });
    expect(await copyLog(source, target)).toEqual({ events: 15, copied: 0 });
    expect(await all(target)).toEqual(await all(source));
  });

  it('continues after the target was unavailable for a while, and does nothing twice', async () => {
    await source.append(events(0, 10));
    const away = new LogError('unavailable', 'away');
    await copyLog(source, refusing(away, away), { retryWaits: [1, 1, 1] });
    expect(await all(target)).toEqual(await all(source));
  });

  it('ends with an error where the target stays unavailable', async () => {
    await source.append(events(0, 10));
    const away = new LogError('unavailable', 'away');
    await expect(copyLog(source, refusing(away, away), { retryWaits: [1] })).rejects.toBe(away);
  });
});

describe('a target', () => {
  it.each([
    ['another event', { id: 'another' }],
    ['the event with another payload', { payload: { n: 'other' } }],
    ['the event with other metadata', { metadata: {} }],
    ['the event recorded at another time', { recordedAt: 5 }],
  ])('that has %s is left as it is', async (_, parts) => {
    await source.append([event(1, { recordedAt: 1 }), event(2, { recordedAt: 2 })]);
    await target.append([event(1, { recordedAt: 1, ...parts })]);
    await expect(copyLog(source, target)).rejects.toThrow('event @1 of the target is another event');
    expect(await all(target)).toHaveLength(1);
  });

  it('that has more events than the source is left as it is', async () => {
    await source.append(events(0, 2));
    await target.append(events(0, 3));
    await expect(copyLog(source, target)).rejects.toThrow('has 3 events already');
  });

  it('is no copy where another process writes to it', async () => {
    await source.append(events(0, 2));
    const meddling = refusing((batch) => {
      void target.append([event(99)]);
      return batch.length > 5 ? new LogError('unavailable', '') : undefined;
    });
    await expect(copyLog(source, meddling)).rejects.toThrow('another process writes');
  });
});
