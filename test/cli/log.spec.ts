import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { unwritable } from '../support/unwritable.js';
import { borderline, CORPUS, serve, start, type Served } from './command.js';

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

  it('writes every event as the API gives it, and leaves no partial file', async () => {
    const { code, stderr } = await borderline(['export', '--data', data, '--out', file]);
    expect(code).toBe(0);
    const events = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line.includes('"sequence"'));
    expect(stderr).toBe(`${events.length} events in ${file}\n`);
    const [first] = events;
    const { id } = JSON.parse(first ?? '') as { id: string };
    expect(await (await fetch(`${server.url}/v1/events/${id}`)).json()).toMatchObject(
      JSON.parse(first ?? '') as object,
    );
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('is byte for byte the same as from the server, and for a given sequence also the same later', async () => {
    const { stdout } = await borderline(['export', '--url', server.url]);
    expect(stdout).toBe(readFileSync(file, 'utf8'));
    const part = await borderline(['export', '--url', server.url, '--to', '@300']);
    expect(part.stderr).toBe('300 events\n');
    const lines = part.stdout.split('\n');
    expect(lines.slice(0, 257)).toEqual(stdout.split('\n').slice(0, 257));
    expect(lines.at(-2)).toMatch(/^\{"checkpoint":"borderline\.local\/log\\n300\\n/);
    expect((await borderline(['export', '--url', server.url, '--to', '@9999'])).stderr).toBe(
      'borderline: the log ends at @428\n',
    );
    const none = await borderline(['export', '--url', server.url, '--to', '2020-01-01']);
    expect(none.stderr).toBe('0 events\n');
  });

  it('to a reader that ends early is no error', async () => {
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
  it('prints the history and then ends, on request', async () => {
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

  it('prints the events of another process, and stops with the exit code 0', async () => {
    const fresh = join(folder, 'fresh');
    expect((await borderline(['import', seed(1), '--data', fresh])).code).toBe(0);
    const tail = start(['tail', '--data', fresh, '--after', 'start']);
    await tail.said('@1 ');
    expect((await borderline(['import', seed(2), '--data', fresh])).code).toBe(0);
    await tail.said('@9 ');
    tail.child.kill('SIGINT');
    expect(await tail.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('continues when the server is back', async () => {
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
  it('finds that the views of a server agree with its log, now and at an earlier sequence', async () => {
    const now = await borderline(['replay', '--url', server.url]);
    expect(now).toMatchObject({ code: 0, stderr: '' });
    expect(now.stdout).toMatch(/^The live views have the same [\d,]+ effects and corrections\.$/m);
    const then = await borderline(['replay', '--url', server.url, '--to', '@300']);
    expect(then).toMatchObject({ code: 0, stderr: '' });
    expect(then.stdout).toMatch('Rebuilt from @1 to @300');
  });

  describe('of a data folder', () => {
    const place = (): string => join(folder, 'replayed');
    const replayed = (...more: readonly string[]) => borderline(['replay', '--data', place(), ...more]);
    const tamper = (sql: string): void => {
      const views = new Database(join(place(), 'views.db'));
      try {
        expect(views.prepare(sql).run().changes).toBeGreaterThan(0);
      } finally {
        views.close();
      }
    };
    beforeEach(async () => {
      await borderline(['import', join(CORPUS, 'subjects.ndjson'), seed(4), '--data', place()]);
      await borderline(['as-of', 'now', '--data', place()]);
    });
    afterEach(() => rmSync(place(), { recursive: true }));

    it('finds no difference where nothing was changed', async () => {
      const { code, stdout, stderr } = await replayed();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^The live views have the same/m);
    });

    it('reads a folder that cannot be written, also where the views are behind the log', async () => {
      await borderline(['import', seed(5), '--data', place()]);
      chmodSync(folder, 0o755);
      await unwritable(place(), async () => {
        const { code, stdout, stderr } = await start(['replay', '--data', place()]).ended;
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toMatch(/^The live views have the same/m);
      });
    });

    it('names a changed value: view, subject, aspect, event', async () => {
      tamper(
        `UPDATE contents SET value = replace(value, '"closed"', '"open"') WHERE value LIKE '%"closed"%'`,
      );
      const { code, stdout } = await replayed();
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /^crossings lt-by\.salcininkai, status\/LT\/road, event [\da-f-]{36}: value: .*"closed".*, live .*"open"/m,
      );
      expect(stdout).toMatch(/^[\d,]+ differences\.$/m);
    });

    it('names a missing effect, and an inserted one', async () => {
      tamper(
        `DELETE FROM effects WHERE event_id = (SELECT min(event_id) FROM effects WHERE recorded_from > 50)`,
      );
      tamper(
        `UPDATE effects SET event_id = '00000000-0000-7000-8000-000000000000'
         WHERE event_id = (SELECT max(event_id) FROM effects)`,
      );
      const { code, stdout } = await replayed();
      expect(code).toBe(1);
      expect(stdout).toMatch(/: only in the rebuilt views$/m);
      expect(stdout).toMatch(/event 00000000-0000-7000-8000-000000000000: only in the live views$/m);
    });

    it('leaves out events after the last sequence of the replay', async () => {
      tamper(
        `UPDATE effects SET because = '["nobody"]' WHERE recorded_from = (SELECT max(recorded_from) FROM effects)`,
      );
      expect((await replayed('--to', '@20')).code).toBe(0);
      expect((await replayed()).code).toBe(1);
    });

    it('names the fault in the given end of the replay', async () => {
      expect(await replayed('--to', '@99999')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/--to @99999: the log ends at @\d+/),
      });
      expect(await replayed('--to', '2025-02-30')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/--to 2025-02-30: ./),
      });
    });
  });
});

describe('changes', () => {
  it('lists the changes, one a line; with --json as the server gives them', async () => {
    const asked = ['--border', 'LT-BY', '--aspect', 'status', '--limit', '3'];
    const { code, stdout } = await borderline(['changes', '--url', server.url, ...asked]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/ crossings {2}lt-by\.\S+ {2}status\S* {2}.* → /);
    const json = await borderline(['changes', '--url', server.url, ...asked, '--json']);
    const page = await fetch(`${server.url}/v1/changes?border=LT-BY&aspect=status&limit=3`);
    const { items } = (await page.json()) as { items: object[] };
    expect(
      json.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual(items);
  });

  it('follows the changes, and ends after the history on request', async () => {
    const asked = ['--subject', 'lt-by.medininkai', '--aspect', 'status', '--json'];
    const listed = await borderline(['changes', '--url', server.url, ...asked]);
    const follow = ['--follow', '--after', 'start', '--until-caught-up'];
    const followed = await borderline(['changes', '--url', server.url, ...asked, ...follow]);
    expect(followed).toEqual(listed);
  });
});

describe('play', () => {
  it('replays history to its end', async () => {
    const range = ['--from', '2025-11-10', '--to', '2025-11-25', '--subject', 'lt-by.medininkai'];
    const { code, stdout } = await borderline(['play', '--url', server.url, ...range, '--speed', 'max']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^2025-11-20 00:00 ⏲ crossings {2}lt-by\.medininkai {2}status {2}restricted.* → open$/m,
    );
  });
});
