import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  verifyLog,
  type Checkpoint,
  type LogLine,
  type TileReader,
  type Verification,
  type Verifier,
} from '#audit';
import { isNoTree, openTree, type StoredTree } from '#audit/sqlite';
import { LogError, type EventLog, type RecordedEvent } from '#log';
import { copyDatabase } from '#log/sqlite';
import type { Runtime } from '#runtime';
import { isUnwritable, sqliteCode } from '#sqlite';
import { AuditKeyError, auditKeys } from './audit-keys.js';
import { KeptCheckpoints } from './checkpoints.js';
import { toEntry } from './event-entry.js';
import { openSourceLog, type LogAddress } from './open-log.js';

export interface FolderVerification extends Verification {
  /** The number of kept checkpoints that bind. */
  readonly checkpoints: number;
}

export interface FolderToVerify {
  /** Where `audit.key` is; the data folder where absent. */
  readonly keyFolder?: string;
  /** Where the log is stored; in the data folder where absent. */
  readonly log?: LogAddress;
  /** Checkpoints of this log that were kept elsewhere, their signatures verified. */
  readonly others?: readonly Checkpoint[];
  /** The keys whose signatures count, of one origin; the keys of the folder where absent. */
  readonly verifiers?: readonly Verifier[];
}

/**
 * Compares the whole log of a data folder with its kept checkpoints and its tree (`verifyLog`), offline; a server may be running on it. Changes
 * nothing. `begun` gets the number of events. Throws AuditKeyError, LogError, and AuditError where a checkpoint is not one that its keys signed.
 */
export async function verifyFolder(
  runtime: Runtime,
  data: string,
  begun: (events: number) => void,
  onProgress: (sequence: number) => void,
  {
    keyFolder = data,
    log: address = { log: 'sqlite', logName: '' },
    others = [],
    verifiers,
  }: FolderToVerify = {},
): Promise<FolderVerification> {
  const own = keptIn(data, join(keyFolder, 'audit.key'), verifiers).all();
  const checkpoints = [...own, ...others].sort((one, other) => one.size - other.size);
  const treeFile = join(data, 'audit.db');
  const opened = await openSourceLog(runtime, data, address, { readOnly: true });
  let readable: ReadableTree | undefined;
  try {
    const { log } = opened;
    readable = existsSync(treeFile) ? await readableTree(treeFile) : undefined;
    const tree = readable?.tree;
    begun((await log.head()).sequence);
    const stored = tree && { size: tree.frontier().size, tiles: { readTiles: tilesOf(tree) } };
    const given = { log: linesOf(log), checkpoints, onProgress, ...(stored && { tree: stored }) };
    const found = await verifyLog(given);
    const treeDiffers = found.treeDiffers || (existsSync(treeFile) && tree === undefined);
    return { ...found, treeDiffers, checkpoints: checkpoints.length };
  } finally {
    readable?.close();
    await opened.close();
  }
}

/** Where keys are given, other keys do not count: an attacker may have made them. */
function keptIn(data: string, key: string, verifiers: readonly Verifier[] | undefined): KeptCheckpoints {
  const file = join(data, 'audit.checkpoints');
  if (verifiers !== undefined) {
    return new KeptCheckpoints(file, { origin: verifiers[0]?.name ?? '', verifiers }, 'skip');
  }
  if (existsSync(key)) return new KeptCheckpoints(file, auditKeys(key));
  const signed = existsSync(file)
    ? 'restore it, or give the key with --key'
    : `${data} has never signed a checkpoint`;
  throw new AuditKeyError(`there is no ${key}: ${signed}`);
}

interface ReadableTree {
  readonly tree: StoredTree;
  readonly close: () => void;
}

/** Undefined where the file is damaged; then only the checkpoints are compared. A tree on a read-only medium is read from a copy. */
async function readableTree(file: string): Promise<ReadableTree | undefined> {
  try {
    return openedTree(file, () => undefined);
  } catch (error) {
    if (isDamage(error)) return undefined;
    if (!isUnwritable(error)) throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await copyDatabase(file, join(folder, 'audit.db'), () => undefined);
    return openedTree(join(folder, 'audit.db'), remove);
  } catch (error) {
    remove();
    throw error;
  }
}

function openedTree(file: string, closed: () => void): ReadableTree {
  const tree = openTree(file, { damaged: 'refuse' });
  const close = (): void => {
    tree.close();
    closed();
  };
  try {
    tree.frontier();
    return { tree, close };
  } catch (error) {
    tree.close();
    throw error;
  }
}

/** Reads tiles; a tile that cannot be read is empty. */
function tilesOf(tree: StoredTree): TileReader['readTiles'] {
  return (tiles) => {
    try {
      return tree.readTiles(tiles);
    } catch (error) {
      if (isDamage(error)) return tiles.map(() => new Uint8Array());
      throw error;
    }
  };
}

/** To the verifier, a page that the disk cannot read is damaged too. */
const isDamage = (error: unknown): boolean => isNoTree(error) || sqliteCode(error).startsWith('SQLITE_IOERR');

/** The number of events in one read. */
const PAGE = 1_000;

/** Every event of the log; where an event of a page cannot be read, the events of the page are read one by one. */
async function* linesOf(log: EventLog): AsyncGenerator<LogLine> {
  const { sequence: head } = await log.head();
  for (let after = 0; after < head;) {
    const page = await readOf(log, after, PAGE);
    if (page !== undefined) {
      for (const event of page) yield lineOf(event);
      after = page.at(-1)?.sequence ?? head;
      continue;
    }
    for (const end = Math.min(after + PAGE, head); after < end;) {
      const one = await readOf(log, after, 1);
      const line = one === undefined ? { sequence: after + 1, event: undefined } : one.map(lineOf)[0];
      if (line === undefined) return;
      yield line;
      after = line.sequence;
    }
  }
}

async function readOf(log: EventLog, after: number, limit: number): Promise<RecordedEvent[] | undefined> {
  const events: RecordedEvent[] = [];
  try {
    for await (const event of log.read({ after, limit })) events.push(event);
    return events;
  } catch (error) {
    if (error instanceof LogError && error.code === 'corrupt') return undefined;
    throw error;
  }
}

/** The event as its entry; without an entry where `recordedAt` is not an instant. */
function lineOf(event: RecordedEvent): LogLine {
  const readable = !Number.isNaN(new Date(event.recordedAt).getTime());
  return { sequence: event.sequence, event: readable ? toEntry(event) : undefined };
}
