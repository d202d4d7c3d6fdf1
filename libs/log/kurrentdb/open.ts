import { isLogName, withoutCredentials } from '../engine.js';
import { LogError } from '../errors.js';
import { KurrentLog } from './kurrent-log.js';
import type { KurrentLogOptions } from './options.js';

/**
 * An EventLog in a KurrentDB cluster, which any number of instances may have open. With a replica, it opens also without the cluster; otherwise
 * it resolves when it has everything that the cluster has. Rejects with LogError: `invalid` for an invalid connection string or name,
 * `unavailable` where the cluster cannot be reached or refuses the credentials, `corrupt` where the log there is another one or not complete.
 */
export async function openKurrentLog(options: KurrentLogOptions): Promise<KurrentLog> {
  const { name = 'borderline', timeout = 15_000, startTimeout = 8_000 } = options;
  if (!isLogName(name)) {
    throw new LogError(
      'invalid',
      'The name of a log in a cluster must have only a-z, 0-9 and -, and 64 characters at most',
    );
  }
  const log = new KurrentLog({ ...options, name, timeout, startTimeout });
  try {
    await log.started();
    return log;
  } catch (error) {
    await log.close();
    if (!(error instanceof LogError)) throw error;
    const { code, message, cause } = error;
    throw new LogError(code, `${withoutCredentials(options.connectionString)}: ${message}`, { cause });
  }
}
