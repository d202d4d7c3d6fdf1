import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Chance } from '../support/chance.js';

/** The SQLite files of a data folder. */
export const FILES = ['log.db', 'views.db', 'views-search.db', 'audit.db', 'webhooks.db'] as const;
export type File = (typeof FILES)[number];
const VIEWS = ['views.db', 'views-search.db'] as const;
const ENDINGS = ['', '-wal', '-shm'];

type Db = Database.Database;

/** Bytes of the header of a write-ahead log, and of the header of each frame (SQLite's file format, §4.1 and §4.2). */
const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** An open connection of a process to a file. After a crash of the process or of the machine, every later use of its files throws. */
interface Handle {
  readonly db: Db;
  readonly process: string;
  readonly file: string;
}

export interface Crash {
  readonly kind: 'process' | 'power';
  /** The process whose write causes the crash. */
  readonly process: string;
  /** The number of writes before the crash. */
  after: number;
}

/**
 * One data folder on a disk with faults, for real SQLite files. Each process opens the folder through a link of its own, so the path shows which
 * process uses a file. The prototypes of better-sqlite3 are patched until `release`.
 */
export class Disk {
  /** The current data folder. */
  private data: string;
  private images = 0;
  private readonly handles = new Map<Db, Handle>();
  private readonly lockers = new Map<File, Db>();
  /** Files that cannot grow, and, by file, the share of statements that fail. */
  private readonly full = new Set<File>();
  private readonly failing = new Map<File, number>();
  private readonly snapshots: string[] = [];
  crash: Crash | undefined;
  /** The processes that have crashed in a write, until `bury` removes them. */
  readonly crashed = new Set<string>();
  /** Whether the power is off; `powerOn` ends this state. */
  dark = false;

  constructor(
    readonly root: string,
    private readonly chance: Chance,
  ) {
    this.data = join(root, 'data-0');
    mkdirSync(this.data, { recursive: true });
    patch((db, sql) => this.touched(db, sql));
  }

  /** The path of the data folder for one process. */
  folderFor(process: string): string {
    const link = join(this.root, process);
    rmSync(link, { force: true });
    symlinkSync(this.data, link);
    return link;
  }

  /** The current path of a file, for reading. */
  pathOf(file: File): string {
    return join(this.data, file);
  }

  /** From now on the file cannot grow. */
  fill(file: File): void {
    this.full.add(file);
    for (const handle of this.open) if (handle.file === file) this.limit(handle);
  }

  /** Another process holds the write lock of the file. */
  lock(file: File): boolean {
    const path = join(this.data, file);
    if (this.lockers.has(file) || !existsSync(path)) return false;
    const db = new Database(path, { timeout: 0 });
    try {
      db.exec('BEGIN IMMEDIATE');
      this.lockers.set(file, db);
      return true;
    } catch {
      db.close();
      return false;
    }
  }

  /** From now on this share of the statements on the file fails. */
  fail(file: File, share: number): void {
    this.failing.set(file, share);
  }

  /** Whether one of the files has a fault. */
  isAiling(...files: readonly File[]): boolean {
    return files.some((file) => this.full.has(file) || this.lockers.has(file) || this.failing.has(file));
  }

  /** Whether every write to the file fails, because another process has its lock. */
  isLocked(file: File): boolean {
    return this.lockers.has(file) && !this.failing.has(file);
  }

  get ails(): boolean {
    return this.isAiling(...FILES);
  }

  /** Ends all faults. */
  heal(): void {
    const filled = [...this.full];
    this.full.clear();
    this.failing.clear();
    for (const db of this.lockers.values()) {
      db.exec('ROLLBACK');
      db.close();
    }
    this.lockers.clear();
    for (const handle of this.open) {
      if (filled.some((file) => file === handle.file)) raw.pragma(handle.db, 'max_page_count = 4294967294');
    }
  }

  private get open(): Handle[] {
    return [...this.handles.values()].filter(({ db }) => db.open);
  }

  /** Keeps a copy of the current views. */
  snapshot(): void {
    const to = join(this.root, `snapshot-${this.snapshots.length}`);
    mkdirSync(to);
    for (const file of VIEWS) copy(this.data, to, file, ENDINGS.slice(0, 2));
    this.snapshots.push(to);
  }

