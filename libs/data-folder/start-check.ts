import {
  AuditError,
  EMPTY_ROOT,
  frontierAt,
  grow,
  rootOf,
  sameHash,
  tileHashReader,
  TILE_WIDTH,
  type Checkpoint,
  type Hash,
} from '#audit';
import { openTree, type StoredTree } from '#audit/sqlite';
import { LogError, type EventLog } from '#log';
import type { Runtime } from '#runtime';
import type { AuditKeyFile } from './audit-keys.js';
import { ACCEPTED, type KeptCheckpoints } from './checkpoints.js';
import { auditLeafOf } from './event-entry.js';
import { SignedCheckpoints } from './signed-checkpoints.js';
import { treeConsumer } from './tree-sink.js';

/** Without a kept checkpoint the signed state is the empty log: the log is compared only with the stored tree. */
const NOTHING_SIGNED = { size: 0, root: EMPTY_ROOT, extensions: [] };
/** Milliseconds that a start waits for another process. */
const BUSY_TIMEOUT_MS = 5_000;

/** The log no longer extends its last signed checkpoint. The message is one line, for the terminal. */
export class LogChangedError extends Error {
  override readonly name = 'LogChangedError';
}

export interface Started {
  /** The size of the last checkpoint. */
  readonly signedSize: number;
  /** Whether the log is not the signed one, and was accepted as it is. */
  readonly accepted: boolean;
}

interface Start {
  /** The file of the tree; the tree is built where there is none. */
  readonly file: string;
  readonly log: EventLog;
  readonly keyFile: AuditKeyFile;
  readonly kept: KeptCheckpoints;
  readonly acceptLog: boolean;
}

/**
 * Checks the log against its last checkpoint (`whyNotExtended`). Throws LogChangedError, unless the log is to be accepted as it is. Where the
 * tree is missing, it is rebuilt, up to the checkpoint: only such a start reads all history.
 */
export async function checkStart(runtime: Runtime, start: Start): Promise<Started> {
  const { file, log, keyFile, kept, acceptLog } = start;
  const tree = openTree(file, { damaged: 'replace', busyTimeout: BUSY_TIMEOUT_MS });
  try {
    const found = await compared(runtime, tree, start);
    if (typeof found === 'number') return { signedSize: found, accepted: false };
    if (!acceptLog) {
      throw new LogChangedError(
        `the log no longer extends its last signed checkpoint: ${found}; if you know why, accept it with --accept-log`,
      );
    }
    tree.clear();
    await treeConsumer(runtime, log, tree).catchUp();
    new SignedCheckpoints(runtime, keyFile, kept, tree, 0).keep(tree.frontier(), [ACCEPTED]);
    return { signedSize: tree.frontier().size, accepted: true };
  } finally {
    tree.close();
  }
}

/** The size of the last checkpoint; or why the log does not extend it. */
async function compared(
  runtime: Runtime,
  tree: StoredTree,
  { log, kept, keyFile }: Start,
): Promise<number | string> {
  try {
    const last = kept.last() ?? { ...NOTHING_SIGNED, origin: keyFile.keys().origin };
    const { sequence } = await log.head();
    if (sequence < last.size) return `it ends at @${sequence}, but the checkpoint is at @${last.size}`;
    await growTo(runtime, tree, log, last.size);
    return (await comparedOrRebuilt(runtime, tree, log, last)) ?? last.size;
  } catch (error) {
    if (error instanceof AuditError) return `${kept.file}: ${error.message}`;
    if (error instanceof LogError && error.code === 'corrupt') return error.message;
    throw error;
  }
}

/** A tree that cannot be read is rebuilt: the check is about the log. */
async function comparedOrRebuilt(
  runtime: Runtime,
  tree: StoredTree,
  log: EventLog,
  last: Checkpoint,
): Promise<string | undefined> {
  try {
    return await whyNotExtended(last, tree, log);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    tree.clear();
    await growTo(runtime, tree, log, last.size);
    return whyNotExtended(last, tree, log);
  }
}

async function growTo(runtime: Runtime, tree: StoredTree, log: EventLog, size: number): Promise<void> {
  if (tree.frontier().size < size) await treeConsumer(runtime, boundTo(log, size), tree).catchUp();
}

/** The first events of a log, up to a size. */
function boundTo(log: EventLog, size: number): Pick<EventLog, 'read' | 'head' | 'reached'> {
  return {
    read: ({ after = 0, limit = Infinity } = {}) => log.read({ after, limit: Math.min(limit, size - after) }),
    head: async () => ({ ...(await log.head()), sequence: size }),
    reached: (sequence, options) => log.reached(sequence, options),
  };
}

/**
 * Why the log does not extend its last signed checkpoint; undefined where no fault is found. It reads some hundred events at the end, and all
 * events since the checkpoint, for a log of any length.
 *
 * What it finds: a log that ends before the checkpoint or before its tree (a truncated tail, an older copy restored); changed, swapped or
 * missing events among the last 256 at least; a tree that is not the signed one, also one that was rebuilt after the tail was rewritten. It
 * does not find an earlier change: only `borderline verify` does, because that hashes everything. And no check of ours finds a change of
 * everything in the folder, the key included: against that, give checkpoints to somebody else.
 *
 * The proof is one hash: the stored tree before the last events, extended by the present events of the log, must have the signed root. So the
 * stored hashes need not be trusted.
 */
export async function whyNotExtended(
  { size: signed, root }: Checkpoint,
  tree: StoredTree,
  log: EventLog,
): Promise<string | undefined> {
  const stored = tree.frontier();
  const { sequence: head } = await log.head();
  if (head < signed) return `it ends at @${head}, but the checkpoint is at @${signed}`;
  if (head < stored.size) return `it ends at @${head}, but it was at @${stored.size} before`;
  const begin = Math.max(0, Math.floor(signed / TILE_WIDTH) - 1) * TILE_WIDTH;
  const leaves = await leavesOf(log, begin, stored.size);
  if (typeof leaves === 'string') return leaves;
  const start = await frontierAt(begin, tileHashReader(stored.size, tree));
  const atCheckpoint = grow(start, leaves.slice(0, signed - begin)).frontier;
  if (!sameHash(rootOf(atCheckpoint), root)) {
    return `its first ${signed} events are not the events of the checkpoint`;
  }
  const now = grow(atCheckpoint, leaves.slice(signed - begin)).frontier;
  if (!sameHash(rootOf(now), rootOf(stored))) {
    return `events after @${signed} are not the recorded events`;
  }
  return undefined;
}

/** Hashes of the events after `from`, up to `to`; a text where one is missing or damaged. */
async function leavesOf(log: EventLog, from: number, to: number): Promise<Hash[] | string> {
  const leaves: Hash[] = [];
  if (from === to) return leaves;
  for await (const event of log.read({ after: from, limit: to - from })) {
    const due = from + leaves.length + 1;
    if (event.sequence !== due) return `event @${due} is missing`;
    leaves.push(auditLeafOf(event));
  }
  return leaves.length === to - from ? leaves : `event @${from + leaves.length + 1} is missing`;
}
