import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { borderline, CORPUS, serve, type Served } from './command.js';

describe('borderline backup', () => {
  let folder: string;
  let data: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    data = join(folder, 'data');
    expect((await borderline(['import', '--data', data, join(CORPUS, 'subjects.ndjson')])).code).toBe(0);
    expect((await borderline(['keys', 'create', 'desk', '--data', data])).code).toBe(0);
  });
  afterAll(() => removeFolder(folder));

  const stop = async ({ child, ended }: Served): Promise<void> => {
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  };
  const backup = (to: string, from = data) => borderline(['backup', '--data', from, '--to', to]);
  const verify = (of: string) => borderline(['verify', '--data', of]);
  const state = async ({ url }: Served, sequence: number): Promise<unknown> => {
    const asked = `asOf=2026-06-01&recordedAt=@${sequence}&atLeast=${sequence}`;
    return (await fetch(`${url}/v1/state?${asked}`)).json();
  };

  it('of a server under load verifies, and a server that starts on the copy gives the same answers', async () => {
    const server = await serve(data);
    let writing = true;
    let written = 0;
    const write = async (caller: number): Promise<void> => {
      while (writing) {
        const response = await fetch(`${server.url}/v1/developments`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ developments: Array.from({ length: 20 }, (_, n) => closure(caller, n)) }),
        });
        if (response.status === 429) await pause(200);
        else expect(response.status).toBe(201);
        written += response.status === 201 ? 20 : 0;
      }
    };
    const writers = [1, 2, 3].map(write);
    while (written < 200) await pause(20);
    // The server must record while the copy is made; on a busy machine one copy may be made between two writes.
    let before, to, made;
    let copies = 0;
    do {
      before = written;
      to = join(folder, `under-load-${(copies += 1)}`);
      made = await backup(to);
    } while (written === before);
    writing = false;
    await Promise.all(writers);
    expect(made.stderr).toMatch(/^the copy has audit\.key: /);
    const [, told = ''] =
      /^([\d,]+) events, signed up to @\d+, in .*under-load-\d+\n$/.exec(made.stdout) ?? [];
    const events = Number(told.replace(',', ''));
    expect(events).toBeGreaterThanOrEqual(before);

    const verified = await verify(to);
    expect(verified.stdout).toMatch(new RegExp(`signed up to @${events}\\.\nEvery event is the one`));
    expect(verified.code).toBe(0);

    const restored = await serve(to);
    expect(await state(restored, events)).toEqual(await state(server, events));
    const key = (of: Served): Promise<string> => fetch(`${of.url}/v1/audit/key`).then((told) => told.text());
    expect(await key(restored)).toBe(await key(server));
    const checkpoint = (of: Served): Promise<string> =>
      fetch(`${of.url}/v1/audit/checkpoint?size=${events}`).then((told) => told.text());
    expect(await checkpoint(restored)).toBe(await checkpoint(server));
    await stop(restored);
    await stop(server);
  });

  it('has the files that must be kept, which only their owner may read, and no views', async () => {
    const to = join(folder, 'deep', 'er', 'kept');
    expect((await backup(to)).code).toBe(0);
    const names = readdirSync(to).sort();
    expect(names).toEqual(['audit.checkpoints', 'audit.db', 'audit.key', 'keys.json', 'log.db']);
    for (const name of names) expect([name, statSync(join(to, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(statSync(to).mode & 0o777).toBe(0o700);
    const listed = await borderline(['keys', 'list', '--json', '--data', to]);
    expect(listed.stdout).toContain('"name":"desk"');
  });

  it('signs its own events, also where the tree is missing', async () => {
    const from = join(folder, 'treeless');
    expect((await backup(from)).code).toBe(0);
    for (const name of ['audit.db', 'audit.checkpoints']) rmSync(join(from, name));
    const to = join(folder, 'tree-again');
    expect((await backup(to, from)).stdout).toMatch(/signed up to @[1-9]/);
    expect((await verify(to)).code).toBe(0);
  });

  it('replaces no file, and leaves no file where it is refused', async () => {
    const to = join(folder, 'there');
    mkdirSync(to);
    const refused = await backup(to);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^borderline: .*there exists already: give the path of a new folder\n$/);
    expect(readdirSync(to)).toEqual([]);
    expect((await backup(join(folder, 'x'), join(folder, 'none'))).stderr).toMatch(/there is no log in/);
    const before = readdirSync(folder).sort();
    expect((await backup(join(data, 'inner', 'x'))).stderr).toMatch(
      /is in the data folder: give a folder outside of it/,
    );
    expect((await borderline(['backup', '--to', '/dev/null/x', '--data', data])).stderr).toMatch(
      /^borderline: \/dev\/null\/x cannot be made: [^\n]*\n$/,
    );
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('is refused for a log that is not the signed log', async () => {
    const changed = join(folder, 'changed');
    expect((await backup(changed)).code).toBe(0);
    const log = new Database(join(changed, 'log.db'));
    log.exec('DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)');
    log.close();
    const to = join(folder, 'of-changed');
    const refused = await backup(to, changed);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^borderline: the log no longer extends its last signed checkpoint: [^\n]*\n$/,
    );
    expect(existsSync(to)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

const closure = (caller: number, n: number): object => ({
  type: 'crossing.closed',
  occurred: `2026-0${caller}-${String(1 + n).padStart(2, '0')}`,
  reportedAt: `2026-0${caller}-${String(1 + n).padStart(2, '0')}`,
  data: { crossing: 'lt-by.medininkai', side: 'LT', reason: 'repairs', reopens: true },
  source: { publisher: 'Example', title: 'An invented closure', publishedAt: '2026-01-01' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
});
