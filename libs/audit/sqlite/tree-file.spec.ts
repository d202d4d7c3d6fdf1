import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '#sqlite';
import { rootAt, rootOf } from '../frontier.js';
import { leafHash } from '../hash.js';
import { Definition, hex, leafOf } from '../spec-support.js';
import { tileHashReader } from '../tile-reader.js';
import { openTree } from './tree-file.js';

const leaves = Array.from({ length: 700 }, (_, n) => leafOf(n));
const hashes = leaves.map(leafHash);
const definition = new Definition(leaves);

describe('a tree in a file', () => {
  let folder: string;
  let file: string;
  const open = () => openTree(file);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-tree-'));
    file = join(folder, 'audit.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has the root of RFC 9162 at every size, for any batches and after any reopening', async () => {
    let tree = open();
    for (const [from, to] of [
      [0, 1],
      [1, 255],
      [255, 258],
      [258, 700],
    ] as const) {
      expect(tree.append(from, hashes.slice(from, to))).toBe(to);
      expect(hex(rootOf(tree.frontier()))).toBe(definition.root(to));
      tree.close();
      tree = open();
    }
    for (const size of [0, 1, 2, 255, 256, 257, 511, 513, 700]) {
      expect(hex(await rootAt(size, tileHashReader(700, tree)))).toBe(definition.root(size));
    }
    tree.close();
  });

  it('skips leaves that another process has appended, and refuses a gap', () => {
    const tree = open();
    const other = open();
    other.append(0, hashes.slice(0, 300));
    expect(tree.append(0, hashes.slice(0, 200))).toBe(300);
    expect(tree.append(200, hashes.slice(200, 400))).toBe(400);
    expect(hex(rootOf(other.frontier()))).toBe(definition.root(400));
    expect(() => tree.append(401, hashes.slice(401, 402))).toThrow('The tree has only 400 leaves, not 401');
    tree.close();
    other.close();
  });

  it('can be emptied', () => {
    const tree = open();
    tree.append(0, hashes.slice(0, 300));
    tree.clear();
    expect(tree.frontier().size).toBe(0);
    tree.append(0, hashes.slice(0, 3));
    expect(hex(rootOf(tree.frontier()))).toBe(definition.root(3));
    tree.close();
  });

  it('starts again, empty, where the file is not a tree', () => {
    writeFileSync(file, 'not a database, whatever its name says '.repeat(50));
    const tree = open();
    expect(tree.frontier().size).toBe(0);
    tree.close();
  });

  it('replaces a database of something else, or refuses it and leaves it as it is', () => {
    const others = (): unknown[] => {
      const db = openSqlite(file, { timeout: 0 });
      const names = db.prepare('SELECT name FROM sqlite_schema').pluck().all();
      db.close();
      return names;
    };
    openSqlite(file, { timeout: 0 }, (db) => db.exec('CREATE TABLE others (id INTEGER)')).close();
    expect(() => openTree(file, { damaged: 'refuse' })).toThrow('is not a tree');
    expect(others()).toEqual(['others']);
    open().close();
    expect(others()).not.toContain('others');
  });
});
