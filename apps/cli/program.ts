import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAsOf } from './as-of.js';
import { addAuditKey } from './audit-key.js';
import { addBackup } from './backup.js';
import { connectWith, type ServerApp } from './connection.js';
import { addChanges } from './changes.js';
import { addCopy } from './copy/copy.js';
import { addDiff } from './diff.js';
import { addEvents } from './events.js';
import { addExplain } from './explain.js';
import { addExport } from './export.js';
import { failed } from './failure.js';
import { addHistory } from './history.js';
import { addImport } from './import/import.js';
import { addKeys } from './keys.js';
import { addNext } from './next.js';
import { addPlay } from './play.js';
import { addReceipt } from './receipt/receipt.js';
import { addReplay } from './replay/replay.js';
import { addServe } from './serve.js';
import { addTail } from './tail.js';
import { addTimeline } from './timeline.js';
import { addVerify } from './verify.js';
import { addWebhooks } from './webhooks.js';

const HELP = `
Commands work on a data folder (--data, default ./data) or on a running server (--url).

Examples:
  $ borderline serve --corpus
  $ borderline as-of 2025-11-05 --border LT-BY
  $ borderline timeline lt-by.medininkai --from 2025-10-20 --to 2025-11-25
  $ borderline import developments.ndjson
`;

/** Runs a command to its end. Errors are written to stderr. Returns the exit code. */
export async function runCommand(args: readonly string[], server: ServerApp): Promise<number> {
  process.exitCode = 0;
  try {
    await program(server).parseAsync(args, { from: 'user' });
    return process.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(failed(error, args.includes('--verbose')));
    return 1;
  }
}

function program(server: ServerApp): Command {
  const connect = connectWith(server);
  const root = new Command('borderline')
    .description(
      'A timeline of border and sanctions developments: the state as of any date, as known at any date.',
    )
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(asOneLine(text)) })
    .showHelpAfterError(false)
    .addHelpText('after', HELP);
  for (const add of [
    addServe,
    addImport,
    addAsOf,
    addTimeline,
    addNext,
    addDiff,
    addExplain,
    addHistory,
    addEvents,
    addTail,
    addChanges,
    addPlay,
    addExport,
    addCopy,
    addReplay,
    addVerify,
    addReceipt,
    addBackup,
    addKeys,
    addWebhooks,
    addAuditKey,
  ]) {
    add(root, connect, server);
  }
  return root;
}

/** The version in package.json, which is three folders above the compiled code. */
function version(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** `error: unknown option '--x'` and its suggestion on the next line → one line, ours. */
function asOneLine(text: string): string {
  return `${text
    .replace(/^error: /, 'borderline: ')
    .trim()
    .replace(/\s*\n\s*/g, ' ')}\n`;
}
