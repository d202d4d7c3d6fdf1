import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  copyFileSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { formatVerifierKey } from '#audit';
import { openSqliteLog } from '#log/sqlite';
import { newEvent } from '../server/application.js';
import { borderline, serve, start, type Served } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
const data = join(folder, 'data');
const file = join(folder, 'all.ndjson');
let server: Served;
let whole: string;
let places = 0;

beforeAll(async () => {
  server = await serve(data, '--corpus');
  await borderline(['export', '--url', server.url, '--out', file]);
  whole = readFileSync(file, 'utf8');
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

const place = (): string => join(folder, `place-${(places += 1)}`);
const written = (text: string): string => {
  const name = join(folder, `export-${(places += 1)}.ndjson`);
  writeFileSync(name, text);
  return name;
};
const eventsIn = async (of: string): Promise<number> => {
  const log = openSqliteLog(systemRuntime, join(of, 'log.db'));
  return (await log.head().finally(() => log.close())).sequence;
};

describe('an export, imported into an empty log', () => {
  it('gives the same export again, byte for byte, and the same answers', async () => {
    const copy = place();
    const restored = await borderline(['import', file, '--data', copy]);
    expect(restored).toMatchObject({
      code: 0,
      stdout: '428 events restored, with the same sequences and times\n',
    });
    expect(restored.stderr).toMatch('The key of the signature comes from the same place');
    copyFileSync(join(data, 'audit.key'), join(copy, 'audit.key'));
    expect((await borderline(['export', '--data', copy])).stdout).toBe(whole);
    const ask = (...asked: string[]) =>
      Promise.all([borderline([...asked, '--url', server.url]), borderline([...asked, '--data', copy])]);
    const [then, restoredThen] = await ask('as-of', '2025-11-05', 'all', '--known-at', '2025-11-10');
    expect(restoredThen).toEqual(then);
    for (const asked of [
      ['as-of', '2025-11-05', 'all', '--known-at', '2025-11-10', '--json'],
      ['as-of', '2025-11-05', 'all', '--recorded-at', '@200', '--json'],
    ]) {
      const [there, here] = await ask(...asked);
      expect(JSON.parse(here?.stdout ?? '')).toEqual(JSON.parse(there?.stdout ?? ''));
    }
    expect((await borderline(['replay', '--data', copy])).code).toBe(0);
    expect((await borderline(['verify', '--data', copy])).code).toBe(0);
  });

  it('may be read from stdin', async () => {
    const copy = place();
    const { code, stdout } = await borderline(['import', '-', '--data', copy], { input: whole });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '428 events restored, with the same sequences and times\n',
    });
    expect(await eventsIn(copy)).toBe(428);
  });

  it('is used by a server that starts on it: it signs the same root', async () => {
    const copy = place();
    const other = await serve(copy);
    expect((await borderline(['import', file, '--data', copy])).code).toBe(0);
    const rootAt = async (url: string): Promise<string[]> =>
      (await (await fetch(`${url}/v1/audit/checkpoint`)).text()).split('\n').slice(0, 3);
    expect(await rootAt(other.url)).toEqual(await rootAt(server.url));
    const asked = '/v1/crossings?asOf=2025-11-05&recordedAt=@428&atLeast=428';
    const answer = async (url: string): Promise<unknown> => (await fetch(`${url}${asked}`)).json();
    expect(await answer(other.url)).toEqual(await answer(server.url));
    other.child.kill('SIGTERM');
    await other.ended;
  });

  it('is only verified by a dry run', async () => {
    const copy = place();
    const { stdout } = await borderline(['import', '--dry-run', file, '--data', copy]);
    expect(stdout).toBe('428 good, 0 refused; nothing was stored (--dry-run)\n');
    expect(existsSync(copy)).toBe(false);
  });

  it('may be required to be signed by a given key', async () => {
    const [key = ''] = (await (await fetch(`${server.url}/v1/audit/key`)).text()).split('\n');
    const keys = written(`${key}\n`);
    const good = await borderline(['import', file, '--data', place(), '--signed-by', keys]);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    const other = formatVerifierKey('borderline.local/log', Buffer.alloc(32, 7));
    const copy = place();
    const bad = await borderline(['import', file, '--data', copy, '--signed-by', other]);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toMatch(/^borderline: the checkpoint in .* is not signed by the key: /);
    expect(existsSync(copy)).toBe(false);
  });
});

