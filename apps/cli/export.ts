import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Client } from './client.js';
import { connected, withPlace, type Place } from './connection.js';
import { Failure, messageOf } from './failure.js';
import { numberText, paceOf, progressOf } from './progress.js';
import { messagesOf } from './sse.js';
import { note, sayPatiently } from './terminal.js';

const HELP = `
Every event as the API gives it, a line each, in the order of the log. With --out the file is there when it is whole, and not
before. "borderline import" takes it in again.

Examples:
  $ borderline export --out borderline.ndjson
  $ borderline export --url http://127.0.0.1:3000 | gzip > borderline.ndjson.gz
`;

interface Options extends Place {
  readonly out?: string;
}

export function addExport(program: Command): void {
  withPlace(program.command('export'))
    .summary('write out every event')
    .description('Writes out every event, as NDJSON.')
    .option('--out <file>', 'where to (default: stdout)')
    .addHelpText('after', HELP)
    .action(async ({ out, ...place }: Options) => {
      const count = await connected(place, {}, (client) =>
        out === undefined || out === '-'
          ? copy(client, sayPatiently)
          : writeWhole(out, (write) => copy(client, write)),
      );
      note(`${numberText(count)} ${count === 1 ? 'event' : 'events'}${out ? ` in ${out}` : ''}`);
    });
}

type Write = (text: string) => Promise<void>;

/** Lines that are written at once. */
const MOST_LINES = 200;

/**
 * Copies the log up to where history ends; answers how many events. It is read from the log itself (the event stream), not from the
 * views. Throws Failure where the answer is cut short or has a gap.
 */
async function copy(client: Client, write: Write): Promise<number> {
  const progress = progressOf(0);
  const started = Date.now();
  let count = 0;
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    await write(lines.map((line) => `${line}\n`).join(''));
    lines = [];
    progress.update(count, paceOf(count, 'events', started, Date.now()));
  };
  const stop = new AbortController();
  try {
    const headers = { accept: 'text/event-stream' };
    const chunks = await client.stream('/v1/events/stream', { after: 'start' }, headers, stop.signal);
    for await (const { id, event, data } of messagesOf(chunks)) {
      if (event === 'caught-up') {
        await flush();
        if (Number(id) === count) return count;
        throw gap(Number(id), count);
      }
      // Sequences are dense from 1.
      if (Number(id) !== count + 1) throw gap(Number(id), count);
      count += 1;
      lines.push(data);
      if (lines.length === MOST_LINES) await flush();
    }
  } catch (error) {
    if (error instanceof TypeError) throw cutShort(count, error);
    throw error;
  } finally {
    progress.stop();
    stop.abort();
  }
  throw cutShort(count);
}

function gap(sequence: number, count: number): Failure {
  return new Failure(`the log has a gap: @${sequence} follows @${count}`);
}

function cutShort(count: number, cause?: unknown): Failure {
  return new Failure(`the answer was cut short after @${count}`, { cause });
}

/** Beside, then in its place: nobody sees half a file. */
async function writeWhole<T>(file: string, produce: (write: Write) => Promise<T>): Promise<T> {
  const beside = `${file}.${process.pid}.part`;
  const handle = await open(beside, 'wx').catch((error: unknown) => {
    throw new Failure(`${file} cannot be written: ${messageOf(error)}`, { cause: error });
  });
  try {
    const produced = await produce(async (text) => void (await handle.write(text)));
    await handle.sync();
    await handle.close();
    await rename(beside, file);
    return produced;
  } catch (error) {
    await handle.close();
    await rm(beside, { force: true });
    throw error;
  }
}