  /**
   * Leaves the disposable files as they are, replaces the views by an earlier copy, or removes the views, the search or the tree. No process may have
   * the folder open.
   */
  takeBackDisposable(): string {
    const how = this.chance.weighed({ kept: 4, older: 3, views: 1, search: 1, tree: 1 });
    const remove = (...files: readonly File[]): void => {
      for (const file of files)
        for (const end of ENDINGS) rmSync(join(this.data, file + end), { force: true });
    };
    if (how === 'views') remove(...VIEWS);
    if (how === 'search') remove('views-search.db');
    if (how === 'tree') remove('audit.db');
    if (how === 'older' && this.snapshots.length > 0) {
      const from = this.chance.of(this.snapshots);
      for (const file of VIEWS) {
        if (this.chance.is(0.2)) continue;
        remove(file);
        copy(from, this.data, file, ENDINGS.slice(0, 2));
      }
    }
    return how;
  }

  /** The process ends without finishing anything. */
  bury(process: string): void {
    this.crashed.delete(process);
    if (this.crash?.process === process) this.crash = undefined;
    for (const handle of [...this.handles.values()]) if (handle.process === process) this.drop(handle);
  }

  /** The power fails now: of the writes that are not synced, some or none remain. */
  powerOff(torn?: { readonly from: number; readonly to: number }): void {
    const from = this.data;
    this.images += 1;
    this.data = join(this.root, `data-${this.images}`);
    cpSync(from, this.data, { recursive: true, filter: (path) => !path.endsWith('-shm') });
    this.tear(from, torn);
    this.dark = true;
  }

  /** The power is back. No process may have a file open. */
  powerOn(): void {
    this.dark = false;
    this.crash = undefined;
    this.crashed.clear();
    this.heal();
  }

