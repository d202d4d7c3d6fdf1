import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { systemRuntime as runtime, Turnstile } from '#runtime';
import { ChangeWalk, START_OF_CHANGES } from '#views';
import { settingsFrom } from '../../settings.js';
import { leafDigits } from '../events/position.js';
import { SseStream } from '../reading/sse.js';
import { ChangeWatermark } from './change-watermark.js';
import { ChangePlaces } from './change-places.js';
import { ChangeStream } from './change-stream.js';
import { closed, emptyLog } from '../../../test/support/empty-log.js';

/** The number of subjects: their changes are about 700 kB of messages. */
const SUBJECTS = 500;

describe('a stream of changes', () => {
  const opened = emptyLog();

  /** Sends the changes to a connection whose other end reads. */
  function follow(connection: PassThrough): void {
    const { log, views } = opened;
    const watermark = new ChangeWatermark(runtime, log, views);
    const walk = new ChangeWalk(log, views, leafDigits);
    const places = new ChangePlaces(log, settingsFrom({}), walk, watermark);
    const selection = { filter: {}, passes: () => true, concerns: () => true };
    const end = async (): Promise<object> => ({});
    const source = new ChangeStream(START_OF_CHANGES, { walk, places, watermark, selection, end });
    new SseStream(connection as unknown as ServerResponse, source, { runtime, onError: () => undefined });
  }

  it('has one message waiting for a reader that does not read, and continues after the last message that it sent', async () => {
    await opened.log.append(Array.from({ length: SUBJECTS }, (_, n) => closed(n + 1, `xx-yy.c${n + 1}`)));
    const connection = new PassThrough();
    follow(connection);
    while (!connection.writableNeedDrain) await pause(5);
    await pause(200);
    const { readableLength, writableLength, readableHighWaterMark, writableHighWaterMark } = connection;
    expect(readableLength + writableLength).toBeLessThan(
      readableHighWaterMark + writableHighWaterMark + 10_000,
    );

    let text = '';
    for await (const chunk of connection.setEncoding('utf8')) {
      text += String(chunk);
      if (text.includes('event: caught-up')) break;
    }
    const sequences = [...text.matchAll(/^id: 1\.(\d+)\.\S+\nevent: change$/gm)].map(([, n]) => Number(n));
    expect([...new Set(sequences)]).toEqual(Array.from({ length: SUBJECTS }, (_, n) => n + 1));
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  it('gives way to other work, also where many readers read changes that are remembered', async () => {
    const { log, views } = opened;
    await log.append(Array.from({ length: SUBJECTS }, (_, n) => closed(n + 1, `xx-yy.c${n + 1}`)));
    const end = await new ChangeWatermark(runtime, log, views).now();
    expect(end.sequence).toBe(SUBJECTS);
    const turns = new Turnstile(runtime, 0);
    const history: typeof log.history = (...asked) => log.history(...asked);
    const walk = new ChangeWalk({ history, turns }, views, leafDigits);
    let [given, most] = [0, 0];
    const read = async (): Promise<void> => {
      for await (const { changes } of walk.through(START_OF_CHANGES, end))
        given += changes.length > 0 ? 1 : 0;
    };
    await read();
    given = 0;
    const ended = new AbortController();
    const turning = (async () => {
      while (!ended.signal.aborted) {
        await runtime.turn();
        most = Math.max(most, given);
        given = 0;
      }
    })();
    await Promise.all(Array.from({ length: 20 }, read));
    ended.abort();
    await turning;
    expect(most).toBeLessThan(100);
  });
});
