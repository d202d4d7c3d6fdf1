import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openSqliteLog } from '#log/sqlite';
import { EventStream } from './event-stream.js';

const EVENT = { stream: 'crossing-a', type: 'bulk', schemaVersion: 1, metadata: {} };

describe('an event stream', () => {
  it('holds 256 KiB at most for a reader that does not read, and goes on where it left off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
    const log = openSqliteLog(join(folder, 'log.db'));
    const payload = { data: { text: 'x'.repeat(20_000) } };
    await log.append(Array.from({ length: 1_000 }, (_, n) => ({ ...EVENT, id: `e${n}`, payload })));

    const responses: ServerResponse[] = [];
    const server = createServer((_request, response) => {
      responses.push(response.writeHead(200));
      new EventStream(log, response, { log: {}, wants: () => true }, 0, () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    reader.setEncoding('utf8').pause();
    reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');

    await pause(300);
    const waiting = responses[0]?.writableLength ?? 0;
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThan(256 * 1024 + 25_000);

    let text = '';
    reader.on('data', (chunk: string) => (text += chunk));
    while (!text.includes('caught-up')) await once(reader, 'data');
    const sequences = [...text.matchAll(/^id: (\d+)\nevent: bulk$/gm)].map(([, id]) => Number(id));
    expect(sequences).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));

    reader.destroy();
    await new Promise((resolve) => server.close(resolve));
    await log.close();
    rmSync(folder, { recursive: true });
  }, 20_000);
});
