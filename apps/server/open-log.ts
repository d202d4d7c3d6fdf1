import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineOf, LogError, type EventLog } from '#log';
import { openReplicaToRead, openSqliteLog } from '#log/sqlite';
import type { Settings } from './settings.js';

/** In the data folder: what a server has of a log that is kept in a cluster. Disposable. */
export const REPLICA = 'replica.db';

export interface OpenedLog {
  readonly log: EventLog;
  close(): Promise<void>;
}

export interface LogOptions {
  /** Milliseconds since the epoch, for a log that has no clock of its own. */
  readonly now?: () => number;
  /** Told every few seconds how far a start has got that has a lot to read from a cluster. */
  readonly onProgress?: (sequence: number) => void;
  /** Told of what goes wrong with a cluster and is tried again. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Opens the log of the settings, with its files in the data folder. Rejects with LogError. */
export async function openLog(
  data: string,
  { log, logName }: Pick<Settings, 'log' | 'logName'>,
  { now, ...told }: LogOptions = {},
): Promise<EventLog> {
  if (engineOf(log) === 'sqlite') {
    return openSqliteLog(join(data, 'log.db'), now === undefined ? {} : { clock: now });
  }
  const { openKurrentLog } = await import('#log/kurrentdb');
  return openKurrentLog({
    connectionString: log,
    name: logName,
    replica: join(data, REPLICA),
    ...told,
  });
}

/**
 * The log of the settings for reading it whole: of a cluster, all that is there, and nothing that the data folder remembers of it. Rejects
 * with LogError.
 */
export async function openLogAnew(data: string, kept: Pick<Settings, 'log' | 'logName'>): Promise<OpenedLog> {
  if (engineOf(kept.log) === 'sqlite') {
    const log = openSqliteLog(join(data, 'log.db'));
    return { log, close: () => log.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const log = await openLog(folder, kept);
    return { log, close: () => log.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The log of a data folder for reading, also while a server has it open, in this process or another. Throws LogError. */
export function openLogBeside(data: string, log: Settings['log']): EventLog {
  switch (engineOf(log)) {
    case 'sqlite':
      return openSqliteLog(join(data, 'log.db'), { cache: 2 });
    case 'kurrentdb':
      return openReplicaToRead(join(data, REPLICA));
    case undefined:
      throw new LogError('invalid', 'There is no such engine');
  }
}
