import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { formatSignerKey } from '#audit';
import { Audit, DEFAULT_ORIGIN, KeyStore } from '#data-folder';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime, type Runtime } from '#runtime';
import { Views } from '#views';
import { AppModule } from '../../apps/server/app.module.js';
import { createApplication } from '../../apps/server/http.js';
import { loggerOf } from '../../apps/server/logging.js';
import { settingsFrom } from '../../apps/settings.js';
import { askInMemory } from './memory-request.js';
import { ServedChanges } from './served-changes.js';
import type { Owner } from './virtual-time.js';

/** The memory of a server process, without the application over it. */
export interface Instance extends Owner {
  /** The name of the process, and of its link to the data folder. */
  readonly name: string;
  dead: boolean;
  skew: number;
  readonly runtime: Runtime;
  readonly log: EventLog;
  readonly views: Views;
  readonly audit: Audit;
  readonly served: ServedChanges;
}

const KEY = 'simulated';
const SIGNER_KEY = `${formatSignerKey(DEFAULT_ORIGIN, Buffer.alloc(32, 7))}\n`;
/** Milliseconds between two polls; the idle polls are rare, because whole days pass. */
const POLL = { busy: 20, idle: 1_000 };

const KEYS = new KeyStore('/nowhere/keys.json', () => 0);
const SETTINGS = settingsFrom({
  BORDERLINE_LOG_LEVEL: 'silent',
  BORDERLINE_DATA: tmpdir(),
  BORDERLINE_KEY: KEY,
  BORDERLINE_WRITE_LIMIT: '0',
  BORDERLINE_READ_LIMIT: '0',
});

/** Opens all parts in the order in which `serve` opens them, with the writers in this thread. */
export async function openInstance(
  owner: Omit<Instance, 'log' | 'views' | 'audit' | 'served'>,
  data: string,
): Promise<Instance> {
  const { runtime } = owner;
  writeFileSync(join(data, 'audit.key'), SIGNER_KEY);
  const log = openSqliteLog(runtime, join(data, 'log.db'), { busyTimeout: 50, poll: POLL });
  const audit = await Audit.open(runtime, data, log);
  const file = join(data, 'views.db');
  if (await Views.areAhead(file, log)) Views.remove(file);
  const views = await Views.open(runtime, file, log);
  const opened = Object.assign(owner, { log, audit, views });
  return Object.assign(opened, { served: new ServedChanges(opened, { ...SETTINGS, data }, KEYS) });
}

export async function closeInstance({ served, views, audit, log }: Instance): Promise<void> {
  await served.close();
  await views.close();
  await audit.close();
  await log.close();
}

/** An answer as it was sent. */
export interface SentAnswer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/**
 * The application over the process that is in the slot now. One application for each process would take most of the time of a run. What the
 * application remembers between requests belongs to the parts of a process, and ends with them.
 */
export class Slot {
  current: Instance | undefined;
  private app: NestFastifyApplication | undefined;

  static async make(): Promise<Slot> {
    const slot = new Slot();
    const settings = SETTINGS;
    const forwarded = <K extends 'log' | 'views' | 'audit'>(part: K): Instance[K] =>
      forwarding<Instance[K]>(() => slot.current?.[part]);
    const runtime = forwarding<Runtime>(() => slot.current?.runtime ?? systemRuntime);
    const root = AppModule.of({
      settings,
      keys: KEYS,
      log: forwarded('log'),
      views: forwarded('views'),
      audit: forwarded('audit'),
      runtime,
      close: () => Promise.resolve(),
    });
    const logger = loggerOf(settings);
    slot.app = await createApplication(root, { logger, version: '0.0.0', runtime });
    await slot.app.getHttpAdapter().getInstance().ready();
    return slot;
  }

  async ask(path: string, body?: unknown): Promise<Answered> {
    const method = body === undefined ? 'GET' : 'POST';
    const { status, text } = await this.send(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body),
    );
    return { status, body: text === '' ? undefined : JSON.parse(text) };
  }

  send(method: 'GET' | 'POST', path: string, body?: string): Promise<SentAnswer> {
    return askInMemory(this.app!.getHttpServer(), {
      method,
      path,
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    });
  }

  async close(): Promise<void> {
    await this.app?.close();
  }
}

/** An object that forwards each use to the current object. */
function forwarding<T extends object>(current: () => T | undefined): T {
  return new Proxy({} as T, {
    get: (_target, name) => {
      const now = current();
      if (now === undefined) return undefined;
      const value: unknown = Reflect.get(now, name, now);
      return typeof value === 'function' ? (value.bind(now) as unknown) : value;
    },
  });
}
