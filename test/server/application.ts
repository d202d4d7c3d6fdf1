import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { formatSignerKey } from '#audit';
import type { EventLog, NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime, type Runtime } from '#runtime';
import { Views } from '#views';
import { Audit, DEFAULT_ORIGIN, KeyStore, openLog } from '#data-folder';
import { AppModule } from '../../apps/server/app.module.js';
import { createApplication } from '../../apps/server/http.js';
import { loggerOf } from '../../apps/server/logging.js';
import { ProvidedModule } from '../../apps/server/provided.js';
import { ReadingModule } from '../../apps/server/reading/reading.module.js';
import { settingsFrom, type Given } from '../../apps/settings.js';
import { removeFolder, temporaryFolder } from './spawned.js';

/** A runtime whose clock always shows 2025-11-10T12:00:00Z. */
export const stoppedRuntime: Runtime = { ...systemRuntime, now: () => Date.UTC(2025, 10, 10, 12) };

export interface Application {
  readonly url: string;
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly stop: () => Promise<void>;
}

/**
 * The server in this process, on a free port, with the test's controllers in addition to its own. Its audit key is always the same. `folder` is the
 * folder of its data, which the test removes.
 */
export async function application(
  controllers: Type[] = [],
  given: Given = {},
  runtime: Runtime = stoppedRuntime,
  folder?: string,
): Promise<Application> {
  const data = folder ?? temporaryFolder();
  const settings = settingsFrom({ BORDERLINE_LOG_LEVEL: 'silent', BORDERLINE_DATA: data, ...given });
  const keys = new KeyStore(join(data, 'keys.json'), () => runtime.now());
  const log =
    settings.log === 'sqlite'
      ? openSqliteLog(runtime, join(data, 'log.db'))
      : await openLog(runtime, data, settings);
  const views = await Views.open(runtime, join(data, 'views.db'), log);
  writeFileSync(join(data, 'audit.key'), `${formatSignerKey(DEFAULT_ORIGIN, Buffer.alloc(32, 7))}\n`);
  const audit = await Audit.open(runtime, data, log);
  const close = async (): Promise<void> => {
    await views.close();
    await audit.close();
    await log.close();
  };
  const provided = { settings, log, views, keys, runtime, audit, close };
  const shared = ProvidedModule.of(provided);
  const probes = { module: Probes, imports: [shared, ReadingModule.on(shared), CqrsModule], controllers };
  const root = { module: Root, imports: [AppModule.of(provided), probes] };
  const app = await createApplication(root, {
    logger: loggerOf(settings),
    version: '0.0.0',
    runtime,
    cors: settings.cors,
    page: { embed: settings.embed, zone: settings.zone },
    trustedProxies: settings.trustedProxies,
  });
  await app.listen(0, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await app.close();
    if (folder === undefined) removeFolder(data);
  };
  return { url: await app.getUrl(), log, keys, stop };
}

class Root {}
class Probes {}

let made = 0;

/** An event with only the members that a log requires. */
export const newEvent = (stream: string, type = 'crossing.closed', data: object = {}): NewEvent => ({
  id: `event-${(made += 1)}`,
  stream,
  type,
  schemaVersion: 1,
  payload: { reportedAt: REPORTED, data, source: {}, attribution: {} },
  metadata: { recordedBy: 'a test' },
});

const REPORTED = {
  edtf: '2025-11-01',
  zone: 'Europe/Vilnius',
  earliest: '2025-10-31T22:00:00.000Z',
  latest: '2025-11-01T21:59:59.999Z',
};
