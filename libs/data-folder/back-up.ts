import {
  chmodSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { copyDatabase, openSqliteLog } from '#log/sqlite';
import type { Runtime } from '#runtime';
import { Audit } from './audit.js';

/** The content of a backup. */
export interface BackedUp {
  readonly events: number;
  /** The number of events that its last checkpoint covers: all; 0 where the folder has no key. */
  readonly signed: number;
}

/** The backup cannot be made at the given path. The message is one line, for the terminal. */
export class BackUpError extends Error {
  override readonly name = 'BackUpError';
}

/** The longest wait of a timer: the build of a whole tree may need long. */
const LONGEST_MS = 2 ** 31 - 1;

/** The source of the copy. */
export interface Folders {
  readonly data: string;
  /** The folder of `keys.json` and `audit.key`; often the same. */
  readonly keyFolder: string;
}

/** The files that a restore needs besides the log. */
const AUDIT_KEY = 'audit.key';
const CHECKPOINTS = 'audit.checkpoints';
const KEYS = 'keys.json';
const WEBHOOKS = 'webhooks.db';

/**
 * Copies a data folder into a new one, as of one moment, while servers write to it: the log, the tree, the checkpoints, the keys and the
 * webhooks; the views are rebuilt from the log. A server can be started on the copy. Only its owner may read the files. The new folder appears
 * when it is complete.
 *
 * The copy is checked as the start of a server checks a log, and its end is signed. Throws BackUpError where there is
 * something at `to`, LogError, LogChangedError, AuditKeyError.
 */
export async function backUp(
  runtime: Runtime,
  from: Folders,
  to: string,
  onProgress: (done: number) => void,
): Promise<BackedUp> {
  if (existsSync(to)) throw new BackUpError(`${to} exists already: give the path of a new folder`);
  if (isWithin(to, from.data))
    throw new BackUpError(`${to} is in the data folder: give a folder outside of it`);
  const beside = `${to}.${process.pid}.part`;
  try {
    mkdirSync(dirname(to), { recursive: true });
    mkdirSync(beside, { mode: 0o700 });
  } catch (error) {
    throw new BackUpError(`${to} cannot be made: ${(error as Error).message}`, { cause: error });
  }
  try {
    await copyFolders(from, beside, onProgress);
    const report = await checked(runtime, beside);
    sync(beside);
    renameSync(beside, to);
    sync(dirname(to));
    return report;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

/**
 * Copies a file before the files to which it refers. So checkpoints, the tree and the places of webhooks are never ahead of the log, and
 * the copy has the keys of all signatures.
 */
async function copyFolders(
  { data, keyFolder }: Folders,
  to: string,
  onProgress: (done: number) => void,
): Promise<void> {
  const copy = (folder: string, name: string): void => {
    if (!existsSync(join(folder, name))) return;
    copyFileSync(join(folder, name), join(to, name));
    protect(join(to, name));
  };
  copy(data, CHECKPOINTS);
  for (const name of ['audit.db', WEBHOOKS]) {
    if (!existsSync(join(data, name))) continue;
    await copyDatabase(join(data, name), join(to, name), () => undefined);
    protect(join(to, name));
  }
  await copyDatabase(join(data, 'log.db'), join(to, 'log.db'), onProgress);
  protect(join(to, 'log.db'));
  copy(keyFolder, AUDIT_KEY);
  copy(keyFolder, KEYS);
}

async function checked(runtime: Runtime, folder: string): Promise<BackedUp> {
  const log = openSqliteLog(runtime, join(folder, 'log.db'));
  try {
    const { sequence: events } = await log.head();
    if (!existsSync(join(folder, AUDIT_KEY))) return { events, signed: 0 };
    const audit = await Audit.open(runtime, folder, log);
    const isWhole = await audit.caughtUp({ timeout: LONGEST_MS });
    const { size: signed, status } = audit;
    await audit.close();
    if (!isWhole) throw new BackUpError(`the copy cannot be signed: ${status.reason ?? 'it takes too long'}`);
    for (const name of [CHECKPOINTS, 'audit.db']) protect(join(folder, name));
    return { events, signed };
  } finally {
    await log.close();
  }
}

/** Readable only by its owner, and on disk. */
function protect(file: string): void {
  if (!existsSync(file)) return;
  chmodSync(file, 0o600);
  sync(file);
}

/** Makes the content of a file durable, or the names in a folder. */
function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
