import type { Checkpoint } from './checkpoint.js';
import { ExportBlocks } from './export-blocks.js';
import type { LogFault } from './log-faults.js';
import { verifyLog, type Verification } from './verify.js';

export interface ExportToVerify {
  /** The lines without their newlines; undefined for a line that cannot be read. The last line has the checkpoint. */
  readonly lines: AsyncIterable<string | undefined>;
  /** The checkpoint of the last line, its signature verified. */
  readonly checkpoint: Checkpoint;
  /** Checkpoints of the same log that were kept elsewhere, their signatures verified. */
  readonly others?: readonly Checkpoint[];
  readonly onProgress?: (sequence: number) => void;
}

/**
 * Compares an export with its checkpoint, byte for byte: every line is hashed as it is. The leaf hashes in the export count only where
 * their tree has the signed root; then they identify the changed event. `treeDiffers`: their tree has another root, although the events are
 * the signed events. Memory is constant, except for faults. Proven by “an export” in verify-export.spec.ts, for each kind of tampering.
 */
export async function verifyExport({
  lines,
  checkpoint,
  others = [],
  onProgress,
}: ExportToVerify): Promise<Verification> {
  const { size } = checkpoint;
  const blocks = new ExportBlocks(lines, size);
  const checkpoints = [...others, checkpoint].sort((one, other) => one.size - other.size);
  const given = { log: blocks.events(), checkpoints, tree: { size, tiles: blocks } };
  const { faults, treeDiffers, ...counts } = await verifyLog({ ...given, ...(onProgress && { onProgress }) });
  const extra = blocks.extra.map((at): LogFault => ({ kind: 'extra', from: at, to: at }));
  return {
    ...counts,
    faults: [...faults, ...extra].sort((one, other) => one.from - other.from),
    treeDiffers: treeDiffers || !blocks.hasLeaves,
  };
}
