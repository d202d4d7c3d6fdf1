import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assertLog, folderOf, keyFolderOf, logOf, type Target } from '../connection.js';
import { Failure } from '../failure.js';
import { startPace, progressOf, type Progress } from '../progress.js';
import { runtime } from '../runtime.js';
import type { Report } from './report.js';
import { namesOf, openTrusted, trusted } from './trusted.js';

/**
 * Compares the log of a data folder, offline, with its kept checkpoints and with a checkpoint that was kept elsewhere. Where a key is given, only the
 * signatures of this key count. Throws Failure where there is no log or no key, or where a checkpoint is not signed by its key.
 */
export async function verifyDataFolder(
  target: Target,
  key: string | undefined,
  kept?: string,
): Promise<Report & { readonly treeDiffers: boolean }> {
  const data = resolve(folderOf(target));
  const keyFolder = resolve(keyFolderOf(target));
  const log = logOf({});
  if (log.log === 'sqlite') assertLog(folderOf(target));
  const { auditKeys, verifyFolder } = await import('#data-folder');
  const pace = startPace();
  let progress: Progress | undefined;
  try {
    const keyFile = join(keyFolder, 'audit.key');
    const own = (): readonly string[] =>
      existsSync(keyFile) ? auditKeys(keyFile, undefined).verifierKeys : [];
    const known = key === undefined ? undefined : trusted(key, []);
    const others =
      kept === undefined
        ? []
        : [openTrusted('the kept checkpoint', kept, known ?? trusted(undefined, own()))];
    const { checkpoints, ...verification } = await verifyFolder(
      runtime,
      data,
      (total) => (progress = progressOf(total)),
      (sequence) => progress?.update(sequence, pace(sequence, 'events')),
      { keyFolder, log, others, ...(known && { verifiers: known.verifiers }) },
    );
    const by = known && namesOf(known);
    return { verification, checkpoints, treeDiffers: verification.treeDiffers, ...(by && { by }) };
  } catch (error) {
    if (error instanceof Error && /^Audit(Key)?Error$/.test(error.name)) {
      throw new Failure(error.message, { cause: error });
    }
    throw error;
  } finally {
    progress?.stop();
  }
}
