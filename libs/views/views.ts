import { existsSync } from 'node:fs';
import { diskReasonOf, type EventLog, type RecordedEvent } from '#log';
import { TimeoutError, withTimeout, type Runtime, type WaitOptions } from '#runtime';
import { removeDatabase } from '#sqlite';
import { ChangeFinder } from './changes/change-finder.js';
import { EventSearch, type SentSearch } from './event-search.js';
import type { ExplanationSource } from './explain.js';
import { Explanations } from './explanations.js';
import { elsewhereIn, type LongWork } from './long-work.js';
import { ProjectionReader } from './projection-reader.js';
import type { ProjectedLog, StoreOptions } from './projection-store.js';
import { EFFECTS, SEARCH, storedIn } from './sqlite/database.js';
import type { EventIndex } from './sqlite/event-index.js';
import type { DueReader } from './sqlite/due-table.js';
import type { SecondLookReader } from './sqlite/second-look-reader.js';
import type { StoredEffects } from './sqlite/stored-effects.js';
import type { ParkedEvent } from './sqlite/projection-file.js';
import { SEARCH_KIND, searchFileOf } from './sqlite/search-database.js';
import { VIEWS_KIND, type ViewsReader } from './sqlite/views-database.js';
import type { Question } from './question.js';
import { State } from './state.js';
import type { Elsewhere } from './subject-work.js';
import { rethrowTooLong, ViewsError } from './views-error.js';
import {
  foundAs,
  once,
  PREVIEW_MS,
  writeSearch,
  writeViews,
  type Previewed,
  type ProjectionWriter,
  type ViewsWriter,
} from './writers.js';

/** The parameters of a writer in a thread of its own. */
export interface ThreadedWriterOptions extends Omit<StoreOptions, 'batch' | 'farBehind'> {
  readonly file: string;
  /** The sequence that the file has. */
  readonly checkpoint: number;
  /** Whether the file has the whole log and is of this catalogue: a writer has nothing to do yet. */
  readonly upToDate: boolean;
}

/** Starts the writers of the files, each in its own thread. */
export interface Writers {
  readonly views: (options: ThreadedWriterOptions) => ViewsWriter;
  readonly search: (options: ThreadedWriterOptions) => ProjectionWriter;
}

export interface ViewsOptions extends Omit<StoreOptions, 'onStatus'> {
  readonly onStatus?: (status: ProjectionWriter['status'], of: 'views' | 'search') => void;
  /** Without `writers`, this thread writes the files; each write blocks the thread. */
  readonly writers?: Writers;
  /** Without it, this thread does long work too. */
  readonly longWork?: LongWork;
  /** Without it, this thread does long searches too. */
  readonly longSearches?: LongWork<SentSearch>;
}

/** Milliseconds for which a start waits until the files can be read. */
const OPENING_MS = 10_000;

/**
 * The read side: a file to answer questions about state, and a file to find events. Both are disposable, each with its own consumer of the log. Where
 * the first file is missing at a start, the second is removed too. Deleting them changes no answer.
 */
export class Views {
  /** Finds the changes of a step, and explains answers. Both throw the same errors as `state`. */
  readonly changes: ChangeFinder;
  readonly explanations: Explanations;
  /** Finds events. Throws the same errors as `state`. */
  readonly events: EventSearch;
  private readonly elsewhere: Elsewhere | undefined;
  private answering: { readonly from: ViewsReader; readonly state: State } | undefined;

  private constructor(
    private readonly runtime: Runtime,
    private readonly log: ProjectedLog,
    private readonly viewsWriter: ViewsWriter,
    private readonly searchWriter: ProjectionWriter,
    private readonly effects: ProjectionReader<ViewsReader>,
    /** Finds events. The search may be a few events ahead of the views or behind them. */
    readonly search: ProjectionReader<EventIndex>,
    private readonly long: { [W in 'longWork' | 'longSearches']: ViewsOptions[W] | undefined },
  ) {
    const { longWork, longSearches } = long;
    this.events = new EventSearch(runtime, search, longSearches);
    const now = () => ({ opening: viewsWriter.status.opened, recordedAt: effects.sequence });
    this.elsewhere = longWork && elsewhereIn(runtime, longWork, now);
    this.changes = new ChangeFinder(() => this.effects.reader, this.elsewhere);
    this.explanations = new Explanations(() => this.effects.reader, this.elsewhere);
  }

