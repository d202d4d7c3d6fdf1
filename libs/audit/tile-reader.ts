import { incomplete, outOfRange } from './audit-error.js';
import { HASH_BYTES, nodeHash, type Hash } from './hash.js';
import type { HashReader } from './hash-reader.js';
import { assertSize, isSize, type TreeNode } from './subtree.js';
import { TILE_HEIGHT, TILE_WIDTH, tileWidth, type Tile } from './tile.js';

/**
 * The storage of tiles. Returns the bytes of each, in the order asked, or throws. A wider tile may stand for a
 * partial one, whose beginning it has: a store need not keep the narrow ones.
 */
export interface TileReader {
  readTiles(tiles: readonly Tile[]): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
}

/**
 * Reads the hashes of a tree of `size` leaves from its tiles. Each tile is asked for once in a call; hashes between the
 * tiles' levels are computed, at most 127 hashings each.
 *
 * The tiles are taken at their word. What is made of them is proven only by checking it against a signed root.
 * Throws AuditError `out-of-range` for a node that such a tree does not have, `incomplete` where a tile is too short.
 * Proven by “tiles give the hashes that were stored” in tile-reader.spec.ts.
 */
export function tileHashReader(size: number, tiles: TileReader): HashReader {
  assertSize(size);
  return {
    async readHashes(nodes) {
      const places = nodes.map((node) => placeOf(node, size));
      const wanted = new Map(places.map(({ tile }) => [keyOf(tile), tile]));
      const bytes = await tiles.readTiles([...wanted.values()]);
      if (bytes.length !== wanted.size) {
        throw incomplete(`Asked for ${wanted.size} tiles, the reader gave ${bytes.length}`);
      }
      const found = new Map([...wanted.keys()].map((key, at) => [key, bytes[at]]));
      return places.map((place) => hashIn(place, found.get(keyOf(place.tile))));
    },
  };
}

/** The hashes of a tile, as its bytes on the wire. */
export function encodeTile(hashes: readonly Hash[]): Uint8Array {
  return Buffer.concat(hashes);
}

/** Of the tile's hashes, the `count` from `first` on have the node above them. */
interface Place {
  readonly tile: Tile;
  readonly first: number;
  readonly count: number;
}

const keyOf = ({ level, index }: Tile): string => `${level}/${index}`;

function placeOf(node: TreeNode, size: number): Place {
  if (!isSize(node.level) || !isSize(node.index)) {
    throw outOfRange(`No node: index ${node.index}, level ${node.level}`);
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

function hashIn({ tile, first, count }: Place, bytes: Uint8Array | undefined): Hash {
  if (bytes === undefined || bytes.length < tile.width * HASH_BYTES || bytes.length % HASH_BYTES !== 0) {
    throw incomplete(`Tile ${tile.index} of level ${tile.level} should be ${tile.width} hashes wide`);
  }
  return subtreeHash(bytes, first, count);
}

/** Of `count` hashes from `first` on, a power of two of them. */
function subtreeHash(bytes: Uint8Array, first: number, count: number): Hash {
  if (count === 1) return bytes.subarray(first * HASH_BYTES, (first + 1) * HASH_BYTES);
  const half = count / 2;
  return nodeHash(subtreeHash(bytes, first, half), subtreeHash(bytes, first + half, half));
}
