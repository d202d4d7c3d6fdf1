import { existsSync, renameSync, rmSync } from 'node:fs';
import { Follower, type FollowedLog, type FollowerOptions } from './follower.js';
import { hasLayout, type Layout } from './sqlite/database.js';
import type { FollowedFile } from './sqlite/followed-file.js';

export interface LivingOptions extends FollowerOptions {
  /** A file built for another catalogue was found: it serves on while a new one is built beside it. */
  readonly onRebuild?: (reason: string) => void;
  /** The log can be followed no more. */
  readonly onFailure?: (error: unknown) => void;
  /**
   * Takes most of a long log into a file in a thread of its own; resolves when that is done or given up. What is missing
   * then is taken in here.
   */
  readonly elsewhere?: (file: string, signal: AbortSignal) => Promise<void>;
}

/** What a living file is made of. */
export interface Kind<F extends FollowedFile> {
  readonly layout: Layout;
  readonly open: (file: string) => F;
  /** What its content depends on besides the log. */
  readonly fingerprint: string;
}

/**
 * A disposable file that follows the log for as long as it is open. Deleting it changes no answer. Built for another
 * catalogue or layout, it is built anew beside itself and swapped in once the new one has caught up; until then the old one
 * answers, if it can be read.
 */
export class LivingFile<F extends FollowedFile> {
  private current: Generation<F>;
  private next: Generation<F> | undefined;
  private readonly closing = new AbortController();
  private readonly settled: Promise<void>;

  constructor(
    private readonly file: string,
    private readonly kind: Kind<F>,
    private readonly log: FollowedLog,
    private readonly options: LivingOptions,
  ) {
    const reason = this.staleness();
    if (reason !== undefined) options.onRebuild?.(reason);
    if (reason === undefined || !hasLayout(file, kind.layout)) {
      if (reason !== undefined) removeDatabase(file);
      this.current = this.open(file, kind.fingerprint);
      this.settled = Promise.resolve();
    } else {
      removeDatabase(this.besideFile);
      this.current = this.open(file);
      this.next = this.open(this.besideFile, kind.fingerprint);
      this.settled = this.swapWhenCaughtUp(this.next);
    }
    this.follow(this.current);
  }

  get database(): F {
    return this.current.database;
  }

  /** Every event up to it has been taken in. */
  get sequence(): number {
    return this.current.database.checkpoint;
  }

  /** The sequence of the file being built beside, while one is. */
  get rebuilding(): number | undefined {
    return this.next?.database.checkpoint;
  }

  get follower(): Follower {
    return this.current.follower;
  }

  /** Whether the file has the sequence, at the latest after `timeout` milliseconds. */
  reached(sequence: number, timeout: number): Promise<boolean> {
    return this.current.follower.reached(sequence, timeout);
  }

  /** Follows up to what is the log's head now, a rebuild included. */
  async catchUp(): Promise<void> {
    await this.settled;
    const { sequence } = await this.log.head();
    while (!(await this.reached(sequence, 1000)) && !this.closing.signal.aborted);
  }

  async close(): Promise<void> {
    this.closing.abort();
    for (const generation of [this.next, this.current]) {
      if (!generation) continue;
      await generation.follower.stop().catch(() => undefined);
      await generation.elsewhere;
      generation.database.close();
    }
  }

  private get besideFile(): string {
    return `${this.file}.next`;
  }

  private open(file: string, fingerprint?: string): Generation<F> {
    const database = this.kind.open(file);
    if (fingerprint !== undefined) database.fingerprint = fingerprint;
    return {
      database,
      follower: new Follower(this.log, database, this.options),
      elsewhere: this.takenElsewhere(file, database),
    };
  }

  private follow({ follower, elsewhere }: Generation<F>): void {
    elsewhere.then(() => follower.run()).catch((error: unknown) => this.options.onFailure?.(error));
  }

  /** Resolves at once where there is not much to take in. */
  private async takenElsewhere(file: string, database: F): Promise<void> {
    const { elsewhere } = this.options;
    if (!elsewhere) return;
    const before = database.checkpoint;
    try {
      const { sequence } = await this.log.head();
      if (sequence - before < WORTH_A_THREAD) return;
      await elsewhere(file, this.closing.signal);
    } catch (error) {
      if (!this.closing.signal.aborted) this.options.onFailure?.(error);
      return;
    }
    database.refresh();
    for (const event of database.setAside) if (event.sequence > before) this.options.onSetAside?.(event);
  }

  /** Why the file cannot be used as it is. */
  private staleness(): string | undefined {
    if (!existsSync(this.file)) return undefined;
    if (!hasLayout(this.file, this.kind.layout)) return 'the file is of another layout, or damaged';
    const database = this.kind.open(this.file);
    const known = database.fingerprint;
    database.close();
    return known === this.kind.fingerprint ? undefined : 'the catalogue has changed since the file was built';
  }

  private async swapWhenCaughtUp(next: Generation<F>): Promise<void> {
    try {
      await next.elsewhere;
      await next.follower.catchUp();
    } catch (error) {
      this.options.onFailure?.(error);
      return;
    }
    if (this.closing.signal.aborted) return;
    await this.current.follower.stop();
    if (this.closing.signal.aborted) return;
    this.current.database.close();
    next.database.close();
    removeDatabase(this.file);
    renameSync(this.besideFile, this.file);
    this.next = undefined;
    this.current = this.open(this.file);
    this.follow(this.current);
  }
}

/** Fewer events are taken in before a thread is up. */
const WORTH_A_THREAD = 20_000;

interface Generation<F> {
  readonly database: F;
  readonly follower: Follower;
  readonly elsewhere: Promise<void>;
}

/** Removes a file with what SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
