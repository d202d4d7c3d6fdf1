import { join } from 'node:path';
import type { Command } from 'commander';
import type { AuditKeys } from '#data-folder';
import { assertFolder, keyFolderOf, withFolder, type Target } from './connection.js';
import { notice, say } from './terminal.js';

const HELP = `
The keys that sign checkpoints and receipts are in audit.key in the data folder. A running server uses a change immediately. After
a rotation both keys sign, so that readers who know only the old key can still verify. Give them the new key, then retire the
old one. Earlier signatures of a retired key stay valid.

A public key is written NAME+ID+KEY.

Examples:
  $ borderline audit-key list
  $ borderline audit-key rotate --data /srv/borderline
  $ borderline audit-key retire 0cf67fb4
`;

export function addAuditKey(program: Command): void {
  const auditKey = program
    .command('audit-key')
    .summary('manage the keys that sign checkpoints')
    .description('Manages the keys that sign the checkpoints and receipts of a data folder.')
    .addHelpText('after', HELP);

  withFolder(auditKey.command('list'))
    .description('Lists the public keys, the newest first.')
    .addHelpText('after', HELP)
    .action(async (target: Target) => {
      const file = fileOf(target);
      const { auditKeys, assertKeyFile } = await import('#data-folder');
      assertKeyFile(file);
      show(auditKeys(file));
    });

  withFolder(auditKey.command('rotate'))
    .description('Makes a new key. From now on it signs, together with the others.')
    .addHelpText('after', HELP)
    .action(async (target: Target) => {
      const { rotateAuditKey } = await import('#data-folder');
      show(await rotateAuditKey(fileOf(target)));
      notice('publish the new key; readers who know only an older key can verify until you retire that one');
    });

  withFolder(auditKey.command('retire'))
    .description('Ends the use of a key; its earlier signatures stay valid.')
    .argument('<id>', 'the id of the key: eight hexadecimal digits')
    .addHelpText('after', HELP)
    .action(async (id: string, target: Target) => {
      const { retireAuditKey } = await import('#data-folder');
      show(await retireAuditKey(fileOf(target), id));
    });
}

/** A line for each key, not wrapped, so that it can be copied. */
function show({ signers, verifiers, verifierKeys }: AuditKeys): void {
  for (const [at, key] of verifierKeys.entries()) {
    const signs = signers.some(({ keyId }) => keyId === verifiers[at]?.keyId);
    say(`${signs ? 'signs  ' : 'retired'}  ${key}`);
  }
}

function fileOf(target: Target): string {
  assertFolder(target, 'audit keys are in the data folder of a server');
  return join(keyFolderOf(target), 'audit.key');
}