  /** Removes the files: they are rebuilt from the log. No process may have them open. */
  static remove(file: string): void {
    removeDatabase(file);
    removeDatabase(searchFileOf(file));
  }

  /** Whether the files have events that the log does not have: then an older copy of the log was restored. */
  static async areAhead(file: string, log: Pick<EventLog, 'head'>): Promise<boolean> {
    // The checkpoints are read before the head: then a file that is made from a growing log is never ahead of the head.
    const checkpoints = [storedIn(file, EFFECTS), storedIn(searchFileOf(file), SEARCH)];
    const { sequence } = await log.head();
    return checkpoints.some((stored) => (stored?.checkpoint ?? 0) > sequence);
  }

  /**
   * Opens or creates the files, and keeps them up to date. Resolves when the files can be read, even where they lack the newest events, or after ten
   * seconds: then the status gives the reason.
   */
  static async open(
    runtime: Runtime,
    file: string,
    log: ProjectedLog,
    { writers, longWork, longSearches, ...options }: ViewsOptions = {},
  ): Promise<Views> {
    const searchFile = searchFileOf(file);
    if (!existsSync(file)) removeDatabase(searchFile);
    const { sequence: head } = await log.head();
    const { onStatus, onRebuild, onParked, ...bounds } = options;
    const both = { ...bounds, onParked: once(onParked) };
    const viewsOptions = {
      ...{ ...both, ...foundAs(file, EFFECTS, head), ...(onRebuild && { onRebuild }) },
      onStatus: (status: ProjectionWriter['status']) => onStatus?.(status, 'views'),
    };
    // A rebuild mostly concerns both files, so it is reported once.
    const searchOptions = {
      ...{ ...both, ...foundAs(searchFile, SEARCH, head) },
      onStatus: (status: ProjectionWriter['status']) => onStatus?.(status, 'search'),
    };
    const viewsWriter = writers?.views(viewsOptions) ?? writeViews(runtime, file, log, viewsOptions);
    const searchWriter =
      writers?.search(searchOptions) ?? writeSearch(runtime, searchFile, log, searchOptions);
    const effects = new ProjectionReader(runtime, file, VIEWS_KIND, viewsWriter);
    const search = new ProjectionReader(runtime, searchFile, SEARCH_KIND, searchWriter);
    const deadline = runtime.elapsed() + OPENING_MS;
    for (let rest = 10; !(effects.readable && search.readable) && runtime.elapsed() < deadline; rest *= 1.2)
      await runtime.sleep(rest);
    const long = { longWork, longSearches };
    return new Views(runtime, log, viewsWriter, searchWriter, effects, search, long);
  }

  /** The state; valid for this turn of the thread. Throws ViewsError `unavailable`. */
  get state(): State {
    const { reader } = this.effects;
    if (this.answering?.from !== reader)
      this.answering = { from: reader, state: new State(reader.cells, this.elsewhere) };
    return this.answering.state;
  }

  /** The source of explanations. Throws the same errors as `state`. */
  get explained(): ExplanationSource {
    return this.effects.reader;
  }

  /** All effects and corrections in the views. Throws the same errors as `state`. */
  get stored(): StoredEffects {
    return this.effects.reader.stored;
  }

  /** The instants that are due. Throws the same errors as `state`. */
  get due(): DueReader {
    return this.effects.reader.due;
  }

  /** The look-ups of the second look. Throws the same errors as `state`. */
  get secondLook(): SecondLookReader {
    return this.effects.reader.secondLook.at(this.effects.sequence);
  }

  /** The sequence of `state` in this turn. Throws the same errors as `state`. */
  get sequence(): number {
    return this.effects.sequence;
  }

  /** The parked events, by sequence. */
  get parked(): ParkedEvent[] {
    const all = [...this.search.parked, ...this.effects.parked];
    return [...new Map(all.map((event) => [event.sequence, event])).values()].sort(
      (a, b) => a.sequence - b.sequence,
    );
  }

  /** The status of each file, and whether it can be read. */
  get status(): Readonly<
    Record<'views' | 'search', ProjectionWriter['status'] & { readonly readable: boolean }>
  > {
    return {
      views: { ...this.viewsWriter.status, readable: this.effects.readable },
      search: { ...this.searchWriter.status, readable: this.search.readable },
    };
  }

