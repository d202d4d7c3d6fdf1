import { isDeepStrictEqual } from 'node:util';
import type { ExpectedRevisions, NewEvent } from '../event-log.js';

/** The log as a plain list. */
export class ModelLog {
  readonly all: NewEvent[] = [];

  /** The sequences, negative where the event was in the log already, or the code of the refusal. */
  append(batch: readonly NewEvent[], expected: ExpectedRevisions): number[] | string {
    const result = [...this.all];
    const answer: number[] = [];
    for (const event of batch) {
      const at = result.findIndex(({ id }) => id === event.id);
      const there = result[at];
      if (there === undefined) answer.push(result.push(event));
      else if (same(there, event)) answer.push(-(at + 1));
      else return 'id-conflict';
    }
    const writes = result.length > this.all.length;
    const streams = Object.entries(expected);
    if (writes && streams.some(([stream, at]) => this.revision(stream) !== at)) return 'wrong-revision';
    this.all.splice(0, Infinity, ...result);
    return answer;
  }

  /** The revision of the stream's last event; -1 where the stream has no event. */
  revision(stream: string): number {
    return this.all.filter((event) => event.stream === stream).length - 1;
  }
}

function same(one: NewEvent, other: NewEvent): boolean {
  return isDeepStrictEqual({ ...one, metadata: {} }, { ...other, metadata: {} });
}
