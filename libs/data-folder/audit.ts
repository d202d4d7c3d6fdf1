import { join } from 'node:path';
import {
  AuditError,
  proveConsistency,
  proveInclusion,
  rootAt,
  tileHashReader,
  type EntryBundle,
  type Hash,
  type Tile,
} from '#audit';
import { openTree, type StoredTree } from '#audit/sqlite';
import type { ConsumerStatus, EventLog, RunningConsumer } from '#log';
import type { Runtime, WaitOptions } from '#runtime';
import { AuditKeyFile, ensureAuditKey } from './audit-keys.js';
import { KeptCheckpoints } from './checkpoints.js';
import { auditEntryOf } from './event-entry.js';
import { SignedCheckpoints } from './signed-checkpoints.js';
import { checkStart } from './start-check.js';
import { running, treeConsumer } from './tree-sink.js';

/** Milliseconds that a stop may spend on events that the tree lacks. */
const FINISH_MS = 5_000;
/** The number of entries that take a few milliseconds to read and write out. */
const ENTRIES_AT_A_TIME = 64;

/** Lets the tree of a file grow. `stop(finish)` first adds the events of the log, for `finish` milliseconds at most. */
export interface TreeWriter extends RunningConsumer {
  stop(finish?: number): Promise<void>;
}

export interface AuditOptions {
  /** Where `audit.key` is, if not in the data folder. */
  readonly keyFolder?: string | undefined;
  /** The name of the log; the name of its key where absent. */
  readonly origin?: string | undefined;
  /** Accept the log as it is, and sign it. */
  readonly acceptLog?: boolean | undefined;
  /** Starts a thread in which the tree grows; absent: it grows in this thread. */
  readonly writer?: (file: string, size: number, onStatus: (status: ConsumerStatus) => void) => TreeWriter;
  readonly onStatus?: (status: ConsumerStatus) => void;
}

/**
 * The transparency log of a data folder: `audit.key`, `audit.checkpoints`, and the tree in `audit.db`, which can be deleted.
 */
export class Audit {
  private constructor(
    private readonly tree: StoredTree,
    private readonly log: EventLog,
    private readonly writer: TreeWriter,
    readonly checkpoints: SignedCheckpoints,
    /** Whether the log is not the signed one, and was accepted as it is. */
    readonly accepted: boolean,
  ) {}

  /**
   * Checks the log against its last checkpoint (`checkStart`), then lets the tree grow with it. Throws LogChangedError, AuditKeyError.
   */
  static async open(
    runtime: Runtime,
    data: string,
    log: EventLog,
    options: AuditOptions = {},
  ): Promise<Audit> {
    const key = join(options.keyFolder ?? data, 'audit.key');
    await ensureAuditKey(key, options.origin);
    const keyFile = new AuditKeyFile(key, options.origin);
    const kept = new KeptCheckpoints(join(data, 'audit.checkpoints'), keyFile.keys());
    const file = join(data, 'audit.db');
    const { acceptLog = false } = options;
    const { signedSize, accepted } = await checkStart(runtime, { file, log, keyFile, kept, acceptLog });
    const tree = openTree(file, { damaged: 'refuse', busyTimeout: 0 });
    const checkpoints = new SignedCheckpoints(runtime, keyFile, kept, tree, signedSize);
    const onStatus = (status: ConsumerStatus): void => {
      checkpoints.grown(status.sequence);
      options.onStatus?.(status);
    };
    const begin = options.writer ?? growHere(runtime, log, tree);
    return new Audit(tree, log, begin(file, tree.frontier().size, onStatus), checkpoints, accepted);
  }

  /** The status of the tree, or of the failure to keep checkpoints. */
  get status(): ConsumerStatus {
    const { status } = this.writer;
    const keeping = this.checkpoints.status;
    if (status.state === 'retrying' || keeping.state !== 'retrying') return status;
    return { ...status, ...keeping, reason: `no checkpoint can be kept: ${keeping.reason}` };
  }

  get size(): number {
    return this.tree.frontier().size;
  }

  /** Waits until the tree has all present events of the log; false where it does not in time. */
  async caughtUp(options: WaitOptions): Promise<boolean> {
    const { sequence } = await this.log.head();
    if (this.writer.gate.value < sequence) this.writer.wake();
    return this.writer.gate.reached(sequence, options);
  }

  /** Throws AuditError `out-of-range`. */
  proveInclusion(index: number, size: number): Promise<Hash[]> {
    return proveInclusion(index, size, tileHashReader(this.size, this.tree));
  }

  /** Throws AuditError `out-of-range`. */
  proveConsistency(from: number, to: number): Promise<Hash[]> {
    return proveConsistency(from, to, tileHashReader(this.size, this.tree));
  }

  /** The root of the tree when it had `size` leaves. Throws AuditError `out-of-range`. */
  rootAt(size: number): Promise<Hash> {
    return rootAt(size, tileHashReader(this.size, this.tree));
  }

  /** The hash of a leaf in the tree. Throws AuditError `out-of-range`. */
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

  /** The entries of a bundle, from the log, in turns with other work; undefined where the tree has fewer. Rejects with the signal's reason. */
  async entries({ index, width }: EntryBundle, signal?: AbortSignal): Promise<Uint8Array[] | undefined> {
    const first = index * 256;
    if (first + width > this.size) return undefined;
    const entries: Uint8Array[] = [];
    const task = async (): Promise<void> => {
      const [after, limit] = [first + entries.length, Math.min(ENTRIES_AT_A_TIME, width - entries.length)];
      // Does not use the pages that readers share, because a proof is about the events on the disk now.
      for await (const event of this.log.read({ after, limit })) entries.push(auditEntryOf(event));
    };
    while (entries.length < width) await this.log.turns.run(task, { lane: 'answers', signal });
    return entries;
  }

  /** Adds the remaining events of the log, for a few seconds at most, and keeps the last checkpoint. */
  async close(): Promise<void> {
    const head = await this.log.head().catch(() => ({ sequence: 0 }));
    // This starts the thread, if no work has needed it so far.
    if (this.writer.gate.value < head.sequence) this.writer.wake();
    await this.writer.stop(FINISH_MS);
    try {
      this.checkpoints.close();
    } finally {
      this.tree.close();
    }
  }
}

/** The tree grows in this thread. */
function growHere(runtime: Runtime, log: EventLog, tree: StoredTree): NonNullable<AuditOptions['writer']> {
  return (_file, _size, onStatus) => {
    const consumer = treeConsumer(runtime, log, tree, onStatus);
    return running(consumer, async (finish = 0) => {
      const head = await log.head().catch(() => ({ sequence: 0 }));
      consumer.wake();
      if (finish > 0) await consumer.gate.reached(head.sequence, { timeout: finish });
      await consumer.stop();
    });
  };
}
