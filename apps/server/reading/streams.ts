import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyError } from '#data-folder';
import type { Runtime } from '#runtime';
import { countedAs } from '../keys/allowance.js';
import type { KnownCaller } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import type { Settings } from '../../settings.js';

/** Seconds after which a client may ask again after a refusal. */
const RETRY_AFTER = 10;

/** Server-Sent Events, or lines: NDJSON and CSV. */
export type StreamKind = 'events' | 'lines';

/** How often the keys and tokens of open streams are checked again. */
const WATCH_MS = 400;

/**
 * The answers that are sent piece by piece: Server-Sent Events, NDJSON and CSV. Counts them, for each client and in all. Ends a stream within a
 * second after its key was revoked, or its key or token has expired.
 */
export class Streams {
  private readonly ofClients = new Map<string, number>();
  private readonly admitted = new WeakSet<FastifyReply>();
  private readonly ofKind = { events: 0, lines: 0 };
  /** The streams with a key or token. */
  private readonly watched = new Map<string | symbol, Watched>();
  private isWatching = false;

  constructor(
    private readonly settings: Pick<Settings, 'streamLimit' | 'clientStreamLimit'>,
    private readonly runtime: Runtime,
  ) {}

  /**
   * Counts the answer until it has been sent, or the client has disconnected. A client is a key or token, or an address without key and token. Throws
   * Problem `too-many-requests` where the client has too many, `unavailable` where all clients together have too many. `end`: ends the answer if the
   * key is no longer valid; without it, the connection is closed.
   */
  admit(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: StreamKind = 'lines',
    end: () => void = () => reply.raw.destroy(),
  ): void {
    const { streamLimit, clientStreamLimit } = this.settings;
    const client = countedAs(request);
    const ofClient = this.ofClients.get(client) ?? 0;
    if (clientStreamLimit > 0 && ofClient >= clientStreamLimit) {
      throw new Problem(
        'too-many-requests',
        `A client may have ${clientStreamLimit} streams at the same time.`,
        {
          retryAfter: RETRY_AFTER,
        },
      );
    }
    const { events, lines } = this.open;
    if (streamLimit > 0 && events + lines >= streamLimit) {
      throw new Problem('unavailable', `The server already sends ${streamLimit} streams, its limit.`, {
        retryAfter: RETRY_AFTER,
      });
    }
    this.ofClients.set(client, ofClient + 1);
    this.ofKind[kind] += 1;
    this.admitted.add(reply);
    reply.raw.once('close', () => this.release(client, kind));
    const { caller } = request;
    if (caller) this.watch(client, caller, reply, end);
  }

  /** The number of answers that are being sent. */
  get open(): Readonly<Record<StreamKind, number>> {
    return this.ofKind;
  }

  /** Whether the answer was admitted as a stream. */
  isStream(reply: FastifyReply): boolean {
    return this.admitted.has(reply);
  }

  private release(client: string, kind: StreamKind): void {
    this.ofKind[kind] -= 1;
    const left = (this.ofClients.get(client) ?? 1) - 1;
    if (left > 0) this.ofClients.set(client, left);
    else this.ofClients.delete(client);
  }

  /** Each token expires by itself, so it is checked for each stream; a key is checked once for all its streams. */
  private watch(
    client: string,
    { isValid, isFromFile }: KnownCaller,
    reply: FastifyReply,
    end: () => void,
  ): void {
    const name = isFromFile ? client : Symbol(client);
    const known = this.watched.get(name) ?? { isValid, ends: new Set() };
    this.watched.set(name, known);
    known.ends.add(end);
    reply.raw.once('close', () => {
      known.ends.delete(end);
      if (known.ends.size === 0) this.watched.delete(name);
    });
    if (!this.isWatching) void this.endInvalid();
  }

  private async endInvalid(): Promise<void> {
    this.isWatching = true;
    while (this.watched.size > 0) {
      await this.runtime.sleep(WATCH_MS);
      for (const { isValid, ends } of this.watched.values())
        if (!isStillValid(isValid)) for (const end of ends) end();
    }
    this.isWatching = false;
  }
}

interface Watched {
  readonly isValid: () => boolean;
  readonly ends: Set<() => void>;
}

/** While the keys cannot be read, all keys count as valid. */
function isStillValid(isValid: () => boolean): boolean {
  try {
    return isValid();
  } catch (error) {
    if (error instanceof KeyError) return true;
    throw error;
  }
}