  release(): void {
    for (const handle of [...this.handles.values()]) this.drop(handle);
    this.heal();
    unpatch();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs before each statement. Throws where the statement fails. */
  private touched(db: Db, sql: string): void {
    const handle = this.handles.get(db) ?? this.registered(db);
    if (handle === undefined) return;
    if (this.dark || this.crashed.has(handle.process)) throw ioError();
    const { crash } = this;
    if (crash?.process === handle.process && isWrite(sql) && (crash.after -= 1) < 0)
      this.strike(crash, handle, sql);
    // A rollback does not need the disk: SQLite ends the transaction in any case.
    if (/^\s*ROLLBACK$/i.test(sql)) return;
    const share = this.failing.get(handle.file as File) ?? 0;
    if (share > 0 && this.chance.is(share)) {
      // After such an error SQLite may have rolled back the transaction (sqlite.org/lang_transaction.html).
      if (db.inTransaction && this.chance.is(0.3)) raw.exec(db, 'ROLLBACK');
      throw ioError();
    }
  }

  private strike(crash: Crash, handle: Handle, sql: string): never {
    this.crash = undefined;
    if (crash.kind === 'power') {
      const isCommit = handle.file === 'log.db' && /^\s*COMMIT/i.test(sql);
      const before = this.syncedEnd();
      // All pages of the last commit, or some of them, may have reached the disk.
      if (isCommit) raw.exec(handle.db, 'COMMIT');
      this.powerOff(isCommit ? { from: before, to: this.syncedEnd() } : undefined);
    }
    this.crashed.add(handle.process);
    throw ioError();
  }

  /** The end of the committed part of the write-ahead log of `log.db`, in bytes. */
  private syncedEnd(folder = this.data): number {
    const index = join(folder, 'log.db-shm');
    const wal = join(folder, 'log.db-wal');
    if (!existsSync(index) || !existsSync(wal) || statSync(wal).size < WAL_HEADER) return 0;
    // The header of the index has mxFrame at byte 16, in the byte order of the machine (§2.3.1 of the WAL-mode file format).
    const frames = readFileSync(index).readUInt32LE(16);
    const page = readFileSync(wal).readUInt32BE(8);
    return WAL_HEADER + frames * (page + FRAME_HEADER);
  }

  /** The bytes after the last acknowledged commit may be missing, incomplete, or partly overwritten. */
  private tear(from: string, torn?: { readonly from: number; readonly to: number }): void {
    const wal = join(this.data, 'log.db-wal');
    if (!existsSync(wal)) return;
    const { size } = statSync(wal);
    const least = torn?.from ?? this.syncedEnd(from);
    const most = Math.max(least, Math.min(size, torn?.to ?? size));
    if (least > size || least === 0) return;
    const cut = this.chance.whole(least, most);
    if (torn === undefined || cut < torn.to) truncateSync(wal, cut);
    if (torn === undefined && this.chance.is(0.3)) {
      const rubbish = Buffer.from(
        Array.from({ length: this.chance.whole(1, 5_000) }, () => this.chance.whole(0, 255)),
      );
      writeFileSync(wal, rubbish, { flag: 'a' });
    }
  }

  private registered(db: Db): Handle | undefined {
    const folder = dirname(db.name);
    if (dirname(folder) !== this.root || !/^p\d+$/.test(basename(folder))) return undefined;
    const handle = { db, process: basename(folder), file: basename(db.name) };
    this.handles.set(db, handle);
    // SQLite would block this thread, and the holder of the lock runs in the same thread.
    raw.pragma(db, 'busy_timeout = 0');
    this.limit(handle);
    return handle;
  }

  private limit({ db, file }: Handle): void {
    if (!this.full.has(file as File)) return;
    raw.pragma(db, `max_page_count = ${String(raw.pragma(db, 'page_count', { simple: true }))}`);
  }

  private drop({ db }: Handle): void {
    this.handles.delete(db);
    if (!db.open) return;
    try {
      if (db.inTransaction) raw.exec(db, 'ROLLBACK');
    } finally {
      raw.close(db);
    }
  }
}

const isWrite = (sql: string): boolean => !/^\s*(SELECT|PRAGMA|WITH|SAVEPOINT|RELEASE)/i.test(sql);

function ioError(): Error {
  return new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');
}

function copy(from: string, to: string, file: string, endings: readonly string[]): void {
  for (const end of endings) {
    if (existsSync(join(from, file + end))) cpSync(join(from, file + end), join(to, file + end));
  }
}

/* eslint-disable @typescript-eslint/unbound-method -- they are called with the database */
const { exec, pragma, close } = Database.prototype;
/* eslint-enable @typescript-eslint/unbound-method */

/** The unpatched driver, for the simulator itself: its calls never fail. A pragma is a statement too, and statements are patched. */
const raw = {
  exec: (db: Db, sql: string) => exec.call(db, sql),
  pragma: (db: Db, sql: string, options?: Database.PragmaOptions) =>
    untouched(() => pragma.call(db, sql, options)),
  close: (db: Db) => close.call(db),
};
let isUntouched = false;

function untouched<T>(work: () => T): T {
  isUntouched = true;
  try {
    return work();
  } finally {
    isUntouched = false;
  }
}

type Method = (this: { readonly source: string; readonly database: Db }, ...given: unknown[]) => unknown;
const METHODS = ['run', 'get', 'all', 'iterate'] as const;
let unpatch = (): void => undefined;

/** The prototype of statements belongs to the addon, which all specs of a process share: for this reason it is restored. */
function patch(touched: (db: Db, sql: string) => void): void {
  unpatch();
  const memory = new Database(':memory:');
  const statements = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Record<string, Method>;
  memory.close();
  const kept = METHODS.map((name) => [name, statements[name]!] as const);
  for (const [name, method] of kept) {
    statements[name] = function (...given) {
      if (!isUntouched) touched(this.database, this.source);
      return method.apply(this, given);
    };
  }
  Database.prototype.exec = function (this: Db, sql: string) {
    touched(this, sql);
    return raw.exec(this, sql);
  };
  Database.prototype.pragma = function (this: Db, sql: string, options?: Database.PragmaOptions) {
    touched(this, `PRAGMA ${sql}`);
    // In the simulation a crash is a copy of files: nothing has to reach a real disk.
    return raw.pragma(this, sql.replace(/synchronous = \w+/i, 'synchronous = OFF'), options);
  };
  unpatch = () => {
    for (const [name, method] of kept) statements[name] = method;
    Object.assign(Database.prototype, { exec, pragma });
  };
}
