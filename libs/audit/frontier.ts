import { incomplete, malformed } from './audit-error.js';
import { EMPTY_ROOT, foldRight, HASH_BYTES, isHash, nodeHash, type Hash } from './hash.js';
import { readNodes, type HashReader } from './hash-reader.js';
import { assertSize, half, isOdd, nodesOf } from './subtree.js';
import { TILE_HEIGHT, TILE_WIDTH } from './tile.js';

/**
 * The right edge of a tree, which is enough to grow it: the hashes of the complete subtrees of its
 * leaves, the greatest first, one for each 1 in the binary form of its size.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

/** Hashes to append to a stored tile, which has `from` hashes before (0: it is new). */
export interface TileExtension {
  readonly level: number;
  readonly index: number;
  readonly from: number;
  readonly hashes: readonly Hash[];
}

export interface Growth {
  readonly frontier: Frontier;
  /** In the order of their first hash; at most one for each tile. */
  readonly tiles: readonly TileExtension[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/**
 * The frontier of a stored tree, or of the tree at a smaller size, from at most 53 hashes in one call of the reader. Throws AuditError
 * `out-of-range`, `incomplete`. Proven by “can be read from the stored tiles” in frontier.spec.ts.
 */
export async function frontierAt(size: number, reader: HashReader): Promise<Frontier> {
  assertSize(size);
  return { size, hashes: await readNodes(nodesOf({ from: 0, to: size }), reader) };
}

/** MTH of RFC 9162 §2.1.1. Proven by “has the root of RFC 9162 at every size” in frontier.spec.ts. */
export function rootOf(frontier: Frontier): Hash {
  return frontier.size === 0 ? EMPTY_ROOT : foldRight(frontier.hashes);
}

/** The root of a stored tree, or of the tree at a smaller size. Throws as `frontierAt`. */
export async function rootAt(size: number, reader: HashReader): Promise<Hash> {
  return rootOf(await frontierAt(size, reader));
}

/**
 * Appends leaves: returns the new frontier, and the hashes to store. A leaf costs log2(size) hashes at most and less than one
 * on average; it reads nothing. It returns only the hashes that tiles store, of levels 0, 8, 16…; a tile gives the others.
 * The result does not depend on how the leaves are split into calls.
 *
 * Throws AuditError `incomplete` where the hashes do not fit the size of the frontier, `malformed` where a leaf hash is not 32 bytes long,
 * `out-of-range` past 2^53 - 1 leaves. Proven by “is the same however the leaves are grouped” in frontier.spec.ts.
 */
export function grow(frontier: Frontier, leafHashes: readonly Hash[]): Growth {
  assertFrontier(frontier);
  assertSize(frontier.size + leafHashes.length);
  if (!leafHashes.every(isHash)) throw malformed(`A leaf hash has ${HASH_BYTES} bytes`);
  const hashes = [...frontier.hashes];
  const tiles = new Map<string, TileExtension & { readonly hashes: Hash[] }>();
  const store = (level: number, index: number, hash: Hash): void => {
    const tile = { level, index: Math.floor(index / TILE_WIDTH), from: index % TILE_WIDTH, hashes: [hash] };
    const key = `${tile.level}/${tile.index}`;
    const begun = tiles.get(key);
    if (begun === undefined) tiles.set(key, tile);
    else begun.hashes.push(hash);
  };
  leafHashes.forEach((leaf, at) => {
    let hash = leaf;
    let index = frontier.size + at;
    store(0, index, hash);
    for (let level = 1; isOdd(index); level += 1) {
      const left = hashes.pop();
      if (left === undefined) throw incomplete('The frontier has too few hashes');
      hash = nodeHash(left, hash);
      index = half(index);
      if (level % TILE_HEIGHT === 0) store(level / TILE_HEIGHT, index, hash);
    }
    hashes.push(hash);
  });
  return { frontier: { size: frontier.size + leafHashes.length, hashes }, tiles: [...tiles.values()] };
}

function assertFrontier({ size, hashes }: Frontier): void {
  assertSize(size);
  const wanted = nodesOf({ from: 0, to: size }).length;
  if (hashes.length !== wanted || !hashes.every(isHash)) {
    throw incomplete(`The frontier of ${size} leaves has ${wanted} hashes, not ${hashes.length}`);
  }
}
