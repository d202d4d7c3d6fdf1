import type { components } from './api.js';
import { MessageStream, type SubscribeOptions } from './message-stream.js';
import { ConnectionError, connectionErrorOf, problemIn } from './problem-error.js';
import { sleep } from './timer.js';
import type { AnswerOf, Asked, PathOf, Rest, BodyFor } from './typed.js';

/** An event of the log, as `/v1/events` lists it. */
export type LoggedEvent = components['schemas']['EventEntry'];

/** A change of state, as `/v1/changes` lists it. */
type ChangeOfState = components['schemas']['ChangeOfState'];

/** The parameters of a question. Undefined values are left out, and a list is comma-separated. */
export type QueryValues = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface ClientOptions {
  /** The address of the server, such as `https://example.org` or `http://127.0.0.1:3000`. */
  readonly url: string;
  /** A key or a token. A function is called before each request, so that it can renew a token. */
  readonly key?: string | (() => string | Promise<string>);
  /** The greatest number of retries after the answer 429 or 503; default 3. */
  readonly retries?: number;
  /** A function that is used instead of the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/** The selection of events. */
export interface EventsOptions extends SubscribeOptions {
  /** Types of events, or families of types such as `crossing.*`. */
  readonly type?: string | readonly string[];
  readonly subject?: string | readonly string[];
  readonly category?: string | readonly string[];
  readonly claimant?: string | readonly string[];
}

/** The selection of changes of state. */
export interface ChangesOptions extends SubscribeOptions {
  readonly view?: string | readonly string[];
  readonly subject?: string | readonly string[];
  readonly border?: string | readonly string[];
  readonly aspect?: string | readonly string[];
}

/** The part of history, the speed, and the selection of changes. */
export interface ReplayOptions extends Omit<ChangesOptions, 'after'> {
  readonly axis: 'valid' | 'reported' | 'recorded';
  readonly from?: string;
  readonly to?: string;
  /** The replayed time for each second: `1d/s`; or `max`. */
  readonly speed?: string;
  /** The `id` of an item of this replay. */
  readonly after?: string;
}

/** A message of a replay: a change, or a development at its instant on the axis. */
type ReplayItem = ChangeOfState | { readonly id: string; readonly at: string; readonly event: LoggedEvent };

/** The longest wait before a request is repeated, in seconds. */
const LONGEST_WAIT = 30;

/**
 * A client of a Borderline server. Throws ProblemError where the server answers with a problem, and ConnectionError where it cannot be reached.
 * After 429 and 503 the client waits for the time in `Retry-After`, at most 30 s, and repeats the request, at most `retries` times.
 */
export class Client {
  /** The address of the server without a slash at the end. */
  readonly url: string;
  private readonly retries: number;

  constructor(private readonly options: ClientOptions) {
    this.url = options.url.replace(/\/+$/, '');
    this.retries = options.retries ?? 3;
  }

  /** The JSON at an address of the API: `get('/v1/crossings/{id}', { path: { id: 'lt-by.medininkai' }, query: { asOf: '2025-11-05' } })`. */
  async get<P extends PathOf<'get'>>(
    path: P,
    ...[asked]: Rest<Asked<P, 'get'>>
  ): Promise<AnswerOf<P, 'get'>> {
    const { path: inPath, query, signal } = (asked ?? {}) as LooselyAsked;
    const response = await this.send(filled(path, inPath), query, { signal });
    return (await this.whole(response, (got) => got.json())) as AnswerOf<P, 'get'>;
  }

  /** Sends JSON: `post('/v1/developments', { body: { … } })`. A repeated request changes nothing if the developments have ids. */
  async post<P extends PathOf<'post'>>(
    path: P,
    asked: Asked<P, 'post'> & BodyFor<P>,
  ): Promise<AnswerOf<P, 'post'>> {
    const { path: inPath, query, signal, body, json } = asked as LooselyAsked;
    const headers = { 'content-type': 'application/json' };
    const text = json ?? JSON.stringify(body);
    const response = await this.send(filled(path, inPath), query, {
      method: 'POST',
      body: text,
      headers,
      signal,
    });
    return (await this.whole(response, (got) => got.json())) as AnswerOf<P, 'post'>;
  }

  /** The answer at an address as text: CSV, GeoJSON, a checkpoint. `address` is everything before the `?`. */
  async text(address: string, query: QueryValues = {}, init: RequestInit = {}): Promise<string> {
    return this.whole(await this.send(address, query, init), (response) => response.text());
  }

  async bytes(address: string, query: QueryValues = {}, init: RequestInit = {}): Promise<Uint8Array> {
    return this.whole(
      await this.send(address, query, init),
      async (response) => new Uint8Array(await response.arrayBuffer()),
    );
  }

  /** The lines of an NDJSON answer, each parsed when it arrives. */
  async *lines<T>(
    address: string,
    query: QueryValues = {},
    init: RequestInit = {},
  ): AsyncGenerator<T, void, undefined> {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    init.signal?.addEventListener('abort', end, { once: true });
    try {
      const given = new Headers(init.headers);
      given.set('accept', 'application/x-ndjson');
      const response = await this.send(address, query, { ...init, headers: given, signal: ended.signal });
      const reader = response.body?.getReader();
      const decoder = new TextDecoder();
      let rest = '';
      for (let done = reader === undefined; !done;) {
        const got = await this.whole(response, () => reader!.read());
        done = got.done;
        const lines = (rest + decoder.decode(got.value, { stream: !done })).split('\n');
        rest = lines.pop()!;
        for (const line of lines) yield JSON.parse(line) as T;
      }
      if (rest !== '') throw new ConnectionError('the answer of the server ended early');
    } finally {
      init.signal?.removeEventListener('abort', end);
      ended.abort();
    }
  }

  /** The events of the log after a place, and then each new event as it is recorded. */
  events({ type, subject, category, claimant, ...options }: EventsOptions = {}): MessageStream<LoggedEvent> {
    const { after = 'end' } = options;
    return this.stream('/v1/events/stream', { after, type, subject, category, claimant }, options);
  }

  /** The changes of state after a position, caused by events or by the clock; then each new change, within a second. */
  changes({ view, subject, border, aspect, ...options }: ChangesOptions = {}): MessageStream<ChangeOfState> {
    const { after = 'end' } = options;
    return this.stream('/v1/changes/stream', { after, view, subject, border, aspect }, options);
  }

  /** A replay of history, along an axis of time and at a speed: developments, and the changes by developments and by the clock. The replay ends. */
  replay({
    axis,
    from,
    to,
    speed,
    view,
    subject,
    border,
    aspect,
    ...options
  }: ReplayOptions): MessageStream<ReplayItem> {
    const filter = { view, subject, border, aspect };
    return this.stream('/v1/replay', { axis, from, to, speed, after: options.after, ...filter }, options);
  }

  /** Any stream of the server. `query` has the parameters of the first request. */
  stream<T>(path: string, query: QueryValues = {}, options: SubscribeOptions = {}): MessageStream<T> {
    const open = (lastId: string | undefined, signal: AbortSignal): Promise<Response> => {
      const headers = { accept: 'text/event-stream', ...(lastId && { 'last-event-id': lastId }) };
      return this.once(path, query, { headers, signal });
    };
    return new MessageStream(open, { ...options, after: options.after ?? String(query['after'] ?? 'end') });
  }

  private async send(address: string, query: QueryValues = {}, init: LooseInit = {}): Promise<Response> {
    for (let tries = 0; ; tries += 1) {
      const { signal, ...rest } = init;
      try {
        return await this.once(address, query, { ...rest, ...(signal && { signal }) });
      } catch (error) {
        const wait = waitOf(error);
        if (tries >= this.retries || wait === undefined) throw error;
        await sleep(wait * 1_000, signal ?? undefined);
        signal?.throwIfAborted();
      }
    }
  }

  /** Sends one request. Rejects with ProblemError where the answer is not a success, with ConnectionError, or with the reason of the signal. */
  private async once(address: string, query: QueryValues, init: RequestInit): Promise<Response> {
    const { key, fetch: own = fetch } = this.options;
    const headers = new Headers(init.headers);
    const held = typeof key === 'function' ? await key() : key;
    if (held !== undefined) headers.set('authorization', `Bearer ${held}`);
    let response: Response;
    try {
      response = await own(`${this.url}${address}${searchOf(query)}`, { ...init, headers });
    } catch (error) {
      init.signal?.throwIfAborted();
      throw connectionErrorOf(this.url, error);
    }
    if (response.ok) return response;
    const body = await this.whole(response, (refused) => refused.text());
    throw problemIn(response.status, body, response.headers.get('retry-after'));
  }

  private async whole<R>(response: Response, read: (response: Response) => Promise<R>): Promise<R> {
    try {
      return await read(response);
    } catch (error) {
      if (error instanceof SyntaxError || (error instanceof Error && error.name === 'AbortError'))
        throw error;
      throw new ConnectionError(`${this.url}: the connection broke`, { cause: error });
    }
  }
}

interface LooselyAsked {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: QueryValues;
  readonly signal?: AbortSignal | undefined;
  readonly body?: unknown;
  readonly json?: string;
}

type LooseInit = Omit<RequestInit, 'signal'> & { readonly signal?: AbortSignal | null | undefined };

function filled(path: string, values: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

function searchOf(query: QueryValues): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'object' ? value.join(',') : value)}`,
        ],
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** The seconds until the request may be repeated; undefined where a retry does not help. */
function waitOf(error: unknown): number | undefined {
  const { status, retryAfter } = Object(error) as { readonly status?: number; readonly retryAfter?: number };
  return status === 429 || status === 503 ? Math.min(retryAfter || 1, LONGEST_WAIT) : undefined;
}
