import { createHash } from 'node:crypto';
import { grow, EMPTY_FRONTIER } from './frontier.js';
import { leafHash, type Hash } from './hash.js';
import type { HashReader } from './hash-reader.js';
import { encodeTile, tileHashReader } from './tile-reader.js';
import type { Tile } from './tile.js';

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');
export const leafOf = (n: number): Uint8Array => Buffer.from(`leaf ${n}`);

/** The greatest power of two smaller than n. */
const splitPoint = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** The definitions of RFC 9162 §2.1 word for word, without any code of the library: D[n], MTH, PATH and PROOF. */
export class Definition {
  private readonly known = new Map<string, string>();

  constructor(private readonly leaves: readonly Uint8Array[]) {}

  root(size: number): string {
    return size === 0 ? sha256(Buffer.alloc(0)) : this.mth(0, size);
  }

  path(m: number, from: number, to: number): string[] {
    if (to - from === 1) return [];
    const k = splitPoint(to - from);
    return m < k
      ? [...this.path(m, from, from + k), this.mth(from + k, to)]
      : [...this.path(m - k, from + k, to), this.mth(from, from + k)];
  }

  proof(m: number, from: number, to: number, whole = true): string[] {
    const n = to - from;
    if (m === n) return whole ? [] : [this.mth(from, to)];
    const k = splitPoint(n);
    return m <= k
      ? [...this.proof(m, from, from + k, whole), this.mth(from + k, to)]
      : [...this.proof(m - k, from + k, to, false), this.mth(from, from + k)];
  }

  mth(from: number, to: number): string {
    const key = `${from}:${to}`;
    const found = this.known.get(key) ?? this.compute(from, to);
    this.known.set(key, found);
    return found;
  }

  private compute(from: number, to: number): string {
    const leaf = this.leaves[from];
    if (to - from === 1 && leaf !== undefined) return sha256(Buffer.concat([Buffer.of(0), leaf]));
    const split = from + splitPoint(to - from);
    const children = Buffer.from(this.mth(from, split) + this.mth(split, to), 'hex');
    return sha256(Buffer.concat([Buffer.of(1), children]));
  }
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A log in memory that stores only the tiles that `grow` returns. */
export class MemoryLog {
  frontier = EMPTY_FRONTIER;
  readonly tiles = new Map<string, Hash[]>();
  calls = 0;

  append(entries: readonly Uint8Array[]): this {
    const growth = grow(this.frontier, entries.map(leafHash));
    for (const { level, index, from, hashes } of growth.tiles) {
      const key = `${level}/${index}`;
      const tile = this.tiles.get(key) ?? [];
      if (tile.length !== from) throw new Error(`tile ${key} has ${tile.length} hashes, not ${from}`);
      this.tiles.set(key, [...tile, ...hashes]);
    }
    this.frontier = growth.frontier;
    return this;
  }

  /** Reads the tree as it was with `size` leaves, from tiles exactly as wide as they were at that size. */
  reader(size = this.frontier.size): HashReader {
    return tileHashReader(size, {
      readTiles: (tiles: readonly Tile[]) => {
        this.calls += 1;
        return tiles.map(({ level, index, width }) =>
          encodeTile((this.tiles.get(`${level}/${index}`) ?? []).slice(0, width)),
        );
      },
    });
  }
}

/** A reader that looks up each node by itself, for exhaustive runs. */
export function tableReader(definition: Definition): HashReader {
  return {
    readHashes: (nodes) =>
      nodes.map(({ level, index }) => bytes(definition.mth(index * 2 ** level, (index + 1) * 2 ** level))),
  };
}

/** The hash with one of its 256 bits changed. */
export function flipped(hash: Hash, bit: number): Hash {
  const at = (bit * 37) % 256;
  return Uint8Array.from(hash, (byte, n) => (n === Math.floor(at / 8) ? byte ^ (1 << (at % 8)) : byte));
}
