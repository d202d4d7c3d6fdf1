import { systemRuntime } from '#runtime';
import type { Asked, Client } from './client.js';
import { Failure, messageOf } from './failure.js';
import { RefusedError } from './problem.js';
import { messagesOf, type Message } from './sse.js';
import { note } from './terminal.js';

const LONGEST_PAUSE_MS = 30_000;

export interface Followed {
  readonly path: string;
  readonly asked: Asked;
  readonly signal: AbortSignal;
  /** Where the log does not have the place: read it from its start. */
  readonly startOver: boolean;
  /** Answers whether there is no more to follow. */
  readonly tell: (message: Message) => Promise<boolean>;
}

/**
 * Follows a stream until it is stopped, or told enough. A connection that breaks is taken up again where it broke. Throws where even the first
 * connection fails.
 */
export async function followStream(client: Client, followed: Followed): Promise<void> {
  const { path, signal, startOver, tell } = followed;
  let { asked } = followed;
  let last = '';
  let pause = 500;
  for (let connections = 0; !signal.aborted; connections += 1) {
    let reset: string | undefined;
    try {
      const headers = { accept: 'text/event-stream', ...(last !== '' && { 'last-event-id': last }) };
      const chunks = await client.stream(path, asked, headers, signal);
      connections = 1;
      for await (const message of messagesOf(chunks)) {
        if (message.event === 'reset') {
          reset = resetMessage(message.data, last || String(asked['after']));
          break;
        }
        last = message.id;
        pause = 500;
        if (await tell(message)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (connections === 0 || error instanceof RefusedError) throw error;
      note(`borderline: ${messageOf(error)}; trying again`);
    }
    if (reset !== undefined) {
      if (!startOver)
        throw new Failure(`${reset}; with --start-over the command reads the log from its start`);
      note(`borderline: ${reset}; reading it from its start`);
      asked = { ...asked, after: 'start' };
      last = '';
    }
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    await systemRuntime.sleep(pause, signal);
  }
}

/** Ctrl-C ends the work. */
export async function untilStopped(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    await work(stop.signal);
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}

function resetMessage(data: string, place: string): string {
  const { head, origin } = JSON.parse(data) as { readonly head: number; readonly origin: string };
  return `the log ${origin}, which ends at @${head}, does not have the position ${place}`;
}
