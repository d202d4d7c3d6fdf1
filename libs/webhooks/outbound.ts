import type { Agent } from 'undici';
import type { Runtime } from '#runtime';
import { type AddressRules, RefusedAddressError } from './address-rules.js';
import type { Lookup } from './connector.js';

/** Milliseconds for a request and its answer together, from the look-up of the host to the last byte that is read. */
const DEADLINE_MS = 15_000;
/** Bytes of an answer that are read. */
const MOST_READ = 16 * 1024;
/** Connections to one server. */
const CONNECTIONS = 4;

/** The outcome of a request. */
export type Reply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      /** The beginning of the body. */
      readonly body: Buffer;
    }
  /** `reason`: for people. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The caller ended it. */
  | { readonly kind: 'ended' };

export interface OutboundOptions {
  readonly runtime: Runtime;
  readonly rules: AddressRules;
  readonly lookup?: Lookup | undefined;
  readonly ca?: string | undefined;
}

/**
 * Sends requests to addresses that clients have given. It connects only to permitted addresses (`permittedConnector`), follows no redirects,
 * bounds time and size, and ignores settings for proxies in the environment.
 */
export class Outbound {
  private agent: Promise<Agent> | undefined;

  constructor(private readonly options: OutboundOptions) {}

  /** POSTs the body. Never rejects. */
  async post(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    ended: AbortSignal,
  ): Promise<Reply> {
    const over = new AbortController();
    const end = (): void => over.abort();
    ended.addEventListener('abort', end, { once: true });
    if (ended.aborted) end();
    void this.options.runtime.sleep(DEADLINE_MS, over.signal).then(end);
    try {
      const { origin, pathname, search } = url;
      const agent = await (this.agent ??= agentOf(this.options));
      const answer = await agent.request({
        origin,
        path: `${pathname}${search}`,
        method: 'POST',
        headers,
        body,
        signal: over.signal,
      });
      const read = await beginningOf(answer.body);
      return { kind: 'answered', status: answer.statusCode, headers: answer.headers, body: read };
    } catch (error) {
      if (ended.aborted) return { kind: 'ended' };
      const reason = over.signal.aborted ? `no answer in ${DEADLINE_MS / 1_000} s` : reasonIn(error);
      return { kind: 'failed', reason };
    } finally {
      ended.removeEventListener('abort', end);
      over.abort();
    }
  }

  async close(): Promise<void> {
    await (await this.agent)?.destroy();
  }
}

/** undici is slow to load: the first request loads it. */
async function agentOf(options: OutboundOptions): Promise<Agent> {
  const [{ Agent }, { permittedConnector }] = await Promise.all([import('undici'), import('./connector.js')]);
  return new Agent({
    connect: permittedConnector({ ...options, timeout: DEADLINE_MS }),
    connections: CONNECTIONS,
    pipelining: 1,
    // Only the deadline counts.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** The beginning of the body, also where the body is too long or ends early: the status is known, and decides. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MOST_READ) break;
    }
  } catch {
    // The body ended early.
  }
  return Buffer.concat(chunks).subarray(0, MOST_READ);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: `no answer in ${DEADLINE_MS / 1_000} s`,
  ETIMEDOUT: `no answer in ${DEADLINE_MS / 1_000} s`,
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
};

const UNKNOWN_AUTHORITY = 'its authority is not known';
const BAD_CERTIFICATES: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is of another name',
  CERT_HAS_EXPIRED: 'it has expired',
};

/** By their shape: errors of the system may be of another realm. */
function reasonIn(error: unknown): string {
  if (error instanceof RefusedAddressError) return error.message;
  const { code, errors } = (error ?? {}) as { readonly code?: unknown; readonly errors?: unknown };
  // An error for each address that was tried.
  if (Array.isArray(errors) && errors.length > 0) return reasonIn(errors[0]);
  const named = typeof code === 'string' ? code : '';
  const known = REASONS[named];
  if (known !== undefined) return known;
  if (/CERT|^ERR_TLS|SELF_SIGNED|^UNABLE_TO/.test(named)) {
    const why = BAD_CERTIFICATES[named];
    return `its certificate cannot be verified${why === undefined ? '' : `: ${why}`} (${named})`;
  }
  return named === '' ? 'the request failed' : `the request failed (${named})`;
}
