import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { engineOf } from '#log';
import type { OpenedLog } from '#data-folder';
import { logOf } from '../connection.js';
import { Failure } from '../failure.js';

/** Where a log is: `sqlite:DIR`, a data folder, or the address of a KurrentDB cluster, and its name there. */
export interface LogPlace {
  readonly place: string;
  readonly name: string | undefined;
}

/** Opens the log at a place. `create`: a folder without a log is made one. Throws Failure, LogError. */
export async function openPlace({ place, name }: LogPlace, create: boolean): Promise<OpenedLog> {
  const folder = folderOf(place);
  if (folder === undefined && engineOf(place) !== 'kurrentdb') {
    throw new Failure(
      `give a log as sqlite:DIR or kurrentdb://HOST:PORT, not as ${JSON.stringify(place.split('@').at(-1))}`,
    );
  }
  if (folder === '') throw new Failure('sqlite: needs a data folder, such as sqlite:./data');
  if (folder !== undefined) {
    if (!create && !existsSync(join(folder, 'log.db'))) throw new Failure(`there is no log in ${folder}`);
    mkdirSync(folder, { recursive: true });
  }
  const { openLogAnew } = await import('#data-folder');
  const { logName } = logOf(name === undefined ? {} : { logName: name });
  const address = { log: folder === undefined ? place : 'sqlite', logName };
  return openLogAnew(folder ?? '', address, { readOnly: !create });
}

function folderOf(place: string): string | undefined {
  return place.startsWith('sqlite:') ? place.slice('sqlite:'.length) : undefined;
}
