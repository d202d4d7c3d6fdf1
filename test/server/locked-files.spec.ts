import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from './spawned.js';

interface Part {
  readonly ready: boolean;
  readonly state: string;
  readonly reason?: string;
  readonly sequence: number;
  readonly behind: { readonly events: number };
}

interface Ready {
  readonly status: number;
  readonly detail?: string;
  readonly parts?: Readonly<Record<string, Part>>;
}

describe('a server whose files another process locks', () => {
  const data = temporaryFolder();
  let server: Spawned;
  let recorded = 0;
  beforeAll(async () => {
    server = await spawnServer(data);
    for (let n = 0; n < 3; n += 1) await record();
    await until(async () => (await ready()).status === 200);
  });
  afterAll(async () => {
    await server.stop();
    removeFolder(data);
  });

  const send = (query = '', init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}/v1/developments${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'crossing.closed',
        occurred: '2025-10-25',
        reportedAt: '2025-10-25',
        data: { crossing: `lt-by.number-${recorded}` },
        source: { publisher: 'P', title: `Marker${recorded}`, publishedAt: '2025-10-25' },
        attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
      }),
      ...init,
    });

  async function record(): Promise<void> {
    recorded += 1;
    expect((await send()).status).toBe(201);
  }

  async function ready(): Promise<Ready> {
    const answer = await fetch(`${server.url}/health/ready`);
    return { ...((await answer.json()) as object), status: answer.status };
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await pause(50);
  }

  /** Holds the write lock of a file while the work runs, as a tool that inspects the file may do. */
  async function locked(file: string, work: () => Promise<void>): Promise<void> {
    const db = new Database(join(data, file), { timeout: 30_000 });
    db.exec('BEGIN IMMEDIATE');
    try {
      await work();
    } finally {
      db.exec('ROLLBACK');
      db.close();
    }
  }

  it.each([
    ['views.db', 'views'],
    ['views-search.db', 'search'],
    ['audit.db', 'audit'],
  ])('answers while %s is locked, says that %s is not ready and why, and recovers', async (file, part) => {
    await locked(file, async () => {
      await record();
      await until(async () => {
        expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
        const { status, detail = '' } = await ready();
        return status === 503 && detail.includes(`${part} (locked by another process)`);
      });
    });
    await until(async () => (await ready()).status === 200);
    const { parts } = await ready();
    expect(parts?.[part]).toMatchObject({
      ready: true,
      state: 'running',
      sequence: recorded,
      behind: { events: 0 },
    });
    const told = server
      .stderr()
      .split('\n')
      .filter((line) => line.includes(`"consumer":"${part}"`));
    expect(told.map((line) => (JSON.parse(line) as { readonly msg: string }).msg)).toEqual([
      'a consumer of the log failed; it tries again',
      'the consumer of the log works again',
    ]);
  });

  it('finds and shows the events that were recorded while the file was locked', async () => {
    await locked('views.db', () => locked('views-search.db', () => record()));
    const found = await fetch(`${server.url}/v1/events?q=Marker${recorded}&atLeast=${recorded}`);
    expect(await found.json()).toMatchObject({ items: [{ sequence: recorded }] });
    const shown = await fetch(`${server.url}/v1/crossings/lt-by.number-${recorded}?atLeast=${recorded}`);
    expect(shown.status).toBe(200);
  });

  it('refuses requests that need the file, within a bounded time, and does no work for a client that has disconnected', async () => {
    await locked('views.db', async () => {
      const dryRun = await send('?dryRun=true');
      expect([dryRun.status, await dryRun.json()]).toMatchObject([
        503,
        { type: '/problems/unavailable', detail: expect.stringContaining('locked by another process') },
      ]);
      await record();
      const [behind, read, found] = await Promise.all([
        send('?dryRun=true'),
        fetch(`${server.url}/v1/crossings?atLeast=${recorded}`),
        fetch(`${server.url}/v1/events?atLeast=${recorded + 1}`),
      ]);
      expect([behind.status, await behind.json()]).toMatchObject([
        503,
        { type: '/problems/behind', detail: expect.stringContaining('locked by another process') },
      ]);
      expect(read.status).toBe(503);
      expect([found.status, await found.json()]).toMatchObject([
        503,
        { detail: `The search is at @${recorded}, not yet at @${recorded + 1}.` },
      ]);
      await expect(send('?dryRun=true', { signal: AbortSignal.timeout(50) })).rejects.toThrow('aborted');
    });
    await until(async () => (await send('?dryRun=true')).status === 200);
  });

  it('says that the log is not ready and why, once an append was refused, and recovers without an append', async () => {
    await locked('log.db', async () => {
      const refused = await send();
      expect([refused.status, await refused.json()]).toMatchObject([
        503,
        { type: '/problems/unavailable', detail: expect.stringContaining('locked by another process') },
      ]);
      for (let times = 0; times < 2; times += 1) {
        const { status, detail } = await ready();
        expect([status, detail]).toEqual([503, 'Not ready: log (locked by another process).']);
        expect((await fetch(`${server.url}/health/ready?for=reading`)).status).toBe(200);
        await pause(1_100);
      }
    });
    await until(async () => (await ready()).status === 200);
    await record();
    expect((await ready()).status).toBe(200);
  });

  it('continues to answer within milliseconds while it waits for a lock', async () => {
    await locked('views.db', async () => {
      await record();
      // After this pause a thread of the server waits for the lock.
      await pause(300);
      let slowest = 0;
      for (let n = 0; n < 100; n += 1) {
        const start = performance.now();
        await (await fetch(`${server.url}/v1/crossings`)).arrayBuffer();
        slowest = Math.max(slowest, performance.now() - start);
      }
      // A wait for the lock inside SQLite would last as long as the lock.
      expect(slowest).toBeLessThan(5_000);
    });
  });
});
