import { claim, isDamaged, openSqlite, removeDatabase, type Db, type FileMark } from '#sqlite';
import { AuditError, incomplete, malformed } from '../audit-error.js';
import { EMPTY_FRONTIER, grow, type Frontier, type TileExtension } from '../frontier.js';
import { HASH_BYTES, type Hash } from '../hash.js';
import type { Tile } from '../tile.js';
import { encodeTile, type TileReader } from '../tile-reader.js';

/** "BTre". */
const TREE: FileMark = { application: 0x42547265, format: 0 };

/** A tile is one row, as wide as it has grown; the frontier is the right edge of the tree, its hashes one after another. */
const SCHEMA = `
  CREATE TABLE tiles (
    level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE frontier (only INTEGER PRIMARY KEY CHECK (only = 1), size INTEGER NOT NULL, hashes BLOB NOT NULL) STRICT;
`;

/** The Merkle tree of a log, in a disposable file: it can be rebuilt from the log. */
export interface StoredTree extends TileReader {
  /** The frontier, in one read with its size. */
  frontier(): Frontier;
  /**
   * Appends the leaves that follow the first `from`, in one transaction. Leaves that another process has appended meanwhile
   * are skipped. Returns the new size. Costs O(log n) a leaf, for any size. Throws AuditError `incomplete` where
   * leaves before `from` are missing.
   */
  append(from: number, leaves: readonly Hash[]): number;
  readTiles(tiles: readonly Tile[]): readonly Uint8Array[];
  /** Removes every leaf. */
  clear(): void;
  close(): void;
}

export interface TreeOptions {
  /** Whether to replace a file that is damaged or is not our tree. Do not replace it while another thread may have it open. */
  readonly damaged?: 'replace' | 'refuse';
  /** Milliseconds that the thread may wait for another process (default 5,000). */
  readonly busyTimeout?: number;
}

/**
 * Opens or creates the file. A damaged or foreign file is replaced by an empty tree, or refused where another thread may
 * have it open. Commits are not fsynced: after a crash of the machine the tree is whole, but the last leaves may be missing. Throws the errors of
 * SQLite, and AuditError `malformed` for a database of something else.
 */
export function openTree(
  file: string,
  { damaged = 'replace', busyTimeout = 5_000 }: TreeOptions = {},
): StoredTree {
  try {
    return new TreeFile(opened(file, busyTimeout));
  } catch (error) {
    if (damaged === 'refuse' || !isNoTree(error)) throw error;
    removeDatabase(file);
    return new TreeFile(opened(file, busyTimeout));
  }
}

/** Whether an error of `openTree` says that the file is damaged, or is something else. */
export const isNoTree = (error: unknown): boolean => isDamaged(error) || error instanceof AuditError;

const opened = (file: string, timeout: number): Db =>
  openSqlite(file, { timeout }, (db) => {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    if (claim(db, TREE, () => db.exec(SCHEMA)) !== 'ours') throw malformed(`${file} is not a tree`);
  });

class TreeFile implements StoredTree {
  private readonly edge;
  private readonly setEdge;
  private readonly tile;
  private readonly setTile;

  constructor(private readonly db: Db) {
    this.edge = db.prepare<[], { size: number; hashes: Buffer }>('SELECT size, hashes FROM frontier');
    this.setEdge = db.prepare<[number, Uint8Array]>('INSERT OR REPLACE INTO frontier VALUES (1, ?, ?)');
    this.tile = db
      .prepare<[number, number], Buffer>('SELECT hashes FROM tiles WHERE level = ? AND number = ?')
      .pluck();
    this.setTile = db.prepare<[number, number, Uint8Array]>('INSERT OR REPLACE INTO tiles VALUES (?, ?, ?)');
  }

  frontier(): Frontier {
    const row = this.edge.get();
    return row === undefined ? EMPTY_FRONTIER : { size: row.size, hashes: hashesIn(row.hashes) };
  }

  readTiles(tiles: readonly Tile[]): Uint8Array[] {
    return tiles.map(({ level, index }) => this.tile.get(level, index) ?? new Uint8Array());
  }

  append(from: number, leaves: readonly Hash[]): number {
    return this.db
      .transaction(() => {
        const before = this.frontier();
        if (before.size < from) throw incomplete(`The tree has only ${before.size} leaves, not ${from}`);
        const { frontier, tiles } = grow(before, leaves.slice(before.size - from));
        for (const tile of tiles) this.extend(tile);
        this.setEdge.run(frontier.size, encodeTile(frontier.hashes));
        return frontier.size;
      })
      .immediate();
  }

  clear(): void {
    this.db.transaction(() => this.db.exec('DELETE FROM tiles; DELETE FROM frontier')).immediate();
  }

  close(): void {
    this.db.close();
  }

  private extend({ level, index, from, hashes }: TileExtension): void {
    const before = from === 0 ? new Uint8Array() : (this.tile.get(level, index) ?? new Uint8Array());
    if (before.length !== from * HASH_BYTES) throw incomplete(`Tile ${index} of level ${level} is damaged`);
    this.setTile.run(level, index, Buffer.concat([before, ...hashes]));
  }
}

function hashesIn(hashes: Buffer): Hash[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, at) =>
    hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
