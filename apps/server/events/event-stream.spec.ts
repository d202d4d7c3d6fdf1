import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { toEntry } from '#data-folder';
import { EventStream } from './event-stream.js';
import { START } from './position.js';

const EVENT = { stream: 'crossing-a', type: 'bulk', schemaVersion: 1, metadata: {} };

describe('an event stream', () => {
  let folder: string;
  let log: EventLog;
  let server: Server;
  let reader: Socket;
  const responses: ServerResponse[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-'));
    log = openSqliteLog(join(folder, 'log.db'));
    server = createServer((_request, response) => {
      responses.push(response.writeHead(200));
      new EventStream(response, START, {
        log,
        runtime: systemRuntime,
        filter: {},
        form: toEntry,
        origin: 'a test',
        onError: () => undefined,
      });
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

  it('holds 256 KiB at most for a reader that does not read, and goes on where it left off', async () => {
    const payload = { data: { text: 'x'.repeat(20_000) } };
    await log.append(Array.from({ length: 1_000 }, (_, n) => ({ ...EVENT, id: `e${n}`, payload })));
    reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const waiting = (): number => responses[0]?.writableLength ?? 0;
    // Until the buffers of the system are full, then long enough to read the rest of the log.
    while (waiting() === 0) await pause(20);
    await pause(300);
    expect(waiting()).toBeGreaterThan(0);
    expect(waiting()).toBeLessThan(256 * 1024 + 25_000);

    let text = '';
    reader.on('data', (chunk: string) => (text += chunk)).resume();
    while (!text.includes('caught-up', text.length - 200_000)) await once(reader, 'data');
    const sequences = [...text.matchAll(/^id: (\d+)-[0-9a-f]{8}\r?\nevent: bulk$/gm)].map(([, id]) =>
      Number(id),
    );
    expect(sequences).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
  });
});
