import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { borderline, CORPUS, serve, start, type Ended, type Served } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
const seed = readFileSync(join(CORPUS, 'seed-s1.ndjson'), 'utf8').trim().split('\n');
let server: Served;

beforeAll(async () => {
  server = await serve(join(folder, 'served'));
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

const written = (name: string, text: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
/** Runs `borderline import`; the warnings of the second look are removed from its output. */
const take = async (...args: readonly string[]): Promise<Ended> => {
  const ended = await borderline(['import', ...args, '--url', server.url, '--key', server.key]);
  return { ...ended, stdout: withoutWarnings(ended.stdout) };
};
const withoutWarnings = (stdout: string): string =>
  stdout.replace(/, [\d,]+ warnings? \(--warnings shows them\)/, '');

const withoutId = (line: string, title: string): string => {
  const { id: _id, ...rest } = JSON.parse(line) as { id: string; source: object };
  return JSON.stringify({ ...rest, source: { ...rest.source, title } });
};

describe('a file with bad lines', () => {
  const lines = [
    seed[0],
    'not json',
    '',
    '{"type":"crossing.closed"}',
    seed[1],
    withoutId(seed[2] ?? '', 'Without an id'),
    withoutId(seed[2] ?? '', 'Without an id'),
    (seed[0] ?? '').replace('"title":"', '"title":"Not '),
  ];
  const file = written('bad.ndjson', `${lines.join('\n')}\n`);

  it('is checked by a dry run, which stores nothing', async () => {
    const { code, stdout, stderr } = await take('--dry-run', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\d good, 2 refused; nothing was stored \(--dry-run\)\n$/);
    expect(stderr).toContain(`${file}:4: /reportedAt: is missing`);
  });

  it('has its good lines imported, and each bad line named with its faults', async () => {
    const { code, stdout, stderr } = await take(file);
    expect(code).toBe(1);
    expect(stdout).toBe('3 imported, 1 already there, 3 refused\n');
    const told = stderr.trim().split('\n');
    expect(told[0]).toMatch(`${file}:2: is not JSON`);
    expect(told).toContain(`${file}:4: /data: is missing`);
    expect(told.at(-1)).toMatch(/:8: The id .* belongs to another event/);
  });

  it('changes nothing when it is imported again', async () => {
    expect((await take(file)).stdout).toBe('0 imported, 4 already there, 3 refused\n');
  });
});

describe('a file of CloudEvents', () => {
  it('is accepted: their data are the developments', async () => {
    const response = await fetch(`${server.url}/v1/events?format=cloudevents`, {
      headers: { accept: 'application/x-ndjson' },
    });
    const lines = (await response.text()).trimEnd().split('\n');
    const { type: _, ...untyped } = JSON.parse(lines[0]!) as { type: string };
    const file = written('events.ndjson', [...lines, JSON.stringify(untyped)].join('\n'));
    const { stdout, stderr } = await take(file);
    expect(stdout).toBe(`0 imported, ${lines.length} already there, 1 refused\n`);
    expect(stderr).toContain(`${file}:${lines.length + 1}: /type: is missing`);
  });
});

describe('a file with lines that would be stored with another meaning', () => {
  const line = withoutId(seed[2] ?? '', 'Strictly');
  const lines = [
    line.replace('{', '{"reportedAt":"2020-01-01",'),
    line.replace('{', '{"repor\\u0074edAt":"2020-01-01",'),
    line.replace('{', '{"schemaVersion":9007199254740993,'),
    line.replace('Strictly', '\\ud800'),
    line.replace('{', '{"__proto__":{},'),
  ];
  const file = written('strict.ndjson', `${lines.join('\n')}\n`);

  it('is refused line by line, with the member of each fault', async () => {
    const { code, stdout, stderr } = await take(file);
    expect([code, stdout]).toEqual([1, '0 imported, 0 already there, 5 refused\n']);
    const told = stderr.trim().split('\n');
    expect(told[0]).toBe(`${file}:1: /reportedAt: is there twice`);
    expect(told[1]).toBe(`${file}:2: /reportedAt: is there twice`);
    expect(told[2]).toBe(
      `${file}:3: /schemaVersion: is 9007199254740993, which a double cannot represent exactly`,
    );
    expect(told[3]).toMatch(/:4: \/source\/title: has half of a surrogate pair/);
    expect(told[4]).toMatch(/:5: \/__proto__: is not a member here/);
  });
});

describe('a file that is written in another way', () => {
  const text = ['One', 'Two', 'Three']
    .map((title) => withoutId(seed[2] ?? '', `Another way, ${title}`))
    .join('\n');

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 3, 0],
    ['gzip', gzipSync(text), 0, 3],
    ['CR alone at the ends of lines', Buffer.from(text.replaceAll('\n', '\r')), 0, 3],
  ])('is read: %s', async (name, bytes, imported, known) => {
    const { code, stdout, stderr } = await take(written(`${name}.ndjson`, bytes));
    const expected = `${imported} imported, ${known} already there, 0 refused\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expected, stderr: '' });
  });

  it.each([
    ['a spreadsheet', Buffer.from('PK\u0003\u0004 and so on'), /is a ZIP file .* save the sheet as JSON/],
    [
      'a table',
      Buffer.from('id,title\n'.repeat(1_000)),
      /is neither NDJSON nor a JSON array .*\(line 1 is not JSON/,
    ],
    [
      'Latin-1',
      Buffer.from('\u00e9\n'.repeat(1_000), 'latin1'),
      /is neither NDJSON .*\(line 1 is not UTF-8\)/,
    ],
  ])('is named in one line where its text cannot be read: %s', async (name, bytes, message) => {
    const { code, stdout, stderr } = await take(written(`${name}.ndjson`, bytes));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('and has no text is empty', async () => {
    const file = written('empty.ndjson', ' \n');
    expect(await take(file)).toMatchObject({ code: 0, stderr: `${file} is empty\n` });
  });
});

describe('a named pipe', () => {
  it('is read from its beginning, and once', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const lines = Array.from({ length: 300 }, (_, n) => withoutId(seed[2] ?? '', `By a pipe, ${n}`));
    const ended = take(pipe);
    await writeFile(pipe, `${lines.join('\n')}\n`);
    expect(await ended).toMatchObject({ stdout: '300 imported, 0 already there, 0 refused\n', stderr: '' });
  });
});

describe('the second look at a file', () => {
  const report = (crossing: string, title: string): string =>
    JSON.stringify({
      type: 'crossing.closed',
      occurred: '2025-11-01',
      reportedAt: '2025-11-01',
      data: { crossing, side: 'LT' },
      source: { publisher: 'P', title, publishedAt: '2025-11-01' },
      attribution: { claimant: 'x.claimant', standing: 'act', reliability: 'A1' },
    });
  const registration = (kind: string, id: string): string =>
    JSON.stringify({
      ...(JSON.parse(report('', id)) as object),
      type: 'subject.registered',
      data: {
        ...{ kind, id, names: { en: id } },
        ...(kind === 'crossing' && {
          crossing: { border: 'LT-BY', sides: ['LT'], modes: ['road'], operating: true },
        }),
      },
    });
  // The files come in the order of `*.ndjson` in a shell.
  const reports = written('1-reports.ndjson', `${report('xx-yy.one', 'A')}\n${report('xx-yy.onn', 'B')}\n`);
  const subjects = written(
    '2-subjects.ndjson',
    `${registration('crossing', 'xx-yy.one')}\n${registration('actor', 'x.claimant')}\n`,
  );
  const at = (name: string, args: readonly string[]): Promise<Ended> =>
    borderline(['import', ...args, '--data', join(folder, name)]);
  const detail = '/data/crossing: no crossing xx-yy.onn is registered; did you mean xx-yy.one?';

  it('counts warnings, and shows them on request, with their lines', async () => {
    const { code, stdout, stderr } = await at('warned', [subjects, reports]);
    const few = '4 imported, 0 already there, 0 refused, 1 warning';
    expect([code, stdout, stderr]).toEqual([0, `${few} (--warnings shows them)\n`, '']);
    const shown = await at('shown', ['--warnings', subjects, reports]);
    expect([shown.code, shown.stdout]).toEqual([0, `${few}\n`]);
    expect(shown.stderr).toBe(`${reports}:2: warning: ${detail}\n`);
  });

  it('waits for what a later file registers', async () => {
    const { stdout, stderr } = await at('disordered', ['--warnings', reports, subjects]);
    expect(stdout).toBe('4 imported, 0 already there, 0 refused, 1 warning\n');
    expect(stderr).toMatch(/:2: warning: \/data\/crossing: no crossing xx-yy.onn is registered/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses the lines that have warnings, if it is strict, and takes the others', async () => {
    const { code, stdout, stderr } = await at('strict', ['--strict', reports, subjects]);
    expect([code, stdout]).toEqual([1, '3 imported, 0 already there, 1 refused\n']);
    expect(stderr).toMatch(/:2: \/data\/crossing: no crossing xx-yy.onn is registered/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect((await at('strict', ['--strict', reports, subjects])).stdout).toBe(
      '0 imported, 3 already there, 1 refused\n',
    );
  });

  it('works in a dry run too', async () => {
    const { stdout } = await at('dry', ['--dry-run', '--strict', reports, subjects]);
    expect(stdout).toBe('3 good, 1 refused; nothing was stored (--dry-run)\n');
  });
});

describe('an array, and stdin', () => {
  it('are accepted too, with the lines of their elements', async () => {
    const input = `[\n${seed.join(',\n')},\n{"type":"x"}\n]`;
    const args = ['import', '-', '--url', server.url, '--key', server.key];
    const { code, stdout, stderr } = await borderline(args, { input });
    expect(code).toBe(1);
    expect(withoutWarnings(stdout)).toBe(`${seed.length - 2} imported, 2 already there, 1 refused\n`);
    expect(stderr).toContain(`stdin:${seed.length + 2}: /type: `);
  });
});

describe('an import that was killed', () => {
  it('is completed by running it again: every line is recorded once', async () => {
    const count = 6000;
    const lines = Array.from({ length: count }, (_, index) =>
      withoutId(seed[index % seed.length] ?? '', `Report ${index}`),
    );
    const file = written('long.ndjson', lines.join('\n'));
    const data = join(folder, 'killed');
    const first = start(['import', file, '--data', data]);
    const watched = await serve(data);
    const head = async (): Promise<number> => {
      const answer = await fetch(`${watched.url}/health/ready`);
      if (!answer.ok) return 1;
      return ((await answer.json()) as { parts: { log: { sequence: number } } }).parts.log.sequence;
    };
    while ((await head()) === 0) await sleep(5);
    first.child.kill('SIGKILL');
    await first.ended;
    const { code, stdout } = await borderline(['import', file, '--data', data]);
    expect(code).toBe(0);
    const [, imported = '', known = ''] =
      /^([\d,]+) imported, ([\d,]+) already there, 0 refused/.exec(stdout) ?? [];
    const number = (text: string): number => Number(text.replace(',', ''));
    expect(number(imported) + number(known)).toBe(count);
    expect(number(known)).toBeGreaterThan(0);
    expect(await head()).toBe(count);
    watched.child.kill('SIGTERM');
    await watched.ended;
  });
});

describe('what cannot be imported', () => {
  it('without a key explains how to give one', async () => {
    const { code, stderr } = await borderline(['import', '-', '--url', server.url], { input: seed[0] ?? '' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^borderline: .*--key or BORDERLINE_KEY\.\n$/);
  });

  it('because there is no such file creates no data folder', async () => {
    const { code, stderr } = await borderline(['import', '/no/such.ndjson', '--data', join(folder, 'none')]);
    expect(code).toBe(1);
    expect(stderr).toBe('borderline: /no/such.ndjson: there is no such file\n');
    expect((await borderline(['as-of', 'now', '--data', join(folder, 'none')])).stderr).toMatch(
      'there is no log',
    );
  });
});
