import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Client } from '../client.js';
import { folderOf, logOf, withTarget, type Target, type Connect } from '../connection.js';
import { Failure, messageOf } from '../failure.js';
import { printable } from '../printable.js';
import { numberText, startPace, progressOf } from '../progress.js';
import { ITS_OWN } from '../audit/its-own.js';
import { note, say } from '../terminal.js';
import { asSent, isOfExport } from './as-sent.js';
import { entriesOf, type Entry } from './entries.js';
import { chunksOf, isExport, isRegular } from './input.js';
import { joined, NOTHING, send, type Line, type Refusal, type Sent } from './send.js';

const HELP = `
Each FILE is NDJSON, one development a line, or a JSON array; - is stdin.

What is good goes in; each line that does not is named with its number and its faults, and the exit code is 1.
A line without an id gets one made from its content (UUID version 8, SHA-256). So the same line is the same event in
whatever file, and an import that was interrupted is taken up by running it again: nothing goes in twice.

An export ("borderline export") restores the log of a data folder, if that is empty: with the same sequences and times, so
with the same checkpoint. All or nothing: nothing is restored of one that does not verify, or if it is interrupted.
With --as-new its events are taken as developments instead, recorded now.

Examples:
  $ borderline import developments.ndjson
  $ borderline import --dry-run *.ndjson
  $ zcat old.ndjson.gz | borderline import - --url http://127.0.0.1:3000 --key borderline_…
  $ borderline import borderline.ndjson --data /srv/restored --signed-by borderline.pub
`;

interface Options extends Target {
  readonly dryRun?: true;
  readonly asNew?: true;
  readonly signedBy?: string;
}

export function addImport(program: Command, connect: Connect): void {
  withTarget(program.command('import'))
    .summary('take in developments from files')
    .description('Takes in developments from files.')
    .argument('<file...>', 'NDJSON or JSON array; - is stdin')
    .option('--dry-run', 'check every line, store nothing')
    .option('--as-new', 'take the events of an export as developments, recorded now')
    .option('--signed-by <key>', 'the verifier key of an export, or a file of such keys (default: its own)')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: Options) => {
      const sizes = files.map(sizeOf);
      const total = sizes.includes(0) ? 0 : sizes.reduce((sum, size) => sum + size, 0);
      const dryRun = options.dryRun === true;
      if (options.asNew !== true && (await haveExport(files))) {
        await restoreFrom(files, options);
        return;
      }
      const { asNew = false } = options;
      const sent = await connect(options, { create: true }, (client) =>
        importFiles(client, files, { dryRun, asNew, total }),
      );
      say(summaryOf(sent, dryRun));
      if (sent.refused.length > 0) process.exitCode = 1;
    });
}

async function haveExport(files: readonly string[]): Promise<boolean> {
  for (const file of files) if (await isExport(file)) return true;
  return false;
}

async function restoreFrom(files: readonly string[], options: Options): Promise<void> {
  const [file = '', ...more] = files;
  if (more.length > 0) throw new Failure('an export is restored by itself, without other files');
  const { url, signedBy, dryRun } = options;
  if (url !== undefined || logOf(options).log !== 'sqlite') {
    throw new Failure('an export restores a data folder: give --data, or --as-new to record its events anew');
  }
  const { assertVerifies, restore } = await import('./restore.js');
  if (dryRun === true) {
    if (!isRegular(file)) throw new Failure('--dry-run needs a file to verify');
    const count = await assertVerifies(file, signedBy);
    say(`${numberText(count)} good, 0 refused; nothing was stored (--dry-run)`);
    return;
  }
  const { events, trusted } = await restore(file, folderOf(options), signedBy);
  if (trusted.itsOwn) note(`${ITS_OWN} --signed-by takes one that you know.`);
  say(`${numberText(events)} ${events === 1 ? 'event' : 'events'} restored, as they were`);
}

interface ImportOptions {
  readonly dryRun: boolean;
  /** Whether the lines that an export has besides its events are passed over; else they are a Failure. */
  readonly asNew: boolean;
  /** Bytes of all files; 0 where that is not known. */
  readonly total: number;
}