  /** The sequence of the new file during a rebuild. */
  get rebuilding(): number | undefined {
    return this.viewsWriter.status.rebuilding ?? this.searchWriter.status.rebuilding;
  }

  /** Waits until the views have the sequence; false where they do not have it in time. */
  reached(sequence: number, options: WaitOptions): Promise<boolean> {
    return this.effects.reached(sequence, options);
  }

  /** Waits until the views have the sequence. Throws ViewsError `behind`. */
  need(sequence: number, options: WaitOptions): Promise<void> {
    return this.effects.need(sequence, options);
  }

  /**
   * Waits until the search has the sequence of the views, `timeout` milliseconds at most. The search reads the log at intervals; a wait
   * makes it read immediately.
   */
  async searchCatchesUp(timeout: number): Promise<void> {
    const { value } = this.viewsWriter.gate;
    if (this.searchWriter.gate.value < value) await this.search.reached(value, { timeout });
  }

  /**
   * The differences, at a question and over time, if these events were recorded next. Changes nothing. Waits for the views and for other dry runs, five
   * seconds at most, and then works for five seconds at most. Throws ViewsError: `too-long` where these do not suffice.
   */
  async preview(
    events: readonly RecordedEvent[],
    question: Question,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Previewed> {
    const deadline = this.runtime.elapsed() + 2 * PREVIEW_MS;
    const { sequence } = await this.log.head();
    await this.need(sequence, { timeout: PREVIEW_MS, signal });
    const ended = new AbortController();
    const gone = (): void => ended.abort();
    signal?.addEventListener('abort', gone, { once: true });
    try {
      const asked = this.viewsWriter.preview(events, question, ended.signal);
      return await withTimeout(this.runtime, Math.max(1, deadline - this.runtime.elapsed()), asked);
    } catch (error) {
      rethrowTooLong(error);
      const reason = this.whyNot(error);
      if (reason === undefined) throw error;
      throw new ViewsError('unavailable', `The views cannot be asked now: ${reason}.`, { cause: error });
    } finally {
      ended.abort();
      signal?.removeEventListener('abort', gone);
    }
  }

  /**
   * Waits until the files have all events that the log has now, also during a rebuild. Rejects with ViewsError `behind` where one file makes
   * no progress for `timeout` milliseconds.
   */
  async catchUp({ timeout = 30_000 }: Partial<WaitOptions> = {}): Promise<void> {
    const { sequence } = await this.log.head();
    await Promise.all(
      [this.viewsWriter, this.searchWriter].map((writer) => this.caughtUp(writer, sequence, timeout)),
    );
    await Promise.all([this.effects, this.search].map((reader) => reader.reached(sequence, { timeout })));
  }

  async close(): Promise<void> {
    const { longWork, longSearches } = this.long;
    const writers = [this.viewsWriter.stop(), this.searchWriter.stop()];
    await Promise.all([longWork?.stop(), longSearches?.stop(), ...writers]);
    this.effects.close();
    this.search.close();
  }

  /** The reason why the writer does not answer; undefined where the error is a bug. */
  private whyNot(error: unknown): string | undefined {
    if (error instanceof TimeoutError) return 'they do not answer in time';
    // An error of another thread has lost its class.
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code === 'unavailable') return message;
    const { state, reason } = this.viewsWriter.status;
    return diskReasonOf(error) ?? (state === 'stopped' ? 'they are stopped' : reason);
  }

  private async caughtUp(writer: ProjectionWriter, head: number, timeout: number): Promise<void> {
    let last = '';
    for (let since = this.runtime.elapsed(); ;) {
      const { sequence, rebuilding, reason } = writer.status;
      if (sequence >= head && rebuilding === undefined) return;
      const now = `${sequence} ${rebuilding}`;
      if (now !== last) since = this.runtime.elapsed();
      else if (this.runtime.elapsed() - since > timeout || writer.gate.closed) {
        throw new ViewsError(
          'behind',
          `The views are at @${sequence}, not yet at @${head}: ${reason ?? 'no reason is known'}.`,
        );
      }
      last = now;
      writer.wake();
      if (sequence < head) await writer.gate.reached(head, { timeout: 50 });
      else await this.runtime.sleep(10);
    }
  }
}
