import type { Client } from '../client.js';
import { Failure } from '../failure.js';
import { messagesOf, sequenceIn } from '../sse.js';

/** The sequence of the last event in the log behind a server: from the log itself, not from its views. */
export async function headOf(client: Client): Promise<number> {
  const stop = new AbortController();
  try {
    const headers = { accept: 'text/event-stream' };
    const chunks = await client.stream('/v1/events/stream', { after: 'end' }, headers, stop.signal);
    for await (const { id, event } of messagesOf(chunks)) {
      // New events may come first.
      if (event === 'caught-up') return sequenceIn(id);
    }
  } finally {
    stop.abort();
  }
  throw new Failure('the server does not give the length of its log');
}
