import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Does the work while the folder and its files can be read but not written, as on a read-only medium. Root may write anyway, so root does the work as
 * another user.
 */
export async function unwritable(folder: string, work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o700);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o600);
  }
}
