import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import { collect, events } from '../../libs/log/contract/fixture.js';
import { asEarlierFormat } from '../support/earlier-format.js';

const ROOT = join(import.meta.dirname, '..', '..');

describe('processes that migrate a log of an earlier format', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-migration-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('lose nothing where they are killed, and where several processes migrate at the same time', async () => {
    const [now, file] = [join(dir, 'now.db'), join(dir, 'log.db')];
    const made = openSqliteLog(systemRuntime, now);
    await made.append(events(16_000, 'e'));
    const recorded = await collect(made.read());
    await made.close();
    await asEarlierFormat(now, file, 1);

    const migrating = async (...after: number[]): Promise<unknown> => {
      const args = [join(ROOT, 'test/crash/migrate-and-die.mjs'), file, ...after.map(String)];
      const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } });
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      return signal ?? code;
    };
    expect(await migrating(5_000)).toBe('SIGKILL');
    expect(await migrating(10_000)).toBe('SIGKILL');
    expect(await Promise.all([migrating(), migrating()])).toEqual([0, 0]);

    const log = openSqliteLog(systemRuntime, file);
    expect(await collect(log.read())).toEqual(recorded);
    await log.close();
  });
});
