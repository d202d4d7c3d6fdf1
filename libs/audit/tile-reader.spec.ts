import { describe, expect, it } from '@jest/globals';
import { encodeTile, tileHashReader, type Hash, type Tile, type TreeNode } from './index.js';
import { Definition, flipped, hex, leafOf, MemoryLog } from './spec-support.js';

const MANY = 530;
const leaves = Array.from({ length: MANY }, (_, n) => leafOf(n));
const definition = new Definition(leaves);
const log = new MemoryLog().append(leaves);

function nodesUpTo(size: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let level = 0; 2 ** level <= size; level += 1) {
    for (let index = 0; (index + 1) * 2 ** level <= size; index += 1) nodes.push({ level, index });
  }
  return nodes;
}

const expected = ({ level, index }: TreeNode): string =>
  definition.mth(index * 2 ** level, (index + 1) * 2 ** level);

describe('tiles give the hashes that were stored', () => {
  it.each([1, 2, 3, 100, 255, 256, 257, 511, 512, 513, MANY])(
    'in a tree of %i leaves, each and all',
    async (size) => {
      const nodes = nodesUpTo(size);
      expect((await log.reader(size).readHashes(nodes)).map(hex)).toEqual(nodes.map(expected));
      for (const node of nodes.filter((_, at) => at % 29 === 0)) {
        expect((await log.reader(size).readHashes([node])).map(hex)).toEqual([expected(node)]);
      }
    },
  );

  it('asks for each tile once, as wide as the tree has it', async () => {
    const asked: Tile[][] = [];
    const reader = tileHashReader(300, {
      readTiles: (tiles) => {
        asked.push([...tiles]);
        return tiles.map(({ width }) => new Uint8Array(32 * width));
      },
    });
    await reader.readHashes(nodesUpTo(300));
    expect(asked).toEqual([
      [
        { level: 0, index: 0, width: 256 },
        { level: 0, index: 1, width: 44 },
        { level: 1, index: 0, width: 1 },
      ],
    ]);
  });

  it('from a wider tile where the narrow one is not kept', async () => {
    const full = encodeTile(log.tiles.get('0/0') as Hash[]);
    const reader = tileHashReader(100, { readTiles: () => [full] });
    const nodes = nodesUpTo(100);
    expect((await reader.readHashes(nodes)).map(hex)).toEqual(nodes.map(expected));
  });

  it.each([
    { level: 0, index: 300 },
    { level: 2, index: 75 },
    { level: 8, index: 1 },
    { level: 9, index: 0 },
    { level: 60, index: 0 },
    { level: 0, index: -1 },
    { level: -1, index: 0 },
    { level: 0.5, index: 0 },
    { level: 0, index: 2 ** 53 },
  ])('refuses a node that a tree of 300 leaves does not have: %p', async (node) => {
    await expect(log.reader(300).readHashes([node])).rejects.toMatchObject({ code: 'out-of-range' });
  });

  it.each([
    ['none', []],
    ['one too short', [new Uint8Array(32 * 9)]],
    ['one with a part of a hash', [new Uint8Array(32 * 10 + 1)]],
    ['one too many', [new Uint8Array(320), new Uint8Array(320)]],
  ])('says so where the tile is %s', async (_, tiles) => {
    const reader = tileHashReader(10, { readTiles: () => tiles });
    await expect(reader.readHashes([{ level: 1, index: 0 }])).rejects.toMatchObject({ code: 'incomplete' });
  });

  it('gives other hashes where a bit of a tile is changed, so that a signed root shows the change', async () => {
    const tile = log.tiles.get('0/0') as Hash[];
    const changed = encodeTile(tile.map((hash, at) => (at === 5 ? flipped(hash, 11) : hash)));
    const [hash] = await tileHashReader(256, { readTiles: () => [changed] }).readHashes([
      { level: 3, index: 0 },
    ]);
    expect(hex(hash as Hash)).not.toBe(expected({ level: 3, index: 0 }));
  });

  it('rethrows the error of the store', async () => {
    const reader = tileHashReader(10, { readTiles: () => Promise.reject(new Error('disk')) });
    await expect(reader.readHashes([{ level: 0, index: 0 }])).rejects.toThrow('disk');
  });
});
