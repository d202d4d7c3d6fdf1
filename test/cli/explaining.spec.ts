import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { borderline, serve, type Ended, type Served } from './command.js';

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
const MEDININKAI = ['lt-by.medininkai', '--as-of', '2025-11-05'];

describe('explain', () => {
  it('lists the effects that were weighed, and the verdict on each', async () => {
    const { code, stdout } = await ask(
      'explain',
      ...MEDININKAI,
      '--known-at',
      '2025-11-04',
      '--aspect',
      'status',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^crossings lt-by\.medininkai: restricted, by 1/);
    expect(stdout).toMatch(/^1 +holds +status\/\S+ +restricted/m);
    expect(stdout).toMatch(/^\d+ +overlaid, by 1 /m);
    expect(stdout).toMatch(/^\d+ +not yet known /m);
    expect(stdout).toContain('As of the end of 2025-11-05, as known at the end of 2025-11-04');
  });

  it('gives the JSON of the server on request, and the events', async () => {
    const { stdout } = await ask('explain', ...MEDININKAI, '--recorded-at', '@400', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      basis: { recordedAt: '@400' },
      answer: { status: 'restricted' },
    });
    expect((await ask('explain', ...MEDININKAI, '--events')).stdout).toMatch(
      /crossing\.restricted +2025-10-29/,
    );
  });

  it('about a subject without any report is an error', async () => {
    const { code, stderr } = await ask('explain', 'lt-by.atlantis');
    expect([code, stderr]).toEqual([
      1,
      'borderline: Nothing was ever recorded about lt-by.atlantis in crossings.\n',
    ]);
  });
});

describe('history', () => {
  it('lists how an answer changed as reports became public', async () => {
    const { code, stdout } = await ask('history', ...MEDININKAI);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Known from +Answer +Events/m);
    expect(stdout).toMatch(/^end of 2025-10-27 +restricted +\d/m);
  });

  it('lists how an answer changed as the log recorded reports', async () => {
    const { code, stdout } = await ask('history', ...MEDININKAI, '--axis', 'recorded', '--events');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^@\d+ +restricted +\d/m);
    expect(stdout).toMatch(/crossing\.restricted +2025-10-2/);
  });
});

describe('next', () => {
  it('lists what is announced, the earliest first, with its events', async () => {
    const rest = ['--view', 'crossings', '--filter', 'border=PL-BY', '--within', 'P14D', '--events'];
    const { code, stdout } = await ask('next', '2025-11-05', ...rest);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2025-11-17 +01:00 +crossings pl-by\.kuznica +closed +open +\d/m);
    expect(stdout).toContain('As of the end of 2025-11-05');
  });

  it('says so where nothing is announced', async () => {
    const { stdout } = await ask('next', '2025-11-05', '--within', 'PT0S');
    expect(stdout).toContain('No change is announced.');
  });

  it('refuses an invalid duration', async () => {
    const { code, stderr } = await ask('next', '--within', 'a week');
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not a duration')]);
  });
});

describe('diff with a range of --known-at', () => {
  it('lists what became public about one date between the two times', async () => {
    const range = ['--known-at', '2025-10-26..2025-11-04', '--view', 'crossings'];
    const { code, stdout } = await ask('diff', '2025-11-05', ...range);
    expect(code).toBe(0);
    expect(stdout).toMatch(/crossings lt-by\.medininkai +status +closed +restricted/);
    expect(stdout).toContain('Before: As of the end of 2025-11-05, as known at the end of 2025-10-26');
    expect(stdout).toContain('After:  As of the end of 2025-11-05, as known at the end of 2025-11-04');
  });

  it('lists the changes member by member', async () => {
    const { stdout } = await ask('diff', '2025-11-05', '--known-at', '2025-11-10..2025-11-19');
    expect(stdout).toMatch(/releases by\.2025-09-11 +entry +– +11 September 2025,[^\n]*\n +press\.ap/);
    expect(stdout).toMatch(/ released: 52$/m);
  });

  it.each([[[]], [['--known-at', '2025-10-26..']], [['--known-at', '..2025-10-26']]])(
    'refuses one date with %j',
    async (rest) => {
      const { code, stderr } = await ask('diff', '2025-11-05', ...rest);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^borderline: .*--known-at FROM\.\.TO\n$/);
    },
  );
});
