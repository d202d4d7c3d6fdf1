import {
  frontierAt,
  grow,
  rootOf,
  sameHash,
  tileHashReader,
  TILE_WIDTH,
  type Checkpoint,
  type Hash,
} from '#audit';
import type { StoredTree } from '#audit/sqlite';
import type { EventLog } from '#log';
import { auditLeafOf } from './entry.js';

/**
 * Why the log does not extend its last signed checkpoint; undefined where nothing speaks against it. It reads some hundred
 * events at the end, and whatever was recorded since the checkpoint, however long the log is.
 *
 * What it finds: a log that ends before the checkpoint or before its tree (a truncated tail, an older copy restored);
 * changed, swapped or missing events among the last 256 at least; a tree that is not the signed one, also one computed
 * anew after the tail was rewritten. What it does not find, and only `borderline verify` does, as that hashes everything:
 * a change further back. And no check of ours finds what was changed together with everything in the folder, the key
 * included: for that, give checkpoints to somebody else.
 *
 * The proof is one hash: the stored tree up to where the last events begin, grown by what the log has now, must have the
 * root that was signed. So the stored hashes need not be trusted.
 */
export async function whyNotExtended(
  { size: signed, root }: Checkpoint,
  tree: StoredTree,
  log: EventLog,
): Promise<string | undefined> {
  const stored = tree.frontier();
  const { sequence: head } = await log.head();
  if (head < signed) return `it ends at @${head}, the checkpoint was signed at @${signed}`;
  if (head < stored.size) return `it ends at @${head}, and was at @${stored.size} before`;
  const begin = Math.max(0, Math.floor(signed / TILE_WIDTH) - 1) * TILE_WIDTH;
  const leaves = await leavesOf(log, begin, stored.size);
  if (typeof leaves === 'string') return leaves;
  const start = await frontierAt(begin, tileHashReader(stored.size, tree));
  const atCheckpoint = grow(start, leaves.slice(0, signed - begin)).frontier;
  if (!sameHash(rootOf(atCheckpoint), root)) {
    return `its first ${signed} events are not those the checkpoint was signed for`;
  }
  const now = grow(atCheckpoint, leaves.slice(signed - begin)).frontier;
  if (!sameHash(rootOf(now), rootOf(stored))) {
    return `events after @${signed} are not those that were recorded`;
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
