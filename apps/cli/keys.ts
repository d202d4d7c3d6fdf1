import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { parseInstantOrDay, TimeError } from '#time';
import { isScope, KeyStore, type Scope, SCOPES } from '#data-folder';
import { assertFolder, keyFolderOf, withFolder, type Target } from './connection.js';
import { Failure } from './failure.js';
import { tableOf } from './table.js';
import { runtime } from './runtime.js';
import { notice, say, terminalWidth } from './terminal.js';

const HELP = `
The hashes of keys are in the data folder, or in BORDERLINE_KEY_FOLDER if that is set. A running server uses a change immediately.
Scopes: read; audit (events and proofs only); report; edit (corrections, retractions); admin (everything). The first two are
needed only on a server with --read key. The last use of a key is saved once a minute.

Examples:
  $ borderline keys create newsdesk --scope report,edit
  $ borderline keys create auditor --scope audit --expires 2027-03-31
  $ borderline keys list
  $ borderline keys revoke 1f2e3d4c
`;

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .summary('manage the keys of a data folder')
    .description('Manages the keys of a data folder.')
    .addHelpText('after', HELP);

  withFolder(keys.command('create'))
    .description('Makes a key, and shows it once.')
    .argument('<name>', 'the owner of the key')
    .option('--scope <scopes>', `its scopes, comma-separated: ${SCOPES.join(', ')}`, 'report')
    .option('--expires <time>', 'when the key expires: an instant, or a date (its end)')
    .addHelpText('after', HELP)
    .action(async (name: string, options: Created) => {
      const expires = options.expires === undefined ? {} : { expires: endIn(options.expires) };
      const { key, record } = await storeOf(options, true).create(name, scopesIn(options.scope), expires);
      say(key);
      const until = record.expires === undefined ? '' : `; until ${record.expires}`;
      notice(
        `key ${record.id} (${record.scopes.join(', ')})${until}; it is shown only now: the server keeps only its hash`,
      );
    });

  withFolder(keys.command('list'))
    .description('Lists all keys, also revoked keys.')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action((options: Target & { readonly json?: true }) => {
      const store = storeOf(options);
      const used = store.use.read();
      const keys = store.list().map(({ sha256: _, ...record }) => {
        const lastUsed = used.get(record.id);
        return { ...record, ...(lastUsed !== undefined && { lastUsed: new Date(lastUsed).toISOString() }) };
      });
      if (options.json) say(JSON.stringify({ keys }));
      else if (keys.length === 0) say(`There are no keys in ${keyFolderOf(options)}.`);
      else {
        const rows = keys.map(({ id, name, scopes, created, lastUsed = '', expires = '', revoked }) => [
          id,
          name,
          scopes.join(', '),
          created,
          lastUsed,
          revoked === undefined ? expires : `revoked ${revoked}`,
        ]);
        say(tableOf(['Id', 'Name', 'Scopes', 'Created', 'Last used', 'Ends'], rows, terminalWidth()));
      }
    });

  withFolder(keys.command('revoke'))
    .description('Revokes a key: from now on the server refuses it.')
    .addArgument(new Argument('<id>', 'the id that "keys list" shows'))
    .addHelpText('after', HELP)
    .action(async (id: string, options: Target) => {
      const { name } = await storeOf(options).revoke(id);
      notice(`key ${id} (${name}) is revoked`);
    });
}

interface Created extends Target {
  readonly scope: string;
  readonly expires?: string;
}

function endIn(text: string): number {
  try {
    return parseInstantOrDay(text, process.env['BORDERLINE_ZONE'] || 'Europe/Vilnius');
  } catch (error) {
    if (error instanceof TimeError) throw new Failure(`--expires: ${error.message}`, { cause: error });
    throw error;
  }
}

function scopesIn(text: string): Scope[] {
  return text.split(',').map((name) => {
    const scope = name.trim();
    if (isScope(scope)) return scope;
    throw new Failure(`there is no scope ${JSON.stringify(scope)}; the scopes are ${SCOPES.join(', ')}`);
  });
}

function storeOf(target: Target, create = false): KeyStore {
  assertFolder(target, 'keys are in the data folder of a server');
  const folder = keyFolderOf(target);
  if (create) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return new KeyStore(join(folder, 'keys.json'), () => runtime.now());
}
