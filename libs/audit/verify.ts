import type { Checkpoint } from './checkpoint.js';
import { LogComparison, type StoredLeaves } from './log-comparison.js';
import type { FoundFaults, LogLine } from './log-faults.js';

export interface Verification extends FoundFaults {
  /** Events read. */
  readonly events: number;
}

export interface ToVerify {
  /** Rising sequences, from the first. */
  readonly log: AsyncIterable<LogLine>;
  /** Verified signatures, sizes rising. */
  readonly checkpoints: readonly Checkpoint[];
  /** The stored tree, which identifies the differing events. It counts only where a checkpoint has its root. */
  readonly tree?: StoredLeaves;
  readonly onProgress?: (sequence: number) => void;
}

/**
 * Hashes the whole log and compares it with the checkpoints, and every event with its stored leaf where there is one (`LogComparison`). Memory is
 * constant, except for faults. Proven by “tampering” in verify.spec.ts.
 */
export async function verifyLog({ log, checkpoints, tree, onProgress }: ToVerify): Promise<Verification> {
  const comparison = new LogComparison(checkpoints, tree);
  const end = Math.max(checkpoints.at(-1)?.size ?? 0, tree?.size ?? 0);
  let events = 0;
  for await (const line of log) {
    const before = line.sequence - 1;
    while (comparison.size < Math.min(before, end)) await comparison.next();
    if (comparison.size < before) {
      // The gap may have any width. No checkpoint is compared with the root of a log with a gap at its end.
      comparison.missingUpTo(before);
      return { events, ...comparison.result() };
    }
    const reading = comparison.next(line);
    if (reading) await reading;
    events += 1;
    if (events % 1_000 === 0) onProgress?.(line.sequence);
  }
  while (comparison.size < end) await comparison.next();
  return { events, ...comparison.result() };
}
