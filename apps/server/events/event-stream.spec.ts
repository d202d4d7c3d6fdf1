import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime, type Runtime } from '#runtime';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { toEntry } from '#data-folder';
import { SseStream } from '../reading/sse.js';
import { selectionOf } from './event-filter.js';
import { EventStream } from './event-stream.js';
import { START } from './position.js';

const EVENT = { stream: 'crossing-a', type: 'bulk', schemaVersion: 1, metadata: {} };

describe('an event stream', () => {
  let folder: string;
  let log: EventLog;
  let server: Server;
  let reader: Socket;
  const responses: ServerResponse[] = [];
  let asked: Parameters<typeof selectionOf>[0];
  /** Ends the wait for the next heartbeat. */
  let heartbeat: () => void;
  const runtime: Runtime = {
    ...systemRuntime,
    sleep: (milliseconds, signal) =>
      milliseconds === 15_000
        ? new Promise((resolve) => (heartbeat = resolve))
        : systemRuntime.sleep(milliseconds, signal),
  };

  beforeEach(async () => {
    responses.length = 0;
    asked = {};
    folder = mkdtempSync(join(tmpdir(), 'borderline-'));
    log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
    server = createServer((_request, response) => {
      responses.push(response.writeHead(200));
      const selection = selectionOf(asked);
      const source = new EventStream(START, { log, selection, form: toEntry, origin: 'a test' });
      new SseStream(response, source, { runtime, onError: () => undefined });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    reader.setEncoding('utf8').pause();
  });
  afterEach(async () => {
    reader.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await log.close();
    rmSync(folder, { recursive: true });
  });

  it('holds at most 256 KiB for a reader that does not read, and continues after the last event that it sent', async () => {
    const payload = { data: { text: 'x'.repeat(20_000) } };
    await log.append(Array.from({ length: 1_000 }, (_, n) => ({ ...EVENT, id: `e${n}`, payload })));
    reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const waiting = (): number => responses[0]?.writableLength ?? 0;
    // Waits until the buffers of the system are full, and then long enough to read the rest of the log.
    while (waiting() === 0) await pause(20);
    await pause(300);
    expect(waiting()).toBeGreaterThan(0);
    expect(waiting()).toBeLessThan(256 * 1024 + 25_000);

    const chunks: string[] = [];
    reader.on('data', (chunk: string) => chunks.push(chunk)).resume();
    // The last message is short: it is in the last two chunks.
    while (!chunks.slice(-2).join('').includes('caught-up')) await once(reader, 'data');
    const sequences = [...chunks.join('').matchAll(/^id: (\d+)-[0-9a-f]{8}\r?\nevent: bulk$/gm)].map(
      ([, id]) => Number(id),
    );
    expect(sequences).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
  });

  it('tells a reader whose filter passes nothing how far it is, every 15 s if it has moved', async () => {
    const by = (id: string, claimant: string) => ({ ...EVENT, id, payload: { attribution: { claimant } } });
    asked = { claimant: ['lt.government'] };
    let text = '';
    reader.on('data', (chunk: string) => (text += chunk)).resume();
    const told = async (what: RegExp): Promise<void> => {
      while (!what.test(text)) await once(reader, 'data');
      text = '';
    };
    reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await told(/id: 0\nevent: caught-up/);
    await log.append([by('a', 'by.government'), by('b', 'lv.government')]);
    // Heartbeats may come before the stream has read the events that were appended.
    const heartbeats = setInterval(() => heartbeat(), 20);
    await told(/\r\nid: 2-[0-9a-f]{8}\nevent: caught-up\ndata: {"sequence":2}\n\n/);
    clearInterval(heartbeats);
    heartbeat();
    await told(/\r\n:\n\n/);
    await log.append([by('c', 'lt.government')]);
    await told(/id: 3-[0-9a-f]{8}\nevent: bulk\n/);
    heartbeat();
    await told(/^\w+\r\n:\n\n/);
  });
});
