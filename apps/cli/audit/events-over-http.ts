import type { LogLine } from '#audit';
import type { Client } from '../client.js';
import { messagesOf, sequenceIn } from '../sse.js';

/**
 * The events of a server's log up to a sequence, as its readers get them. Where the server cannot read an event, that event is
 * skipped. Constant memory. Throws Failure where the server is gone.
 */
export async function* eventsOverHttp(client: Client, to: number): AsyncGenerator<LogLine, void, undefined> {
  for (let at = 0; at < to;) {
    const before = at;
    for await (const line of streamed(client, at, to)) {
      if (line === 'end') return;
      yield line;
      at = line.sequence;
    }
    if (at > before) continue;
    at += 1;
    yield { sequence: at, event: undefined };
  }
}

/** `end`: the log ends before the sequence. */
async function* streamed(client: Client, after: number, to: number): AsyncGenerator<LogLine | 'end'> {
  const stop = new AbortController();
  try {
    const headers = { accept: 'text/event-stream' };
    const chunks = await client.stream('/v1/events/stream', { after }, headers, stop.signal);
    for await (const { id, event, data } of messagesOf(chunks)) {
      const sequence = sequenceIn(id);
      if (event === 'caught-up') yield 'end';
      else if (sequence <= to) yield { sequence, event: eventIn(data) };
      if (event === 'caught-up' || sequence >= to) return;
    }
  } catch (error) {
    // A body that was cut short; what it is about is found out by asking again.
    if (!(error instanceof TypeError)) throw error;
  } finally {
    stop.abort();
  }
}

function eventIn(data: string): object | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
