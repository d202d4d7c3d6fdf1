import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ConnectionError, ProblemError } from './problem-error.js';
import { chance, sleep } from './timer.js';

/** The greatest number of characters in a message. An event of the log has at most 65,535 bytes. */
const LONGEST_MESSAGE = 4_000_000;
/** The longest silence of a connection that counts as live. A server sends something at least every 15 s. */
const LONGEST_SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** An item of a stream: an event or a change. */
export interface StreamItem<T> {
  readonly kind: 'item';
  /** The place after which a stream can resume. */
  readonly id: string;
  /** The type of an event, otherwise `change` or `development`. */
  readonly type: string;
  /** The JSON text of the item. */
  readonly data: string;
  /** The value of `data`, which is parsed when `value` is read. Reading throws SyntaxError where `data` is not JSON. */
  readonly value: T;
}

/** History has ended, and later items are new; or the place has moved although no item passed the filter. */
export interface CaughtUp {
  readonly kind: 'caught-up';
  readonly id: string;
  readonly sequence: number;
}

/** There is no connection. The stream connects again after the wait, and resumes after the last item. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly error: Error;
  /** The number of failures in a row. */
  readonly failures: number;
  readonly milliseconds: number;
}

export type StreamMessage<T> = StreamItem<T> | CaughtUp | Waiting;

/**
 * The log does not have the place after which the stream should resume: the log is another log, or was restored to an earlier state. Discard all
 * items that were read, and start again with `after: 'start'`.
 */
export class ResetError extends Error {
  override readonly name = 'ResetError';

  constructor(
    /** The place that the log does not have. */
    readonly after: string,
    /** The last sequence of the log. */
    readonly head: number,
    /** The name of the log. */
    readonly origin: string,
  ) {
    super(`the log ${origin}, which ends at @${head}, does not have the position ${after}`);
  }
}

export interface SubscribeOptions {
  /** The place after which the stream begins: the `id` of an item, a sequence, `start`, `end` (default), or a date. */
  readonly after?: string | number;
  /** A signal that ends the stream: the iteration is then done. */
  readonly signal?: AbortSignal;
  /** `false`: the stream ends where the server ends it, and throws where the connection breaks. Default: it resumes. */
  readonly reconnect?: boolean;
  /** `true`: the stream throws where the first connection fails. Default: the first connection is tried again, as later connections are. */
  readonly failFirst?: boolean;
}

/** Connects; `lastId` is undefined the first time. */
export type OpenStream = (lastId: string | undefined, signal: AbortSignal) => Promise<Response>;

/**
 * A stream of Server-Sent Events (HTML §9.2) that resumes after a lost connection. Each item comes once and in order. The wait between connections
 * is half a second, doubled with each failure up to 30 s, less a random part of up to half, or as long as the server asks; each wait is a message
 * of the stream. A connection that is silent for 45 s counts as broken. Each iteration has its own connection and reads no faster than its
 * consumer. Throws ResetError, and ProblemError where a retry does not help.
 */
export class MessageStream<T> implements AsyncIterable<StreamMessage<T>> {
  constructor(
    private readonly open: OpenStream,
    private readonly options: SubscribeOptions,
  ) {}

  [Symbol.asyncIterator](): AsyncGenerator<StreamMessage<T>, void, undefined> {
    return this.iterate(this.options.signal);
  }

  /** Iterates with this signal instead of the signal of the options. */
  async *iterate(signal?: AbortSignal): AsyncGenerator<StreamMessage<T>, void, undefined> {
    const state: State = { lastId: undefined, failures: 0, hasConnected: false };
    while (!signal?.aborted) {
      const connection = new Connection(signal);
      let error: Error;
      try {
        const isOver = yield* this.connected(connection, state);
        if (isOver || this.options.reconnect === false) return;
        error = new ConnectionError('the server has ended the stream');
      } catch (thrown) {
        if (signal?.aborted) return;
        if (!this.isToTryAgain(thrown, state)) throw thrown;
        error = thrown;
      } finally {
        connection.end();
      }
      state.failures += 1;
      const milliseconds = waitAfter(state.failures, error);
      yield { kind: 'waiting', error, failures: state.failures, milliseconds };
      await sleep(milliseconds, signal);
    }
  }

