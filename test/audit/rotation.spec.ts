import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatKeyId, openCheckpoint, openReceipt, parseVerifierKey, type Verifier } from '#audit';
import { auditKeys, retireAuditKey, rotateAuditKey, verifyFolder } from '#data-folder';
import { systemRuntime } from '#runtime';
import { serve, type Running } from '../../apps/server/serve.js';
import { settingsFrom } from '../../apps/settings.js';
import { borderline } from '../cli/command.js';
import { newEvent } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';

const ORIGIN = 'borderline.local/log';

describe('the rotation of the audit key', () => {
  let data: string;
  let file: string;
  let running: Running;
  const start = async (): Promise<void> => {
    running = await serve(
      settingsFrom({ BORDERLINE_DATA: data, PORT: '0', BORDERLINE_LOG_LEVEL: 'silent', BORDERLINE_KEY: 'k' }),
      systemRuntime,
    );
  };
  beforeEach(async () => {
    data = temporaryFolder();
    file = join(data, 'audit.key');
    await start();
  });
  afterEach(async () => {
    await running.stop();
    removeFolder(data);
  });

  const text = async (path: string): Promise<string> => (await fetch(`${running.url}${path}`)).text();
  const keys = async (): Promise<Verifier[]> =>
    (await text('/v1/audit/key')).trim().split('\n').map(parseVerifierKey);
  const checkpoint = (): Promise<string> => text('/v1/audit/checkpoint');
  const receipt = async (): Promise<string> => {
    const response = await fetch(`${running.url}/v1/audit/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ "path": "/v1/crossings" }',
    });
    return ((await response.json()) as { receipt: string }).receipt;
  };
  const sizeFor = (note: string, ...verifiers: Verifier[]): number =>
    openCheckpoint(note, ORIGIN, verifiers).checkpoint.size;
  const record = (count: number): Promise<unknown> =>
    running.log.append(Array.from({ length: count }, (_, n) => newEvent(`crossing-lt-by.${n}`)));

  it('takes effect immediately in a running server: both keys sign, and a reader that knows one of them can verify', async () => {
    await record(3);
    const before = await checkpoint();
    const [old] = (await keys()) as [Verifier];
    await rotateAuditKey(file);
    const [newest, older, ...more] = await keys();
    expect(more).toEqual([]);
    expect(older?.keyId).toBe(old.keyId);
    const after = await checkpoint();
    expect([sizeFor(after, old), sizeFor(after, newest!), sizeFor(before, old)]).toEqual([3, 3, 3]);
    expect(() => sizeFor(before, newest!)).toThrow('No known key');
    const note = await receipt();
    expect(openReceipt(note, [old]).receipt).toEqual(openReceipt(note, [newest!]).receipt);
  });

  it('ends when the old key is retired: it no longer signs, and its signatures remain valid', async () => {
    await record(3);
    const [old] = (await keys()) as [Verifier];
    const signedThen = await receipt();
    await running.stop();
    await rotateAuditKey(file);
    await retireAuditKey(file, formatKeyId(old.keyId));
    await start();
    expect((await keys()).map(({ keyId }) => keyId)).toContain(old.keyId);
    await record(2);
    const note = await checkpoint();
    expect(sizeFor(note, (await keys())[0]!)).toBe(5);
    expect(() => sizeFor(note, old)).toThrow('No known key');
    const response = await fetch(`${running.url}/v1/audit/receipts/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receipt: signedThen }),
    });
    expect(await response.json()).toMatchObject({ valid: true });
    const verified = await verifyFolder(
      systemRuntime,
      data,
      () => undefined,
      () => undefined,
    );
    expect(verified).toMatchObject({ signed: 5, faults: [] });
  });

  it('leaves a file that only its owner may read, without the secret of the retired key', async () => {
    const before = readFileSync(file, 'utf8').trim();
    const [old = ''] = auditKeys(file).verifierKeys;
    await rotateAuditKey(file);
    expect(readFileSync(file, 'utf8')).toContain(before);
    await retireAuditKey(file, old.split('+')[1] ?? '');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines).toEqual([expect.stringMatching(/^PRIVATE\+KEY\+/), old]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is a command that names its faults', async () => {
    const [only = ''] = auditKeys(file).verifierKeys;
    const id = only.split('+')[1] ?? '';
    const command = (...args: string[]) => borderline(['audit-key', ...args, '--data', data]);
    expect((await command('retire', id)).stderr).toBe(
      `borderline: key ${id} is the only one that signs: make another one first, with "borderline audit-key rotate"\n`,
    );
    expect((await command('rotate')).code).toBe(0);
    expect((await command('retire', id)).code).toBe(0);
    expect((await command('retire', id)).stderr).toBe(`borderline: key ${id} is retired already\n`);
    expect((await command('retire', 'nope')).stderr).toBe('borderline: there is no key nope\n');
    const { stdout } = await command('list');
    const { verifierKeys } = auditKeys(file);
    expect(stdout).toBe(`signs    ${verifierKeys[0]}\nretired  ${only}\n`);
    const elsewhere = await borderline(['audit-key', 'rotate', '--data', join(data, 'none')]);
    expect(elsewhere.stderr).toMatch(/^borderline: there is no .*audit\.key; .*\n$/);
    expect((await command('list', '--url', 'http://x')).code).toBe(1);
  });
});
