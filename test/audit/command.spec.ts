import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseSignerKey } from '#audit';
import { borderline, CORPUS, serve } from '../cli/command.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { retyped } from '../support/retyped.js';

const verifierKeyIn = (data: string): string =>
  parseSignerKey(readFileSync(join(data, 'audit.key'), 'utf8').trim()).verifierKey;

// A process takes a second to start, and more than a second on a busy machine.

describe('borderline verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it('says that the log is complete and unchanged, or names the changed event; no server starts on a changed log', async () => {
    const data = join(folder, 'data');
    expect(
      (await borderline(['import', '--data', data, join(CORPUS, 'reference-crossings.ndjson')])).code,
    ).toBe(0);
    const before = await borderline(['verify', '--data', data]);
    expect(before.stdout).toMatch(/^\d+ events, 1 checkpoint; signed up to @\d+\.\nEvery event is the one/);
    expect(before.code).toBe(0);
    const log = new Database(join(data, 'log.db'));
    log.exec(retyped(3));
    log.close();
    const after = await borderline(['verify', '--data', data]);
    expect(after.stdout).toMatch(/^event @3 \([\w-]+\): is not as recorded\n/);
    expect(after.code).toBe(1);
    const refused = await borderline(['as-of', '2025-11-05', '--data', data]);
    expect(refused.stderr).toMatch(
      /^borderline: the log no longer extends its last signed checkpoint: [^\n]*\n$/,
    );
    expect(refused.code).toBe(1);
  });

  it('refuses a folder that was made again with a new key, if the old key is given', async () => {
    const corpus = join(CORPUS, 'reference-crossings.ndjson');
    const [real, forged] = [join(folder, 'real'), join(folder, 'forged')];
    const [key, file] = [join(folder, 'real.pub'), join(forged, 'audit.checkpoints')];
    await borderline(['import', '--data', real, corpus]);
    await borderline(['import', '--data', forged, corpus]);
    writeFileSync(key, verifierKeyIn(real));
    expect(await borderline(['verify', '--data', real, '--key', key])).toMatchObject({ code: 0 });
    expect(await borderline(['verify', '--data', forged])).toMatchObject({ code: 0 });
    const found = await borderline(['verify', '--data', forged, '--key', key]);
    expect(found.stdout).toContain(
      'There is no checkpoint that counts, so it is unknown which events were recorded.',
    );
    expect(found.code).toBe(1);
    writeFileSync(file, readFileSync(join(real, 'audit.checkpoints')));
    const held = await borderline(['verify', '--data', forged, '--key', key]);
    expect(held.stdout).toMatch(/are not as signed/);
    expect(held.code).toBe(1);
  });

  it('compares a server with a saved checkpoint, and with a known key', async () => {
    const place = join(folder, 'served');
    const [saved, keyFile] = [join(folder, 'saved.txt'), join(folder, 'key.pub')];
    const server = await serve(place, '--corpus');
    const ask = (...args: string[]) => borderline(['verify', '--url', server.url, ...args]);
    writeFileSync(keyFile, await (await fetch(`${server.url}/v1/audit/key`)).text());
    const first = await ask('--save', saved);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(
      /^428 events, 1 checkpoint; signed up to @428 by \S+\.\nEvery event is the one/,
    );
    expect(first.stderr).toBe(
      'The key of the signature comes from the same place as the signature: the sender could have made both. If you know the key, give it with --key.\n',
    );
    const second = await ask('--checkpoint', saved, '--key', keyFile);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toMatch(/^428 events, 2 checkpoints; /);
    const log = new Database(join(place, 'log.db'));
    log.exec('DELETE FROM events WHERE sequence > 420');
    log.close();
    const third = await ask('--checkpoint', saved, '--save', join(folder, 'unsaved.txt'));
    expect(third.stdout).toMatch(/^events @421 to @428: are gone\n/);
    expect(third.code).toBe(1);
    expect(existsSync(join(folder, 'unsaved.txt'))).toBe(false);
    server.child.kill('SIGTERM');
    await server.ended;
    const offline = await borderline(['verify', '--data', place, '--checkpoint', saved, '--key', keyFile]);
    expect(offline.stdout).toMatch(/^events @421 to @428: are gone\n/);
    expect(offline.code).toBe(1);
  });

  it.each([
    [['x.ndjson', '--data', 'y'], 'give one of FILE, --data and --url'],
    [['x.ndjson', '--save', 'y'], '--save goes with --url'],
    [['/no/such.ndjson'], '/no/such.ndjson: there is no such file'],
    [['/tmp'], '/tmp is not a file'],
    [[join(CORPUS, 'reference-crossings.ndjson')], 'does not end with its checkpoint'],
    [['--url', 'http://127.0.0.1:9', '--checkpoint', '/no/such'], '--checkpoint /no/such: ENOENT'],
    [['--url', 'http://127.0.0.1:9'], 'cannot be reached'],
  ])('given %j names the fault in one line', async (args, told) => {
    const { code, stdout, stderr } = await borderline(['verify', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^borderline: [^\n]*\n$/);
    expect(stderr).toContain(told);
  });

  it('says that there is no log, or that nothing was signed', async () => {
    expect((await borderline(['verify', '--data', folder])).stderr).toContain('there is no log in');
  });
});
