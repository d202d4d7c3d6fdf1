import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractSuite } from '../contract-suite.js';
import type { EventLog } from '../event-log.js';
import { openSqliteLog } from './index.js';

contractSuite('a log in a SQLite file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'borderline-log-'));
  const open: EventLog[] = [];
  return {
    open: () => {
      const log = openSqliteLog(join(dir, 'log.db'));
      open.push(log);
      return log;
    },
    dispose: async () => {
      await Promise.all(open.map((log) => log.close()));
      rmSync(dir, { recursive: true });
    },
  };
});
