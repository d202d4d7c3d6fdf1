import { join } from 'node:path';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import type { Settings } from './settings.js';

/**
 * Opens the log of a data folder with the engine of the setting. A folder's log may be opened several times, also by threads
 * of one process. Throws LogError.
 */
export function openLog(data: string, engine: Settings['log'], now?: () => number): EventLog {
  switch (engine) {
    case 'sqlite':
      return openSqliteLog(join(data, 'log.db'), now === undefined ? {} : { clock: now });
  }
}
