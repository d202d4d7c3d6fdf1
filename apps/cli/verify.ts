import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { LogFault } from '#audit';
import { assertLog, folderOf, keyFolderOf, logOf, withVerbose, type Place } from './connection.js';
import { Failure } from './failure.js';
import { numberText, paceOf, progressOf, type Progress } from './progress.js';
import { note, say } from './terminal.js';

const HELP = `
Hashes every event of the log in a data folder, and holds them to the signed checkpoints that are kept there and to the
stored tree. Needs no server, and may run beside one. Says which event is wrong and how; the exit code is 1 if any is.

Somebody who changed all of the folder, the key included, is not found: for that, keep a checkpoint elsewhere
(/v1/audit/checkpoint).

Examples:
  $ borderline verify
  $ borderline verify --data /srv/borderline
`;

export function addVerify(program: Command): void {
  withVerbose(program.command('verify'))
    .summary('prove that the log is whole')
    .description('Holds the whole log to its signed checkpoints, and says which event is wrong and how.')
    .option('--data <dir>', 'the data folder (default: BORDERLINE_DATA or ./data)')
    .addHelpText('after', HELP)
    .action(async (place: Place) => {
      if (!(await verify(folderOf(place), keyFolderOf(place)))) process.exitCode = 1;
    });
}

/** Whether nothing is wrong. */
async function verify(data: string, keyFolder: string): Promise<boolean> {
  const kept = logOf({});
  if (kept.log === 'sqlite') assertLog(data);
  await import('reflect-metadata');
  const { verifyFolder } = await import('../server/audit/verify-folder.js');
  const started = Date.now();
  let progress: Progress | undefined;
  try {
    const { events, faults, signed, checkpoints, treeDiffers } = await verifyFolder(
      resolve(data),
      (total) => (progress = progressOf(total)),
      (sequence) => progress?.update(sequence, paceOf(sequence, 'events', started, Date.now())),
      resolve(keyFolder),
      kept,
    );
    progress?.stop();
    if (treeDiffers)
      note('audit.db is not the tree of this log, which is the signed one: delete it, and it is built anew');
    for (const fault of faults) say(toldOf(fault));
    say(`${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}; signed up to @${signed}.`);
    say(
      faults.length === 0 ? 'Every event is the one that was recorded.' : 'The log is not what was recorded.',
    );
    return faults.length === 0;
  } catch (error) {
    progress?.stop();
    if (error instanceof Error && /^Audit(Key)?Error$/.test(error.name)) {
      throw new Failure(error.message, { cause: error });
    }
    throw error;
  }
}

function toldOf({ kind, from, to, was }: LogFault): string {
  const what = from === to ? `event @${from}` : `events @${from} to @${to}`;
  const are = from === to ? 'is' : 'are';
  switch (kind) {
    case 'missing':
      return `${what}: ${are} gone`;
    case 'unreadable':
      return `${what}: cannot be read`;
    case 'changed':
      return `${what}: ${are} not what was recorded`;
    case 'moved':
      return `${what}: was recorded as @${was}`;
    case 'extra':
      return `after event @${from}: stands something that was never recorded`;
    case 'not-signed':
      return `${what}: ${are} not what was signed; something in them was changed`;
  }
}

const counted = (count: number, what: string): string =>
  `${numberText(count)} ${what}${count === 1 ? '' : 's'}`;
