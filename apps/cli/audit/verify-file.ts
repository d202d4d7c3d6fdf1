import { verifyExport, type Checkpoint } from '#audit';
import { Failure } from '../failure.js';
import { startPace, progressOf } from '../progress.js';
import { linesOf, checkpointIn } from './export-file.js';
import type { Report } from './report.js';
import { isSigner, namesOf, openTrusted, trusted, type Trusted } from './trusted.js';

export interface FileReport extends Report {
  readonly checkpoint: Checkpoint;
  readonly trusted: Trusted;
}

/**
 * Compares an export, offline, with its checkpoint and with a checkpoint that was kept elsewhere. Throws Failure where the file cannot be read or
 * does not end with a checkpoint, or where no trusted key signed one of the checkpoints.
 */
export async function verifyFile(file: string, key: string | undefined, kept?: string): Promise<FileReport> {
  const signed = await checkpointIn(file);
  const known = trusted(key, signed.keys);
  const checkpoint = openTrusted(`the checkpoint in ${file}`, signed.note, known);
  const others = kept === undefined ? [] : [openTrusted('the kept checkpoint', kept, known)];
  for (const { size } of others) {
    if (size <= checkpoint.size) continue;
    throw new Failure(
      `the kept checkpoint is at @${size}, but ${file} ends at @${checkpoint.size}: give an export of at least @${size}`,
    );
  }
  const progress = progressOf(checkpoint.size);
  const pace = startPace();
  const onProgress = (sequence: number): void => progress.update(sequence, pace(sequence, 'events'));
  try {
    const verification = await verifyExport({ lines: linesOf(file), checkpoint, others, onProgress });
    const more = [
      ...(verification.treeDiffers
        ? ['the hashes in the file are not the hashes of its events; only the events count']
        : []),
      ...(signed.keys.every((own) => isSigner(own, signed.note))
        ? []
        : ['the keys in the file are not the keys that signed its checkpoint']),
    ];
    return {
      verification,
      checkpoints: 1 + others.length,
      by: namesOf(known),
      more,
      checkpoint,
      trusted: known,
    };
  } finally {
    progress.stop();
  }
}