const MOST_LINES = 1000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Sends the developments of the files, in order, in batches. Faults are told on stderr as they are found. */
async function importFiles(
  client: Client,
  files: readonly string[],
  { dryRun, asNew, total }: ImportOptions,
): Promise<Sent> {
  const progress = progressOf(total);
  const pace = startPace();
  let sum = NOTHING;
  let bytes = 0;
  const take = (sent: Sent, file: string): void => {
    const inOrder = [...sent.refused, ...sent.remarks].sort((a, b) => a.line - b.line);
    for (const refusal of inOrder) tell(refusal, file);
    sum = joined(sum, sent);
    const lines = sum.imported + sum.known + sum.refused.length;
    progress.update(bytes, pace(lines, 'lines'));
  };
  try {
    for (const file of files) {
      for await (const { lines, refused } of batchesOf(file, asNew, (read) => (bytes += read))) {
        take(joined({ ...NOTHING, refused }, await send(client, lines, dryRun)), file);
      }
    }
    return sum;
  } catch (error) {
    progress.stop();
    if (sum !== NOTHING) note(`${summaryOf(sum, dryRun)} so far; run it again to go on`);
    throw error;
  } finally {
    progress.stop();
  }
}

function summaryOf({ imported, known, refused }: Sent, dryRun: boolean): string {
  const bad = `${numberText(refused.length)} refused`;
  if (dryRun) return `${numberText(imported)} good, ${bad}; nothing was stored (--dry-run)`;
  return `${numberText(imported)} imported, ${numberText(known)} already there, ${bad}`;
}

interface Batch {
  readonly lines: readonly Line[];
  /** Between them: what cannot even be sent. */
  readonly refused: readonly Refusal[];
}

/**
 * The developments of a file in batches small enough to be sent at once. `-` is stdin. Throws Failure at the first line that only
 * an export has, unless it is taken `asNew`: in a whole one that is among the first 257 lines.
 */
export async function* batchesOf(
  file: string,
  asNew = false,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Batch> {
  let lines: Line[] = [];
  let refused: Refusal[] = [];
  let bytes = 0;
  for await (const entry of entriesOf(counted(chunksOf(file), onRead))) {
    if (lines.length + refused.length === MOST_LINES || bytes > MOST_BYTES) {
      yield { lines, refused };
      [lines, refused, bytes] = [[], [], 0];
    }
    const line = lineOf(entry);
    if (line === undefined) {
      if (asNew) continue;
      throw new Failure(
        `${file === '-' ? 'stdin' : file}:${entry.line}: is a line of an export, and this is not a whole one: --as-new records its events anew`,
      );
    }
    if ('faults' in line) refused.push(line);
    else {
      lines.push(line);
      bytes += line.text.length;
    }
  }
  yield { lines, refused };
}

/** Undefined for what an export has besides its events. */
function lineOf({ line, text, fault }: Entry): Line | Refusal | undefined {
  if (text === undefined) return { line, faults: [fault ?? ''] };
  try {
    const value: unknown = JSON.parse(text);
    return isOfExport(value) ? undefined : { line, text: JSON.stringify(asSent(value)) };
  } catch (error) {
    return { line, faults: [`is not JSON: ${messageOf(error)}`] };
  }
}

function tell({ line, faults }: Refusal, file: string): void {
  const name = file === '-' ? 'stdin' : file;
  for (const fault of faults) note(printable(`${name}:${line}: ${fault}`));
}

/** Bytes of a file; 0 where it has none or is none. Throws Failure where it cannot be read. */
function sizeOf(file: string): number {
  if (file === '-') return 0;
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new Failure(`${file} is a folder, not a file`);
    return stat.isFile() ? stat.size : 0;
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}

function unreadable(file: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = code === 'ENOENT' ? 'there is no such file' : messageOf(error);
  return new Failure(`${file}: ${reason}`, { cause: error });
}
