import type Database from 'better-sqlite3';
import type { Runtime } from '#runtime';
import type { Append } from '../decide.js';
import type { Appended } from '../event-log.js';
import { asLogError, retryWhileBusy } from './failure.js';
import { Writer } from './writer.js';

/** What one transaction wrote. */
export interface Commit {
  /** Sequence of the last event. */
  readonly sequence: number;
  readonly events: number;
  /** How many appends shared it. */
  readonly appends: number;
}

interface Waiting extends Append {
  readonly resolve: (appended: Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

/** A transaction takes whole appends until it has this many events or characters: it stops the process while it runs. */
const GROUP_EVENTS = 4_000;
const GROUP_CHARACTERS = 8_000_000;

/**
 * After how many pages SQLite merges its write-ahead log into the file. A short one suits small transactions, for a growing
 * file is slower to sync than one written over. Bulk writes touch the same index pages again and again, and a long one
 * merges each of them once.
 */
const CHECKPOINT_PAGES = { small: 1_000, bulk: 8_000 };
const BULK_EVENTS = 500;

/**
 * Appends that arrive while others wait share one transaction and one fsync. An append that is refused does not touch the
 * others; where the commit itself fails, all of them fail.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private size: keyof typeof CHECKPOINT_PAGES = 'small';
  private readonly writer: Writer;
  private readonly beginImmediate: Database.Statement<[]>;
  private readonly commit: Database.Statement<[]>;

  constructor(
    private readonly db: Database.Database,
    private readonly options: { readonly runtime: Runtime; readonly timeout: number },
    private readonly committed: (commit: Commit) => void,
  ) {
    this.writer = new Writer(db);
    this.beginImmediate = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES.small}`);
  }

  append(append: Append): Promise<Appended[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...append, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.options.runtime.turn();
      let group: Waiting[] | undefined;
      try {
        await retryWhileBusy(() => this.beginImmediate.run(), { ...this.options, file: this.db.name });
        group = this.takeGroup();
        this.writeGroup(group);
      } catch (error) {
        const failure = asLogError(error, this.db.name);
        for (const { reject } of group ?? this.waiting.splice(0)) reject(failure);
      }
    }
    this.running = undefined;
  }

  private takeGroup(): Waiting[] {
    let events = 0;
    let characters = 0;
    let size = 0;
    for (const batch of this.waiting) {
      if (size > 0 && (events > GROUP_EVENTS || characters > GROUP_CHARACTERS)) break;
      size += 1;
      events += batch.events.length;
      for (const event of batch.events) characters += event.payload.length + event.metadata.length;
    }
    return this.waiting.splice(0, size);
  }

  /** With the write lock held. Nobody hears anything before the commit is on the disk. */
  private writeGroup(group: readonly Waiting[]): void {
    const answers: (() => void)[] = [];
    let before = 0;
    try {
      before = this.writer.begin().sequence;
      const now = this.options.runtime.now();
      for (const append of group) answers.push(this.write(append, now));
      this.sizeIs(this.writer.sequence - before >= BULK_EVENTS ? 'bulk' : 'small');
      this.commit.run();
    } catch (error) {
      this.writer.forget();
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
    for (const answer of answers) answer();
    const { sequence } = this.writer;
    if (sequence > before) this.committed({ sequence, events: sequence - before, appends: group.length });
  }

  private write(append: Waiting, now: number): () => void {
    const decision = this.writer.write(append, now);
    return decision.kind === 'accepted'
      ? () => append.resolve(decision.answer)
      : () => append.reject(decision.error);
  }

  private sizeIs(size: keyof typeof CHECKPOINT_PAGES): void {
    if (size === this.size) return;
    this.db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES[size]}`);
    this.size = size;
  }
}
