import { renameSync } from 'node:fs';
import { basename } from 'node:path';
import {
  Consumer,
  Failures,
  logSource,
  type ConsumerOptions,
  type ConsumerStatus,
  type EventLog,
  type RecordedEvent,
  type RunningConsumer,
} from '#log';
import { Gate, type Runtime } from '#runtime';
import { removeDatabase } from '#sqlite';
import { projectionSink } from './projection-sink.js';
import { stateOf, type Layout } from './sqlite/database.js';
import type { ParkedEvent, ProjectionFile } from './sqlite/projection-file.js';
import { ViewsError } from './views-error.js';

/** The part of a log that projections read. */
export type ProjectedLog = Pick<EventLog, 'read' | 'find' | 'head' | 'reached'>;

/** One kind of file that a store keeps. */
export interface ProjectionKind<F extends ProjectionFile> {
  readonly layout: Layout;
  /** Opens or creates a file. */
  readonly open: (file: string) => F;
  /** Identifies everything, besides the log, on which the content of the file depends. */
  readonly fingerprint: string;
}

export interface ProjectionStatus extends ConsumerStatus {
  /** How often a file was opened for serving. When the number grows, readers open the file again. */
  readonly opened: number;
  /** Until a rebuild has ended: the sequence of the new file; 0 where no new file is open. */
  readonly rebuilding?: number;
  /** Events that the served file has parked. */
  readonly parked: number;
}

export interface StoreOptions extends Pick<ConsumerOptions, 'batch' | 'farBehind' | 'commitWithin' | 'rest'> {
  /** Reports the status of the store as a whole: of the served file, of the new file, and of opening and swapping. */
  readonly onStatus?: (status: ProjectionStatus) => void;
  /**
   * Reports the reason of a rebuild. A file of another catalogue is served while a new file is built; a file of another layout, or a damaged file, is
   * removed.
   */
  readonly onRebuild?: (reason: string) => void;
  readonly onParked?: (event: ParkedEvent) => void;
}

interface Built<F> {
  readonly database: F;
  readonly consumer: Consumer<RecordedEvent>;
}

/**
 * - `opening`: no file is open;
 * - `serving`: a file is open, and its consumer runs;
 * - `outdated`: the same, but the file is of another catalogue, and is to be rebuilt;
 * - `rebuilding`: the file is served, and another is built beside it;
 * - `swapping`: no file is open; the new file replaces the old one, and is opened.
 */
type StoreState<F> =
  | { readonly name: 'opening' | 'swapping' }
  | { readonly name: 'serving' | 'outdated'; readonly served: Built<F> }
  | { readonly name: 'rebuilding'; readonly served: Built<F>; readonly next: Built<F> };

/**
 * Writes a disposable file that is made from the log. Deleting the file changes no answer. For a file of another catalogue, a new file is built
 * beside the old file (blue/green), and replaces the old file when the new file has caught up. Until then the old file is served. A file of another
 * layout, or a damaged file, is removed and built again. Every failure is retried.
 */
