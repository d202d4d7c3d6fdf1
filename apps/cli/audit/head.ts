import type { Client } from '#client';
import { Failure } from '../failure.js';

/** The sequence of the last event in the log behind a server: from the log itself, not from its views. */
export async function headOf(client: Client): Promise<number> {
  // New events may come first.
  for await (const message of client.events({ after: 'end', reconnect: false })) {
    if (message.kind === 'caught-up') return message.sequence;
  }
  throw new Failure('the server does not give the length of its log');
}
