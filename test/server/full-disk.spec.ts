import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAIN, removeFolder, temporaryFolder } from './spawned.js';

const KEY = 'borderline_'.padEnd(54, 'k');

/** Whether a private mount is possible, as the disk of the server needs: not every system allows users to make a mount. */
const canMount = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

(canMount ? describe : describe.skip)('a server whose disk is full', () => {
  const data = temporaryFolder();
  let server: ChildProcess;
  let url = '';
  let errors = '';
  /** The folder of the disk, which only the server sees. */
  let disk = '';
  let recorded = 0;

  beforeAll(async () => {
    const script = `mount -t tmpfs -o size=24m none ${data} && exec ${process.execPath} ${MAIN} serve --port 0 --data ${data}`;
    const environment = {
      ...process.env,
      NODE_OPTIONS: '',
      BORDERLINE_KEY: KEY,
      BORDERLINE_LOG_LEVEL: 'warn',
    };
    server = spawn('unshare', ['-Urm', 'sh', '-c', script], { env: environment });
    server.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
    let out = '';
    server.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
    while (!out.includes('Ctrl-C')) {
      if (server.exitCode !== null) throw new Error(errors);
      await pause(20);
    }
    url = /API\s+(http:\S+)\/v1/.exec(out)![1]!;
    disk = `/proc/${server.pid}/root${data}`;
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'close');
    removeFolder(data);
  });

  const send = (query = ''): Promise<Response> =>
    fetch(`${url}/v1/developments${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'crossing.closed',
        occurred: '2025-10-25',
        reportedAt: '2025-10-25',
        data: { crossing: `lt-by.number-${recorded}` },
        source: { publisher: 'P', title: `Marker${recorded}`, publishedAt: '2025-10-25' },
        attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
      }),
    });

  async function ready(): Promise<{ status: number; detail?: string }> {
    const answer = await fetch(`${url}/health/ready`);
    return { ...((await answer.json()) as object), status: answer.status };
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await pause(50);
  }

  /** Fills the disk with a file, except for this number of bytes. */
  function fill(name: string, left: number): void {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, name), Buffer.alloc(Math.max(0, bavail * bsize - left), 1));
  }

  it('refuses with 503 and the reason, gives the reason in its readiness too, and recovers', async () => {
    for (; recorded < 3; recorded += 1) expect((await send()).status).toBe(201);
    await until(async () => (await ready()).status === 200);
    fill('filler', 400_000);
    let refused = await send();
    for (; refused.status === 201; refused = await send()) recorded += 1;
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { type: '/problems/unavailable', detail: expect.stringContaining('the disk is full') },
    ]);
    fill('rest', 0);
    const checkpoint = await fetch(`${url}/v1/audit/checkpoint`);
    expect([checkpoint.status, await checkpoint.json()]).toMatchObject([
      503,
      { detail: expect.stringContaining('the disk is full') },
    ]);
    const { status, detail } = await ready();
    expect([status, detail]).toEqual([503, expect.stringContaining('log (the disk is full)')]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);

    for (const name of ['filler', 'rest']) rmSync(join(disk, name));
    await until(async () => (await ready()).status === 200);
    expect((await send()).status).toBe(201);
    recorded += 1;
    const found = await fetch(`${url}/v1/events?limit=1000&atLeast=${recorded}`);
    expect(((await found.json()) as { items: unknown[] }).items).toHaveLength(recorded);
    expect((await fetch(`${url}/v1/audit/checkpoint`)).status).toBe(200);
    expect(errors).not.toContain('"level":60');
  });
});
