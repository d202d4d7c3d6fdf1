import type { Runtime } from './runtime.js';

/** Milliseconds of a turn of the event loop that pieces may use, together. One piece is always done, however long it takes. */
const SLICE_MS = 5;

/** A computation in pieces: it yields wherever it may be interrupted, and returns its result. */
export type Pieces<T> = Generator<void, T, void>;

/** Who waits: for the answer to a question, or for more of a stream. The two alternate, so that many streams do not hold up an answer. */
export type Lane = 'answers' | 'streams';

export interface TurnOptions {
  readonly lane: Lane;
  /** Gives up the turn, as when the client has gone. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where work that can wait goes a piece at a time: reading history, long computations. In each turn of the event loop pieces are done for a
 * few milliseconds, those of a lane in the order in which they came; then everything else that is ready has its turn. So the wait of a short
 * request does not grow with the number of those who read history. One a process.
 */
export class Turnstile {
  private readonly lanes: Readonly<Record<Lane, Set<() => void>>> = {
    answers: new Set(),
    streams: new Set(),
  };
  private last: Lane = 'streams';
  private isOpen = false;
  private granted = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly slice = SLICE_MS,
  ) {}

  /** How many pieces were done so far. */
  get count(): number {
    return this.granted;
  }

  /**
   * Does a piece of work when it is its turn, and answers what it answers. The piece should take a few milliseconds at most, and must not wait
   * for another. Rejects with what it throws; with the reason of the signal where that is aborted before.
   */
  run<T>(piece: () => T | Promise<T>, { lane, signal }: TurnOptions): Promise<T> {
    const waiting = this.lanes[lane];
    return new Promise<T>((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        // What it throws becomes a rejection.
        resolve((async () => piece())());
      };
      const leave = (): void => {
        waiting.delete(go);
        const reason: unknown = signal?.reason;
        reject(reason instanceof Error ? reason : new Error('aborted', { cause: reason }));
      };
      if (signal?.aborted) return leave();
      signal?.addEventListener('abort', leave, { once: true });
      waiting.add(go);
      if (!this.isOpen) void this.open();
      return undefined;
    });
  }

  /** Does the computation, its pieces in turns with those of others. Rejects as `run`. */
  async finish<T>(pieces: Pieces<T>, options: TurnOptions): Promise<T> {
    for (;;) {
      const next = await this.run(() => this.advance(pieces), options);
      if (next.done === true) return next.value;
    }
  }

  private advance<T>(pieces: Pieces<T>): IteratorResult<void, T> {
    const end = this.runtime.elapsed() + this.slice;
    let next = pieces.next();
    while (next.done !== true && this.runtime.elapsed() < end) next = pieces.next();
    return next;
  }

  private async open(): Promise<void> {
    this.isOpen = true;
    for (let next = this.next(); next; next = this.next()) {
      await this.runtime.turn();
      const end = this.runtime.elapsed() + this.slice;
      do {
        next = this.next();
        if (!next) break;
        this.lanes[next.lane].delete(next.go);
        this.last = next.lane;
        this.granted += 1;
        next.go();
      } while (this.runtime.elapsed() < end);
    }
    this.isOpen = false;
  }

  /** The first of the lane whose turn it is; of the other one, where nobody waits in that. */
  private next(): { readonly lane: Lane; readonly go: () => void } | undefined {
    const lanes: readonly Lane[] = this.last === 'answers' ? ['streams', 'answers'] : ['answers', 'streams'];
    for (const lane of lanes) for (const go of this.lanes[lane]) return { lane, go };
    return undefined;
  }
}

/** The result of a computation that nobody else has to wait for. */
export function finished<T>(pieces: Pieces<T>): T {
  let next = pieces.next();
  while (next.done !== true) next = pieces.next();
  return next.value;
}
