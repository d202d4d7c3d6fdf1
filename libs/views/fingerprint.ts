import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The code that turns events into rows: the catalogue, the timeline with its corrections, and the views with their tables and the memory of their writer. */
const SOURCES = ['../../events', '../json', '../time', '../timeline', '../sqlite', '.'];
const ROOT = import.meta.dirname;

let fingerprint: string | undefined;

/**
 * Identifies the code that makes a views file, as it runs: besides the log, the content of the file depends only on this code. A file with another
 * fingerprint is rebuilt. So a change of an effect, of corrections or of a table needs no new version number. The price: an upgrade may cause a
 * rebuild although it changes none of these.
 */
export function fingerprintNow(): string {
  fingerprint ??= hashOfFiles(SOURCES.flatMap((folder) => codeIn(join(ROOT, folder))));
  return fingerprint;
}

function codeIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d|\.spec)\.[jt]s$/.test(file))
    .map((file) => join(folder, file))
    .sort();
}

function hashOfFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
