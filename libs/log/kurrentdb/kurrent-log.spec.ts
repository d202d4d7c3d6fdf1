import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import { contractSuite } from '../contract-suite.js';
import type { LogUnderTest } from '../contract/fixture.js';
import type { EventLog } from '../event-log.js';
import { openKurrentLog } from './index.js';

jest.setTimeout(60_000);

describe.each([
  ['26.0.0', true],
  ['24.2.0', false],
])('KurrentDB %s', (version, severalStreams) => {
  let server: Double;
  beforeAll(async () => {
    server = await double({ version });
  });
  afterAll(() => server.stop());

  contractSuite('a log in a cluster', () => logIn(server.connectionString, severalStreams));
});

/** An empty log in the cluster; each handle is an instance with a replica of its own. */
function logIn(connectionString: string, severalStreams: boolean): LogUnderTest {
  const dir = mkdtempSync(join(tmpdir(), 'borderline-log-'));
  const name = `test-${randomUUID()}`;
  const open: EventLog[] = [];
  return {
    severalStreams,
    open: async () => {
      const log = await openKurrentLog({ connectionString, replica: join(dir, `${open.length}.db`), name });
      open.push(log);
      return log;
    },
    dispose: async () => {
      await Promise.all(open.map((log) => log.close()));
      rmSync(dir, { recursive: true });
    },
  };
}