describe('an export that does not verify', () => {
  const lines = (): string[] => whole.split('\n');
  const changes: [string, RegExp, () => string[]][] = [
    [
      'a flipped byte',
      /^event @5 \(\S+\): is not as recorded$/m,
      () => lines().with(4, (lines()[4] ?? '').replace('"standing":"', '"standing":"r')),
    ],
    ['a line taken out', /^event @5: is gone$/m, () => lines().toSpliced(4, 1)],
    [
      'an inserted line',
      /^after event @5: there is a line that was never recorded$/m,
      () => lines().toSpliced(5, 0, (lines()[8] ?? '').replace('"id":"0', '"id":"1')),
    ],
    [
      'two lines in the wrong order',
      /^event @5 \(\S+\): was recorded as @6$/m,
      () =>
        lines()
          .with(4, lines()[5] ?? '')
          .with(5, lines()[4] ?? ''),
    ],
    [
      'a checkpoint of another size',
      /is not signed by the key/,
      () => lines().map((line) => line.replace('log\\n428\\n', 'log\\n427\\n')),
    ],
    ['a first line taken out', /^event @1: is gone$/m, () => lines().toSpliced(0, 1)],
    [
      'a first line written in another way',
      /^event @1 \(\S+\): is not as recorded$/m,
      () => lines().with(0, ` ${lines()[0] ?? ''}`),
    ],
    ['other line ends', /has line ends CRLF/, () => lines().map((line) => (line === '' ? '' : `${line}\r`))],
    [
      'a second checkpoint',
      /^after event @428: there is a line that was never recorded$/m,
      () => lines().toSpliced(-1, 0, lines().at(-2) ?? ''),
    ],
    ['no checkpoint', /does not end with its checkpoint/, () => lines().slice(0, -2)],
    [
      'a tail cut off, and the checkpoint kept',
      /^events @301 to @428: are gone$/m,
      () => [...lines().slice(0, 301), ...lines().slice(-2)],
    ],
    [
      'hashes that are not the hashes of its events',
      /but something else is wrong/,
      () => lines().map((line) => line.replace(/"hashes":"./, '"hashes":"/')),
    ],
  ];

  it.each(changes)('because of %s is refused, and nothing is stored', async (_, told, change) => {
    const copy = place();
    const text = change().join('\n');
    expect(text).not.toBe(whole);
    const bad = written(text);
    const [verified, imported, piped] = await Promise.all([
      borderline(['verify', bad]),
      borderline(['import', bad, '--data', copy]),
      borderline(['import', '-', '--data', `${copy}-piped`], { input: text }),
    ]);
    expect(`${verified.stdout}${verified.stderr}`).toMatch(told);
    expect(verified.code).toBe(1);
    expect(imported.code).toBe(1);
    expect(imported.stderr).toMatch(/^borderline: [^\n]*\n$/);
    expect(existsSync(copy)).toBe(false);
    // Hashes are checked only in a file; where only the hashes were changed, the piped events are the signed events.
    if (!/hashes/.test(_)) {
      expect(piped.code).toBe(1);
      expect(piped.stderr).toMatch(/^borderline: [^\n]*\n$/);
      expect(await eventsIn(`${copy}-piped`)).toBe(0);
    }
  });
});

describe('a restore', () => {
  it('needs an empty log, and names the other ways', async () => {
    const used = await borderline(['import', file, '--data', data]);
    expect(used.code).toBe(1);
    expect(used.stderr).toMatch(/has 428 events, but a restore needs an empty log: .*--as-new/);
    const remote = await borderline(['import', file, '--url', server.url, '--key', server.key]);
    expect(remote.stderr).toMatch('an export restores a data folder');
    const several = await borderline(['import', file, file, '--data', place()]);
    expect(several.stderr).toMatch('an export cannot be restored together with other files');
  });

  it('differs from --as-new, which records the events now', async () => {
    const args = ['import', '--as-new', file, '--url', server.url, '--key', server.key];
    expect(await borderline(args)).toMatchObject({
      code: 0,
      stdout: '0 imported, 428 already there, 0 refused\n',
      stderr: '',
    });
  });

  it('of an earlier state is not accepted beside the checkpoints of the later log', async () => {
    const earlier = join(folder, 'earlier.ndjson');
    await borderline(['export', '--url', server.url, '--to', '@300', '--out', earlier]);
    const copy = place();
    expect((await borderline(['import', earlier, '--data', copy])).code).toBe(0);
    for (const name of ['audit.key', 'audit.checkpoints']) copyFileSync(join(data, name), join(copy, name));
    expect((await borderline(['as-of', 'now', '--data', copy])).stderr).toMatch(
      'it ends at @300, but the checkpoint is at @428',
    );
  });

  it('that is killed half-way restores nothing, and can be run again', async () => {
    const big = join(folder, 'big');
    mkdirSync(big);
    const log = openSqliteLog(systemRuntime, join(big, 'log.db'));
    for (let n = 0; n < 12; n += 1) {
      await log.append(Array.from({ length: 1_000 }, () => newEvent(`crossing-lt-by.${n % 7}`)));
    }
    await log.close();
    const exported = join(folder, 'big.ndjson');
    expect((await borderline(['export', '--data', big, '--out', exported])).code).toBe(0);
    const restoreAndKill = async (): Promise<string> => {
      const copy = place();
      const restoring = start(['import', exported, '--data', copy]);
      const wal = join(copy, 'log.db-wal');
      let isOver = false;
      void restoring.ended.then(() => (isOver = true));
      // It may end between two looks at the file, and then the file is gone.
      while (!isOver && (statSync(wal, { throwIfNoEntry: false })?.size ?? 0) < 100_000) await sleep(1);
      restoring.child.kill('SIGKILL');
      await restoring.ended;
      return copy;
    };
    let copy = await restoreAndKill();
    // On a busy machine the kill may come too late, when all events are already in the log.
    for (let more = 20; more > 0 && (await eventsIn(copy)) === 12_000; more -= 1)
      copy = await restoreAndKill();
    expect(await eventsIn(copy)).toBe(0);
    expect((await borderline(['import', exported, '--data', copy])).stdout).toBe(
      '12,000 events restored, with the same sequences and times\n',
    );
    expect((await borderline(['verify', exported])).code).toBe(0);
    copyFileSync(join(big, 'audit.key'), join(copy, 'audit.key'));
    const again = join(folder, 'again.ndjson');
    await borderline(['export', '--data', copy, '--out', again]);
    expect(readFileSync(again).equals(readFileSync(exported))).toBe(true);
  });
});
