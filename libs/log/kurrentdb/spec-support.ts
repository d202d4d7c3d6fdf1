import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import type { LogUnderTest } from '../contract/fixture.js';
import type { EventLog } from '../event-log.js';
import { openKurrentLog } from './index.js';

/** A log in a cluster; `open` accepts another address of the same cluster. */
export interface LogInCluster extends LogUnderTest {
  readonly name: string;
  open(address?: string, startTimeout?: number): Promise<EventLog>;
}

/** An empty log in the cluster; each handle is an instance with its own replica. */
export function logIn(connectionString: string): LogInCluster {
  const dir = mkdtempSync(join(tmpdir(), 'borderline-log-'));
  const name = `test-${randomUUID()}`;
  const open: EventLog[] = [];
  return {
    name,
    open: async (address = connectionString, startTimeout = 60_000) => {
      const log = await openKurrentLog({
        connectionString: address,
        replica: join(dir, `${randomUUID()}.db`),
        name,
        timeout: 60_000,
        startTimeout,
        runtime: systemRuntime,
      });
      open.push(log);
      return log;
    },
    dispose: async () => {
      await Promise.all(open.map((log) => log.close()));
      rmSync(dir, { recursive: true });
    },
  };
}
