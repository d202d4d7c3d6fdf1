import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Client } from './client.js';
import { connected, withPlace, type Place } from './connection.js';
import { Failure, messageOf } from './failure.js';
import { numberText, paceOf, progressOf } from './progress.js';
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
      const count = await connected(place, { views: true }, (client) =>
        out === undefined || out === '-'
          ? copy(client, sayPatiently)
          : writeWhole(out, (write) => copy(client, write)),
      );
      note(`${numberText(count)} ${count === 1 ? 'event' : 'events'}${out ? ` in ${out}` : ''}`);
    });
}

type Write = (text: string) => Promise<void>;

/** Copies the log as it is now; answers how many events. Throws Failure where the answer is cut short or has a gap. */
async function copy(client: Client, write: Write): Promise<number> {
  const { parts } = await client.get<{ parts: { log: { sequence: number } } }>('/health/ready');
  const { sequence: head } = parts.log;
  const progress = progressOf(head);
  const started = Date.now();
  let count = 0;
  let rest = '';
  const decoder = new TextDecoder();
  try {
    const chunks = await client.stream('/v1/events', { atLeast: head }, { accept: 'application/x-ndjson' });
    for await (const chunk of chunks) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length === 0) continue;
      for (const line of lines) count = next(line, count);
      await write(`${lines.join('\n')}\n`);
      progress.update(count, paceOf(count, 'events', started, Date.now()));
    }
  } catch (error) {
    if (error instanceof TypeError) throw cutShort(count, head, error);
    throw error;
  } finally {
    progress.stop();
  }
  if (rest !== '' || count < head) throw cutShort(count, head);
  return count;
}

/** Sequences are dense from 1. */
function next(line: string, count: number): number {
  const { sequence } = JSON.parse(line) as { sequence: number };
  if (sequence === count + 1) return sequence;
  throw new Failure(`the log has a gap: event @${sequence} comes after @${count}`);
}

function cutShort(count: number, head: number, cause?: unknown): Failure {
  return new Failure(`the answer was cut short: ${count} of ${head} events came`, { cause });
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
