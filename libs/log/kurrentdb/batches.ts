import type { OrderedAppend } from '../sqlite/replica.js';
import type { Part } from './record.js';

/** An append, whole. */
export interface Batch extends OrderedAppend {
  readonly batch: string;
}

/**
 * Puts appends together again. The cluster writes an append in one piece, an append over several streams stream by stream; so its parts
 * lie together, and are put back into their own order. What is not whole when something else begins was never appended by us.
 */
export class Batches {
  private parts: Part[] = [];

  /** In the middle of one. */
  get isOpen(): boolean {
    return this.parts.length > 0;
  }

  /** The append that this part completes. */
  add(part: Part): Batch | undefined {
    if (part.batch !== this.parts[0]?.batch) this.parts = [];
    this.parts.push(part);
    return this.parts.length < part.count ? undefined : this.complete(part);
  }

  private complete(last: Part): Batch | undefined {
    const parts = this.parts.sort((a, b) => a.index - b.index);
    this.parts = [];
    if (parts.some(({ index, count }, at) => index !== at || count !== parts.length)) return undefined;
    const engineRevisions = new Map<string, number>();
    let storedAt = 0;
    for (const { event, engineRevision, created } of parts) {
      engineRevisions.set(event.stream, Math.max(engineRevision, engineRevisions.get(event.stream) ?? -1));
      storedAt = Math.max(storedAt, created);
    }
    return {
      batch: last.batch,
      events: parts.map(({ event }) => event),
      expected: parts[0]?.expected ?? {},
      storedAt,
      engineRevisions,
    };
  }
}
