import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { settingsFrom, type Settings } from '../settings.js';
import { Client, ProblemError } from '#client';
import { Failure } from './failure.js';
import { runtime } from './runtime.js';
import { notice } from './terminal.js';

/** The target of a command: a data folder or a server. */
export interface Target {
  readonly data?: string;
  readonly url?: string;
  readonly key?: string;
  /** The engine of the log of the data folder, and the log's name there, as in the settings of the server. */
  readonly log?: string;
  readonly logName?: string;
}

export interface Need {
  /** Whether to create a missing log. If it is not set, a missing log is a Failure. */
  readonly create?: boolean;
  /** Wait until the views have projected the whole log. */
  readonly views?: boolean;
}

/** Adds the options of a target. */
export function withTarget(command: Command): Command {
  return withVerbose(
    command
      .option('--data <dir>', 'work on a data folder (default: BORDERLINE_DATA or ./data)')
      .option('--url <url>', 'work on a running server, such as http://127.0.0.1:3000')
      .option('--key <key>', 'the key for a server (default: BORDERLINE_KEY)'),
  );
}

/** Adds the options of a command on the files of a data folder. `--url` is read but hidden: `assertFolder` refuses it with the reason. */
export function withFolder(command: Command): Command {
  return withVerbose(
    command
      .option('--data <dir>', 'the data folder (default: BORDERLINE_DATA or ./data)')
      .addOption(new Option('--url <url>').hideHelp()),
  );
}

/** Throws Failure where the target is a server, with the reason why the command needs a folder. */
export function assertFolder({ url }: Target, reason: string): void {
  if (url !== undefined) throw new Failure(`${reason}: give --data instead of --url`);
}

export function withVerbose(command: Command): Command {
  return command.option('--verbose', 'also print the cause of an error');
}

/** The data folder of a command without `--url`. */
export function folderOf({ data }: Target): string {
  return data ?? (process.env['BORDERLINE_DATA'] || './data');
}

/** The folder of the keys: the folder in BORDERLINE_KEY_FOLDER where that is set, as for instances that share keys; otherwise the data folder. */
export function keyFolderOf(target: Target): string {
  return process.env['BORDERLINE_KEY_FOLDER'] || folderOf(target);
}

/** Where the log of a data folder is stored: in the folder, or in a cluster. */
export function logOf({ log, logName }: Target): { readonly log: string; readonly logName: string } {
  return {
    log: log ?? (process.env['BORDERLINE_LOG'] || 'sqlite'),
    logName: logName ?? (process.env['BORDERLINE_LOG_NAME'] || 'borderline'),
  };
}

/** What the command line needs of the server app. It is passed as a parameter, so that the two apps do not import each other. */
export interface ServerApp {
  serve(settings: Settings): Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Resolves to the exit code. */
  serveUntilStopped(settings: Settings): Promise<number>;
}

/**
 * Runs a command against a server: the server at `--url`, or, for a data folder, a server that is started in this process. Only this
 * process can reach that server, and it ends with the command. Another server that runs on the same folder is not disturbed.
 */
export type Connect = <T>(target: Target, need: Need, work: (client: Client) => Promise<T>) => Promise<T>;

export function connectWith(server: Pick<ServerApp, 'serve'>): Connect {
  return async (target, need, work) => {
    if (target.url === undefined) return inProcess(server, target, need, work);
    if (target.data !== undefined) throw new Failure('give --data or --url, not both');
    return work(clientAt(target.url, target.key));
  };
}

async function inProcess<T>(
  server: Pick<ServerApp, 'serve'>,
  target: Target,
  need: Need,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const data = folderOf(target);
  const { log, logName } = logOf(target);
  if (need.create !== true && log === 'sqlite') assertLog(data);
  const key = randomBytes(32).toString('base64url');
  const zone = process.env['BORDERLINE_ZONE'] || undefined;
  const folders = { BORDERLINE_DATA: data, BORDERLINE_KEY_FOLDER: keyFolderOf(target) };
  const places = { ...folders, BORDERLINE_LOG: log, BORDERLINE_LOG_NAME: logName };
  const outbound = process.env['BORDERLINE_OUTBOUND'] || undefined;
  const given = { ...places, BORDERLINE_ZONE: zone, BORDERLINE_KEY: key, BORDERLINE_OUTBOUND: outbound };
  // This server ends with the command, so its deliveries would be interrupted.
  const own = { PORT: '0', HOST: '127.0.0.1', BORDERLINE_LOG_LEVEL: 'silent', BORDERLINE_WEBHOOKS: 'off' };
  const running = await server.serve(settingsFrom({ ...given, ...own }));
  try {
    const client = clientOf(running.url, key);
    if (need.views === true) await caughtUp(client);
    return await work(client);
  } finally {
    await running.stop();
  }
}

/** A client of the server at an address; where no key is given, the client uses the key of the environment. Throws Failure. */
export function clientAt(url: string, key: string | undefined): Client {
  return clientOf(urlOf(url), key ?? (process.env['BORDERLINE_KEY'] || undefined));
}

/** The greatest number of times that a request to a busy server is repeated. */
const MOST_RETRIES = 19;

const clientOf = (url: string, key: string | undefined): Client =>
  new Client({ url, retries: MOST_RETRIES, ...(key !== undefined && { key }) });

/** Throws Failure where there is no log, so that a mistyped path does not make one. */
export function assertLog(data: string): void {
  if (existsSync(join(data, 'log.db'))) return;
  if (logOf({}).log !== 'sqlite') {
    throw new Failure(`there is no log in ${data}: the log is in a cluster, so use the tools of the cluster`);
  }
  throw new Failure(`there is no log in ${data}; "borderline import" or "borderline serve" makes one`);
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Failure(`--url must be an address such as http://127.0.0.1:3000, not ${JSON.stringify(text)}`);
  }
  return url.href.replace(/\/+$/, '');
}

interface ViewsPart {
  readonly behind?: { readonly events: number };
  readonly rebuilding?: number;
}

/** Waits until the views have the whole log and no rebuild is running. */
async function caughtUp(client: Client): Promise<void> {
  for (const started = runtime.elapsed(); ;) {
    const views = await viewsOf(client);
    if (views && (views.behind?.events ?? 0) === 0 && views.rebuilding === undefined) return;
    const isSlow = runtime.elapsed() - started > 2000;
    if (isSlow && process.stderr.isTTY) notice('the views are catching up with the log…');
    await runtime.sleep(isSlow ? 5000 : 20);
  }
}

/** The state of the views; undefined while the server is not ready. */
async function viewsOf(client: Client): Promise<ViewsPart | undefined> {
  try {
    return ((await client.get('/health/ready')).parts['views'] ?? {}) as ViewsPart;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 503) return undefined;
    throw error;
  }
}
