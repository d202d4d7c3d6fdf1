import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Client } from '#client';
import { folderOf, logOf, withTarget, type Target, type Connect } from '../connection.js';
import { Failure, messageOf } from '../failure.js';
import { note, printable, say } from '../terminal.js';
import { numberText, startPace, progressOf } from '../progress.js';
import { ITS_OWN } from '../audit/report.js';
import { developmentAsSent, isOfExport } from './as-sent.js';
import { fromCloudEvent } from '#data-folder';
import { JsonError, parseJsonText, type JsonFault } from '#json';
import { entriesOf, type Entry } from './entries.js';
import { chunksOf, isExport, isRegular } from './input.js';
import { Later } from './later.js';
import { joined, send, type Line, type Refusal, type SendOptions, type Sent } from './send.js';
import { utf8Of } from './utf8.js';

const HELP = `
Each FILE is NDJSON, one development a line, or a JSON array; - is stdin. It is UTF-8, or UTF-16 with a byte order mark;
gzip is unpacked.

It records the good lines, and prints the number and the faults of each refused line; then the exit code is 1. A line without
an id gets one that is made from its content (UUID version 8, SHA-256). So the same line is the same event in every file.
After an interruption, run the command again: no event is recorded twice.

A warning is about a line that is recorded and is probably a mistake, such as a crossing that nobody has registered. --warnings
prints them; with --strict such a line is refused. A subject may be registered by a later line of the import.

An export ("borderline export") restores the log of a data folder, if that log is empty: with the same sequences and times,
and so with the same checkpoint. It is all or nothing: if the export does not verify, or after an interruption, nothing is
stored. With --as-new its events are recorded now, as new developments.

Examples:
  $ borderline import developments.ndjson
  $ borderline import --dry-run *.ndjson
  $ cat *.ndjson.gz | borderline import - --url http://127.0.0.1:3000 --key borderline_…
  $ borderline import borderline.ndjson --data /srv/restored --signed-by borderline.pub
`;

interface Options extends Target {
  readonly dryRun?: true;
  readonly asNew?: true;
  readonly strict?: true;
  readonly warnings?: true;
  readonly signedBy?: string;
}

export function addImport(program: Command, connect: Connect): void {
  withTarget(program.command('import'))
    .summary('record developments from files')
    .description('Records developments from files.')
    .argument('<file...>', 'NDJSON or JSON array; - is stdin')
    .option('--dry-run', 'check every line, but store nothing')
    .option('--warnings', 'print what is probably a mistake, with its line')
    .option('--strict', 'refuse the lines that have warnings')
    .option('--as-new', 'record the events of an export now, as new developments')
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
      const { asNew = false, strict = false, warnings = false } = options;
      const asked = { dryRun, strict, asNew, warnings, total };
      const sum = await connect(options, { create: true }, (client) => importFiles(client, files, asked));
      say(summaryOf(sum, asked));
      if (sum.refused > 0) process.exitCode = 1;
    });
}

async function haveExport(files: readonly string[]): Promise<boolean> {
  for (const file of files) if (await isExport(file)) return true;
  return false;
}

async function restoreFrom(files: readonly string[], options: Options): Promise<void> {
  const [file = '', ...more] = files;
  if (more.length > 0)
    throw new Failure('an export cannot be restored together with other files: give it alone');
  const { url, signedBy, dryRun } = options;
  if (url !== undefined || logOf(options).log !== 'sqlite') {
    throw new Failure(
      'an export restores a data folder: give --data, or --as-new to record its events as new ones',
    );
  }
  const { assertVerifies, restore } = await import('./restore.js');
  if (dryRun === true) {
    if (!isRegular(file)) throw new Failure('--dry-run needs a file to verify');
    const count = await assertVerifies(file, signedBy);
    say(`${numberText(count)} good, 0 refused; nothing was stored (--dry-run)`);
    return;
  }
  const { events, trusted } = await restore(file, folderOf(options), signedBy);
  if (trusted.itsOwn) note(`${ITS_OWN} If you know the key, give it with --signed-by.`);
  say(
    `${numberText(events)} ${events === 1 ? 'event' : 'events'} restored, with the same sequences and times`,
  );
}

interface ImportOptions extends SendOptions {
  /** Show the warnings. */
  readonly warnings: boolean;
  /** Skip the lines of an export that are not events; otherwise they are a Failure. */
  readonly asNew: boolean;
  /** Bytes of all files; 0 where that is not known. */
  readonly total: number;
}

