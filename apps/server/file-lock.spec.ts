import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LockedError, whileLocked } from './file-lock.js';

describe('a lock on a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-lock-'));
    file = join(folder, 'keys.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is there during the work and not after, also where the work fails', () => {
    expect(whileLocked(file, () => existsSync(`${file}.lock`))).toBe(true);
    const fails = (): never => {
      throw new Error('no');
    };
    expect(() => whileLocked(file, fails)).toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that a dead process left is taken away', () => {
    writeFileSync(`${file}.lock`, '1\n');
    const almost = new Date(Date.now() - 9_800);
    utimesSync(`${file}.lock`, almost, almost);
    expect(whileLocked(file, () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that another process holds is waited for, and then told of in one line', () => {
    writeFileSync(`${file}.lock`, '1\n');
    const started = performance.now();
    expect(() => whileLocked(file, () => 'done', 200)).toThrow(LockedError);
    expect(performance.now() - started).toBeGreaterThanOrEqual(200);
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});
