import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import type { EventLog, NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime, type Runtime } from '#runtime';
import { Views } from '#views';
import { eventOf, idOf } from '../laws/drawn.js';

/** The `n`-th event: an act that closes a crossing from 9 November 2025 on and reopens it at `until`, where `until` is given. */
export const closed = (n: number, crossing: string, until?: string): NewEvent =>
  eventOf({
    id: idOf(n),
    type: 'crossing.closed',
    occurred: '2025-11-09',
    ...(until !== undefined && { until }),
    reportedAt: '2025-11-09',
    data: { crossing, reopens: true },
    source: { publisher: 'BNS', title: 'Closed', publishedAt: '2025-11-09' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  })!;

/** An empty log and its views, new for each test. */
export function emptyLog(runtime: Runtime = systemRuntime): {
  readonly log: EventLog;
  readonly views: Views;
} {
  const opened = {} as { log: EventLog; views: Views };
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-'));
    opened.log = openSqliteLog(runtime, join(folder, 'log.db'));
    opened.views = await Views.open(runtime, join(folder, 'views.db'), opened.log);
  });
  afterEach(async () => {
    await opened.views.close();
    await opened.log.close();
    rmSync(folder, { recursive: true });
  });
  return opened;
}
