import type { RecordedEvent, RunningConsumer } from '#log';
import { finished, type Runtime } from '#runtime';
import { diff } from '#timeline';
import { changesOverTime, timelinesOf, timelinesTouched, type ChangeOverTime } from './changes-over-time.js';
import { fingerprintNow } from './fingerprint.js';
import {
  ProjectionStore,
  type ProjectedLog,
  type ProjectionStatus,
  type StoreOptions,
} from './projection-store.js';
import { rootsOf } from './projection-sink.js';
import { EFFECTS, SEARCH, storedIn, type Layout } from './sqlite/database.js';
import type { ParkedEvent } from './sqlite/projection-file.js';
import { SearchDatabase } from './sqlite/search-database.js';
import { ViewsDatabase } from './sqlite/views-database.js';
import type { Question } from './question.js';
import { State, VIEWS, type StateChange, type SubjectsOfCategory } from './state.js';
import { ViewsError } from './views-error.js';

/** The writer of a file of the read side, in any thread. */
export type ProjectionWriter = RunningConsumer<ProjectionStatus>;

export interface WriterOptions extends StoreOptions {
  /** Milliseconds that the thread may wait for another process; 0 on the thread of a server. */
  readonly busyTimeout?: number;
}

/** Writes `views.db`, and answers dry runs. */
export interface ViewsWriter extends ProjectionWriter {
  /** The differences if these events were recorded next. Changes nothing. Rejects where the file cannot be written. */
  preview(events: readonly RecordedEvent[], question: Question, signal: AbortSignal): Promise<Previewed>;
}

/**
 * A writer in this thread. A dry run reads `signal` between its steps: another thread may abort it in shared memory while this thread is
 * busy.
 */
export interface LocalViewsWriter extends ViewsWriter {
  preview(
    events: readonly RecordedEvent[],
    question: Question,
    signal: Pick<AbortSignal, 'aborted'>,
  ): Promise<Previewed>;
}

/** The differences in the state. */
export interface Previewed {
  /** At the instant of the question. */
  readonly changes: readonly StateChange[];
  /** At any instant, in the timelines of the subjects of the events: a hundred subjects at most. */
  readonly over: readonly ChangeOverTime[];
}

/** Milliseconds that a dry run may work, and that it may wait before. */
export const PREVIEW_MS = 5_000;

const TOO_LONG = `The dry run takes longer than ${PREVIEW_MS / 1_000} s: send fewer developments in one dry run.`;

/** Milliseconds between two reads of the log by the search, while no caller waits: the events of this time share a transaction. */
const SEARCH_REST_MS = 50;

/** Milliseconds for which batches of a burst share a transaction: a transaction writes a page of every cell that it touches. */
const COMMIT_WITHIN_MS = 50;

/** Starts the writer of the search file. */
export function writeSearch(
  runtime: Runtime,
  file: string,
  log: ProjectedLog,
  { busyTimeout = 0, ...options }: WriterOptions = {},
): ProjectionWriter {
  const open = (path: string): SearchDatabase => new SearchDatabase(path, { busyTimeout });
  const kind = { layout: SEARCH, open, fingerprint: fingerprintNow() };
  const store = new ProjectionStore(runtime, file, kind, log, {
    rest: SEARCH_REST_MS,
    commitWithin: COMMIT_WITHIN_MS,
    ...options,
  });
  void store.run();
  return store;
}

/** Starts the writer of the views file. */
export function writeViews(
  runtime: Runtime,
  file: string,
  log: ProjectedLog,
  { busyTimeout = 0, ...options }: WriterOptions = {},
): LocalViewsWriter {
  const open = (path: string): ViewsDatabase => new ViewsDatabase(path, { busyTimeout });
  const kind = { layout: EFFECTS, open, fingerprint: fingerprintNow() };
  const store = new ViewsStore(runtime, file, kind, log, { commitWithin: COMMIT_WITHIN_MS, ...options });
  void store.run();
  return store;
}

class ViewsStore extends ProjectionStore<ViewsDatabase> implements LocalViewsWriter {
  /** Settles when no dry run is under way. */
  private lastPreview: Promise<unknown> = Promise.resolve();

  /** Dry runs are done one after the other. Between two of them, the consumer has its turn. */
  preview(...asked: Parameters<LocalViewsWriter['preview']>): Promise<Previewed> {
    const preview = this.lastPreview.then(() => this.runtime.turn()).then(() => this.previewed(...asked));
    this.lastPreview = preview.catch(() => undefined);
    return preview;
  }

  private async previewed(
    ...[events, question, signal]: Parameters<LocalViewsWriter['preview']>
  ): Promise<Previewed> {
    const end = this.runtime.elapsed() + PREVIEW_MS;
    const check = (): void => {
      if (signal.aborted) throw new ViewsError('unavailable', 'they do not answer in time');
      if (this.runtime.elapsed() >= end) throw new ViewsError('too-long', TOO_LONG);
    };
    check();
    const roots = await rootsOf(events, this.database, this.log);
    const { database } = this;
    const { cells } = database;
    return cells.checked(check, () => {
      const state = new State(cells);
      const touched = timelinesTouched([...events, ...roots.values()]);
      const timelines = timelinesOf(state, touched, question);
      const last = cells.lastTouched();
      // Only the state of touched subjects can differ, and only the rows of the events show which these are.
      const after = database.preview(events, roots, check, () => {
        const byCategory = new Map(
          VIEWS.map(({ category }) => [category, cells.touchedSince(category, last)]),
        );
        const subjectsOf: SubjectsOfCategory = (category) => byCategory.get(category) ?? [];
        return {
          subjectsOf,
          stated: finished(state.stated(question, VIEWS, subjectsOf)),
          over: changesOverTime(touched, timelines, timelinesOf(state, touched, question)),
        };
      });
      const before = finished(state.stated(question, VIEWS, after.subjectsOf));
      return { changes: diff(before, after.stated), over: after.over };
    });
  }
}

/** An event that is parked in both files is reported once. */
export function once(tell: ((event: ParkedEvent) => void) | undefined): (event: ParkedEvent) => void {
  const passed = new Set<number>();
  return (event) => {
    if (passed.has(event.sequence)) return;
    passed.add(event.sequence);
    tell?.(event);
  };
}

/** A file as a start finds it: the sequence that it has, and whether it has the whole log and is of this catalogue. */
export function foundAs(
  file: string,
  layout: Layout,
  head: number,
): { readonly file: string; readonly checkpoint: number; readonly upToDate: boolean } {
  const stored = storedIn(file, layout);
  const checkpoint = stored?.checkpoint ?? 0;
  return { file, checkpoint, upToDate: stored?.fingerprint === fingerprintNow() && checkpoint >= head };
}
