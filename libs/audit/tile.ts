import { malformed, outOfRange } from './audit-error.js';
import { assertSize } from './subtree.js';

/** Levels of the tree that one level of tiles spans. */
export const TILE_HEIGHT = 8;

/** Hashes, or entries, in a full tile. */
export const TILE_WIDTH = 256;

/** C2SP tlog-tiles: `<L>` is between 0 and 63. */
export const MAX_TILE_LEVEL = 63;

/**
 * C2SP tlog-tiles: the `index`-th run of 256 hashes, from 0, of tree level 8 * level; `width` of them where it is partial.
 * On the wire the hashes follow each other: 32 * width bytes.
 */
export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256. */
  readonly width: number;
}

/** The entries under a tile of level 0 (`encodeBundle`). */
export interface EntryBundle {
  readonly level: 'entries';
  readonly index: number;
  /** 1 to 256. */
  readonly width: number;
}

/**
 * The width of the tile in a tree of `size` leaves: floor(size / 256^level) minus the hashes of the tiles before it, at most
 * 256; 0 where the tree has no such tile. For an entry bundle the level is `entries`.
 * Throws AuditError `out-of-range`. Proven by “a tree of 70,000 leaves” in tile.spec.ts.
 */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  assertSize(size);
  assertTile({ level, index, width: 1 });
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.min(Math.max(hashes - index * TILE_WIDTH, 0), TILE_WIDTH);
}

/**
 * The path below the log's prefix: `tile/<L>/<N>` or `tile/entries/<N>`, then `.p/<W>` where it is partial. N is split into
 * groups of three digits, all but the last with an `x` before them: 1234067 is `x001/x234/067`.
 * Throws AuditError `out-of-range`. Proven by “paths” in tile.spec.ts.
 */
export function tilePath(tile: Tile | EntryBundle): string {
  assertTile(tile);
  const digits = String(tile.index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`;
  return `tile/${tile.level}/${padded.replace(/\d{3}(?=\d)/g, 'x$&/')}${partial}`;
}

/** The inverse of `tilePath`. Throws AuditError `malformed` for every text that `tilePath` does not write. */
export function parseTilePath(path: string): Tile | EntryBundle {
  const [, level, index, width] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || index === undefined) throw malformed('Not the path of a tile');
  const parts = {
    index: Number(index.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const tile: Tile | EntryBundle =
    level === 'entries' ? { level, ...parts } : { level: Number(level), ...parts };
  if (!isTile(tile) || tilePath(tile) !== path) throw malformed('Not the path of a tile');
  return tile;
}

function isTile({ level, index, width }: Tile | EntryBundle): boolean {
  return (
    (level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= MAX_TILE_LEVEL)) &&
    Number.isSafeInteger(index) &&
    index >= 0 &&
    Number.isInteger(width) &&
    width >= 1 &&
    width <= TILE_WIDTH
  );
}

function assertTile(tile: Tile | EntryBundle): void {
  if (!isTile(tile))
    throw outOfRange(
      `There is no tile with level ${tile.level}, index ${tile.index} and width ${tile.width}`,
    );
}
