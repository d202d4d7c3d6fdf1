import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accept } from '#events';
import type { EventLog, NewEvent, RecordedEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { writeViews, type LocalViewsWriter } from './writers.js';

const within = { timeout: 30_000 };
const ASKED = { asOf: Date.UTC(2026, 2, 1) };
const LATE = { code: 'unavailable', message: 'they do not answer in time' };

const TOO_LONG = {
  code: 'too-long',
  message: 'The dry run takes longer than 5 s: send fewer developments in one dry run.',
};

function closure(occurred: string, crossing = 'lt-by.medininkai', more: object = {}): NewEvent {
  const sent = {
    ...{
      type: 'crossing.closed',
      occurred,
      reportedAt: '2026-02-28',
      data: { crossing },
      ...more,
    },
    source: { publisher: 'P', title: 'T', publishedAt: '2026-02-28' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
  };
  const accepted = accept(JSON.parse(JSON.stringify(sent)), {
    defaultZone: 'Europe/Vilnius',
    newId: () => systemRuntime.id(),
  });
  if (Array.isArray(accepted)) throw new Error(JSON.stringify(accepted));
  return { ...accepted, metadata: {} };
}

const rehearsed: readonly RecordedEvent[] = Array.from({ length: 200 }, (_, n) => ({
  ...closure(`../2026-03-${String(1 + (n % 28)).padStart(2, '0')}`),
  ...{ sequence: 0, revision: 0, recordedAt: 0 },
}));

describe('a dry run', () => {
  let folder: string;
  let log: EventLog;
  let writer: LocalViewsWriter;
  /** Milliseconds that pass each time the clock is read. */
  let pace = 0;
  beforeEach(async () => {
    pace = 0;
    let passed = 0;
    const runtime = { ...systemRuntime, elapsed: () => systemRuntime.elapsed() + (passed += pace) };
    folder = mkdtempSync(join(tmpdir(), 'borderline-preview-'));
    log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
    writer = writeViews(runtime, join(folder, 'views.db'), log);
    await log.append([closure('2026-01-01')]);
    expect(await writer.gate.reached(1, within)).toBe(true);
  });
  afterEach(async () => {
    await writer.stop();
    await log.close();
    rmSync(folder, { recursive: true });
  });

  /** A signal that is aborted after it was read a number of times, as by another thread; `reads`: how often the work has read it. */
  function abortedAfter(most: number) {
    const signal = {
      reads: 0,
      get aborted() {
        signal.reads += 1;
        return signal.reads > most;
      },
    };
    return signal;
  }

  it('ends soon after its caller has given up, wherever it is', async () => {
    const never = abortedAfter(Infinity);
    const whole = await writer.preview(rehearsed, ASKED, never);
    expect(whole.over).not.toEqual([]);
    for (const part of [0, 0.1, 0.3, 0.5, 0.7, 0.9]) {
      const signal = abortedAfter(Math.floor(never.reads * part));
      await expect(writer.preview(rehearsed, ASKED, signal)).rejects.toMatchObject(LATE);
      expect(signal.reads).toBe(Math.floor(never.reads * part) + 1);
    }
    expect(await writer.preview(rehearsed, ASKED, abortedAfter(Infinity))).toEqual(whole);
  });

  it('ends after its time, also where no caller gives up, and says what helps', async () => {
    pace = 50;
    await expect(writer.preview(rehearsed, ASKED, abortedAfter(Infinity))).rejects.toMatchObject(TOO_LONG);
  });

  it('reads only the subjects that its events touch', async () => {
    const before = abortedAfter(Infinity);
    const whole = await writer.preview(rehearsed, ASKED, before);
    await log.append(Array.from({ length: 50 }, (_, n) => closure('2026-01-01', `xx-yy.c${n}`)));
    expect(await writer.gate.reached(51, within)).toBe(true);
    const after = abortedAfter(Infinity);
    expect(await writer.preview(rehearsed, ASKED, after)).toEqual(whole);
    expect(after.reads).toBe(before.reads);
  });

  it('has the changes of every subject that its events touch, also where only an earlier correction names it', async () => {
    const correction = (reportedAt: string, target: string, crossing: string): NewEvent =>
      closure('2026-01-01', crossing, {
        type: 'record.corrected',
        occurred: undefined,
        reportedAt,
        data: {
          ...{ target, kind: 'amended', reason: 'It was another crossing.' },
          replacement: {
            ...{ type: 'crossing.closed', occurred: '2026-01-01', reportedAt, data: { crossing } },
            source: { publisher: 'P', title: 'T', publishedAt: reportedAt },
            attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
          },
        },
      });
    const first = closure('2026-01-01', 'xx-yy.first');
    await log.append([first, correction('2026-03-01', first.id, 'xx-yy.second')]);
    expect(await writer.gate.reached(3, within)).toBe(true);
    const third = {
      ...correction('2026-03-02', first.id, 'xx-yy.third'),
      sequence: 0,
      revision: 0,
      recordedAt: 0,
    };
    const { changes } = await writer.preview([third], { asOf: Date.UTC(2026, 2, 5) }, abortedAfter(Infinity));
    expect(new Set(changes.map(({ subject }) => subject))).toEqual(new Set(['xx-yy.second', 'xx-yy.third']));
  });

  it('that was given up changes nothing, and the consumer continues', async () => {
    await expect(writer.preview(rehearsed, ASKED, abortedAfter(100))).rejects.toMatchObject(LATE);
    await log.append([closure('2026-02-01')]);
    expect(await writer.gate.reached(2, within)).toBe(true);
    expect(writer.status).toMatchObject({ state: 'running', failuresInAll: 0 });
  });

  it('leaves the consumer its turn before the next dry run', async () => {
    const first = writer.preview(rehearsed, ASKED, abortedAfter(Infinity));
    const order: string[] = [];
    const many = Array.from({ length: 5 }, (_, n) =>
      writer.preview(rehearsed, ASKED, abortedAfter(Infinity)).then(() => order.push(`dry run ${n}`)),
    );
    await log.append([closure('2026-02-01')]);
    await first;
    await writer.gate.reached(2, within).then(() => order.push('event'));
    await Promise.all(many);
    expect(order.indexOf('event')).toBeLessThan(5);
  });
});
