import { accessSync, constants, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogError, type EventLog } from '#log';
import type { Runtime } from '#runtime';
import type { Logger } from 'pino';
import { Views } from '#views';
import { AppModule } from './app.module.js';
import { Audit, AuditKeyError, KeyError, KeyStore, LogChangedError, openLog, SCOPES } from '#data-folder';
import { failureLogger, threadedWriters, type ThreadedWriters } from './consumers/writers.js';
import { createApplication } from './http.js';
import { loggerOf } from './logging.js';
import type { Settings } from '../settings.js';
import { VERSION } from './version.js';

/**
 * Connections that wait to be accepted while the thread is busy; the kernel may allow fewer (`net.core.somaxconn`). A thousand readers may
 * connect at the same time, and Node's default is 511. A client whose connection does not fit tries again only after 1, 3, 7 and 15
 * seconds.
 */
const BACKLOG = 4096;

/** A server that listens. */
export interface Running {
  /** Without a slash at the end. */
  readonly url: string;
  /** The key that the first start made; it cannot be shown again. */
  readonly newKey?: string;
  readonly data: string;
  readonly app: NestFastifyApplication;
  readonly log: EventLog;
  readonly views: Views;
  /** Stops accepting, answers the requests under way, ends the streams, closes the log. Idempotent. */
  stop(): Promise<void>;
}

/** The server cannot start, and the reason is outside of it. The message is one line, for the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Starts the server. Throws StartError where the port, the data folder or a file in it cannot be used. */
export async function serve(settings: Settings, runtime: Runtime): Promise<Running> {
  const data = usableFolder(resolve(settings.data));
  const keyFolder = settings.keyFolder === undefined ? data : usableFolder(resolve(settings.keyFolder));
  const keys = new KeyStore(join(keyFolder, 'keys.json'), () => runtime.now());
  const newKey = await firstKey(keys, settings);
  const logger = loggerOf(settings);
  const log = await usableLog(data, settings, runtime, logger);
  const opened = new Opened();
  opened.push(() => log.close());
  let app: NestFastifyApplication | undefined;
  try {
    const writers = threadedWriters(runtime, { data, log: settings.log });
    const audit = await Audit.open(runtime, data, log, {
      keyFolder,
      origin: settings.origin,
      acceptLog: settings.acceptLog,
      ...(writers && { writer: writers.tree }),
      onStatus: failureLogger(runtime, logger, 'audit'),
    });
    opened.push(() => audit.close());
    const isOther =
      audit.accepted || (settings.log === 'sqlite' && (await Views.areAhead(viewsIn(data), log)));
    if (isOther) {
      logger.warn('the views are of another log, or of a longer one: they are built again');
      Views.remove(viewsIn(data));
    }
    const views = await openViews(runtime, data, log, logger, writers);
    opened.push(() => views.close());
    const ending = new AbortController();
    writers?.notifyOfAppends(log, ending.signal);
    opened.push(() => ending.abort());
    const close = (): Promise<void> => opened.close();
    app = await createApplication(AppModule.of({ settings, log, views, keys, runtime, audit, close }), {
      logger,
      version: VERSION,
      runtime,
      cors: settings.cors,
      page: { embed: settings.embed, zone: settings.zone },
      trustedProxies: settings.trustedProxies,
      behind: () => log.lag?.().seconds ?? 0,
    });
    app.getHttpServer().on('connection', () => log.turns.connected());
    // Not app.listen(): that would log the error as well, and we print it in one line.
    await app
      .getHttpAdapter()
      .getInstance()
      .listen({ port: settings.port, host: settings.host, backlog: BACKLOG });
    const started = app;
    let stopped: Promise<void> | undefined;
    return {
      url: urlOf(started, settings),
      ...(newKey === undefined ? {} : { newKey }),
      data,
      app: started,
      log,
      views,
      stop: () => (stopped ??= started.close()),
    };
  } catch (error) {
    await app?.close();
    await opened.close();
    throw startErrorOf(error, settings);
  }
}

/** The open parts of the server, in the order in which they were opened. */
class Opened {
  private readonly closings: (() => unknown)[] = [];

  push(close: () => unknown): void {
    this.closings.push(close);
  }

  /** Closes all parts, the last opened part first, also where a part fails to close. Rejects with the last failure. Idempotent. */
  async close(): Promise<void> {
    const close = this.closings.pop();
    if (close === undefined) return;
    try {
      await close();
    } finally {
      await this.close();
    }
  }
}

function usableFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    throw new StartError(`the folder ${path} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

/** The first start makes a key, unless the settings have one. */
async function firstKey(keys: KeyStore, settings: Settings): Promise<string | undefined> {
  try {
    if (keys.exists() || settings.key !== undefined) {
      keys.list();
      return undefined;
    }
    return (await keys.create('first', SCOPES)).key;
  } catch (error) {
    if (error instanceof KeyError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function usableLog(
  data: string,
  settings: Settings,
  runtime: Runtime,
  logger: Logger,
): Promise<EventLog> {
  try {
    return await openLog(runtime, data, settings, {
      startTimeout: Infinity,
      discardReplica: settings.acceptLog,
      onProgress: (sequence) => logger.info({ sequence }, 'the log is being read from the cluster'),
      onMigration: (progress) =>
        logger.warn(progress, 'log.db is of an earlier version, and is brought to the format of this one'),
      onTrouble: (error) =>
        logger.warn({ reason: String(error) }, 'the cluster failed; the server tries again'),
    });
  } catch (error) {
    if (error instanceof LogError)
      throw new StartError(`the log cannot be opened: ${error.message}`, { cause: error });
    throw error;
  }
}

const viewsIn = (data: string): string => join(data, 'views.db');

/** Opens the read side; its messages go to the log of the server. */
function openViews(
  runtime: Runtime,
  data: string,
  log: EventLog,
  logger: Logger,
  writers: ThreadedWriters | undefined,
): Promise<Views> {
  const file = viewsIn(data);
  const [views, search] = ['views', 'search'].map((name) => failureLogger(runtime, logger, name));
  return Views.open(runtime, file, log, {
    ...(writers && {
      writers: writers.projections,
      longWork: writers.longWork(file),
      longSearches: writers.longSearches(file),
    }),
    onStatus: (status, name) => (name === 'views' ? views : search)?.(status),
    onRebuild: (reason) => logger.warn({ file, reason }, 'the views are being rebuilt from the log'),
    onParked: (event) => logger.error(event, 'an event was parked: the views continue without it'),
  });
}

function startErrorOf(error: unknown, { host, port }: Settings): unknown {
  if (error instanceof LogChangedError || error instanceof AuditKeyError || error instanceof LogError) {
    return new StartError(error.message, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`port ${port} on ${host} is in use; choose another with --port or PORT`, {
        cause: error,
      });
    case 'EACCES':
      return new StartError(
        `there is no permission to listen on port ${port} of ${host}; choose another with --port or PORT`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`HOST or --host: ${host} is not an address of this machine`, { cause: error });
    default:
      return error;
  }
}

function urlOf(app: NestFastifyApplication, { host }: Settings): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const reachable =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${reachable}:${port}`;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOTDIR: 'it is not a folder',
    EEXIST: 'it is not a folder',
    EROFS:
      'the file system is read-only; "borderline backup --data … --to …" makes a copy that can be written',
    ENOSPC: 'the disk is full',
  };
  return known[String(code)] ?? (error instanceof Error ? error.message : String(error));
}
