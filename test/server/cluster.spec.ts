import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { double, type Double } from '../support/kurrentdb/index.js';
import { removeFolder, spawnMain, spawnServer, temporaryFolder, type Spawned } from './spawned.js';

const KEY = 'a-key-for-this-test';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly [name: string]: unknown };
}

interface Ready {
  readonly parts: Readonly<
    Record<string, { readonly ready: boolean; readonly sequence: number; readonly behind?: unknown }>
  >;
}

describe('a server whose log is in a cluster', () => {
  let cluster: Double;
  let data: string;
  let server: Spawned;
  const secret = 'p4ssw0rd';
  const address = (): string => cluster.connectionString.replace('://', `://admin:${secret}@`);
  const start = (): Promise<Spawned> =>
    spawnServer(data, ['--log', address(), '--log-level', 'debug'], { BORDERLINE_KEY: KEY });

  beforeAll(async () => {
    cluster = await double();
    data = temporaryFolder();
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
    await cluster.stop();
    removeFolder(data);
  });

  const ask = async (path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(server.url + path, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  };
  const closure = (n: number, side = 'LT') => ({
    id: `01953f21-8a00-7c3e-9b1d-5a0c6f2e4d${String(n).padStart(2, '0')}`,
    type: 'crossing.closed',
    occurred: '2026-03-01T06:00',
    reportedAt: '2026-02-28',
    data: { crossing: `lt-by.c${n}`, side, reason: 'repairs', reopens: true },
    source: { publisher: 'Example', title: 'An invented closure', publishedAt: '2026-02-28' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
  });

  it('records several events together, recognises a repeat, refuses a conflict, and answers from its events', async () => {
    const sent = { developments: [1, 2, 3].map((n) => closure(n)) };
    const first = await ask('/v1/developments', sent);
    expect([
      first.status,
      (first.body['events'] as { sequence: number }[]).map(({ sequence }) => sequence),
    ]).toEqual([201, [1, 2, 3]]);
    const again = await ask('/v1/developments', sent);
    expect(again.body['events']).toEqual(
      (first.body['events'] as object[]).map((event) => ({ ...event, duplicate: true })),
    );
    expect((await ask('/v1/developments', closure(1, 'BY'))).status).toBe(409);
    const crossing = await ask('/v1/crossings/lt-by.c2?asOf=2026-03-02&atLeast=3');
    expect(crossing.status).toBe(200);
    expect(JSON.stringify(crossing.body)).toContain(closure(2).id);
    expect((await ask(`/v1/events/${closure(3).id}`)).status).toBe(200);
  });

  it('signs its events, and proves them', async () => {
    const checkpoint = await fetch(`${server.url}/v1/audit/checkpoint?size=3`);
    expect(checkpoint.status).toBe(200);
    const proof = await ask(`/v1/audit/proofs/inclusion/${closure(2).id}`);
    expect(proof.body).toMatchObject({ leafIndex: 1 });
  });

  it('is ready, and not behind', async () => {
    const { status, body } = await ask('/health/ready');
    expect(status).toBe(200);
    expect((body as unknown as Ready).parts['log']).toMatchObject({
      ready: true,
      sequence: 3,
      behind: { events: 0, seconds: 0 },
    });
  });

  it('is unavailable for writing while the cluster is down, with Retry-After, and still answers questions', async () => {
    await cluster.nodes[0]?.stop();
    const refused = await ask('/v1/developments', closure(4));
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body['type']).toBe('/problems/unavailable');
    expect((await ask('/v1/crossings/lt-by.c2?asOf=2026-03-02')).status).toBe(200);
    const { body } = await ask('/health/ready?for=reading');
    const behind = (body as unknown as Ready).parts['log']?.behind as { events: null; seconds: number };
    expect(behind.events).toBeNull();
    expect(behind.seconds).toBeGreaterThan(1);
    await cluster.nodes[0]?.start();
    const taken = await ask('/v1/developments', closure(4));
    expect([taken.status, (taken.body['events'] as { sequence: number }[])[0]?.sequence]).toEqual([201, 4]);
  });

  it('continues after a restart, and keeps no log of its own', async () => {
    expect(await server.stop()).toBe(0);
    expect(existsSync(join(data, 'log.db'))).toBe(false);
    server = await start();
    expect((await ask('/health/ready')).body).toMatchObject({ parts: { log: { sequence: 4 } } });
    expect((await ask('/v1/developments', closure(5))).body['events']).toMatchObject([{ sequence: 5 }]);
  });

  it('starts without the cluster and answers from its replica', async () => {
    expect(await server.stop()).toBe(0);
    await cluster.nodes[0]?.stop();
    server = await start();
    const answer = await ask('/v1/crossings/lt-by.c2?asOf=2026-03-02');
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('borderline-behind'))).toBeGreaterThanOrEqual(0);
    await cluster.nodes[0]?.start();
  });

  it('waits for the cluster where it has no replica, says so, and does not reveal its password', async () => {
    await cluster.nodes[0]?.stop();
    const folder = temporaryFolder();
    const waiting = spawnMain(['--port', '0', '--data', folder], { BORDERLINE_LOG: address() });
    while (!waiting.stderr().includes('the cluster failed; the server tries again')) await pause(20);
    expect(waiting.stdout()).not.toContain('Ctrl-C');
    await cluster.nodes[0]?.start();
    while (!waiting.stdout().includes('Ctrl-C')) await pause(20);
    waiting.child.kill();
    expect(await waiting.ended).toBe(0);
    removeFolder(folder);
    for (const said of [waiting.stderr(), waiting.stdout(), server.stderr(), server.stdout()])
      expect(said).not.toContain(secret);
  });

  it('refuses an invalid address, in one line', async () => {
    const { stderr, ended } = spawnMain([
      '--port',
      '0',
      '--data',
      data,
      '--log',
      `kurrentdb://a:${secret}@b:c`,
    ]);
    expect(await ended).toBe(1);
    expect(stderr()).toMatch(/^borderline: .*expected port number.*\n$/);
    expect(stderr()).not.toContain(secret);
  });
});
