import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AuditError,
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  frontierAt,
  grow,
  leafHash,
  rootAt,
  rootOf,
} from './index.js';
import { Definition, hex, leafOf, MemoryLog } from './spec-support.js';

const MANY = 700;
const leaves = Array.from({ length: MANY }, (_, n) => leafOf(n));
const hashes = leaves.map(leafHash);
const definition = new Definition(leaves);

const batches = fc.array(fc.nat(90), { maxLength: 12 });

describe('a growing tree', () => {
  it('has the root of RFC 9162 at every size', () => {
    let frontier = EMPTY_FRONTIER;
    expect(hex(rootOf(frontier))).toBe(hex(EMPTY_ROOT));
    hashes.forEach((hash, at) => {
      frontier = grow(frontier, [hash]).frontier;
      expect(frontier.size).toBe(at + 1);
      expect(hex(rootOf(frontier))).toBe(definition.root(at + 1));
    });
  });

  it('is the same however the leaves are grouped', () => {
    fc.assert(
      fc.property(batches, (sizes) => {
        const total = Math.min(
          sizes.reduce((sum, size) => sum + size, 0),
          MANY,
        );
        const together = new MemoryLog().append(leaves.slice(0, total));
        const piecemeal = new MemoryLog();
        for (const size of sizes) {
          const from = piecemeal.frontier.size;
          piecemeal.append(leaves.slice(from, Math.min(from + size, total)));
        }
        expect(piecemeal.frontier.hashes.map(hex)).toEqual(together.frontier.hashes.map(hex));
        expect([...piecemeal.tiles].map(([key, tile]) => [key, tile.map(hex)]).sort()).toEqual(
          [...together.tiles].map(([key, tile]) => [key, tile.map(hex)]).sort(),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('does not change the frontier that it grew from', () => {
    const before = grow(EMPTY_FRONTIER, hashes.slice(0, 7)).frontier;
    const root = hex(rootOf(before));
    grow(before, hashes.slice(7, 9));
    expect([before.size, before.hashes.length, hex(rootOf(before))]).toEqual([7, 3, root]);
  });

  it('can be read from the stored tiles, at every size that the tree had', async () => {
    const log = new MemoryLog().append(leaves);
    let grown = EMPTY_FRONTIER;
    for (let size = 0; size <= MANY; size += size < 520 && size % 256 > 3 && size % 256 < 250 ? 31 : 1) {
      const found = await frontierAt(size, log.reader(size));
      grown = grow(grown, hashes.slice(grown.size, size)).frontier;
      expect(found.hashes.map(hex)).toEqual(grown.hashes.map(hex));
      expect(hex(await rootAt(size, log.reader()))).toBe(definition.root(size));
    }
  });

  it('grows from the stored tiles as if it had never stopped', async () => {
    const log = new MemoryLog().append(leaves.slice(0, 300));
    log.frontier = await frontierAt(300, log.reader());
    log.append(leaves.slice(300));
    expect(hex(rootOf(log.frontier))).toBe(definition.root(MANY));
    expect(hex(await rootAt(MANY, log.reader()))).toBe(definition.root(MANY));
  });

  it('returns each hash of a tile once: leaves, and the roots of full tiles', () => {
    const { tiles } = grow(grow(EMPTY_FRONTIER, hashes.slice(0, 250)).frontier, hashes.slice(250, 520));
    expect(tiles.map(({ level, index, from, hashes: row }) => [level, index, from, row.length])).toEqual([
      [0, 0, 250, 6],
      [1, 0, 0, 2],
      [0, 1, 0, 256],
      [0, 2, 0, 8],
    ]);
    expect(tiles[1]?.hashes.map(hex)).toEqual([definition.mth(0, 256), definition.mth(256, 512)]);
  });

  it('grows past 32 bits', () => {
    const size = 2 ** 40 - 1;
    const frontier = { size, hashes: Array.from({ length: 40 }, () => EMPTY_ROOT) };
    const grown = grow(frontier, [EMPTY_ROOT, EMPTY_ROOT]);
    expect(grown.frontier.size).toBe(2 ** 40 + 1);
    expect(grown.frontier.hashes).toHaveLength(2);
    expect(grown.tiles.map(({ level, index, from }) => [level, index, from])).toEqual([
      [0, 2 ** 32 - 1, 255],
      [1, 2 ** 24 - 1, 255],
      [2, 2 ** 16 - 1, 255],
      [3, 255, 255],
      [4, 0, 255],
      [5, 0, 0],
      [0, 2 ** 32, 0],
    ]);
  });

  it.each([
    ['a hash too few', () => grow({ size: 3, hashes: hashes.slice(0, 1) }, [])],
    ['a hash too many', () => grow({ size: 4, hashes: hashes.slice(0, 2) }, [])],
    ['a negative size', () => grow({ size: -1, hashes: [] }, [])],
    ['a leaf hash that is not a hash', () => grow(EMPTY_FRONTIER, [leafOf(1)])],
    ['more leaves than can be counted', () => grow({ size: Number.MAX_SAFE_INTEGER, hashes: [] }, hashes)],
  ])('refuses %s', (_, growing) => {
    expect(growing).toThrow(AuditError);
  });

  it('throws where the reader returns other hashes than it was asked for', async () => {
    const short = { readHashes: () => [EMPTY_ROOT] };
    const thin = { readHashes: () => [EMPTY_ROOT, EMPTY_ROOT.subarray(1)] };
    for (const reader of [short, thin]) {
      await expect(frontierAt(3, reader)).rejects.toMatchObject({ code: 'incomplete' });
    }
    await expect(frontierAt(1.5, short)).rejects.toMatchObject({ code: 'out-of-range' });
  });
});
