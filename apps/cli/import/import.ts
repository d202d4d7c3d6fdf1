import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Client } from '#client';
import { folderOf, logOf, withTarget, type Target, type Connect } from '../connection.js';
import { Failure, messageOf } from '../failure.js';
import { notice, say } from '../terminal.js';
import { numberText, startPace, progressOf } from '../progress.js';
import { ITS_OWN } from '../audit/report.js';
import { batchesOf } from './batches.js';
import { isExport, isRegular, inputName } from './input.js';
import { PendingLines } from './pending-lines.js';
import { joined, send, type SendOptions, type Sent } from './send.js';
import { Tally, type TallyOptions } from './tally.js';

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
      const tally = await connect(options, { create: true }, (client) => importFiles(client, files, asked));
      say(tally.summary);
      if (tally.refused > 0) process.exitCode = 1;
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
  if (trusted.itsOwn) notice(`${ITS_OWN} If you know the key, give it with --signed-by.`);
  say(
    `${numberText(events)} ${events === 1 ? 'event' : 'events'} restored, with the same sequences and times`,
  );
}

interface ImportOptions extends SendOptions, TallyOptions {
  /** Whether to skip the lines of an export that are not events. If it is not set, such a line is a Failure. */
  readonly asNew: boolean;
  /** Bytes of all files; 0 where that is not known. */
  readonly total: number;
}

/** Sends the developments of the files, in order, in batches. Prints faults on stderr as they are found. */
async function importFiles(client: Client, files: readonly string[], options: ImportOptions): Promise<Tally> {
  const { asNew, total } = options;
  const progress = progressOf(total);
  const pace = startPace();
  const tally = new Tally(options);
  const pending = new PendingLines(options);
  let bytes = 0;
  const onRead = (read: number): void => void (bytes += read);
  const add = (sent: Sent, file: string): void => {
    tally.add(sent, file);
    progress.update(bytes, pace(tally.lines, 'lines'));
  };
  try {
    for (const file of files) {
      const before = tally.lines + pending.lines;
      for await (const { lines, refused } of batchesOf(file, { asNew, onRead })) {
        const sent = await send(client, lines, options);
        add(pending.without({ ...sent, refused: [...refused, ...sent.refused] }, lines, file), file);
      }
      if (tally.lines + pending.lines === before) notice(`${inputName(file)} is empty`);
    }
    for (const { file, lines, sent } of pending.left())
      add(joined(sent, await send(client, lines, options)), file);
    return tally;
  } catch (error) {
    progress.stop();
    if (tally.lines > 0) notice(`${tally.summary} so far; run the command again to continue`);
    throw error;
  } finally {
    progress.stop();
  }
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

function unreadable(file: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = code === 'ENOENT' ? 'there is no such file' : messageOf(error);
  return new Failure(`${file}: ${reason}`, { cause: error });
}
