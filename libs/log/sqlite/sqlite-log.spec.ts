import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'log-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a log in a SQLite file', () => {
  it('keeps what is appended and tells its followers', async () => {
    const log = openSqliteLog(join(dir, 'log.db'));
    const seen: unknown[] = [];
    log.subscribe().subscribe((signal) => seen.push(signal.kind === 'event' ? signal.event.id : signal.kind));
    const event = (id: string) => ({ id, stream: 'a-1', type: 't', schemaVersion: 1, payload: { id }, metadata: {} });
    await Promise.all(['x', 'y', 'x'].map((id) => log.append([event(id)])));
    const ids: string[] = [];
    for await (const e of log.read({ filter: { categories: ['a'] } })) ids.push(e.id);
    expect(ids).toEqual(['x', 'y']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual(['caughtUp', 'x', 'y', 'caughtUp']);
    await log.close();
  });
});