  /** Yields the messages of one connection. Returns whether the stream is over, as at the end of a replay. */
  private async *connected(
    connection: Connection,
    state: State,
  ): AsyncGenerator<StreamItem<T> | CaughtUp, boolean, undefined> {
    const response = await this.open(state.lastId, connection.signal);
    state.hasConnected = true;
    if (response.status === 204) return true;
    for await (const message of connection.messages(response)) {
      state.failures = 0;
      if (message.event === 'reset') {
        throw resetBy(message, state.lastId ?? String(this.options.after ?? 'end'));
      }
      if (message.event === 'end') return true;
      state.lastId = message.id ?? state.lastId ?? '';
      yield read<T>(message, state.lastId);
    }
    return false;
  }

  private isToTryAgain(error: unknown, { hasConnected }: State): error is Error {
    const { reconnect = true, failFirst = false } = this.options;
    return reconnect && (hasConnected || !failFirst) && isPassing(error);
  }
}

/** The state of an iteration, over all its connections. */
interface State {
  lastId: string | undefined;
  /** The number of failures in a row. */
  failures: number;
  hasConnected: boolean;
}

/** One connection of a stream. */
class Connection {
  private readonly ended = new AbortController();
  private readonly abort = (): void => this.ended.abort(this.outer?.reason);

  constructor(private readonly outer: AbortSignal | undefined) {
    if (outer?.aborted) this.abort();
    outer?.addEventListener('abort', this.abort, { once: true });
  }

  get signal(): AbortSignal {
    return this.ended.signal;
  }

  end(): void {
    this.outer?.removeEventListener('abort', this.abort);
    this.ended.abort();
  }

  async *messages(response: Response): AsyncGenerator<EventSourceMessage, void, undefined> {
    const reader = response.body?.getReader();
    if (!reader) throw new ConnectionError('the server answered nothing');
    const decoder = new TextDecoder();
    const ready: EventSourceMessage[] = [];
    let tooLong = false;
    const parser = createParser({
      onEvent: (message) => ready.push(message),
      onError: ({ type }) => (tooLong ||= type === 'max-buffer-size-exceeded'),
      maxBufferSize: LONGEST_MESSAGE,
    });
    for (;;) {
      const { done, value } = await this.heard(reader.read());
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
      if (tooLong) throw new ConnectionError('a message of the stream is too long');
    }
  }

  /** The result of a read. Rejects with ConnectionError where nothing arrives for too long, or where the connection breaks. */
  private async heard<R>(reading: Promise<R>): Promise<R> {
    const come = new AbortController();
    const silence = sleep(LONGEST_SILENCE_MS, come.signal).then((): R => {
      if (!come.signal.aborted)
        throw new ConnectionError(`no data arrived for ${LONGEST_SILENCE_MS / 1_000} s`);
      return undefined as never;
    });
    try {
      return await Promise.race([reading, silence]);
    } catch (error) {
      if (error instanceof ConnectionError) throw error;
      throw new ConnectionError('the connection broke', { cause: error });
    } finally {
      come.abort();
    }
  }
}

function read<T>({ event = 'message', data }: EventSourceMessage, id: string): StreamItem<T> | CaughtUp {
  if (event === 'caught-up') {
    const { sequence } = JSON.parse(data) as { readonly sequence: number };
    return { kind: 'caught-up', id, sequence };
  }
  return {
    kind: 'item',
    id,
    type: event,
    data,
    get value() {
      return JSON.parse(data) as T;
    },
  };
}

function resetBy({ data }: EventSourceMessage, after: string): ResetError {
  const { head, origin } = JSON.parse(data) as { readonly head: number; readonly origin: string };
  return new ResetError(after, head, origin);
}

/** Whether a retry may succeed. */
function isPassing(error: unknown): error is Error {
  if (error instanceof ProblemError) return error.status === 429 || error.status >= 500;
  return error instanceof ConnectionError;
}

function waitAfter(failures: number, error: Error): number {
  const told = error instanceof ProblemError ? (error.retryAfter ?? 0) * 1_000 : 0;
  const full = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20), LONGEST_WAIT_MS);
  return Math.max(full * (0.5 + chance() / 2), told);
}
