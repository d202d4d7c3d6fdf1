import type { Observable } from 'rxjs';
import { isLogName, withoutCredentials } from '../engine.js';
import { closed, LogError } from '../errors.js';
import type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  Lag,
  LogFilter,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from '../event-log.js';
import { serialize } from '../serialized-event.js';
import { Replica } from '../sqlite/replica.js';
import { Appender } from './appender.js';
import { clientOf } from './connection-string.js';
import { Connection } from './connection.js';
import { asUnavailable } from './failure.js';
import { lookAhead, witnessed } from './cluster.js';
import { Follower } from './follower.js';
import { readPlace } from './place.js';
import { prefixOf } from './record.js';
import { anyWithin } from './within.js';

export interface KurrentLogOptions {
  /** `kurrentdb://…`, `kurrentdb+discover://…`, `esdb://…`. */
  readonly connectionString: string;
  /** Where this instance keeps its replica of the log. Disposable; not to be shared with another instance. */
  readonly replica: string;
  /** The name of the log in the cluster, `borderline` where absent: its streams are called `<name>.<stream>`. No dots. */
  readonly name?: string;
  /** How long an append may take, and how long the cluster may be silent at the start, before `unavailable`; 10,000 ms where absent. */
  readonly patience?: number;
  /** Told of what goes wrong with following the cluster and is tried again: once, until all is well. */
  readonly onTrouble?: (error: unknown) => void;
}

/**
 * An EventLog in a KurrentDB cluster, which any number of instances may have open. Resolves once this one has everything that the cluster
 * has. Rejects with LogError `invalid` for a connection string or a name that is none, `unavailable` where the cluster cannot be reached.
 */
export async function openKurrentLog(options: KurrentLogOptions): Promise<KurrentLog> {
  const { name = 'borderline', patience = 10_000 } = options;
  if (!isLogName(name)) {
    throw new LogError('invalid', 'A log in a cluster is named with a-z, 0-9 and -, 64 characters at most');
  }
  const connection = new Connection(() => clientOf(options.connectionString));
  const shown = withoutCredentials(options.connectionString);
  let log: KurrentLog | undefined;
  try {
    void connection.client;
    await checkReplica(options.replica, connection, name, patience);
    log = new KurrentLog({ ...options, name, patience }, connection);
    await log.caughtUp(patience);
    return log;
  } catch (error) {
    await log?.close();
    await connection.close();
    const { code, message, cause } = asUnavailable(error);
    throw code === 'unavailable' ? new LogError(code, `${shown}: ${message}`, { cause }) : error;
  }
}

/** Throws a replica away that does not continue the log of the cluster: another cluster, or one that was put back to an earlier state. */
async function checkReplica(
  file: string,
  connection: Connection,
  name: string,
  patience: number,
): Promise<void> {
  const replica = Replica.open(file, { origin: name, isClosed: () => false });
  const { place } = replica;
  replica.close();
  if (place === undefined) return;
  if (!(await connection.call(patience, (client) => witnessed(client, name, readPlace(place).witness)))) {
    Replica.discard(file);
  }
}

/** How long the cluster has to say what this instance has not, in milliseconds. */
const LOOK_MS = 1_000;
/** How often is looked whether a start makes progress, in milliseconds. */
const PROGRESS_MS = 100;

export class KurrentLog implements EventLog {
  private readonly name: string;
  private readonly replica: Replica;
  private readonly follower: Follower;
  private readonly appender: Appender;
  private readonly underWay = new Set<Promise<unknown>>();
  private trouble: unknown;
  private closing: Promise<void> | undefined;

  constructor(
    options: KurrentLogOptions & { readonly name: string; readonly patience: number },
    private readonly connection: Connection,
  ) {
    const { name, patience } = options;
    this.name = name;
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
      const { events } = await this.connection.call(LOOK_MS, (client) =>
        lookAhead(client, prefixOf(this.name), position),
      );
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
    while (!(await anyWithin(PROGRESS_MS, this.follower.passed.everything()))) {
      const now = this.replica.reader.headNow().sequence;
      if (now !== sequence) since = performance.now();
      sequence = now;
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

  read(options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.replica.reader.read(options);
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
