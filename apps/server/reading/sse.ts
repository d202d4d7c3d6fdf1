import type { ServerResponse } from 'node:http';
import type { Runtime } from '#runtime';
import { drained } from './client.js';

/** How often a comment is sent to a reader without messages. */
const HEARTBEAT_MS = 15_000;
/** How long a reader has to take the last messages before the end. */
const LAST_WORDS_MS = 1_000;

/** The form of a stream with JSON as data. */
export const SSE_FORM = { name: 'json', type: 'text/event-stream' } as const;

/** The text of a message (HTML §9.2.6); the data is JSON. An empty id makes a reader forget the last one. */
export const sseMessage = (id: string, type: string, data: unknown): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

/** The source of a stream. */
export interface SseSource {
  /** Writes the messages, in order, until the stream has ended, or there are no more. The stream ends when it resolves or rejects. */
  follow(stream: SseStream): Promise<void>;
  /**
   * Called every 15 s. Where the place to resume from has moved without a message, because nothing passed the filter, it writes a message with the
   * new place and returns true. Where it returns false, the stream sends a comment.
   */
  sendPlace?(stream: SseStream): Promise<boolean>;
}

export interface SseOptions {
  readonly runtime: Runtime;
  readonly onError: (error: unknown) => void;
}

/**
 * Server-Sent Events (HTML §9.2) to a response whose head has been sent, as long as the reader is connected. For a reader that does not read,
 * only the messages up to the next wait are in memory, and there is no work until it has taken them.
 */
export class SseStream {
  private readonly ending = new AbortController();

  constructor(
    private readonly response: ServerResponse,
    private readonly source: SseSource,
    private readonly options: SseOptions,
  ) {
    response.once('close', () => this.close());
    response.write('retry: 1000\n\n');
    void this.sendHeartbeats();
    void this.follow();
  }

  /** Aborted when the stream has ended, or its reader has disconnected: then nothing more is written. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  /** Whole messages. The promise, where there is one, is fulfilled when the reader has taken them; wait for it before the next. */
  write(messages: string | Buffer): Promise<void> | undefined {
    if (this.ended.aborted || this.response.write(messages)) return undefined;
    return drained(this.response);
  }

  /**
   * Says that the log does not have the place from which the reader resumes, and ends. The empty id makes a browser forget that place,
   * which it would otherwise send again and again; with `retry` the browser waits before it asks again.
   */
  reset(data: object): void {
    void this.write(`retry: 60000\n${sseMessage('', 'reset', data)}`);
    this.close();
  }

  /** Ends the response after the written messages; destroys it if the reader does not take them soon. Idempotent. */
  close(): void {
    if (this.ended.aborted) return;
    this.ending.abort();
    if (this.response.destroyed) return;
    this.response.end();
    const gone = new AbortController();
    this.response.once('close', () => gone.abort());
    void this.options.runtime.sleep(LAST_WORDS_MS, gone.signal).then(() => this.response.destroy());
  }

  private async follow(): Promise<void> {
    try {
      await this.source.follow(this);
    } catch (error) {
      if (!this.ended.aborted) this.options.onError(error);
    }
    this.close();
  }

  private async sendHeartbeats(): Promise<void> {
    for (;;) {
      await this.options.runtime.sleep(HEARTBEAT_MS, this.ended);
      if (this.ended.aborted) return;
      if (this.response.writableNeedDrain) continue;
      try {
        if ((await this.source.sendPlace?.(this)) === true) continue;
      } catch (error) {
        if (!this.ended.aborted) this.options.onError(error);
      }
      void this.write(':\n\n');
    }
  }
}
