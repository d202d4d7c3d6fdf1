import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '#runtime';
import type { EventLog } from '#log';
import { Audit } from '#data-folder';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME } from '../provided.js';
import { Streams } from '../reading/streams.js';
import { EventStream, type StreamOptions } from './event-stream.js';
import type { Position } from './position.js';

/** The open event streams; ends them when the server stops, as they would never end by themselves. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly open = new Set<EventStream>();
  private stopping = false;

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly audit: Audit,
    private readonly streams: Streams,
  ) {}

  /** Takes the reply over. The answer to HEAD is its head alone. Throws Problem as `Streams.admit`. */
  start(
    request: FastifyRequest,
    reply: FastifyReply,
    from: Position,
    { filter, form }: Pick<StreamOptions, 'filter' | 'form'>,
  ): void {
    if (this.stopping) throw new Problem('unavailable', 'The server is stopping.', { retryAfter: 5 });
    this.streams.admit(request, reply, 'events');
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    request.raw.socket.setNoDelay(true);
    const stream = new EventStream(response, from, {
      log: this.log,
      runtime: this.runtime,
      filter,
      form,
      origin: this.audit.checkpoints.keys.origin,
      onError: (error) => request.log.warn({ err: error }, 'an event stream broke off'),
    });
    this.open.add(stream);
    response.once('close', () => this.open.delete(stream));
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const stream of this.open) stream.close();
  }
}
