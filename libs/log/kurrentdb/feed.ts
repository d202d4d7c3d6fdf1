import {
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
  type Position,
} from '@kurrent/kurrentdb-client';

/** A part of `$all`, in its order. */
export interface Page {
  readonly events: readonly AllStreamResolvedEvent[];
  /** After these events: there is nothing of ours up to here. */
  readonly checkpoint?: Position;
  /** After these events: there was nothing more. */
  readonly caughtUp: boolean;
}

export interface Listening {
  readonly prefix: string;
  /** Exclusive; undefined: the beginning. */
  readonly from: Position | undefined;
  /** Where this throws, the feed fails. */
  readonly onPage: (page: Page) => void;
  readonly onFellBehind: () => void;
}

/** So many events are handed over in one go. */
const PAGE = 1_000;
/** The subscription waits while so many have not been handed over. */
const ENOUGH = 4_000;
/** The cluster tells where it is after so many times 32 events that are none of ours. */
const CHECKPOINT_INTERVAL = 32;
/** How long the cluster has to confirm a subscription, in milliseconds. */
const CONFIRMATION_MS = 10_000;

/** Something that is so once this many events have been handed over. */
interface Mark {
  readonly due: number;
  readonly checkpoint?: Position;
}

/** One subscription to our streams in `$all`, from its beginning to its end. Holds a few thousand events at most. */
export class Feed {
  /** Resolves when the cluster, or `stop`, ends the subscription; rejects where it fails. */
  readonly ended: Promise<void>;
  private readonly subscription: AllStreamSubscription;
  private waiting: AllStreamResolvedEvent[] = [];
  private marks: Mark[] = [];
  private received = 0;
  private handed = 0;
  private scheduled = false;

  constructor(
    client: KurrentDBClient,
    private readonly listening: Listening,
  ) {
    const subscription = client.subscribeToAll({
      fromPosition: listening.from ?? 'start',
      filter: streamNameFilter({
        prefixes: [listening.prefix],
        checkpointInterval: CHECKPOINT_INTERVAL,
        checkpointReached: (_, checkpoint) => this.mark({ checkpoint }),
      }),
    });
    this.subscription = subscription;
    this.ended = new Promise((resolve, reject) => {
      subscription.on('error', reject);
      subscription.on('end', () => resolve());
      subscription.on('close', () => resolve());
    });
    this.limitConfirmation();
    subscription.on('caughtUp', () => this.mark({}));
    subscription.on('fellBehind', () => listening.onFellBehind());
    subscription.on('data', (resolved: AllStreamResolvedEvent) => {
      this.received += 1;
      this.waiting.push(resolved);
      if (this.waiting.length >= ENOUGH) subscription.pause();
      this.schedule();
    });
  }

  /** Nothing is handed over any more. */
  stop(): void {
    void this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  private limitConfirmation(): void {
    const late = setTimeout(
      () => this.subscription.destroy(new Error('The cluster did not confirm a subscription')),
      CONFIRMATION_MS,
    );
    const done = (): void => clearTimeout(late);
    this.subscription.on('confirmation', done);
    this.ended.then(done, done);
  }

  /** What the subscription has taken in, but not told yet, comes before the mark. */
  private mark(what: Omit<Mark, 'due'>): void {
    this.marks.push({ due: this.received + this.subscription.readableLength, ...what });
    this.schedule();
  }

  /** A little later, so that events that come together are handed over together. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.subscription.destroyed) return;
      try {
        this.hand();
      } catch (error) {
        this.subscription.destroy(error as Error);
      }
    });
  }

  private hand(): void {
    const events = this.waiting.splice(0, PAGE);
    this.handed += events.length;
    const due = this.marks.filter((mark) => mark.due <= this.handed);
    this.marks.splice(0, due.length);
    const checkpoint = due.findLast((mark) => mark.checkpoint !== undefined)?.checkpoint;
    this.listening.onPage({
      events,
      ...(checkpoint && { checkpoint }),
      caughtUp: due.some((mark) => mark.checkpoint === undefined),
    });
    if (this.waiting.length > 0) this.schedule();
    else if (this.subscription.isPaused()) this.subscription.resume();
  }
}
