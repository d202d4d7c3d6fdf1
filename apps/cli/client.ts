import { systemRuntime } from '#runtime';
import { Failure } from './failure.js';
import { refusedBy } from './problem.js';

/** Parameters of a question; what is undefined is left out. */
export type Asked = Readonly<Record<string, string | number | undefined>>;

/** How often a server that has no time is asked again, and the longest wait in between, in seconds. */
const MOST_TRIES = 20;
const LONGEST_WAIT = 30;

/** Asks a Borderline server over HTTP. A 429 or 503 is waited out as `Retry-After` says. Throws Failure, RefusedError. */
export class Client {
  constructor(
    /** Without a slash at the end. */
    private readonly url: string,
    private readonly key?: string,
  ) {}

  /** The body of the answer, as it came. */
  async text(path: string, asked: Asked = {}): Promise<string> {
    return (await this.request(path, asked)).text();
  }

  async bytes(path: string, asked: Asked = {}): Promise<Uint8Array> {
    const response = await this.request(path, asked);
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new Failure(`${this.url}: the connection broke off`, { cause: error });
    }
  }

  async get<T>(path: string, asked: Asked = {}): Promise<T> {
    return JSON.parse(await this.text(path, asked)) as T;
  }

  /** `body` is JSON. */
  async post<T>(path: string, body: string, asked: Asked = {}): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return (await (await this.request(path, asked, { method: 'POST', body, headers })).json()) as T;
  }

  /** An answer to be read piece by piece. */
  async stream(
    path: string,
    asked: Asked,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { body } = await this.request(path, asked, { headers, ...(signal && { signal }) });
    if (!body) throw new Failure(`${this.url} answered nothing`);
    return body;
  }

  private async request(path: string, asked: Asked, init: RequestInit = {}): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.once(path, asked, init);
      if (response.ok) return response;
      if (tries === MOST_TRIES || (response.status !== 429 && response.status !== 503)) {
        throw refusedBy(response.status, await response.text());
      }
      await response.body?.cancel();
      const seconds = Number(response.headers.get('retry-after'));
      const wait = Math.min(seconds > 0 ? seconds : 1, LONGEST_WAIT) * 1000;
      await systemRuntime.sleep(wait, init.signal ?? undefined);
      init.signal?.throwIfAborted();
    }
  }

  private async once(path: string, asked: Asked, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.key !== undefined) headers.set('authorization', `Bearer ${this.key}`);
    try {
      return await fetch(`${this.url}${path}${queryOf(asked)}`, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Failure(`${this.url} cannot be reached: ${reasonOf(error)}`, { cause: error });
    }
  }
}

function queryOf(asked: Asked): string {
  const given = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** What `fetch` says is in its cause. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'no server listens there',
    ENOTFOUND: 'there is no such host',
    ECONNRESET: 'the connection broke off',
    UND_ERR_SOCKET: 'the connection broke off',
  };
  return known[code] ?? (cause instanceof Error ? cause.message || code : String(cause));
}
