import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runtime } from '#runtime';
import { engineOf, LogError, type EventLog } from '#log';
import { openReplicaToRead } from '#log/replica';
import { openSqliteLog, type LogInFile, type SqliteLogOptions } from '#log/sqlite';

/** The file of a server's replica of a log in a cluster. Disposable. */
export const REPLICA = 'replica.db';

/** The log of a data folder. */
export interface LogAddress {
  /** `sqlite`: in the data folder; otherwise the address of a KurrentDB cluster, which may hold a password. */
  readonly log: string;
  /** The name of the log in a cluster. */
  readonly logName: string;
}

export interface OpenedLog {
  readonly log: EventLog;
  close(): Promise<void>;
}

export interface LogOptions {
  /** Called every few seconds with the progress of a start that reads many events from a cluster. */
  readonly onProgress?: (sequence: number) => void;
  /** As in the options of `openSqliteLog`. */
  readonly onMigration?: SqliteLogOptions['onMigration'];
  /** Milliseconds to wait for a cluster that does not answer, where there is no replica yet; 8,000 where absent. */
  readonly startTimeout?: number;
  /** Whether to discard the replica of a log in a cluster, and read the log from there again. */
  readonly discardReplica?: boolean;
  /** Called once for each outage of a cluster; the log retries by itself. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Opens the log, with its files in the data folder. Rejects with LogError. */
export async function openLog(
  runtime: Runtime,
  data: string,
  { log, logName }: LogAddress,
  { onMigration, ...options }: LogOptions = {},
): Promise<EventLog> {
  if (engineOf(log) === 'sqlite') {
    return openSqliteLog(runtime, join(data, 'log.db'), { ...(onMigration && { onMigration }) });
  }
  const { openKurrentLog } = await import('#log/kurrentdb');
  return openKurrentLog({
    connectionString: log,
    name: logName,
    replica: join(data, REPLICA),
    runtime,
    ...options,
  });
}

/**
 * Opens the log at its source: reads a log in a cluster from the cluster, not from the replica in the data folder. Rejects with LogError.
 */
export async function openSourceLog(
  runtime: Runtime,
  data: string,
  address: LogAddress,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<OpenedLog> {
  if (engineOf(address.log) === 'sqlite') {
    const log = openSqliteLog(runtime, join(data, 'log.db'), { readOnly });
    return { log, close: () => log.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const log = await openLog(runtime, folder, address);
    return { log, close: () => log.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The server notifies its threads of new events; a thread also polls, for the case that a notice is lost. */
const BESIDE = { busy: 10, idle: 500 };

/** The log of a data folder for reading, also while a server has it open, in this process or another. Throws LogError. */
export function openLogBeside(runtime: Runtime, data: string, log: LogAddress['log']): LogInFile {
  switch (engineOf(log)) {
    case 'sqlite':
      return openSqliteLog(runtime, join(data, 'log.db'), { cache: 2, readOnly: true, poll: BESIDE });
    case 'kurrentdb':
      return openReplicaToRead(runtime, join(data, REPLICA));
    case undefined:
      throw new LogError('invalid', 'There is no such engine');
  }
}
