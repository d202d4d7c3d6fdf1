import { incomplete, outOfRange } from './audit-error.js';
import { HASH_BYTES, rootOver, type Hash } from './hash.js';
import type { HashReader } from './hash-reader.js';
import { assertSize, isSize, type TreeNode } from './subtree.js';
import { TILE_HEIGHT, TILE_WIDTH, tileWidth, type Tile } from './tile.js';

/**
 * The storage of tiles. Returns the bytes of each tile, in the order of the tiles, or throws. It may return a wider tile for a partial one,
 * because the wider tile begins with it: so a store needs no narrow tiles.
 */
export interface TileReader {
  readTiles(tiles: readonly Tile[]): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
}

/**
 * Reads the hashes of a tree of `size` leaves from its tiles. Each tile is requested once in a call; hashes between the
 * tiles' levels are computed, at most 127 hashings each.
 *
 * It does not check the tiles. Only a comparison with a signed root proves its results.
 * Throws AuditError `out-of-range` for a node that such a tree does not have, `incomplete` where a tile is too short.
 * Proven by “tiles give the hashes that were stored” in tile-reader.spec.ts.
 */
export function tileHashReader(size: number, tiles: TileReader): HashReader {
  assertSize(size);
  return {
    async readHashes(nodes) {
      const needed = nodes.map((node) => hashesOf(node, size));
      const wanted = new Map(needed.map(({ tile }) => [keyOf(tile), tile]));
      const bytes = await tiles.readTiles([...wanted.values()]);
      if (bytes.length !== wanted.size) {
        throw incomplete(`The reader returned ${bytes.length} tiles, not ${wanted.size}`);
      }
      const found = new Map([...wanted.keys()].map((key, at) => [key, bytes[at]]));
      return needed.map((hashes) => hashIn(hashes, found.get(keyOf(hashes.tile))));
    },
  };
}

/** The hashes of a tile, from its bytes. */
export function encodeTile(hashes: readonly Hash[]): Uint8Array {
  return Buffer.concat(hashes);
}

/** The hashes of a tile that make up a node: `count` of them, from `first` on. */
interface TileHashes {
  readonly tile: Tile;
  readonly first: number;
  readonly count: number;
}

const keyOf = ({ level, index }: Tile): string => `${level}/${index}`;

function hashesOf(node: TreeNode, size: number): TileHashes {
  if (!isSize(node.level) || !isSize(node.index)) {
    throw outOfRange(`There is no node with index ${node.index} at level ${node.level}`);
  }
  const level = Math.floor(node.level / TILE_HEIGHT);
  const count = 2 ** (node.level % TILE_HEIGHT);
  const start = node.index * count;
  const index = Math.floor(start / TILE_WIDTH);
  const width = tileWidth(level, index, size);
  const first = start % TILE_WIDTH;
  if (first + count > width) {
    throw outOfRange(`A tree of ${size} leaves has no node ${node.index} at level ${node.level}`);
  }
  return { tile: { level, index, width }, first, count };
}

function hashIn({ tile, first, count }: TileHashes, bytes: Uint8Array | undefined): Hash {
  if (bytes === undefined || bytes.length < tile.width * HASH_BYTES || bytes.length % HASH_BYTES !== 0) {
    throw incomplete(`Tile ${tile.index} of level ${tile.level} must have ${tile.width} hashes`);
  }
  return rootOver(bytes.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES));
}
