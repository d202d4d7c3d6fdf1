import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunksOf, isExport, isRegular } from './input.js';

const ENTRY = '{"id":"a","recordedAt":"2026-01-01T00:00:00.000Z","sequence":1}';

describe('what is imported', () => {
  let folder: string;
  let made = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (text: string): string => {
    const file = join(folder, String((made += 1)));
    writeFileSync(file, text);
    return file;
  };

  it.each([
    ['a whole export', `${ENTRY}\n{"checkpoint":"…","keys":[]}\n`, true],
    ['an export that was cut short', ENTRY, true],
    [
      'an export without its first events',
      `${ENTRY.replace(':1}', ':2}')}\n{"checkpoint":"…","keys":[]}\n`,
      true,
    ],
    ['an export with other line ends', `${ENTRY}\r\n{"checkpoint":"…","keys":[]}\r\n`, true],
    ['the export of an empty log', '{"checkpoint":"…","keys":[]}\n', true],
    [
      'events as the API lists them',
      '{"recordedAt":"2026-01-01T00:00:00.000Z","id":"a","sequence":1}\n',
      false,
    ],
    ['a later part of an export', `${ENTRY.replace(':1}', ':2}')}\n`, false],
    [
      'an event that cannot be an entry',
      '{"id":"\\ud800","recordedAt":"2026-01-01T00:00:00.000Z","sequence":1}\n',
      false,
    ],
    ['a development', '{"type":"crossing.closed","sequence":1}\n', false],
    ['an array', `[${ENTRY}]\n`, false],
    ['nothing', '', false],
    ['a line without end', 'x'.repeat(1_000_000), false],
  ])('is recognised as an export, or as another file: %s', async (_, text, expected) => {
    expect(await isExport(written(text))).toBe(expected);
  });

  it('from a pipe is complete, although its first line was read before', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const text = `${ENTRY}\n`.repeat(10_000);
    const writing = open(pipe, 'w').then((handle) => handle.writeFile(text).finally(() => handle.close()));
    expect(isRegular(pipe)).toBe(false);
    expect(await isExport(pipe)).toBe(true);
    const parts: Uint8Array[] = [];
    for await (const chunk of chunksOf(pipe)) parts.push(chunk);
    await writing;
    expect(Buffer.concat(parts).toString()).toBe(text);
  });
});
