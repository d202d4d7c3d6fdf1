import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { headOf } from './audit/events-over-http.js';
import type { Client } from '#client';
import { withTarget, type Target, type Connect } from './connection.js';
import { Failure, messageOf } from './failure.js';
import { numberText, startPace, progressOf } from './progress.js';
import { notice, sayInPace } from './terminal.js';

const HELP = `
Writes NDJSON: each event as the audit has it (RFC 8785), one a line, in the order of the log; after every 256 events a line
with their hashes; at the end a line with the signed checkpoint of exactly these events. For one position in the log and one
key the file is always the same, byte for byte. With --out the file appears when it is complete.

"borderline verify FILE" verifies the file. "borderline import FILE" restores an empty log from it, with the same sequences
and times.

Examples:
  $ borderline export --out borderline.ndjson
  $ borderline export --to @400 --out first-400.ndjson
  $ borderline export --url http://127.0.0.1:3000 | gzip > borderline.ndjson.gz
`;

interface Options extends Target {
  readonly out?: string;
  readonly to?: string;
}

export function addExport(program: Command, connect: Connect): void {
  withTarget(program.command('export'))
    .summary('write out every event')
    .description('Writes out the log, as NDJSON that can be verified.')
    .option('--out <file>', 'the file to write (default: stdout)')
    .option('--to <position>', '@<sequence>, or an instant or date of recording (default: all of the log)')
    .addHelpText('after', HELP)
    .action(async ({ out, to, ...target }: Options) => {
      const count = await connect(target, {}, async (client) => {
        const size = await sequenceOf(client, to);
        return out === undefined || out === '-'
          ? copy(client, size, sayInPace)
          : writeWhole(out, (write) => copy(client, size, write));
      });
      notice(`${numberText(count)} ${count === 1 ? 'event' : 'events'}${out ? ` in ${out}` : ''}`);
    });
}

/** The sequence of the last event to be written. Throws Failure, ProblemError. */
async function sequenceOf(client: Client, to: string | undefined): Promise<number> {
  const head = await headOf(client);
  if (to === undefined) return head;
  const [, sequence] = /^@(\d{1,15})$/.exec(to) ?? [];
  if (sequence === undefined) {
    const { basis } = await client.get('/v1/releases', { query: { recordedAt: to } });
    return basis.sequence;
  }
  if (Number(sequence) > head) throw new Failure(`the log ends at @${head}`);
  return Number(sequence);
}

type Write = (bytes: Uint8Array) => Promise<void>;

/**
 * Copies the first events of the log, with the hashes and the checkpoint to verify them; returns their number. Throws Failure where the log has signed others.
 */
async function copy(client: Client, size: number, write: Write): Promise<number> {
  const { ExportWriter } = await import('./audit/export-writer.js');
  const writer = new ExportWriter(client, size);
  const progress = progressOf(size);
  const pace = startPace();
  try {
    for await (const block of writer.blocks()) {
      await write(block);
      progress.update(writer.events, pace(writer.events, 'events'));
    }
    await write(await writer.lastLine());
    return size;
  } finally {
    progress.stop();
  }
}

/** Writes beside the file, then renames: no reader sees half a file. */
async function writeWhole<T>(file: string, produce: (write: Write) => Promise<T>): Promise<T> {
  const beside = `${file}.${process.pid}.part`;
  const handle = await open(beside, 'wx').catch((error: unknown) => {
    throw new Failure(`${file} cannot be written: ${messageOf(error)}`, { cause: error });
  });
  try {
    const produced = await produce(async (bytes) => void (await handle.writeFile(bytes)));
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
