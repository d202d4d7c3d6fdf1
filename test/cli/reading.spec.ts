import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { borderline, rowOf, serve, type Ended, type Served } from './command.js';

const data = mkdtempSync(join(tmpdir(), 'borderline-'));
let server: Served;

beforeAll(async () => {
  server = await serve(data, '--corpus');
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(data, { recursive: true, force: true });
});

const ask = (...args: readonly string[]): Promise<Ended> => borderline([...args, '--url', server.url]);

describe('as-of', () => {
  it('lists the crossings of a border that were shut, in its table (question 1)', async () => {
    const { code, stdout } = await ask('as-of', '2025-11-05', '--border', 'LT-BY', '--mode', 'road');
    expect(code).toBe(0);
    const status = (name: string): string | undefined => rowOf(stdout, name)[1];
    expect(status('Šalčininkai')).toBe('closed');
    expect(status('Medininkai')).toBe('restricted');
    for (const name of ['Lavoriškės', 'Raigardas', 'Šumskas', 'Tverečius'])
      expect(status(name)).toBe('closed');
    expect(stdout).toContain('As of the end of 2025-11-05');
    expect(stdout.match(/Europe\/Vilnius/g)).toHaveLength(1);
  });

  it('lists the crossings that were shut two weeks later (question 1)', async () => {
    const { stdout } = await ask('as-of', '2025-11-21', '--border', 'LT-BY', '--mode', 'road');
    expect(rowOf(stdout, 'Šalčininkai')[1]).toBe('open');
    expect(rowOf(stdout, 'Medininkai')[1]).toBe('open');
    for (const name of ['Lavoriškės', 'Raigardas', 'Šumskas', 'Tverečius']) {
      expect(rowOf(stdout, name)[1]).toBe('closed');
    }
  });

  it('shows the expected end as it was known at a time (question 2)', async () => {
    const early = await ask('as-of', '2025-10-28', '--known-at', '2025-10-28', '--border', 'LT-BY');
    expect(rowOf(early.stdout, 'Šalčininkai')[1]).toBe('closed');
    expect(early.stdout).not.toContain('open from');
    const later = await ask('as-of', '2025-11-10', '--known-at', '2025-11-10', '--border', 'LT-BY');
    expect(later.stdout).toMatch(/Šalčininkai.*open from 2025-12-01/);
  });

  it('writes a vague time as vaguely as it is known', async () => {
    const { stdout } = await ask('as-of', '2025-11-05', '--known-at', '2025-10-28', '--border', 'LT-BY');
    expect(rowOf(stdout, 'Medininkai')[2]).toBe('27 October 2025');
    expect(stdout).not.toContain('59.999');
  });

  it('writes a table for spreadsheets, a map, or the answer itself', async () => {
    const csv = await ask('as-of', '2025-11-27', 'detentions', '--format', 'csv');
    const [head, ...rows] = csv.stdout.split('\r\n');
    expect(head).toMatch(/^id,name,.*,claims,/);
    expect(rows.some((row) => row.startsWith('by.lt-trucks-2025,'))).toBe(true);
    const map = await ask('as-of', '2025-11-05', '--border', 'LT-BY', '--format', 'geojson');
    expect(JSON.parse(map.stdout)).toMatchObject({ type: 'FeatureCollection' });
    const json = await ask('as-of', '2025-11-05', '--format', 'json');
    expect(json.stdout).toBe((await ask('as-of', '2025-11-05', '--json')).stdout);
    for (const wrong of [
      ['detentions', '--format', 'geojson'],
      ['all', '--format', 'csv'],
      ['crossings', '--format', 'xml'],
    ]) {
      const { code, stderr } = await ask('as-of', '2025-11-05', ...wrong);
      expect([code, stderr.split('\n')]).toEqual([1, [expect.stringMatching(/^borderline: ./), '']]);
    }
  });

  it('lists the events that the answer rests on', async () => {
    const { stdout } = await ask('as-of', '2025-11-05', '--border', 'LT-BY');
    expect(stdout).toMatch(/crossing\.restricted\s+2025-10-29\s+Trakų žemė/);
    expect(stdout).toMatch(/^\s+019a2d43-a800-7883-af46-cfbd48d62ab2$/m);
  });

  it('shows the figures of every claimant, and no sum', async () => {
    const { stdout } = await ask('as-of', '2025-11-27', 'detentions', '--no-events');
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain('lt.government');
    expect(said).toContain('about 280');
    expect(said).toContain('1,800');
  });

  it('gives the JSON of the server, unchanged, on request', async () => {
    const { stdout } = await ask('as-of', '2025-11-05', '--recorded-at', '@400', '--json');
    const answer = await fetch(`${server.url}/v1/crossings?asOf=2025-11-05&recordedAt=@400`);
    expect(stdout).toBe(`${await answer.text()}\n`);
  });

  it('shows all views together', async () => {
    const { code, stdout } = await ask('as-of', '2025-11-27', 'all');
    expect(code).toBe(0);
    for (const view of ['crossings', 'detentions', 'sanctions', 'claims'])
      expect(stdout).toMatch(`${view} (`);
    expect(stdout).toMatch(/There are \d+ events behind this answer; --events lists them\./);
  });

  it('writes no line that is wider than the terminal', async () => {
    const { stdout } = await borderline(['as-of', '2025-11-05', '--url', server.url], {
      env: { COLUMNS: '72' },
    });
    const longest = Math.max(...stdout.split('\n').map((line) => [...line].length));
    expect(longest).toBeLessThanOrEqual(72);
  });

  it('reads a data folder while a server runs on it, with the same answers', async () => {
    const args = ['as-of', '2025-11-05', '--border', 'LT-BY'];
    expect(await borderline([...args, '--data', data])).toEqual(await ask(...args));
  });

  it('refuses an invalid day, in one line', async () => {
    const { code, stdout, stderr } = await ask('as-of', '2025-02-30');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^borderline: asOf: .*\n$/);
  });
});

describe('timeline', () => {
  it('plots and lists the past', async () => {
    const { code, stdout } = await ask(
      'timeline',
      'lt-by.medininkai',
      '--from',
      '2025-10-20',
      '--to',
      '2025-11-25',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^open {8}█/m);
    expect(stdout).toMatch(/^restricted {2}.*█/m);
    expect(stdout).toMatch(/2025-10-22 02:45 +2025-10-22 09:00 +closed/);
    expect(stdout).toMatch(/2025-10-26 03:00 \(GMT\+3\) +2025-10-26 03:00 \(GMT\+2\) +closed or open\?/);
  });

  it('about a subject without any report is an error', async () => {
    const { code, stderr } = await ask('timeline', 'lt-by.atlantis');
    expect(code).toBe(1);
    expect(stderr).toBe('borderline: Nothing was ever recorded about lt-by.atlantis in crossings.\n');
  });
});

describe('diff and events', () => {
  it('say what changed between two days', async () => {
    const { code, stdout } = await ask('diff', '2025-10-01', '2025-11-05', '--view', 'crossings');
    expect(code).toBe(0);
    expect(stdout).toMatch(/crossings +status +open +closed [^\n]*\nlt-by\.salcininkai/);
  });

  it('find words in the log', async () => {
    const { code, stdout } = await ask('events', 'stuck', 'trucks');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^@\d+ +2025-11-01 +detention\.counted +by\.lt-trucks-2025/m);
  });
});