/** A file whose first so many lines are all not JSON is of another kind. */
const MOST_WITHOUT_JSON = 10;
const MOST_LINES = 1000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Sends the developments of the files, in order, in batches. Prints faults on stderr as they are found. */
async function importFiles(client: Client, files: readonly string[], options: ImportOptions): Promise<Sum> {
  const progress = progressOf(options.total);
  const pace = startPace();
  const sum = { imported: 0, known: 0, refused: 0, warned: 0 };
  const later = new Later(options);
  let bytes = 0;
  const add = ({ imported, known, refused, warnings }: Sent, file: string): void => {
    const told = [...refused, ...(options.warnings ? warnings.map(asWarning) : [])];
    for (const refusal of told.sort((a, b) => a.line - b.line)) tell(refusal, file);
    sum.imported += imported;
    sum.known += known;
    sum.refused += refused.length;
    sum.warned += warnings.length;
    progress.update(bytes, pace(linesIn(sum), 'lines'));
  };
  try {
    for (const file of files) {
      const before = linesIn(sum) + later.lines;
      for await (const { lines, refused } of batchesOf(file, options.asNew, (read) => (bytes += read))) {
        const sent = await send(client, lines, options);
        add(later.without({ ...sent, refused: [...refused, ...sent.refused] }, lines, file), file);
      }
      if (linesIn(sum) + later.lines === before) note(`${file === '-' ? 'stdin' : file} is empty`);
    }
    for (const { file, lines, sent } of later.left())
      add(joined(sent, await send(client, lines, options)), file);
    return sum;
  } catch (error) {
    progress.stop();
    if (linesIn(sum) > 0) note(`${summaryOf(sum, options)} so far; run the command again to continue`);
    throw error;
  } finally {
    progress.stop();
  }
}

const asWarning = ({ line, faults }: Refusal): Refusal => ({
  line,
  faults: faults.map((fault) => `warning: ${fault}`),
});

const linesIn = ({ imported, known, refused }: Sum): number => imported + known + refused;

function summaryOf({ imported, known, refused, warned }: Sum, { dryRun, warnings }: ImportOptions): string {
  const hint = warnings ? '' : ' (--warnings shows them)';
  const few = warned === 0 ? '' : `, ${numberText(warned)} ${warned === 1 ? 'warning' : 'warnings'}${hint}`;
  const bad = `${numberText(refused)} refused${few}`;
  if (dryRun) return `${numberText(imported)} good, ${bad}; nothing was stored (--dry-run)`;
  return `${numberText(imported)} imported, ${numberText(known)} already there, ${bad}`;
}

/** Lines, counted. */
interface Sum {
  readonly imported: number;
  readonly known: number;
  readonly refused: number;
  /** Warnings, of which a line may have several. */
  readonly warned: number;
}

interface Batch {
  readonly lines: readonly Line[];
  /** Between them: entries that cannot be sent. */
  readonly refused: readonly Refusal[];
}

/**
 * The developments of a file in batches small enough to be sent at once. `-` is stdin. Throws Failure where the file is of another kind, and,
 * without `asNew`, at the first line that only an export has: in a complete export that is among the first 257 lines.
 */
export async function* batchesOf(
  file: string,
  asNew = false,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Batch> {
  const name = file === '-' ? 'stdin' : file;
  let lines: Line[] = [];
  let refused: Refusal[] = [];
  let bytes = 0;
  let isJson = false;
  for await (const entry of entriesOf(utf8Of(name, counted(chunksOf(file), onRead)))) {
    if (lines.length + refused.length === MOST_LINES || bytes > MOST_BYTES) {
      yield { lines, refused };
      [lines, refused, bytes] = [[], [], 0];
    }
    const line = lineOf(entry);
    if (line === undefined) {
      if (asNew) continue;
      throw new Failure(
        `${name}:${entry.line}: is a line of an export, but this file is not a complete, unpacked export: --as-new records its events as new ones`,
      );
    }
    isJson ||= !('isNoJson' in line);
    if ('faults' in line) {
      refused.push(line);
      if (!isJson && refused.length === MOST_WITHOUT_JSON) throw noJson(name, refused);
    } else {
      lines.push(line);
      bytes += line.text.length;
    }
  }
  yield { lines, refused };
}

/** Undefined for a line of an export that is not an event. */
function lineOf({ line, text, fault }: Entry): Line | (Refusal & { readonly isNoJson?: true }) | undefined {
  if (text === undefined) return { line, faults: [fault ?? ''], isNoJson: true };
  try {
    const value = parseJsonText(text);
    if (isOfExport(value)) return undefined;
    if (!isCloudEvent(value)) return lineWith(line, developmentAsSent(value));
    const { development, faults } = fromCloudEvent(value);
    return faults.length > 0 ? refusalOf(line, faults) : lineWith(line, development);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { faults, message } = error;
    return faults.length === 0 ? { line, faults: [message], isNoJson: true } : refusalOf(line, faults);
  }
}

function lineWith(line: number, development: unknown): Line {
  const { type, data } = Object(development) as { readonly type?: unknown; readonly data?: unknown };
  const { kind, id } = Object(data) as { readonly kind?: unknown; readonly id?: unknown };
  const registers = type === 'subject.registered' ? { registers: `${String(kind)}-${String(id)}` } : {};
  return { line, text: JSON.stringify(development), ...registers };
}

const isCloudEvent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'specversion' in value;

function refusalOf(line: number, faults: readonly JsonFault[]): Refusal {
  return { line, faults: faults.map(({ pointer, detail }) => `${pointer}: ${detail}`.replace(/^: /, '')) };
}

function noJson(name: string, refused: readonly Refusal[]): Failure {
  const [first] = refused;
  const why = `its first ${refused.length} lines are not JSON (line ${first?.line} ${first?.faults[0]})`;
  return new Failure(printable(`${name} is neither NDJSON nor a JSON array of developments: ${why}`));
}

function tell({ line, faults }: Refusal, file: string): void {
  const name = file === '-' ? 'stdin' : file;
  for (const fault of faults) note(printable(`${name}:${line}: ${fault}`));
}

/** The size of a file in bytes; 0 for a pipe. Throws Failure where it cannot be read. */
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
