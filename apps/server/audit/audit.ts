import { join } from 'node:path';
import {
  AuditError,
  EMPTY_ROOT,
  formatCheckpoint,
  frontierAt,
  proveConsistency,
  proveInclusion,
  rootAt,
  rootOf,
  signNote,
  tileHashReader,
  type Checkpoint,
  type EntryBundle,
  type Frontier,
  type Hash,
  type Tile,
} from '#audit';
import { openTree, type StoredTree } from '#audit/sqlite';
import { LogError, type EventLog } from '#log';
import type { Settings } from '../../settings.js';
import { ACCEPTED, AuditKeyFile, ensureAuditKey, type AuditKeys, KeptCheckpoints } from '#data-folder';
import { auditEntryOf } from './entry.js';
import { GrowingTree } from './growing-tree.js';
import { whyNotExtended } from './start-check.js';

/** A checkpoint is kept after so many events, or after so long, whichever comes first; and at the end. */
const KEEP_EVENTS = 10_000;
const KEEP_MS = 60_000;

/** Where no checkpoint is kept, what was signed is the log before its first event: it is held to the stored tree alone. */
const NOTHING_SIGNED = { size: 0, root: EMPTY_ROOT, extensions: [] };

export interface AuditOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where `audit.key` is, if not in the data folder. */
  readonly keyFolder?: string | undefined;
  /** The name of the log; that of its key where absent. */
  readonly origin?: string | undefined;
  /** Take the log as it is, and sign that. */
  readonly acceptLog?: boolean | undefined;
  /** Where the log is kept, for the tree to grow in a thread of its own; absent: it grows in this one. */
  readonly thread?: Settings['log'];
  /** The thread of the tree crashed, and is started again after so many milliseconds. */
  readonly onCrash?: (error: unknown, again: number) => void;
  /** The tree can follow no more, or a checkpoint could not be kept. */
  readonly onFailure: (error: unknown) => void;
}

/** The log no longer extends its last signed checkpoint. The message is one line, for the terminal. */
export class LogChangedError extends Error {
  override readonly name = 'LogChangedError';
}

/**
 * The transparency log of a data folder: `audit.key`, `audit.checkpoints`, and the tree in `audit.db`, which can be deleted.
 * Every checkpoint that is given out is kept first.
 */
