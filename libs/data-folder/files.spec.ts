import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LockedError, whileLocked } from './files.js';

describe('a lock on a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-lock-'));
    file = join(folder, 'keys.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('exists during the work and not after it, also where the work fails', async () => {
    expect(await whileLocked(file, () => existsSync(`${file}.lock`))).toBe(true);
    const fails = (): never => {
      throw new Error('no');
    };
    await expect(whileLocked(file, fails)).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a dead process ends', async () => {
    mkdirSync(`${file}.lock`);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(`${file}.lock`, longAgo, longAgo);
    expect(await whileLocked(file, () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of another process makes only its own callers wait', async () => {
    let others = 0;
    await whileLocked(file, async () => {
      const refused = whileLocked(file, () => 'done', {
        retries: 3,
        factor: 1,
        minTimeout: 5,
        maxTimeout: 5,
        randomize: false,
      });
      setImmediate(() => (others += 1));
      await expect(refused).rejects.toThrow(LockedError);
    });
    expect(others).toBe(1);
  });
});
