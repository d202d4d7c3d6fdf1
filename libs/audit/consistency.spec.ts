import { describe, expect, it } from '@jest/globals';
import {
  EMPTY_ROOT,
  proveConsistency,
  verifyConsistency,
  type ConsistencyStatement,
  type Hash,
} from './index.js';
import { bytes, Definition, flipped, hex, leafOf, MemoryLog, tableReader } from './spec-support.js';
import { CONSISTENCY_PROOFS, LEAVES, ROOTS } from './rfc6962-vectors.js';

const MANY = 300;
const leaves = Array.from({ length: MANY }, (_, n) => leafOf(n));
const definition = new Definition(leaves);
const reader = tableReader(definition);

const statement = (from: number, to: number): ConsistencyStatement => ({
  from,
  fromRoot: bytes(definition.root(from)),
  to,
  toRoot: bytes(definition.root(to)),
});

/** How the verifier uses each hash: `b` for both roots, `n` for the new root only; `.` where it knows the first hash already. */
function turns(m: number, n: number, whole = true): string {
  if (m === n) return whole ? '.' : '';
  const k = 2 ** Math.ceil(Math.log2(n) - 1);
  return m <= k ? `${turns(m, k, whole)}n` : `${turns(m - k, n - k, false)}b`;
}

/** All pairs with 0 < from < to <= greatest. */
const pairs = (greatest: number): [number, number][] =>
  Array.from({ length: greatest - 1 }, (_, n) => n + 2).flatMap((to) =>
    Array.from({ length: to - 1 }, (_, n): [number, number] => [n + 1, to]),
  );

