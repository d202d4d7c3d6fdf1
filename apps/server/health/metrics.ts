import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Appended } from '#log';
import { problemOf } from '../problems/problem-of.js';
import { Streams } from '../reading/streams.js';
import type { Meters } from './meters.js';

/** The status of a request whose client left before it was answered. */
const GONE = 'gone';

/**
 * Counts requests and appends. The package that counts is loaded after the first request, because no start needs it; earlier counts are
 * added then.
 */
export class Metrics {
  private loaded: Meters | undefined;
  private loading: Promise<Meters> | undefined;
  private readonly waiting: ((meters: Meters) => void)[] = [];

  meters(): Promise<Meters> {
    return (this.loading ??= this.load());
  }

  appended(events: readonly Appended[]): void {
    const duplicates = events.filter(({ duplicate }) => duplicate === true).length;
    this.count((meters) => {
      meters.appends.inc();
      meters.events.inc(events.length - duplicates);
      meters.duplicates.inc(duplicates);
    });
  }

  refused(error: unknown): void {
    const code = problemOf(error)?.code ?? 'internal';
    this.count(({ refused }) => refused.inc({ code }));
  }

  /** Makes the change now or, before the package is loaded, as soon as it is loaded. */
  count(change: (meters: Meters) => void): void {
    if (this.loaded) {
      change(this.loaded);
      return;
    }
    this.waiting.push(change);
    void this.meters();
  }

  /** Resolves when no load of the package is under way: a server that stops waits for this. */
  async settled(): Promise<void> {
    await this.loading;
  }

  private async load(): Promise<Meters> {
    const { Meters } = await import('./meters.js');
    this.loaded = new Meters();
    for (const change of this.waiting.splice(0)) change(this.loaded);
    return this.loaded;
  }
}

/** Counts requests by the pattern of their route, never by the path as it was sent: the number of patterns is limited. */
@Injectable()
export class RequestMetrics {
  constructor(
    private readonly metrics: Metrics,
    private readonly streams: Streams,
  ) {}

  /** Counts the requests from now on, on routes that are added later. */
  countRequests(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', ({ method, route: { url = 'none' } }, reply, done) => {
      reply.raw.once('close', () => {
        const { headersSent, statusCode } = reply.raw;
        const isTimed = headersSent && !this.streams.isStream(reply);
        const seconds = reply.elapsedTime / 1_000;
        this.metrics.count(({ requests, durations }) => {
          requests.inc({ method, route: url, status: headersSent ? String(statusCode) : GONE });
          if (isTimed) durations.observe({ method, route: url }, seconds);
        });
      });
      done();
    });
    fastify.addHook('onClose', () => this.metrics.settled());
  }
}