export class Audit {
  private readonly growing: GrowingTree;
  private taken = false;
  private checked = false;
  private keptSize: number;
  private signed: { readonly size: number; readonly by: AuditKeys; readonly note: string } | undefined;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly keyFile: AuditKeyFile,
    private readonly kept: KeptCheckpoints,
    private readonly tree: StoredTree,
    private readonly log: EventLog,
    private readonly options: AuditOptions,
  ) {
    this.growing = new GrowingTree(log, tree, (size) => this.keepInTime(size));
    this.keptSize = tree.frontier().size;
  }

  /**
   * Checks the log against its last checkpoint (`whyNotExtended`), then follows it. Throws LogChangedError, AuditKeyError.
   * Where `audit.db` is gone, it is built anew first, as far as the checkpoint goes: the one start that reads all history.
   */
  static async open(data: string, log: EventLog, options: AuditOptions): Promise<Audit> {
    const key = join(options.keyFolder ?? data, 'audit.key');
    await ensureAuditKey(key, options.origin);
    const keyFile = new AuditKeyFile(key, options.origin);
    const kept = new KeptCheckpoints(join(data, 'audit.checkpoints'), keyFile.keys());
    const tree = openTree(join(data, 'audit.db'));
    const audit = new Audit(keyFile, kept, tree, log, options);
    try {
      const reason = await audit.whyRefused();
      if (reason !== undefined && options.acceptLog !== true) {
        throw new LogChangedError(
          `the log no longer extends its last signed checkpoint: ${reason}; if you know why, --accept-log takes it as it is`,
        );
      }
      if (reason !== undefined) await audit.accept();
      audit.checked = true;
    } catch (error) {
      tree.close();
      throw error;
    }
    const { thread, onCrash = options.onFailure, onFailure } = options;
    audit.growing.follow({ ...(thread && { followed: { data, log: thread } }), onCrash, onFailure });
    return audit;
  }

  /** Whether the log is not the one that was signed, and was taken as it is. */
  get accepted(): boolean {
    return this.taken;
  }

  /** As they are now: a rotation counts at once. */
  get keys(): AuditKeys {
    return this.keyFile.keys();
  }

  /** The signed checkpoint of the tree as it is now: a note. */
  checkpoint(): string {
    return this.checkpointOf(this.tree.frontier());
  }

  /**
   * The signed checkpoint of the tree as it was at a size: for the same keys, always the same note. What is kept is the tree of now,
   * which binds all that it was before. Throws AuditError `out-of-range`.
   */
  async checkpointAt(size: number): Promise<string> {
    const now = this.tree.frontier();
    if (size === now.size) return this.checkpointOf(now);
    if (size > this.keptSize) this.keep(now);
    return this.sign(await frontierAt(size, tileHashReader(now.size, this.tree)));
  }

  /** Whether the tree follows the log; where it does not, somebody was told why. */
  get follows(): boolean {
    return this.growing.follows;
  }

  get size(): number {
    return this.tree.frontier().size;
  }

  /** Whether the tree has all that the log has now, at the latest after `timeout` milliseconds. */
  async caughtUp(timeout: number): Promise<boolean> {
    return this.growing.reached((await this.log.head()).sequence, timeout);
  }

  /** Throws AuditError `out-of-range`. */
  proveInclusion(index: number, size: number): Promise<Hash[]> {
    return proveInclusion(index, size, tileHashReader(this.size, this.tree));
  }

  /** Throws AuditError `out-of-range`. */
  proveConsistency(from: number, to: number): Promise<Hash[]> {
    return proveConsistency(from, to, tileHashReader(this.size, this.tree));
  }

  /** The root of the tree when it had so many leaves. Throws AuditError `out-of-range`. */
  rootAt(size: number): Promise<Hash> {
    return rootAt(size, tileHashReader(this.size, this.tree));
  }

  /** The hash of a leaf, as the tree has it. Throws AuditError `out-of-range`. */
  async leaf(index: number): Promise<Hash> {
    const [hash] = await tileHashReader(this.size, this.tree).readHashes([{ level: 0, index }]);
    if (hash === undefined) throw new AuditError('incomplete', `There is no leaf ${index}`);
    return hash;
  }

  /** The hashes of a tile that the tree has; undefined where it has fewer. */
  tile(tile: Tile): Uint8Array | undefined {
    const [hashes] = this.tree.readTiles([tile]);
    const wanted = tile.width * 32;
    return hashes === undefined || hashes.length < wanted ? undefined : hashes.subarray(0, wanted);
  }

  /** The entries of a bundle, from the log; undefined where the tree has fewer. */
  async entries({ index, width }: EntryBundle): Promise<Uint8Array[] | undefined> {
    const after = index * 256;
    if (after + width > this.size) return undefined;
    const entries: Uint8Array[] = [];
    for await (const event of this.log.read({ after, limit: width })) entries.push(auditEntryOf(event));
    return entries;
  }

  /** Takes in what the log still has, for a few seconds at most, and keeps the last checkpoint. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.growing.stop(5_000);
    clearTimeout(this.timer);
    const frontier = this.tree.frontier();
    if (frontier.size !== this.keptSize) this.keep(frontier);
    this.tree.close();
  }

  private checkpointOf(frontier: Frontier): string {
    if (this.signed?.size !== frontier.size || this.signed.by !== this.keys) this.keep(frontier);
    return this.signed?.note ?? '';
  }

  private async whyRefused(): Promise<string | undefined> {
    try {
      const last = this.kept.last() ?? { ...NOTHING_SIGNED, origin: this.keys.origin };
      const { sequence } = await this.log.head();
      if (sequence < last.size) {
        return `it ends at @${sequence}, the checkpoint was signed at @${last.size}`;
      }
      await this.growing.catchUp(last.size);
      this.keptSize = last.size;
      return await this.compare(last);
    } catch (error) {
      if (error instanceof AuditError) return `${this.kept.file}: ${error.message}`;
      if (error instanceof LogError && error.code === 'corrupt') return error.message;
      throw error;
    }
  }

  /** A tree that cannot be read is built anew: it is the log that is checked. */
  private async compare(last: Checkpoint): Promise<string | undefined> {
    try {
      return await whyNotExtended(last, this.tree, this.log);
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      this.tree.clear();
      await this.growing.catchUp(last.size);
      return whyNotExtended(last, this.tree, this.log);
    }
  }

  private async accept(): Promise<void> {
    this.tree.clear();
    await this.growing.catchUp((await this.log.head()).sequence);
    this.keep(this.tree.frontier(), [ACCEPTED]);
    this.signed = undefined;
    this.taken = true;
  }

  private keep(frontier: Frontier, extensions: readonly string[] = []): void {
    const by = this.keys;
    const note = this.sign(frontier, extensions);
    this.kept.keep(note, this.options.now());
    this.signed = { size: frontier.size, by, note };
    this.keptSize = frontier.size;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private sign(frontier: Frontier, extensions: readonly string[] = []): string {
    const { origin, signers } = this.keys;
    const text = formatCheckpoint({ origin, size: frontier.size, root: rootOf(frontier), extensions });
    return signNote(text, signers);
  }

  private keepInTime(size: number): void {
    if (!this.checked) return;
    if (size - this.keptSize >= KEEP_EVENTS) this.keepOrTell();
    else this.timer ??= setTimeout(() => this.keepOrTell(), KEEP_MS).unref();
  }

  private keepOrTell(): void {
    try {
      this.keep(this.tree.frontier());
    } catch (error) {
      this.timer = undefined;
      this.options.onFailure(error);
    }
  }
}
