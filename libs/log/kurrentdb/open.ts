import { isLogName, withoutCredentials } from '../engine.js';
import { LogError } from '../errors.js';
import { Replica } from '../sqlite/replica.js';
import { witnessed } from './cluster.js';
import { clientOf } from './connection-string.js';
import { Connection } from './connection.js';
import { asUnavailable } from './failure.js';
import { KurrentLog } from './kurrent-log.js';
import type { KurrentLogOptions } from './options.js';
import { readPlace } from './place.js';

/**
 * An EventLog in a KurrentDB cluster, which any number of instances may have open. Resolves once this one has everything that the cluster
 * has. Rejects with LogError `invalid` for a connection string or a name that is none, `unavailable` where the cluster cannot be reached.
 */
export async function openKurrentLog(options: KurrentLogOptions): Promise<KurrentLog> {
  const { name = 'borderline', patience = 8_000 } = options;
  if (!isLogName(name)) {
    throw new LogError('invalid', 'A log in a cluster is named with a-z, 0-9 and -, 64 characters at most');
  }
  const connection = new Connection(() => clientOf(options.connectionString));
  const shown = withoutCredentials(options.connectionString);
  let log: KurrentLog | undefined;
  try {
    void connection.client;
    await checkReplica(options.replica, connection, name, patience);
    log = new KurrentLog({ ...options, name, patience }, connection);
    await log.caughtUp(patience);
    return log;
  } catch (error) {
    await log?.close();
    await connection.close();
    const { code, message, cause } = asUnavailable(error);
    throw code === 'unavailable' ? new LogError(code, `${shown}: ${message}`, { cause }) : error;
  }
}

/** Throws a replica away that does not continue the log of the cluster: another cluster, or one that was put back to an earlier state. */
async function checkReplica(
  file: string,
  connection: Connection,
  name: string,
  patience: number,
): Promise<void> {
  const replica = Replica.open(file, { origin: name, isClosed: () => false });
  const { checkpoint } = replica;
  replica.close();
  if (checkpoint === undefined) return;
  if (
    !(await connection.call(patience, (client) => witnessed(client, name, readPlace(checkpoint).witness)))
  ) {
    Replica.discard(file);
  }
}
