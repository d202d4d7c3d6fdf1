import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '#log';
import { logOf } from '../connection.js';
import { Failure } from '../failure.js';

export interface OpenedLog {
  readonly log: EventLog;
  close(): Promise<void>;
}

/**
 * Opens the log at a place: `sqlite:DIR`, a data folder, or the address of a KurrentDB cluster. `create`: a folder without a log is
 * made one. Throws Failure, LogError.
 */
export async function openPlace(place: string, create: boolean): Promise<OpenedLog> {
  if (place.startsWith('sqlite:')) return openFolder(place.slice('sqlite:'.length), create);
  const { isConnectionString, openKurrentLog } = await import('#log/kurrentdb');
  if (!isConnectionString(place)) {
    throw new Failure(
      `a log is at sqlite:DIR or kurrentdb://HOST:PORT, not at ${JSON.stringify(place.split('@').at(-1))}`,
    );
  }
  const replica = mkdtempSync(join(tmpdir(), 'borderline-copy-'));
  const remove = (): void => rmSync(replica, { recursive: true, force: true });
  try {
    const log = await openKurrentLog({
      connectionString: place,
      name: logOf({}).logName,
      replica: join(replica, 'replica.db'),
    });
    return { log, close: () => log.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function openFolder(folder: string, create: boolean): Promise<OpenedLog> {
  if (folder === '') throw new Failure('sqlite: needs a data folder, such as sqlite:./data');
  const file = join(folder, 'log.db');
  if (!create && !existsSync(file)) throw new Failure(`there is no log in ${folder}`);
  mkdirSync(folder, { recursive: true });
  const { openSqliteLog } = await import('#log/sqlite');
  const log = openSqliteLog(file);
  return { log, close: () => log.close() };
}