describe('a consistency proof', () => {
  it.each(CONSISTENCY_PROOFS)('is the known one from $from to $to', async ({ from, to, path }) => {
    const log = new MemoryLog().append(LEAVES.map(bytes));
    expect((await proveConsistency(from, to, log.reader(to))).map(hex)).toEqual(path);
    const known = { from, fromRoot: bytes(ROOTS[from - 1] ?? ''), to, toRoot: bytes(ROOTS[to - 1] ?? '') };
    expect(verifyConsistency(known, path.map(bytes))).toBe(true);
  });

  it('is the one of RFC 9162, and verifies, for every pair of sizes up to 300', async () => {
    for (let to = 0; to <= MANY; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const path = await proveConsistency(from, to, reader);
        const expected = from === 0 ? [] : definition.proof(from, 0, to);
        if (path.map(hex).join() !== expected.join()) throw new Error(`wrong proof from ${from} to ${to}`);
        if (!verifyConsistency(statement(from, to), path)) throw new Error(`no proof from ${from} to ${to}`);
      }
    }
  });

  it('fails when anything is changed: a bit, a size with its root, the order, the number of hashes', () => {
    let seed = 1;
    for (let to = 2; to <= MANY; to += to < 40 ? 1 : 13) {
      for (let from = 1; from < to; from += 1) {
        seed += 1;
        const right = statement(from, to);
        const path = definition.proof(from, 0, to).map(bytes);
        const at = seed % path.length;
        const wrong: [string, ConsistencyStatement, Hash[]][] = [
          ['old root', { ...right, fromRoot: flipped(right.fromRoot, seed) }, path],
          ['new root', { ...right, toRoot: flipped(right.toRoot, seed) }, path],
          ['roots swapped', { ...right, fromRoot: right.toRoot, toRoot: right.fromRoot }, path],
          ['no hash', right, []],
          ['a hash more', right, [...path, right.toRoot]],
          ['a hash before', right, [right.fromRoot, ...path]],
          ['bit', right, path.map((hash, n) => (n === at ? flipped(hash, seed) : hash))],
          ['hash left out', right, path.filter((_, n) => n !== at)],
          ['short hash', right, path.map((hash, n) => (n === at ? hash.subarray(1) : hash))],
          ['old size', { ...right, from: from + 1 }, path],
          ['older size', { ...right, from: from - 1 }, path],
          ['other old tree', { ...statement((from % to) + 1, to), toRoot: right.toRoot }, path],
          ['other new tree', { ...right, to: to - 1, toRoot: bytes(definition.root(to - 1)) }, path],
          ['backwards', { from: to, fromRoot: right.toRoot, to: from, toRoot: right.fromRoot }, path],
        ];
        if (path.length > 1) wrong.push(['order', right, [...path].reverse()]);
        for (const [what, changed, proof] of wrong) {
          if (verifyConsistency(changed, proof)) throw new Error(`${what}, ${from} to ${to}, goes unnoticed`);
        }
      }
    }
  });

  it('verifies for other sizes with the same roots only if the path is the same', () => {
    for (const [from, to] of pairs(16)) {
      const path = definition.proof(from, 0, to).map(bytes);
      for (const [earlier, later] of pairs(25)) {
        const holds = verifyConsistency({ ...statement(from, to), from: earlier, to: later }, path);
        if (holds !== (turns(earlier, later) === turns(from, to))) {
          throw new Error(`${from} to ${to} as ${earlier} to ${later}`);
        }
      }
    }
  });

  it('finds a changed, a removed, an inserted and a swapped entry', () => {
    const [a, b] = [leaves[10], leaves[11]];
    if (a === undefined || b === undefined) throw new Error('no leaves');
    const rewritten = {
      changed: leaves.map((leaf, n) => (n === 10 ? leafOf(-1) : leaf)),
      removed: leaves.filter((_, n) => n !== 10),
      inserted: [...leaves.slice(0, 10), leafOf(-1), ...leaves.slice(10)],
      swapped: leaves.map((leaf, n) => (n === 10 ? b : n === 11 ? a : leaf)),
    };
    for (const entries of Object.values(rewritten)) {
      const other = new Definition(entries);
      const path = other.proof(200, 0, 290).map(bytes);
      const kept = { ...statement(200, 290), toRoot: bytes(other.root(290)) };
      expect(verifyConsistency(kept, path)).toBe(false);
      expect(verifyConsistency({ ...kept, fromRoot: bytes(other.root(200)) }, path)).toBe(true);
    }
  });

  it('exists from the empty tree to any tree, and from no other tree of size 0', () => {
    const start = { from: 0, fromRoot: EMPTY_ROOT, to: 5, toRoot: bytes(definition.root(5)) };
    expect(verifyConsistency(start, [])).toBe(true);
    expect(verifyConsistency(start, [EMPTY_ROOT])).toBe(false);
    expect(verifyConsistency({ ...start, fromRoot: start.toRoot }, [])).toBe(false);
    expect(verifyConsistency({ ...start, to: 0, toRoot: EMPTY_ROOT }, [])).toBe(true);
    expect(verifyConsistency({ ...start, to: 0 }, [])).toBe(false);
    expect(verifyConsistency({ ...start, to: 0, fromRoot: start.toRoot }, [])).toBe(false);
  });

  it('of a tree with itself is the equality of the roots', () => {
    expect(verifyConsistency(statement(7, 7), [])).toBe(true);
    expect(verifyConsistency({ ...statement(7, 7), toRoot: bytes(definition.root(8)) }, [])).toBe(false);
    expect(verifyConsistency(statement(7, 7), [EMPTY_ROOT])).toBe(false);
  });

  it.each([
    [2, 1],
    [-1, 1],
    [0.5, 1],
    [0, 1.5],
    [0, Number.NaN],
    [0, 2 ** 53],
  ])('is neither made nor accepted from %p to %p', async (from, to) => {
    await expect(proveConsistency(from, to, reader)).rejects.toMatchObject({ code: 'out-of-range' });
    expect(verifyConsistency({ from, fromRoot: EMPTY_ROOT, to, toRoot: EMPTY_ROOT }, [])).toBe(false);
  });

  it('is made from tiles in one call of the reader', async () => {
    const log = new MemoryLog().append(leaves);
    for (let to = 2; to <= MANY; to += 7) {
      for (let from = 1 + (to % 5); from < to; from += 23) {
        log.calls = 0;
        expect((await proveConsistency(from, to, log.reader(to))).map(hex)).toEqual(
          definition.proof(from, 0, to),
        );
        expect(log.calls).toBe(1);
      }
    }
  });
});
