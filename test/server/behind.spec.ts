import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { newEvent } from './application.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from './spawned.js';

describe('a server that is behind another server', () => {
  let folder: string;
  let server: Spawned;
  let log: EventLog;
  beforeAll(async () => {
    folder = temporaryFolder();
    server = await spawnServer(folder);
    log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
    await log.append([newEvent('crossing-a')]);
  });
  afterAll(async () => {
    await server.stop();
    await log.close();
    removeFolder(folder);
  });

  it('answers a question that is pinned to an event which arrives a moment later', async () => {
    const asked = fetch(`${server.url}/v1/crossings?recordedAt=@2`);
    await pause(300);
    await log.append([newEvent('crossing-b')]);
    const answer = await asked;
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(await answer.json()).toMatchObject({ basis: { sequence: 2, recordedAt: '@2' } });
  });

  it('refuses such a question where no event arrives', async () => {
    const answer = await fetch(`${server.url}/v1/crossings?recordedAt=@3`);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { detail: 'recordedAt: The log ends at @2.' },
    ]);
  });
});
