import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { borderline, CORPUS, serve, start, type Served } from './command.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
const data = join(folder, 'data');
const seed = (number: number): string => join(CORPUS, `seed-s${number}.ndjson`);
let server: Served;

beforeAll(async () => {
  server = await serve(data, '--corpus');
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

describe('export', () => {
  const file = join(folder, 'all.ndjson');

  it('writes every event, each as the API gives it, and leaves nothing else behind', async () => {
    const { code, stderr } = await borderline(['export', '--data', data, '--out', file]);
    expect(code).toBe(0);
    const events = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(stderr).toBe(`${events.length} events in ${file}\n`);
    const [first] = events;
    const { id } = JSON.parse(first ?? '') as { id: string };
    expect(await (await fetch(`${server.url}/v1/events/${id}`)).json()).toMatchObject(
      JSON.parse(first ?? '') as object,
    );
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('is taken in again, and answers the same there', async () => {
    const copy = join(folder, 'copy');
    const imported = await borderline(['import', file, '--data', copy]);
    expect(imported.stderr).toBe('');
    expect(imported.code).toBe(0);
    const asked = ['as-of', '2025-11-05', 'all', '--known-at', '2025-11-10'];
    expect(await borderline([...asked, '--data', copy])).toEqual(
      await borderline([...asked, '--url', server.url]),
    );
  });

  it('to a reader that goes away is no error', async () => {
    const exporting = start(['export', '--url', server.url]);
    await exporting.said('{');
    exporting.child.stdout?.destroy();
    expect(await exporting.ended).toMatchObject({ code: 0 });
  });

  it('that cannot be written leaves no file', async () => {
    const { code, stderr } = await borderline([
      'export',
      '--url',
      server.url,
      '--out',
      join(folder, 'no', 'x'),
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^borderline: .*cannot be written: ENOENT.*\n$/);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});

describe('tail', () => {
  it('tells of history and ends with it, if asked to', async () => {
    const { code, stdout } = await borderline([
      ...['tail', '--url', server.url, '--after', 'start', '--until-caught-up', '--json'],
      ...['--type', 'crossing.reopened'],
    ]);
    expect(code).toBe(0);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['crossing.reopened']));
  });

  it('tells of what another process records, and stops in good order', async () => {
    const fresh = join(folder, 'fresh');
    expect((await borderline(['import', seed(1), '--data', fresh])).code).toBe(0);
    const tail = start(['tail', '--data', fresh, '--after', 'start']);
    await tail.said('@1 ');
    expect((await borderline(['import', seed(2), '--data', fresh])).code).toBe(0);
    await tail.said('@9 ');
    tail.child.kill('SIGINT');
    expect(await tail.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('goes on where it was when the server comes back', async () => {
    const place = join(folder, 'again');
    const first = await serve(place);
    const { port } = new URL(first.url);
    const tail = start(['tail', '--url', first.url, '--after', 'start', '--json']);
    await borderline(['import', seed(1), '--url', first.url, '--key', first.key]);
    await tail.said('"sequence":8');
    first.child.kill('SIGTERM');
    await first.ended;
    await borderline(['import', seed(2), '--data', place]);
    const second = start(['serve', '--data', place, '--port', port]);
    await second.said('Ctrl-C');
    await tail.said('"sequence":9');
    tail.child.kill('SIGTERM');
    const { code, stdout } = await tail.ended;
    expect(code).toBe(0);
    const sequences = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { sequence: number }).sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    second.child.kill('SIGTERM');
    await second.ended;
  });
});

describe('replay', () => {
  it('finds that the live views say what the log does, now and as they once were', async () => {
    const now = await borderline(['replay', '--url', server.url]);
    expect(now).toMatchObject({ code: 0, stderr: '' });
    expect(now.stdout).toMatch(/The live views answer the same to all of \d+ questions\./);
    const then = await borderline(['replay', '--url', server.url, '--to', '@300']);
    expect(then).toMatchObject({ code: 0, stderr: '' });
    expect(then.stdout).toMatch('Rebuilt from @1 to @300');
  });

  it('names what differs where a view was tampered with', async () => {
    const place = join(folder, 'tampered');
    await borderline(['import', join(CORPUS, 'subjects.ndjson'), seed(4), '--data', place]);
    await borderline(['as-of', 'now', '--data', place]);
    const views = new Database(join(place, 'views.db'));
    const { changes } = views
      .prepare(
        `UPDATE effects SET value = replace(value, '"closed"', '"open"') WHERE value LIKE '%"closed"%'`,
      )
      .run();
    views.close();
    expect(changes).toBeGreaterThan(0);
    const { code, stdout } = await borderline(['replay', '--data', place]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^crossings lt-by\.salcininkai, as of .*: since: .*, live /m);
    expect(stdout).toMatch(/^crossings lt-by\.salcininkai segment 2, timeline: only in the rebuilt views$/m);
    expect(stdout).toMatch(/\d+ differences in \d+ questions\.\n$/);
  });
});
