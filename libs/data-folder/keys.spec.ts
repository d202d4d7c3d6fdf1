import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { allows, KeyError, KeyStore, SCOPES, type Scope } from './keys.js';

const NOON = Date.UTC(2025, 10, 10, 12);

describe('the key store', () => {
  let folder: string;
  let file: string;
  const open = (): KeyStore => new KeyStore(file, () => NOON);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-keys-'));
    file = join(folder, 'keys.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('admits a key that it made, and no similar text', async () => {
    const store = open();
    const { key, record } = await store.create('importer', ['report', 'edit']);
    expect(store.find(key)).toEqual({ id: record.id, name: 'importer', scopes: ['report', 'edit'] });
    expect(store.find(`${key}x`)).toBeUndefined();
    expect(store.find(key.slice(0, -1))).toBeUndefined();
    expect(store.find('')).toBeUndefined();
  });

  it('refuses a key from the instant at which it expires', async () => {
    let now = NOON;
    const store = new KeyStore(file, () => now);
    const { key, record } = await store.create('guest', ['read'], { expires: NOON + 1_000 });
    expect(record.expires).toBe('2025-11-10T12:00:01.000Z');
    now += 999;
    expect([store.find(key)?.name, store.holds(record.id)]).toEqual(['guest', true]);
    now += 1;
    expect([store.find(key), store.holds(record.id)]).toEqual([undefined, false]);
    await expect(store.create('late', ['read'], { expires: now })).rejects.toThrow(
      'cannot expire in the past',
    );
  });

  it('lets a key with the scope read audit, and does not let a key with the scope audit read', () => {
    const access = (...scopes: Scope[]) => ({ id: 'x', name: 'x', scopes });
    expect(SCOPES.filter((scope) => allows(access('read'), scope))).toEqual(['read', 'audit']);
    expect(SCOPES.filter((scope) => allows(access('audit'), scope))).toEqual(['audit']);
    expect(SCOPES.filter((scope) => allows(access('admin'), scope))).toEqual(SCOPES);
  });

  it('knows when keys were last used, also where several processes save the times', async () => {
    const [one, other] = [open(), open()];
    expect(one.use.read()).toEqual(new Map());
    one.use.add('a', NOON);
    one.use.add('a', NOON + 1);
    one.use.add('b', NOON);
    other.use.add('a', NOON - 5);
    other.use.add('b', NOON + 7);
    await Promise.all([one.use.save(), other.use.save()]);
    expect(open().use.read()).toEqual(
      new Map([
        ['a', NOON + 1],
        ['b', NOON + 7],
      ]),
    );
  });

  it('remembers the last uses until they can be saved', async () => {
    const { use } = new KeyStore(join(folder, 'none', 'keys.json'), () => NOON);
    use.add('a', NOON);
    await expect(use.save()).rejects.toThrow();
    mkdirSync(join(folder, 'none'));
    await use.save();
    expect(use.read()).toEqual(new Map([['a', NOON]]));
  });

  it('stores only the hash, in a file that only its owner may read', async () => {
    const { key } = await open().create('first', ['admin']);
    const kept = readFileSync(file, 'utf8');
    expect(kept).not.toContain(key.slice('borderline_'.length));
    expect(kept).toContain('2025-11-10T12:00:00.000Z');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('makes keys of 256 bits, never the same', async () => {
    const store = open();
    const made = await Promise.all(Array.from({ length: 20 }, () => store.create('k', ['read'])));
    const keys = made.map(({ key }) => key);
    expect(new Set(keys).size).toBe(20);
    for (const key of keys) expect(key).toMatch(/^borderline_[\w-]{43}$/);
  });

  it('notices what another process creates and revokes', async () => {
    const server = open();
    const terminal = open();
    expect(server.exists()).toBe(false);
    const { key, record } = await terminal.create('later', ['report']);
    expect(server.find(key)).toMatchObject({ name: 'later' });
    await terminal.revoke(record.id);
    expect(server.find(key)).toBeUndefined();
    expect(server.list()).toMatchObject([{ id: record.id, revoked: '2025-11-10T12:00:00.000Z' }]);
  });

  it('keeps the time of the first revocation, and says so where there is no such key', async () => {
    const { record } = await open().create('k', ['read']);
    const first = await open().revoke(record.id);
    expect(await new KeyStore(file, () => NOON + 1).revoke(record.id)).toEqual(first);
    await expect(open().revoke('nothing')).rejects.toThrow(
      new KeyError('there is no key with the id nothing'),
    );
  });

  it.each([
    ['{', 'cannot be used'],
    ['[]', 'no list of keys'],
    [
      '{"keys":[{"id":"a","name":"b","created":"c","scopes":["read"],"sha256":"short"}]}',
      'key a has no hash',
    ],
    [
      `{"keys":[{"id":"a","name":"b","created":"c","scopes":["all"],"sha256":"${'0'.repeat(64)}"}]}`,
      'key a has an unknown scope',
    ],
  ])('refuses all keys where the file is damaged: %s', (content, message) => {
    writeFileSync(file, content);
    expect(() => open().find('borderline_x')).toThrow(KeyError);
    expect(() => open().list()).toThrow(message);
  });

  it('refuses a key without a name or a scope', async () => {
    await expect(open().create(' ', ['read'])).rejects.toThrow('a key needs a name');
    await expect(open().create('k', [])).rejects.toThrow('a key needs a scope');
  });
});