export class ProjectionStore<F extends ProjectionFile> implements RunningConsumer<ProjectionStatus> {
  readonly gate: Gate;
  private state: StoreState<F> = { name: 'opening' };
  private opened = 0;
  private parked = 0;
  private readonly failures: Failures;
  private readonly ended = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    protected readonly runtime: Runtime,
    private readonly file: string,
    private readonly kind: ProjectionKind<F>,
    protected readonly log: ProjectedLog,
    private readonly options: StoreOptions = {},
  ) {
    this.gate = new Gate(runtime);
    this.failures = new Failures(runtime);
  }

  get status(): ProjectionStatus {
    const { state } = this;
    const own = this.failures.status(this.ended.signal.aborted ? 'stopped' : 'catchingUp');
    const consumers = [
      ...(state.name === 'rebuilding' ? [state.next] : []),
      ...('served' in state ? [state.served] : []),
    ].map(({ consumer }) => consumer.status);
    const failing = [own, ...consumers].find(({ state }) => state === 'retrying');
    return {
      ...(failing ?? consumers.at(-1) ?? own),
      sequence: this.gate.value,
      failuresInAll: [own, ...consumers].reduce((sum, { failuresInAll }) => sum + failuresInAll, 0),
      opened: this.opened,
      parked: this.parked,
      ...rebuildingIn(state),
    };
  }

  /** The file that is served. Throws ViewsError where no file is open. */
  get database(): F {
    if ('served' in this.state) return this.state.served.database;
    throw new ViewsError('unavailable', `${basename(this.file)} is not open now`);
  }

  /** Runs until stopped. Never rejects. When the call returns, the file is open, unless the opening fails. */
  run(): Promise<void> {
    this.running ??= this.keepRunning();
    return this.running;
  }

  wake(): void {
    if ('served' in this.state) this.state.served.consumer.wake();
  }

  async stop(): Promise<void> {
    this.ended.abort();
    await this.running;
    await this.closeAll();
    this.gate.close();
  }

  private async keepRunning(): Promise<void> {
    while (!this.ended.signal.aborted) {
      try {
        if (this.state.name === 'opening' || this.state.name === 'swapping') this.serve();
        if (this.state.name === 'outdated') await this.rebuild(this.state.served);
        this.failures.clear();
        this.reportStatus();
        return;
      } catch (error) {
        const wait = this.failures.add(error);
        this.reportStatus();
        await this.runtime.sleep(wait, this.ended.signal);
      }
    }
  }

  private serve(): void {
    const { kind, file } = this;
    const state = stateOf(file, kind.layout);
    if (state === 'other') {
      this.options.onRebuild?.('the file is of another layout, or damaged');
      removeDatabase(file);
    }
    const served = this.build(file, state !== 'ours', () => this.advance());
    let found: { readonly fingerprint: string | undefined; readonly parked: number };
    try {
      const { fingerprint, parked } = served.database;
      found = { fingerprint, parked: parked.length };
    } catch (error) {
      served.database.close();
      throw error;
    }
    this.parked = found.parked;
    const isOutdated = found.fingerprint !== kind.fingerprint;
    if (isOutdated) this.options.onRebuild?.('the catalogue has changed since the file was built');
    this.state = { name: isOutdated ? 'outdated' : 'serving', served };
    this.opened += 1;
    void served.consumer.run();
    this.advance();
  }

  private async rebuild(served: Built<F>): Promise<void> {
    const beside = `${this.file}.next`;
    removeDatabase(beside);
    const next = this.build(beside, true, () => this.reportStatus());
    this.state = { name: 'rebuilding', served, next };
    void next.consumer.run();
    try {
      while (next.consumer.status.state !== 'running') {
        await this.runtime.sleep(CHECK_MS, this.ended.signal);
        if (this.ended.signal.aborted) return;
      }
      this.state = { name: 'swapping' };
      for (const built of [next, served]) await end(built);
      removeDatabase(this.file);
      renameSync(beside, this.file);
      this.serve();
    } catch (error) {
      for (const built of [next, served]) await end(built);
      this.state = { name: 'swapping' };
      throw error;
    }
  }

  private build(file: string, fresh: boolean, onStatus: () => void): Built<F> {
    const { kind, log, runtime, options } = this;
    const database = kind.open(file);
    try {
      if (fresh) database.fingerprint = kind.fingerprint;
      const sink = projectionSink(database, log, (event) => this.park(event, database));
      const { batch, farBehind, commitWithin, rest } = options;
      const bounds = {
        ...(batch && { batch }),
        ...(farBehind && { farBehind }),
        ...(commitWithin && { commitWithin }),
        ...(rest && { rest }),
      };
      return { database, consumer: new Consumer(runtime, logSource(log), sink, { ...bounds, onStatus }) };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  private park(event: ParkedEvent, database: F): void {
    if ('served' in this.state && this.state.served.database === database) this.parked += 1;
    this.options.onParked?.(event);
  }

  private advance(): void {
    if ('served' in this.state) this.gate.advance(this.state.served.database.checkpoint);
    this.reportStatus();
  }

  private reportStatus(): void {
    this.options.onStatus?.(this.status);
  }

  private async closeAll(): Promise<void> {
    const { state } = this;
    this.state = { name: 'opening' };
    const open = 'served' in state ? [state.served] : [];
    for (const built of state.name === 'rebuilding' ? [state.next, ...open] : open) await end(built);
  }
}

function rebuildingIn<F extends ProjectionFile>(state: StoreState<F>): Pick<ProjectionStatus, 'rebuilding'> {
  if (state.name === 'rebuilding') return { rebuilding: state.next.database.checkpoint };
  return state.name === 'outdated' || state.name === 'swapping' ? { rebuilding: 0 } : {};
}

/** Stops a consumer and closes its file. If the last commit fails, nothing is lost: its events are applied again. */
async function end<F extends ProjectionFile>({ consumer, database }: Built<F>): Promise<void> {
  await consumer.stop();
  if (!database.db.open) return;
  try {
    database.close();
  } catch {
    // The connection is closed even where the commit fails.
  }
}

/** Milliseconds between two checks of a file that is built. */
const CHECK_MS = 50;
