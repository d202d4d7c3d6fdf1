import { ResetError, type Client, type QueryValues } from '#client';
import { Failure, messageOf } from './failure.js';
import { notice } from './terminal.js';

/** A message of a stream: for an event its type, otherwise `change`, `development` or `caught-up`. */
interface FollowedMessage {
  readonly event: string;
  readonly data: string;
}

export interface Followed {
  readonly path: string;
  readonly asked: QueryValues;
  readonly signal: AbortSignal;
  /** Whether to read the log from its start if it does not have the place. Absent where the command has no such option. */
  readonly startOver?: boolean;
  /** Returns whether the stream may end now. */
  readonly onMessage: (message: FollowedMessage) => Promise<boolean>;
}

/**
 * Follows a stream until its signal, until `onMessage` returns true, or until its end. It resumes after a lost connection. Throws if the first
 * connection fails.
 */
export async function followStream(client: Client, followed: Followed): Promise<void> {
  let { asked } = followed;
  for (;;) {
    try {
      await follow(client, { ...followed, asked });
      return;
    } catch (error) {
      if (!(error instanceof ResetError)) throw error;
      if (followed.startOver === undefined) throw new Failure(error.message);
      if (!followed.startOver) {
        throw new Failure(`${error.message}; with --start-over the command reads the log from its start`);
      }
      notice(`borderline: ${error.message}; reading it from its start`);
      asked = { ...asked, after: 'start' };
    }
  }
}

async function follow(client: Client, { path, asked, signal, onMessage }: Followed): Promise<void> {
  for await (const message of client.stream(path, asked, { signal, failFirst: true })) {
    if (message.kind === 'waiting') notice(`borderline: ${messageOf(message.error)}; trying again`);
    else if (message.kind === 'caught-up') {
      if (await onMessage({ event: 'caught-up', data: '' })) return;
    } else if (await onMessage({ event: message.type, data: message.data })) return;
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
