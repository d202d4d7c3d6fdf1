import { describe, expect, it } from '@jest/globals';
import {
  EMPTY_ROOT,
  leafHash,
  proveInclusion,
  verifyInclusion,
  type Hash,
  type InclusionStatement,
} from './index.js';
import { bytes, Definition, flipped, hex, leafOf, MemoryLog, tableReader } from './spec-support.js';
import { INCLUSION_PROOFS, LEAVES, ROOTS } from './rfc6962-vectors.js';

const MANY = 300;
const leaves = Array.from({ length: MANY }, (_, n) => leafOf(n));
const definition = new Definition(leaves);
const reader = tableReader(definition);
const hashes = leaves.map(leafHash);

const statement = (index: number, size: number): InclusionStatement => ({
  leafHash: hashes[index] as Hash,
  index,
  size,
  root: bytes(definition.root(size)),
});

/** The side of each sibling on the path from the leaf, the lowest sibling first. */
function turns(index: number, size: number): string {
  if (size === 1) return '';
  const k = 2 ** Math.ceil(Math.log2(size) - 1);
  return index < k ? `${turns(index, k)}r` : `${turns(index - k, size - k)}l`;
}

/** Every leaf of every tree up to a size, as pairs of index and size. */
const leavesUpTo = (greatest: number): [number, number][] =>
  Array.from({ length: greatest }, (_, n) => n + 1).flatMap((size) =>
    Array.from({ length: size }, (_, index): [number, number] => [index, size]),
  );

describe('an inclusion proof', () => {
  it.each(INCLUSION_PROOFS)('is the known one for leaf $index of $size', async ({ index, size, path }) => {
    const log = new MemoryLog().append(LEAVES.map(bytes));
    expect((await proveInclusion(index, size, log.reader(size))).map(hex)).toEqual(path);
    const root = bytes(ROOTS[size - 1] ?? '');
    const known = { leafHash: leafHash(bytes(LEAVES[index] ?? '')), index, size, root };
    expect(verifyInclusion(known, path.map(bytes))).toBe(true);
  });

  it('is the proof of RFC 9162, and verifies, for every leaf of every tree up to 300', async () => {
    for (let size = 1; size <= MANY; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = await proveInclusion(index, size, reader);
        const expected = definition.path(index, 0, size);
        if (path.map(hex).join() !== expected.join()) throw new Error(`wrong proof of ${index} in ${size}`);
        if (!verifyInclusion(statement(index, size), path))
          throw new Error(`no proof of ${index} in ${size}`);
      }
    }
  });

  it('fails when anything is changed: a bit, the index, the order, the number of hashes', () => {
    let seed = 1;
    for (let size = 1; size <= MANY; size += size < 40 ? 1 : 13) {
      for (let index = 0; index < size; index += 1) {
        seed += 1;
        const right = statement(index, size);
        const path = definition.path(index, 0, size).map(bytes);
        const at = seed % Math.max(path.length, 1);
        const wrong: [string, InclusionStatement, Hash[]][] = [
          ['leaf', { ...right, leafHash: flipped(right.leafHash, seed) }, path],
          ['root', { ...right, root: flipped(right.root, seed) }, path],
          ['next index', { ...right, index: index + 1 }, path],
          ['index before', { ...right, index: index - 1 }, path],
          ['any index', { ...right, index: (index + 1 + (seed % Math.max(size - 1, 1))) % size }, path],
          ['root of another size', { ...right, root: bytes(definition.root((size % MANY) + 1)) }, path],
          ['root for a hash more', right, [...path, right.root]],
          ['root for a hash before', right, [right.root, ...path]],
          ['hash cut short', right, [...path, new Uint8Array()]],
        ];
        if (path.length > 0) {
          wrong.push(
            ['bit', right, path.map((hash, n) => (n === at ? flipped(hash, seed) : hash))],
            ['hash left out', right, path.filter((_, n) => n !== at)],
            ['hash twice', right, [...path, ...path.slice(-1)]],
            ['short hash', right, path.map((hash, n) => (n === at ? hash.subarray(1) : hash))],
          );
        }
        if (path.length > 1) wrong.push(['order', right, [...path].reverse()]);
        for (const [what, changed, proof] of wrong) {
          if (what === 'any index' && changed.index === index) continue;
          if (verifyInclusion(changed, proof))
            throw new Error(`${what} of ${index} in ${size} goes unnoticed`);
        }
      }
    }
  });

  it('verifies for no other index of the size, and for other sizes only if the path is the same', () => {
    for (const [index, size] of leavesUpTo(16)) {
      const path = definition.path(index, 0, size).map(bytes);
      for (const [another, other] of leavesUpTo(25)) {
        const same = turns(another, other) === turns(index, size);
        if (same && other === size && another !== index) throw new Error('two leaves at one index');
        if (verifyInclusion({ ...statement(index, size), index: another, size: other }, path) !== same) {
          throw new Error(`${index} in ${size} as ${another} in ${other}`);
        }
      }
    }
  });

  it.each([
    [0, 0],
    [1, 1],
    [-1, 1],
    [0.5, 1],
    [0, 1.5],
    [0, Number.NaN],
    [0, 2 ** 53],
  ])('is neither made nor accepted for leaf %p of %p', async (index, size) => {
    await expect(proveInclusion(index, size, reader)).rejects.toMatchObject({ code: 'out-of-range' });
    expect(verifyInclusion({ leafHash: EMPTY_ROOT, index, size, root: EMPTY_ROOT }, [])).toBe(false);
  });

  it('is made from tiles in one call of the reader', async () => {
    const log = new MemoryLog().append(leaves);
    for (let size = 1; size <= MANY; size += 7) {
      for (let index = size % 5; index < size; index += 23) {
        log.calls = 0;
        const path = await proveInclusion(index, size, log.reader(size));
        expect(path.map(hex)).toEqual(definition.path(index, 0, size));
        expect(log.calls).toBe(size === 1 ? 0 : 1);
      }
    }
  });

  it('is made for trees past 32 bits', async () => {
    const same = { readHashes: (nodes: readonly unknown[]) => nodes.map(() => EMPTY_ROOT) };
    const path = await proveInclusion(2 ** 45 + 12_345, 2 ** 50 + 3, same);
    expect(path).toHaveLength(51);
    const found = await proveInclusion(2 ** 53 - 2, 2 ** 53 - 1, same);
    expect(found).toHaveLength(52);
  });
});
