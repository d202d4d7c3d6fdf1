import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import type { Settings } from '../../settings.js';

/** Seconds after which a client that was refused a stream may ask again. */
const RETRY_AFTER = 10;

/** Event streams, or NDJSON. */
export type StreamKind = 'events' | 'lines';

/** The answers that are sent piece by piece: event streams and NDJSON. Counts them, for each client and in all. */
export class Streams {
  private readonly ofClients = new Map<string, number>();
  private readonly admitted = new WeakSet<FastifyReply>();
  private readonly ofKind = { events: 0, lines: 0 };

  constructor(private readonly settings: Pick<Settings, 'streamLimit' | 'clientStreamLimit'>) {}

  /**
   * Counts the answer until it has been sent, or the client has gone. A client is a key, or an address where no key was needed. Throws
   * Problem `too-many-requests` where the client has too many, `unavailable` where all clients together have.
   */
  admit(request: FastifyRequest, reply: FastifyReply, kind: StreamKind = 'lines'): void {
    const { streamLimit, clientStreamLimit } = this.settings;
    const client = accessOf(request)?.id ?? request.ip;
    const ofClient = this.ofClients.get(client) ?? 0;
    if (clientStreamLimit > 0 && ofClient >= clientStreamLimit) {
      throw new Problem('too-many-requests', `A client may have ${clientStreamLimit} streams at once.`, {
        retryAfter: RETRY_AFTER,
      });
    }
    const { events, lines } = this.open;
    if (streamLimit > 0 && events + lines >= streamLimit) {
      throw new Problem(
        'unavailable',
        `The server sends ${streamLimit} streams already, as many as it may.`,
        {
          retryAfter: RETRY_AFTER,
        },
      );
    }
    this.ofClients.set(client, ofClient + 1);
    this.ofKind[kind] += 1;
    this.admitted.add(reply);
    reply.raw.once('close', () => this.release(client, kind));
  }

  /** How many are being sent. */
  get open(): Readonly<Record<StreamKind, number>> {
    return this.ofKind;
  }

  /** Whether the answer was admitted as one. */
  isOne(reply: FastifyReply): boolean {
    return this.admitted.has(reply);
  }

  private release(client: string, kind: StreamKind): void {
    this.ofKind[kind] -= 1;
    const left = (this.ofClients.get(client) ?? 1) - 1;
    if (left > 0) this.ofClients.set(client, left);
    else this.ofClients.delete(client);
  }
}
