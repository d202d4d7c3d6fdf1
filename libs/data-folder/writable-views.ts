import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { copyDatabase } from '#log/sqlite';

/**
 * The folder of the views. Where it cannot be written: `copy`, a new folder with a copy of the views, because views that are behind the log
 * must be written. Rejects with LogError.
 */
export async function writableViews(data: string, copy: string): Promise<string> {
  const names = ['views.db', 'views-search.db'].filter((name) => existsSync(join(data, name)));
  if (isWritable(data, names)) return data;
  mkdirSync(copy);
  for (const name of names) await copyDatabase(join(data, name), join(copy, name), () => undefined);
  return copy;
}

function isWritable(folder: string, names: readonly string[]): boolean {
  try {
    accessSync(folder, constants.W_OK);
    for (const name of names) closeSync(openSync(join(folder, name), 'r+'));
    return true;
  } catch {
    return false;
  }
}
