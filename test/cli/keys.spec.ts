import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyStore } from '#data-folder';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { borderline } from './command.js';

const STORE = resolve('dist/libs/data-folder/index.js');

/** A process that creates keys one after another, and revokes every second key. */
const CREATES = (file: string, name: string, count: number): string => `
  const { KeyStore } = await import(${JSON.stringify(STORE)});
  const store = new KeyStore(${JSON.stringify(file)}, Date.now);
  for (let n = 0; n < ${count}; n += 1) {
    const { record } = await store.create('${name}-' + n, ['read']);
    if (n % 2 === 1) await store.revoke(record.id);
  }`;

describe('keys made by several processes at the same time', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => removeFolder(folder));

  it('are all kept, and so are revocations', async () => {
    const file = join(folder, 'keys.json');
    const children = ['a', 'b', 'c'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', CREATES(file, name, 30)], {
        stdio: 'inherit',
        env: { ...process.env, NODE_OPTIONS: '' },
      }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0] as number));
    expect(codes).toEqual([0, 0, 0]);
    const records = new KeyStore(file, Date.now).list();
    const expected = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 30 }, (_, n) => `${name}-${n}`));
    expect(records.map(({ name }) => name).sort()).toEqual(expected.sort());
    expect(records.filter(({ revoked }) => revoked !== undefined)).toHaveLength(45);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it('are kept by the command too', async () => {
    const data = join(folder, 'data');
    const made = await Promise.all(
      ['one', 'two'].map((name) => borderline(['keys', 'create', name, '--data', data])),
    );
    expect(made.map(({ code }) => code)).toEqual([0, 0]);
    const store = new KeyStore(join(data, 'keys.json'), Date.now);
    expect(made.map(({ stdout }) => store.find(stdout.trim())?.name)).toEqual(['one', 'two']);
  });
});
