import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import type { RecordedEvent } from '#log';
import { double, type Double } from '../support/kurrentdb/index.js';
import { stored } from '../support/kurrentdb/instances.js';
import { borderline, CORPUS, start } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
const data = join(folder, 'data');
const servers: Double[] = [];
let made = 0;

const fresh = (): string => join(folder, `copy-${(made += 1)}`);

async function cluster(version: string): Promise<Double> {
  const server = await double({ version });
  servers.push(server);
  return server;
}

async function eventsOf(directory: string): Promise<RecordedEvent[]> {
  const log = openSqliteLog(systemRuntime, join(directory, 'log.db'));
  const events: RecordedEvent[] = [];
  for await (const event of log.read()) events.push(event);
  await log.close();
  return events;
}

const copied = (from: string, to: string) => borderline(['copy', '--from', from, '--to', to]);

beforeAll(async () => {
  const seeds = readdirSync(CORPUS).filter((name) => name.startsWith('seed-'));
  const { code } = await borderline([
    'import',
    ...seeds.map((name) => join(CORPUS, name)),
    ...['--data', data],
  ]);
  expect(code).toBe(0);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('copy', () => {
  it.each(['23.10.0', '24.2.0'])('to a cluster of %s and back gives the same log', async (version) => {
    const { connectionString } = await cluster(version);
    const there = await copied(`sqlite:${data}`, connectionString);
    const source = await eventsOf(data);
    expect(there).toEqual({
      code: 0,
      stdout: '',
      stderr: `${source.length} events copied; both logs are equal.\n`,
    });
    const back = fresh();
    expect((await copied(connectionString, `sqlite:${back}`)).code).toBe(0);
    expect(await eventsOf(back)).toEqual(source);
  });

  it('keeps signatures valid: the old checkpoints are valid for the copy too', async () => {
    const { connectionString } = await cluster('24.2.0');
    await copied(`sqlite:${data}`, connectionString);
    const back = fresh();
    await copied(connectionString, `sqlite:${back}`);
    for (const file of ['audit.key', 'audit.checkpoints']) copyFileSync(join(data, file), join(back, file));
    const { code, stdout } = await borderline(['verify', '--data', back]);
    expect(stdout).toContain('Every event is the one that was recorded.');
    expect(code).toBe(0);
  });

  it('within a cluster gives the log another name, and does not change the first log', async () => {
    const server = await cluster('24.2.0');
    const { connectionString } = server;
    await copied(`sqlite:${data}`, connectionString);
    const places = ['--from', connectionString, '--to', connectionString];
    const { code, stderr } = await borderline(['copy', ...places, '--to-name', 'another']);
    expect(stderr).toMatch(/^[\d,]+ events copied; both logs are equal\.\n$/);
    expect(code).toBe(0);
    const { length } = await eventsOf(data);
    expect([stored(server, 'another'), stored(server)]).toEqual([length, length]);
  });

  it('that was killed continues', async () => {
    const { connectionString, store, nodes } = await cluster('24.2.0');
    nodes[0]?.delay(2);
    const first = start(['copy', '--from', `sqlite:${data}`, '--to', connectionString]);
    while (store.stream('borderline') === undefined) await wait(5);
    first.child.kill('SIGKILL');
    await first.ended;
    nodes[0]?.delay(0);
    const again = await copied(`sqlite:${data}`, connectionString);
    expect(again.stderr).toMatch(/^[\d,]+ events copied, [\d,]+ were there; both logs are equal\.\n$/);
    expect(again.code).toBe(0);
    const third = await copied(`sqlite:${data}`, connectionString);
    expect(third.stderr).toMatch(/^0 events copied, [\d,]+ were there; both logs are equal\.\n$/);
  });

  it('continues after a lost connection and with a busy server', async () => {
    const { connectionString, failNext } = await cluster('24.2.0');
    failNext('append', { kind: 'lost', committed: true });
    failNext('append', { kind: 'busy' });
    expect((await copied(`sqlite:${data}`, connectionString)).code).toBe(0);
    const back = fresh();
    await copied(connectionString, `sqlite:${back}`);
    expect(await eventsOf(back)).toEqual(await eventsOf(data));
  });

  it('does not change a different log', async () => {
    const { connectionString } = await cluster('24.2.0');
    const other = fresh();
    const development = JSON.stringify({
      type: 'statement.made',
      reportedAt: '2025-11-05',
      data: { statement: 'other', speaker: 'lt.government', kind: 'remark', says: 'Something else.' },
      source: { publisher: 'Example', title: 'Another log', publishedAt: '2025-11-05' },
      attribution: { claimant: 'lt.government', standing: 'statement', reliability: 'B2' },
    });
    const imported = await borderline(['import', '-', '--data', other], {
      input: development.replace('"standing":"statement"', '"standing":"claim"'),
    });
    expect(imported).toMatchObject({ code: 0 });
    await copied(`sqlite:${other}`, connectionString);
    expect(await copied(`sqlite:${data}`, connectionString)).toMatchObject({
      code: 1,
      stderr:
        'borderline: event @1 of the target is another event: the target is not a copy; give an empty one\n',
    });
  });

  it.each([
    [['--from', 'sqlite:nowhere', '--to', 'sqlite:x'], 'there is no log in nowhere'],
    [
      ['--from', `sqlite:${data}`, '--to', 'postgres://a:secret@b/c'],
      'give a log as sqlite:DIR or kurrentdb://HOST:PORT, not as "b/c"',
    ],
    [['--from', 'sqlite:a', '--to', 'sqlite:a'], '--from and --to are the same log'],
    [['--from', 'sqlite:a'], "required option '--to <log>' not specified"],
  ])('given %j names the fault in one line', async (args, message) => {
    expect(await borderline(['copy', ...args])).toEqual({
      code: 1,
      stdout: '',
      stderr: `borderline: ${message}\n`,
    });
  });

  it('to a cluster that does not answer ends with an error, and does not show the password', async () => {
    const { code, stderr } = await copied(
      `sqlite:${data}`,
      'kurrentdb://admin:changeit@127.0.0.1:1?tls=false&maxDiscoverAttempts=1&discoveryInterval=10',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^borderline: .*127\.0\.0\.1:1.*\n$/);
    expect(stderr).not.toContain('changeit');
  });

  it('has examples in its help', async () => {
    expect((await borderline(['copy', '--help'])).stdout).toContain(
      '$ borderline copy --from sqlite:./data --to',
    );
  });
});
