import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ITS_OWN, report } from './audit/report.js';
import type { Trusted } from './audit/trusted.js';
import { clientAt, withVerbose, type Target, type Connect } from './connection.js';
import { Failure, messageOf } from './failure.js';
import { notice } from './terminal.js';

const HELP = `
FILE is an export. Without it, the command verifies the log of a data folder or of a server. It hashes every event, and
compares the hashes with the signed checkpoints: the last line of an export, the kept checkpoints of a folder, the present
checkpoint of a server. It names each wrong event and its fault; then the exit code is 1. A file or a folder needs no server.

This cannot find an attacker who has the key and changed everything. For that, keep a checkpoint and the key elsewhere: --save
writes the checkpoint of a server to a file, --checkpoint requires that the log extends that checkpoint, and --key (a verifier
key, or a file of them) gives the keys whose signatures count. If a server needs a key for reading, set BORDERLINE_KEY.

--receipt verifies a receipt ("borderline receipt") instead of a log: offline with --key. With --data or --url it also checks
that the log still begins with the same events and still gives the same answer. --answer names the file of the answer.

Examples:
  $ borderline verify
  $ borderline verify --data /srv/borderline --checkpoint last-week.txt
  $ borderline verify borderline.ndjson --key borderline.pub
  $ borderline verify --url http://127.0.0.1:3000 --checkpoint last-week.txt --save today.txt
  $ borderline verify --receipt receipt.json --key borderline.pub
`;

interface Options extends Target {
  readonly checkpoint?: string;
  readonly save?: string;
  readonly receipt?: string;
  readonly answer?: string;
}

export function addVerify(program: Command, connect: Connect): void {
  withVerbose(program.command('verify'))
    .summary('verify the log')
    .description(
      'Compares the whole log with its signed checkpoints, and names each wrong event and its fault.',
    )
    .argument('[file]', 'an export')
    .option('--data <dir>', 'a data folder (default: BORDERLINE_DATA or ./data)')
    .option('--url <url>', 'a running server, such as http://127.0.0.1:3000')
    .option(
      '--key <key>',
      'the verifier key that counts, or a file of such keys (default: the key of the log)',
    )
    .option('--checkpoint <file>', 'a kept checkpoint that the log must extend')
    .option('--save <file>', 'write the checkpoint of the server to this file, if there is no fault')
    .option('--receipt <file>', 'verify a receipt: the file as it was issued, or only the note')
    .option('--answer <file>', 'the answer to compare with the receipt')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: Options) => {
      if (!(await verify(file, options, connect))) process.exitCode = 1;
    });
}

/** Whether there are no faults. */
async function verify(file: string | undefined, options: Options, connect: Connect): Promise<boolean> {
  const { data, url, key, checkpoint, save, receipt, answer } = options;
  if (receipt !== undefined) {
    if ([file, checkpoint, save].some((other) => other !== undefined)) {
      throw new Failure('--receipt goes with --key, --answer, --data and --url only');
    }
    const { verifyReceipt } = await import('./receipt/verify-receipt.js');
    return verifyReceipt(receipt, options, connect);
  }
  if (answer !== undefined) throw new Failure('--answer goes with --receipt');
  if ([file, data, url].filter((target) => target !== undefined).length > 1) {
    throw new Failure('give one of FILE, --data and --url');
  }
  if (save !== undefined && url === undefined) throw new Failure('--save goes with --url');
  const kept = checkpoint === undefined ? undefined : contentOf(checkpoint);
  if (file !== undefined) {
    const { verifyFile } = await import('./audit/verify-file.js');
    const found = await verifyFile(file, key, kept);
    warnOf(found.trusted);
    return report(found);
  }
  if (url === undefined) {
    const { verifyDataFolder } = await import('./audit/verify-folder.js');
    const found = await verifyDataFolder(options, key, kept);
    if (found.treeDiffers)
      notice(
        'the log is the signed one, but audit.db is not its tree: delete audit.db, and it is built again',
      );
    return report(found);
  }
  const { verifyServer } = await import('./audit/verify-server.js');
  const found = await verifyServer(clientAt(url, undefined), key, kept);
  warnOf(found.trusted);
  const good = report(found);
  if (good && save !== undefined) writeFileSync(save, found.note);
  return good;
}

function warnOf({ itsOwn }: Trusted): void {
  if (!itsOwn) return;
  notice(`${ITS_OWN} If you know the key, give it with --key.`);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`--checkpoint ${file}: ${messageOf(error)}`, { cause: error });
  }
}
