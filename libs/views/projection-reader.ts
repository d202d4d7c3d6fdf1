import { Gate, type WaitOptions, type Runtime } from '#runtime';
import type { Db } from '#sqlite';
import { openToRead, type Layout } from './sqlite/database.js';
import { ReadSnapshot } from './sqlite/read-snapshot.js';
import type { ParkedEvent } from './sqlite/projection-file.js';
import { ViewsError } from './views-error.js';
import type { ProjectionWriter } from './writers.js';

/** Milliseconds for which a replaced file stays open, for readers that still use it. */
const GRACE_MS = 60_000;

/** How a file is read. */
interface FileKind<R> {
  readonly layout: Layout;
  readonly readerOf: (db: Db) => R;
  readonly name: string;
  readonly verb: 'is' | 'are';
}

interface Opened<R> {
  readonly db: Db;
  readonly snapshot: ReadSnapshot;
  readonly reader: R;
  /** The value of `opened` in the status of the writer when this file was opened. */
  readonly opening: number;
}

/** Reads a file that a writer keeps up to date. The reader has its own connection and never waits for a lock. */
export class ProjectionReader<R> {
  private opened: Opened<R> | undefined;
  private readonly replaced = new Set<Db>();

  constructor(
    private readonly runtime: Runtime,
    private readonly file: string,
    private readonly kind: FileKind<R>,
    private readonly writer: ProjectionWriter,
  ) {}

  get status(): ProjectionWriter['status'] {
    return this.writer.status;
  }

  /** The sequence of all reads in this turn. Throws ViewsError `unavailable`. */
  get sequence(): number {
    return this.hold().snapshot.hold();
  }

  /** The connection's queries; all reads of one turn of the thread are of one sequence. Throws ViewsError `unavailable`. */
  get reader(): R {
    return this.hold().reader;
  }

  get parked(): ParkedEvent[] {
    const { db } = this.hold();
    return db.prepare<[], ParkedEvent>('SELECT sequence, id, reason FROM parked ORDER BY sequence').all();
  }

  /** Whether the file can be read now. */
  get readable(): boolean {
    try {
      this.hold();
      return true;
    } catch {
      return false;
    }
  }

  /** Waits until the file has the sequence; false where the file does not have it in time. */
  async reached(sequence: number, options: WaitOptions): Promise<boolean> {
    if (this.writer.gate.value < sequence) this.writer.wake();
    const reached = await this.writer.gate.reached(sequence, options);
    if (reached) this.opened?.snapshot.reach(sequence);
    return reached;
  }

  /** Waits until the file has the sequence. Throws ViewsError `behind` otherwise, with the reason where it is known. */
  async need(sequence: number, options: WaitOptions): Promise<void> {
    if (await this.reached(sequence, options)) return;
    const { reason } = this.writer.status;
    const why = reason === undefined ? '' : `: ${reason}`;
    const at = this.writer.gate.value;
    throw new ViewsError(
      'behind',
      `The ${this.kind.name} ${this.kind.verb} at @${at}, not yet at @${sequence}${why}.`,
    );
  }

  /** The next read sees all commits so far, also in this turn. */
  renew(): void {
    this.opened?.snapshot.release();
  }

  close(): void {
    for (const db of this.replaced) db.close();
    this.replaced.clear();
    this.opened?.db.close();
    this.opened = undefined;
  }

  /** The open file, at the sequence of this turn. For a turn that has read before, the file and the sequence stay the same. */
  private hold(): Opened<R> {
    if (this.opened?.snapshot.isHeld === true) return this.opened;
    try {
      const opened = this.current();
      opened.snapshot.hold();
      return opened;
    } catch (error) {
      if (error instanceof ViewsError) throw error;
      throw new ViewsError('unavailable', `The ${this.kind.name} cannot be read now.`, { cause: error });
    }
  }

  private current(): Opened<R> {
    const { opened, writer } = this;
    const opening = writer.status.opened;
    if (opened !== undefined && opened.opening === opening) return opened;
    const db = openToRead(this.file, this.kind.layout);
    if (db === undefined) {
      if (opened !== undefined) return opened;
      throw new ViewsError('unavailable', `The ${this.kind.name} ${this.kind.verb} not there yet.`);
    }
    try {
      const next = {
        db,
        opening,
        snapshot: new ReadSnapshot(db, this.runtime),
        reader: this.kind.readerOf(db),
      };
      if (opened !== undefined) this.retire(opened.db);
      this.opened = next;
      return next;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  private retire(db: Db): void {
    this.replaced.add(db);
    void this.runtime.sleep(GRACE_MS).then(() => {
      if (this.replaced.delete(db)) db.close();
    });
  }
}

/** A reader in a thread that does not know the writer. `opening`: the opening of the file, in the status of the writer. It waits for nothing. */
export function readerOfAnother<R>(
  runtime: Runtime,
  file: string,
  kind: FileKind<R>,
  opening: () => number,
): ProjectionReader<R> {
  return new ProjectionReader(runtime, file, kind, {
    gate: new Gate(runtime),
    wake: () => undefined,
    stop: () => Promise.resolve(),
    get status() {
      return { ...NO_WRITER, opened: opening() };
    },
  });
}

const NO_WRITER: ProjectionWriter['status'] = {
  state: 'running',
  sequence: 0,
  failures: 0,
  failuresInAll: 0,
  opened: 0,
  parked: 0,
};
