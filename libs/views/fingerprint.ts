import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The code that turns events into rows: the catalogue, the timeline with its corrections, and the views with their tables. */
const SOURCES = ['../../events', '../json', '../time', '../timeline', '.'];
const ROOT = import.meta.dirname;

let fingerprint: string | undefined;

/**
 * Identifies all that a views file depends on besides the log: the very code that makes the file, as it runs. A file with another
 * fingerprint is rebuilt. So a change to an effect, to corrections or to a table needs no new version number; the price is a
 * rebuild after an upgrade that changed none of them.
 */
export function fingerprintNow(): string {
  fingerprint ??= hashOf(SOURCES.flatMap((folder) => codeIn(join(ROOT, folder))));
  return fingerprint;
}

function codeIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d|\.spec)\.[jt]s$/.test(file))
    .map((file) => join(folder, file))
    .sort();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
