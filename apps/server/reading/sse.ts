import type { ServerResponse } from 'node:http';
import type { Runtime } from '#runtime';
import { drained } from './drained.js';

/** How often something is sent to a reader who has nothing to hear. */
const HEARTBEAT_MS = 15_000;
/** How long a reader has to take what was written before the end. */
const LAST_WORDS_MS = 1_000;

/** The form of a stream whose data is JSON. */
export const SSE_FORM = { name: 'json', type: 'text/event-stream' } as const;

/** The text of a message (HTML §9.2.6); the data is JSON. An empty id makes a reader forget the last one. */
export const sseMessage = (id: string, type: string, data: unknown): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

/** What a stream tells. */
export interface SseSource {
  /** Writes what there is, in order, until the stream has ended, or there is no more to tell. The stream ends when it resolves or rejects. */
  follow(stream: SseStream): Promise<void>;
  /**
   * Called every 15 s. Where the place to resume from has moved without a message, as for a reader whose filter nothing passes, it writes a
   * message with the new place, and answers true. Else a comment is sent.
   */
  tellPlace?(stream: SseStream): Promise<boolean>;
}

export interface SseOptions {
  readonly runtime: Runtime;
  readonly onError: (error: unknown) => void;
}

/**
 * Server-Sent Events (HTML §9.2) to a response whose head has been sent, for as long as the reader stays. A reader that does not read holds what
 * was written until `write` asked to wait, and costs nothing until it has taken that.
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
    void this.beat();
    void this.follow();
  }

  /** Aborted when the stream has ended, or its reader has gone: then nothing is written any more. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  /** Whole messages. The promise, where there is one, is fulfilled when the reader has taken them; wait for it before the next. */
  write(messages: string | Buffer): Promise<void> | undefined {
    if (this.ended.aborted || this.response.write(messages)) return undefined;
    return drained(this.response);
  }

  /**
   * Says that the place which the reader resumes from is not here, and ends. The empty id makes a browser forget that place, which it would
   * send again for ever; `retry` keeps it from asking again at once.
   */
  reset(data: object): void {
    void this.write(`retry: 60000\n${sseMessage('', 'reset', data)}`);
    this.close();
  }

  /** Ends the response after what was written; cuts it short where the reader does not take that soon. Idempotent. */
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

  private async beat(): Promise<void> {
    for (;;) {
      await this.options.runtime.sleep(HEARTBEAT_MS, this.ended);
      if (this.ended.aborted) return;
      if (this.response.writableNeedDrain) continue;
      try {
        if ((await this.source.tellPlace?.(this)) === true) continue;
      } catch (error) {
        if (!this.ended.aborted) this.options.onError(error);
      }
      void this.write(':\n\n');
    }
  }
}
