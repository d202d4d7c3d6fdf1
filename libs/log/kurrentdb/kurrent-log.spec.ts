import { afterAll, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import { contractSuite } from '../contract-suite.js';
import type { EventLog } from '../event-log.js';
import { openKurrentLog } from './index.js';

let server: Double;
beforeAll(async () => {
  server = await double();
});
afterAll(() => server.stop());

contractSuite('a log in a KurrentDB cluster', () => {
  const dir = mkdtempSync(join(tmpdir(), 'borderline-log-'));
  const name = `test-${randomUUID()}`;
  const open: EventLog[] = [];
  return {
    open: async () => {
      const log = await openKurrentLog({
        connectionString: server.connectionString,
        replica: join(dir, `${open.length}.db`),
        name,
      });
      open.push(log);
      return log;
    },
    dispose: async () => {
      await Promise.all(open.map((log) => log.close()));
      rmSync(dir, { recursive: true });
    },
  };
});
