import { resolve } from 'node:path';
import type { Command } from 'commander';
import { assertFolder, assertLog, folderOf, keyFolderOf, withFolder, type Target } from './connection.js';
import { numberText, progressOf } from './progress.js';
import { runtime } from './runtime.js';
import { notice, say } from './terminal.js';

const HELP = `
Copies the data folder as of one moment, also while a server writes to it: the log, its audit tree, audit.checkpoints, audit.key
and keys.json. It leaves the views out: they are rebuilt from the log. The folder appears when the copy is complete; the
command never replaces a file. A server can start on the copy: borderline serve --data DIR.

audit.key signs in the name of the log: keep a backup secret. Only its owner can read it.

Examples:
  $ borderline backup --to /backups/borderline-2025-11-21
  $ borderline backup --data /srv/borderline --to /backups/today && borderline verify --data /backups/today
`;

/** The progress is shown in thousandths. */
const WHOLE = 1_000;

interface Options extends Target {
  readonly to: string;
}

export function addBackup(program: Command): void {
  withFolder(program.command('backup'))
    .summary('copy a data folder while a server runs on it')
    .description('Copies a data folder, as of one moment, also while a server runs on it.')
    .requiredOption('--to <dir>', 'the folder to make')
    .addHelpText('after', HELP)
    .action(async ({ to, ...target }: Options) => {
      assertFolder(target, 'a backup is a copy of a data folder');
      const data = folderOf(target);
      assertLog(data);
      const { backUp } = await import('#data-folder');
      const progress = progressOf(WHOLE);
      try {
        const from = { data: resolve(data), keyFolder: resolve(keyFolderOf(target)) };
        const { events, signed } = await backUp(runtime, from, resolve(to), (done) =>
          progress.update(done * WHOLE, 'log.db'),
        );
        progress.stop();
        say(`${numberText(events)} ${events === 1 ? 'event' : 'events'}, signed up to @${signed}, in ${to}`);
        if (signed > 0)
          notice(
            `the copy has audit.key: keep this key secret. "borderline verify --data ${to}" hashes the whole copy.`,
          );
        else notice('there is no audit.key: this folder has never signed a checkpoint');
      } finally {
        progress.stop();
      }
    });
}
