import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  EMPTY_FRONTIER,
  grow,
  leafHash,
  parseExportLine,
  rootOf,
  sameHash,
  type ExportCheckpoint,
  type Frontier,
} from '#audit';
import { auditEntryOf, fromEntry, type EventEntry } from '#data-folder';
import type { NewEvent } from '#log';
import { restoreSqliteLog, type Restoring } from '#log/sqlite';
import { linesIn } from '../audit/export-file.js';
import { report } from '../audit/report.js';
import { openTrusted, trusted, type Trusted } from '../audit/trusted.js';
import { verifyFile } from '../audit/verify-file.js';
import { Failure } from '../failure.js';
import { numberText, startPace, progressOf } from '../progress.js';
import { runtime } from '../runtime.js';
import { chunksOf, isRegular } from './input.js';

export interface Restored {
  readonly events: number;
  readonly trusted: Trusted;
}

/**
 * Restores an empty log from an export: the same sequences, revisions, times, and so the same root. All or nothing, also where the process
 * is killed: the restore is one transaction, which is committed when all events agree with the checkpoint. A file is verified before that.
 * Throws Failure where the export does not verify, or where the log is not empty.
 */
export async function restore(file: string, folder: string, key: string | undefined): Promise<Restored> {
  const log = join(resolve(folder), 'log.db');
  await assertEmpty(log, folder);
  const total = isRegular(file) ? await assertVerifies(file, key) : 0;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const progress = progressOf(total);
  const pace = startPace();
  try {
    return await restoreSqliteLog(runtime, log, async (write) => {
      const reader = new ExportReader(write);
      for await (const line of linesIn(chunksOf(file))) {
        reader.line(line);
        if (reader.due) progress.update(reader.flush(), pace(reader.events, 'events'));
      }
      return reader.end(file, key);
    });
  } finally {
    progress.stop();
  }
}

/** The number of events in the export. Where the export does not verify, prints the faults and throws Failure. */
export async function assertVerifies(file: string, key: string | undefined): Promise<number> {
  const found = await verifyFile(file, key);
  const { faults, events } = found.verification;
  if (faults.length === 0 && (found.more ?? []).length === 0) return events;
  report(found);
  throw new Failure(`${file} does not verify: nothing was restored`);
}

async function assertEmpty(log: string, folder: string): Promise<void> {
  if (!existsSync(log)) return;
  const { openSqliteLog } = await import('#log/sqlite');
  const there = openSqliteLog(runtime, log);
  const { sequence } = await there.head().finally(() => there.close());
  if (sequence === 0) return;
  throw new Failure(
    `the log in ${folder} has ${numberText(sequence)} events, but a restore needs an empty log: give another --data, or --as-new to record the events as new ones`,
  );
}

/** Events that are written together. */
const BATCH = 256;

/** Writes the events of an export, and compares each written event with its line. */
class ExportReader {
  events = 0;
  private lines = 0;
  private tree: Frontier = EMPTY_FRONTIER;
  private batch: { readonly event: NewEvent; readonly text: string }[] = [];
  private checkpoint: ExportCheckpoint | undefined;

  constructor(private readonly write: Restoring) {}

  line(text: string | undefined): void {
    this.lines += 1;
    const parsed = parseExportLine(text ?? '');
    if (text === undefined || parsed.kind === 'unknown' || this.checkpoint !== undefined) {
      throw new Failure(`line ${this.lines} is not a line of an export: nothing was restored`);
    }
    if (parsed.kind === 'checkpoint') this.checkpoint = parsed;
    if (parsed.kind !== 'event') return;
    const { sequence: _, revision: __, ...event } = fromEntry(parsed.event as EventEntry);
    this.batch.push({ event, text });
  }

  get due(): boolean {
    return this.batch.length >= BATCH;
  }

  /** Writes the lines read so far; returns the number of events in the log. */
  flush(): number {
    const { batch } = this;
    this.batch = [];
    const appended = this.write(batch.map(({ event }) => event));
    const leaves = batch.map(({ event, text }, index) => {
      const { sequence = 0, revision = 0, recordedAt = 0 } = appended[index] ?? {};
      const entry = auditEntryOf({ ...event, sequence, revision, recordedAt });
      this.events += 1;
      if (Buffer.compare(entry, Buffer.from(text)) === 0) return leafHash(entry);
      throw new Failure(
        `event @${this.events} would have other content in the new log: nothing was restored`,
      );
    });
    this.tree = grow(this.tree, leaves).frontier;
    return this.events;
  }

  /** Compares all events with the checkpoint. */
  end(file: string, key: string | undefined): Restored {
    if (this.batch.length > 0) this.flush();
    if (this.checkpoint === undefined) {
      throw new Failure('the export ends without its checkpoint, so it is incomplete: nothing was restored');
    }
    const known = trusted(key, this.checkpoint.keys);
    const { size, root } = openTrusted(`the checkpoint in ${file}`, this.checkpoint.note, known);
    if (size !== this.events || !sameHash(root, rootOf(this.tree))) {
      throw new Failure('the events are not the signed events: nothing was restored');
    }
    return { events: this.events, trusted: known };
  }
}
