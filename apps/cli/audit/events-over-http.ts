import type { LogLine } from '#audit';
import { ConnectionError, type Client } from '#client';
import { Failure } from '../failure.js';

/**
 * The events of a server's log up to a sequence, from its event stream. An event that the server cannot read has no content. Constant
 * memory. Throws ConnectionError where the server does not answer.
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
  let hasCome = false;
  try {
    for await (const message of client.events({ after, reconnect: false })) {
      hasCome = true;
      if (message.kind === 'caught-up') yield 'end';
      if (message.kind !== 'item') return;
      const sequence = sequenceIn(message.id);
      if (sequence <= to) yield { sequence, event: eventIn(message.data) };
      if (sequence >= to) return;
    }
  } catch (error) {
    // The body ended early; the next request finds out why.
    if (!(error instanceof ConnectionError) || !hasCome) throw error;
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

/** The sequence of the last event in the log of a server: from the log itself, not from its views. */
export async function headOf(client: Client): Promise<number> {
  // New events may come before this message.
  for await (const message of client.events({ after: 'end', reconnect: false })) {
    if (message.kind === 'caught-up') return message.sequence;
  }
  throw new Failure('the server does not give the length of its log');
}

/** The sequence at the beginning of an id of the event stream; NaN where there is none. */
const sequenceIn = (id: string): number => Number.parseInt(id, 10);
