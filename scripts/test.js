/** `npm test` runs every spec, in a fresh clone too. Arguments are passed on to Jest. */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { devNull } from 'node:os';
import { built, inPackage, installed, run } from './ready.js';

installed();
built();

/** The folder whose files are in memory (Linux). */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 * 2 ** 30;

/** Megabytes for new objects, in each worker too. With V8's 16, laws take a quarter more processor time. */
const MEMORY_FOR_NEW = '--max-semi-space-size=64';

/** A folder in memory for the temporary files of the specs. On a disk, their many small databases would wait at each commit. */
function folderInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ENOUGH_BYTES) return undefined;
    const folder = mkdtempSync(`${MEMORY}/borderline-specs-`);
    // Some specs read their files as a user who is not root.
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return undefined;
  }
}

const folder = process.env.TMPDIR === undefined ? folderInMemory() : undefined;
// Ctrl-C ends Jest; this process then removes the folder.
process.on('SIGINT', () => undefined);
try {
  process.exitCode = run(
    process.execPath,
    [MEMORY_FOR_NEW, inPackage('jest/bin/jest.js'), ...process.argv.slice(2)],
    {
      env: {
        ...process.env,
        // Without these two settings each client of KurrentDB reads all certificates of the system, which takes 12 ms.
        SSL_CERT_FILE: devNull,
        SSL_CERT_DIR: devNull,
        ...(folder && { TMPDIR: folder }),
      },
    },
  );
} finally {
  if (folder) rmSync(folder, { recursive: true, force: true });
}
