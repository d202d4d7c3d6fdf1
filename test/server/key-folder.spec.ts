import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { serve, type Running } from '../../apps/server/serve.js';
import { settingsFrom } from '../../apps/settings.js';
import { borderline } from '../cli/command.js';
import { removeFolder, temporaryFolder } from './spawned.js';

const DEVELOPMENT = {
  type: 'crossing.closed',
  reportedAt: '2026-02-28',
  data: { crossing: 'lt-by.medininkai', side: 'LT', reason: 'repairs', reopens: true },
  source: { publisher: 'Example', title: 'An invented closure', publishedAt: '2026-02-28' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
};

describe('two instances with data folders of their own and one folder of keys', () => {
  const folder = temporaryFolder();
  const keyFolder = join(folder, 'keys');
  const env = { BORDERLINE_KEY_FOLDER: keyFolder };
  const start = (name: string): Promise<Running> =>
    serve(
      settingsFrom({
        ...env,
        BORDERLINE_DATA: join(folder, name),
        PORT: '0',
        BORDERLINE_LOG_LEVEL: 'silent',
      }),
      systemRuntime,
    );
  let one: Running;
  let other: Running;
  beforeAll(async () => {
    one = await start('one');
    other = await start('other');
  });
  afterAll(async () => {
    await one.stop();
    await other.stop();
    removeFolder(folder);
  });

  const record = async ({ url }: Running, key: string): Promise<number> =>
    (
      await fetch(`${url}/v1/developments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify(DEVELOPMENT),
      })
    ).status;

  it('accept the key that the first instance made', async () => {
    expect(other.newKey).toBeUndefined();
    expect(await record(one, one.newKey ?? '')).toBe(201);
    expect(await record(other, one.newKey ?? '')).toBe(201);
  });

  it('notice immediately which keys are made and revoked on the command line', async () => {
    const made = await borderline(['keys', 'create', 'newsdesk', '--data', other.data], { env });
    const key = made.stdout.trim();
    expect([await record(one, key), await record(other, key)]).toEqual([201, 201]);
    const id = /key ([0-9a-f]{8})/.exec(made.stderr)?.[1] ?? '';
    await borderline(['keys', 'revoke', id, '--data', one.data], { env });
    expect([await record(one, key), await record(other, key)]).toEqual([401, 401]);
  });

  it('sign as one log', async () => {
    const keyOf = async ({ url }: Running): Promise<string> => (await fetch(`${url}/v1/audit/key`)).text();
    expect(await keyOf(other)).toBe(await keyOf(one));
    expect([one, other].map(({ data }) => existsSync(join(data, 'audit.key')))).toEqual([false, false]);
  });

  it('are backed up and verified with the keys', async () => {
    const to = join(folder, 'backup');
    // The issued checkpoint is kept, and the log is compared with it.
    await fetch(`${one.url}/v1/audit/checkpoint`);
    await borderline(['backup', '--data', one.data, '--to', to], { env });
    expect(readdirSync(to)).toEqual(expect.arrayContaining(['audit.key', 'keys.json', 'log.db']));
    expect((await borderline(['verify', '--data', one.data], { env })).code).toBe(0);
    expect((await borderline(['verify', '--data', to])).code).toBe(0);
  });
});
