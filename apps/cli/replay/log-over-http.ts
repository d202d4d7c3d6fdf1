import { fromEntry } from '#data-folder';
import type { Head, ReadOptions, RecordedEvent } from '#log';
import type { ProjectedLog } from '#views';
import { Failure } from '../failure.js';
import { ProblemError, type Client } from '#client';

/**
 * The log of a server, up to a sequence, read forwards only, as a projection needs it. It reads the log (the event stream), because the
 * views are under test. At most one page is in memory.
 */
export class LogOverHttp implements ProjectedLog {
  private stream: AsyncGenerator<RecordedEvent, void, undefined> | undefined;
  private position = 0;

  constructor(
    private readonly client: Client,
    private readonly to: number,
    private readonly ended = new AbortController(),
  ) {}

  async *read({ after = 0, limit = Infinity }: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    if (after !== this.position || !this.stream) this.stream = this.from(after);
    this.position = after;
    for (let count = 0; count < limit && this.position < this.to; count += 1) {
      const next = await this.stream.next();
      if (next.done === true) throw new Failure(`the stream of events ended after @${this.position}`);
      this.position = next.value.sequence;
      yield next.value;
    }
  }

  async find(id: string): Promise<RecordedEvent | undefined> {
    try {
      const event = fromEntry(await this.client.get('/v1/events/{id}', { path: { id } }));
      return event.sequence <= this.to ? event : undefined;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 404) return undefined;
      throw error;
    }
  }

  async head(): Promise<Head> {
    return { sequence: this.to, recordedAt: 0 };
  }

  async reached(sequence: number): Promise<boolean> {
    return sequence <= this.to;
  }

  close(): void {
    this.ended.abort();
  }

  private async *from(after: number): AsyncGenerator<RecordedEvent, void, undefined> {
    const { signal } = this.ended;
    for await (const message of this.client.events({ after, signal, reconnect: false })) {
      if (message.kind === 'item') yield fromEntry(message.value);
    }
  }
}
