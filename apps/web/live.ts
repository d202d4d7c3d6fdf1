import { batch, effect, signal } from '@preact/signals';
import type { Entry } from './api.js';
import { head, headers, key } from './data.js';
import { events } from './events.js';
import { load } from './load.js';
import { asOf, now } from './state.js';

/** The state of the connection on which new events arrive. */
export const connection = signal<'connecting' | 'live' | 'offline'>('connecting');
/** How many events have arrived since the page was opened. */
export const arrived = signal(0);

/** The longest silence of a live connection: the server sends something at least every 15 s. */
const LONGEST_SILENCE_MS = 45_000;
const LONGEST_PAUSE_MS = 30_000;
const NAME = 'borderline.live';

interface Update {
  readonly entry?: Entry;
  readonly connection?: typeof connection.value;
}

/** Events that arrived before this tab knew where the log ends. */
const early: Update[] = [];

/** Handles a message of this tab or of another tab of this browser. */
function take(update: Update): void {
  const { entry, connection: state } = update;
  const known = head.peek();
  batch(() => {
    // The server is back: the questions that failed are asked again.
    if (state === 'live' && connection.peek() === 'offline') void load();
    if (state !== undefined) connection.value = state;
    if (entry !== undefined && known === undefined) early.push(update);
    if (entry === undefined || known === undefined || entry.sequence <= known) return;
    // Events in between were sent before this tab listened.
    if (entry.sequence > known + 1) void load();
    events.value = new Map(events.peek()).set(entry.id, entry);
    head.value = entry.sequence;
    arrived.value += 1;
    // While the page shows the past, `now` does not move.
    if (asOf.peek() === undefined) now.value = Date.now();
  });
}

/**
 * Follows the log from the sequence that the page shows. One tab of a browser has the stream and passes its messages to the other tabs, because a
 * browser opens at most six connections to a server. Where a page may not use locks (plain HTTP), each tab has its own stream.
 */
export function followLog(): void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }: MessageEvent<Update>) => take(data);
  const publish = (update: Update): void => {
    take(update);
    channel.postMessage(update);
  };
  const begin = (): void => {
    early.splice(0).forEach(take);
    const locks = (navigator as { readonly locks?: LockManager }).locks;
    if (locks === undefined) void stay(publish);
    else {
      connection.value = 'live';
      void locks.request(NAME, () => stay(publish));
    }
  };
  const stop = effect(() => {
    if (head.value !== undefined)
      queueMicrotask(() => {
        stop();
        begin();
      });
  });
}

/** Reads the stream and never stops. A broken stream is opened again where it ended, after a pause that grows. */
async function stay(publish: (update: Update) => void): Promise<never> {
  for (let failures = 0; ;) {
    try {
      await read(publish, () => (failures = 0));
    } catch {
      failures += 1;
    }
    if (failures > 0) publish({ connection: 'offline' });
    const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Reads one connection. Resolves where the stream ends; rejects where the stream breaks or is silent for too long. */
async function read(publish: (update: Update) => void, opened: () => void): Promise<void> {
  const abort = new AbortController();
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => abort.abort(), LONGEST_SILENCE_MS);
  };
  const closing = key.subscribe((one) => void (one !== key.peek() && abort.abort()));
  try {
    heard();
    const response = await fetch(`/v1/events/stream?after=${head.peek() ?? 'end'}`, {
      headers: headers(),
      signal: abort.signal,
    });
    if (!response.ok || response.body === null) throw new Error(response.statusText);
    opened();
    publish({ connection: 'live' });
    let text = '';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      const messages = (text + value).split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) receive(message, publish);
    }
  } finally {
    clearTimeout(silence);
    closing();
  }
}

/** Handles one message of the stream (HTML, server-sent events). */
function receive(message: string, publish: (update: Update) => void): void {
  const lines = message.split('\n');
  const field = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  if (field('event') === 'reset') {
    // The server has another log, or its log lost the last events.
    head.value = undefined;
    void load();
  }
  const data = field('data');
  if (field('id') === undefined || data === undefined || field('event') === 'reset') return;
  const entry = JSON.parse(data) as Partial<Entry>;
  if (typeof entry.sequence === 'number' && typeof entry.type === 'string')
    publish({ entry: entry as Entry });
}
