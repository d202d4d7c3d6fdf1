import type { Observable } from 'rxjs';
import type { Turnstile, WaitOptions } from '#runtime';
import { closed } from '../errors.js';
import type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  HistoryOptions,
  Lag,
  LogFilter,
  LogPage,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from '../event-log.js';
import { serialize } from '../serialized-event.js';
import { Replica } from '../sqlite/replica.js';
import { Appender } from './appender.js';
import { lookAhead } from './cluster.js';
import type { Connection } from './connection.js';
import { asUnavailable } from './failure.js';
import { Follower } from './follower.js';
import type { InstanceOptions } from './options.js';
import { prefixOf } from './record.js';
import { anyWithin, within } from './within.js';

/** How long the cluster has to say what this instance has not, in milliseconds. */
const LOOK_MS = 1_000;
/** How often is looked whether a start makes progress, in milliseconds. */
const PROGRESS_MS = 100;
/** How often is told of it. */
const TELLING_MS = 3_000;

export class KurrentLog implements EventLog {
  private readonly replica: Replica;
  private readonly follower: Follower;
  private readonly appender: Appender;
  private readonly underWay = new Set<Promise<unknown>>();
  private trouble: unknown;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly options: InstanceOptions,
    private readonly connection: Connection,
  ) {
    const { name, patience } = options;
    const prefix = prefixOf(name);
    this.replica = Replica.open(options.replica, {
      origin: name,
      isClosed: () => this.closing !== undefined,
    });
    this.follower = new Follower({
      connection,
      replica: this.replica,
      prefix,
      onDecided: (batch, decided) => this.appender.decided(batch, decided),
      onTrouble: (error) => {
        this.trouble = error;
        options.onTrouble?.(error);
      },
    });
    this.appender = new Appender({
      connection,
      replica: this.replica,
      follower: this.follower,
      prefix,
      patience,
    });
    this.follower.start();
  }

  async lag(): Promise<Lag> {
    const seconds = this.follower.behind / 1_000;
    if (seconds === 0) return { events: 0, seconds: 0 };
    try {
      const { position } = this.follower;
      // Not by `connection.call`: that it takes long is no reason to begin anew.
      const ahead = lookAhead(this.connection.client, prefixOf(this.options.name), position);
      const { events } = await within(LOOK_MS, ahead);
      return { events, seconds };
    } catch {
      return { events: undefined, seconds };
    }
  }

  /**
   * Resolves when this instance has everything that the cluster had. Rejects with LogError `unavailable` where nothing came for so many
   * milliseconds; as long as something comes, it may take its time.
   */
  async caughtUp(patience: number): Promise<void> {
    let sequence = -1;
    let since = performance.now();
    let told = since;
    while (!(await anyWithin(PROGRESS_MS, this.follower.passed.everything()))) {
      const now = this.replica.reader.headNow().sequence;
      if (now !== sequence) since = performance.now();
      sequence = now;
      if (performance.now() - told > TELLING_MS) {
        told = performance.now();
        this.options.onProgress?.(sequence);
      }
      if (performance.now() - since > patience) {
        throw asUnavailable(this.trouble ?? new Error('it does not answer'));
      }
    }
  }

  async append(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    if (this.closing !== undefined) throw closed();
    if (events.length === 0) return [];
    const work = this.appender.append(events.map(serialize), { ...options.expected });
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  async preview(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    if (this.closing !== undefined) throw closed();
    return this.appender.preview(events.map(serialize), { ...options.expected });
  }

  read(options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.replica.reader.read(options);
  }

  history(options: HistoryOptions, take: (page: LogPage) => void | Promise<unknown>): Promise<number> {
    return this.replica.reader.history(options, take);
  }

  get turns(): Turnstile {
    return this.replica.reader.turns;
  }

  readStream(
    stream: string,
    options?: { readonly from?: number; readonly limit?: number },
  ): AsyncIterable<RecordedEvent> {
    return this.replica.reader.readStream(stream, options);
  }

  find(id: string): Promise<RecordedEvent | undefined> {
    return this.replica.reader.find(id);
  }

  subscribe(options?: { readonly after?: number; readonly filter?: LogFilter }): Observable<LogSignal> {
    return this.replica.reader.subscribe(options);
  }

  head(): Promise<Head> {
    return this.replica.reader.head();
  }

  reached(sequence: number, options: WaitOptions): Promise<boolean> {
    return this.replica.reader.reached(sequence, options);
  }

  sequenceAt(recordedAt: number): Promise<number> {
    return this.replica.reader.sequenceAt(recordedAt);
  }

  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private async shut(): Promise<void> {
    await Promise.allSettled([...this.underWay]);
    await this.follower.stop();
    await this.connection.close();
    this.replica.close();
  }
}
