import { existsSync, renameSync, rmSync } from 'node:fs';
import type { EventLog, RecordedEvent } from '#log';
import { diff, type Change } from '#timeline';
import type { Explained } from './explain.js';
import { fingerprintNow } from './fingerprint.js';
import { Follower, type FollowerOptions } from './follower.js';
import { LAYOUT, layoutOf } from './sqlite/database.js';
import type { EventIndex } from './sqlite/event-index.js';
import type { HeldEffects } from './sqlite/held-effects.js';
import { ViewsDatabase, type SetAside } from './sqlite/views-database.js';
import { State, type Question } from './state.js';

export interface ViewsOptions extends FollowerOptions {
  /** A file built for another catalogue was found: it serves on while a new one is built beside it. */
  readonly onRebuild?: (reason: string) => void;
  /** The views can follow no more (the log failed). */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * The read side over one disposable file. Deleting the file changes no answer. Built for another catalogue or layout, it is
 * built anew beside itself and swapped in once the new one has caught up; until then the old one answers, if it can be read.
 */
export class Views {
  private current: Generation;
  private next: Generation | undefined;
  private closing = false;
  private readonly settled: Promise<void>;

  private constructor(
    private readonly file: string,
    private readonly log: EventLog,
    private readonly options: ViewsOptions,
  ) {
    const fingerprint = fingerprintNow();
    const reason = this.staleness(fingerprint);
    if (reason !== undefined) options.onRebuild?.(reason);
    if (reason === undefined || !isReadable(file)) {
      if (reason !== undefined) removeDatabase(file);
      this.current = this.open(file, fingerprint);
      this.settled = Promise.resolve();
    } else {
      removeDatabase(this.besideFile);
      this.current = this.open(file);
      this.next = this.open(this.besideFile, fingerprint);
      this.settled = this.swapWhenCaughtUp(this.next);
    }
    this.follow(this.current);
  }

  /** Opens or creates the file and starts following. Answers at once, from what the file holds so far. */
  static open(file: string, log: EventLog, options: ViewsOptions = {}): Views {
    return new Views(file, log, options);
  }

  get state(): State {
    return this.current.state;
  }

  /** What explanations of answers are read from. */
  get explained(): Explained {
    return this.current.database;
  }

  /** What the views rest on, as it is held. */
  get held(): HeldEffects {
    return this.current.database.held;
  }

  get events(): EventIndex {
    return this.current.database.events;
  }

  /** Every event up to it has been taken in. */
  get sequence(): number {
    return this.current.follower.sequence;
  }

  get setAside(): SetAside[] {
    return this.current.database.setAside;
  }

  /** The sequence of the file being built beside, while one is. */
  get rebuilding(): number | undefined {
    return this.next?.follower.sequence;
  }

  /** Whether the views have the sequence, at the latest after `timeout` milliseconds. */
  reached(sequence: number, timeout: number): Promise<boolean> {
    return this.current.follower.reached(sequence, timeout);
  }

  /** What would differ at a question if these events were recorded next. Waits for the views; stores nothing. */
  async preview(events: readonly RecordedEvent[], question: Question): Promise<Change[]> {
    await this.catchUp();
    const { database, follower, state } = this.current;
    const roots = await follower.rootsOf(events);
    const before = state.stated(question);
    return database.preview(events, roots, () => diff(before, state.stated(question)));
  }

  /** Follows up to what is the log's head now, a rebuild included. */
  async catchUp(): Promise<void> {
    await this.settled;
    const { sequence } = await this.log.head();
    while (!(await this.reached(sequence, 1000)) && !this.closing);
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const generation of [this.next, this.current]) {
      if (!generation) continue;
      await generation.follower.stop().catch(() => undefined);
      generation.database.close();
    }
  }

  private get besideFile(): string {
    return `${this.file}.next`;
  }

  private open(file: string, fingerprint?: string): Generation {
    const database = new ViewsDatabase(file);
    if (fingerprint !== undefined) database.fingerprint = fingerprint;
    return {
      database,
      follower: new Follower(this.log, database, this.options),
      state: new State(database.cells),
    };
  }

  private follow(generation: Generation): void {
    generation.follower.run().catch((error: unknown) => this.options.onFailure?.(error));
  }

  /** Why the file cannot be used as it is. */
  private staleness(fingerprint: string): string | undefined {
    if (!existsSync(this.file)) return undefined;
    if (!isReadable(this.file)) return 'the file is of another layout, or damaged';
    const database = new ViewsDatabase(this.file);
    const known = database.fingerprint;
    database.close();
    return known === fingerprint ? undefined : 'the catalogue has changed since the file was built';
  }

  private async swapWhenCaughtUp(next: Generation): Promise<void> {
    try {
      await next.follower.catchUp();
    } catch (error) {
      this.options.onFailure?.(error);
      return;
    }
    if (this.closing) return;
    await this.current.follower.stop();
    if (this.closing) return;
    this.current.database.close();
    next.database.close();
    removeDatabase(this.file);
    renameSync(this.besideFile, this.file);
    this.next = undefined;
    this.current = this.open(this.file);
    this.follow(this.current);
  }
}

interface Generation {
  readonly database: ViewsDatabase;
  readonly follower: Follower;
  readonly state: State;
}

function isReadable(file: string): boolean {
  try {
    return layoutOf(file) === LAYOUT;
  } catch {
    return false;
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
