import { applyDecorators, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '#runtime';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse } from '../docs/api.js';
import { Problem } from '../problems/problem.js';
import { takenOver } from './client.js';
import { SseStream, type SseSource } from './sse.js';
import type { Streams } from './streams.js';

interface StreamText {
  readonly summary: string;
  readonly description: string;
  /** The `data` of its messages. */
  readonly data: string;
  /** The value of `Last-Event-ID` (default: this `id`). */
  readonly place?: string;
  readonly end?: string;
}

/** Describes an operation that answers with Server-Sent Events (HTML §9.2) and resumes after `Last-Event-ID`. */
export const ApiStream = ({
  summary,
  description,
  data,
  place = 'this `id`',
  end = 'it does not end by itself',
}: StreamText): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary, description }),
    ApiProduces('text/event-stream'),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: `continues after ${place}; it takes precedence over \`after\``,
    }),
    ApiResponse({
      status: 200,
      description: `The stream; ${end}.`,
      schema: { type: 'string', description: `Server-Sent Events; ${data}.` },
    }),
  );

/** The open streams of Server-Sent Events; ends them when the server stops, as they have no end of their own. */
export class SseStreams implements BeforeApplicationShutdown {
  private readonly open = new Map<FastifyReply, SseStream>();
  private stopping = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly streams: Streams,
  ) {}

  /** Takes over the reply, and sends the messages of the source. The answer to HEAD is only the head. Throws Problem as `Streams.admit`. */
  start(request: FastifyRequest, reply: FastifyReply, source: SseSource): void {
    if (this.stopping) throw new Problem('unavailable', 'The server is stopping.', { retryAfter: 5 });
    this.streams.admit(request, reply, 'events', () => this.open.get(reply)?.close());
    const response = takenOver(reply);
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
    const stream = new SseStream(response, source, {
      runtime: this.runtime,
      onError: (error) => request.log.warn({ err: error }, 'an event stream broke'),
    });
    this.open.set(reply, stream);
    response.once('close', () => this.open.delete(reply));
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const stream of this.open.values()) stream.close();
  }
}
