import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { engineOf } from '#log';
import { logOf, withVerbose } from '../connection.js';
import { Failure } from '../failure.js';
import { numberText, progressOf, startPace, type Progress } from '../progress.js';
import { runtime } from '../runtime.js';
import { notice } from '../terminal.js';
import { copyLog, type Copied, type Stage } from './copy-log.js';
import type { OpenedLog } from '#data-folder';

const HELP = `
The copy has the same events in the same order, with the same ids and recorded times. So it gives the same answers to
questions pinned by @n, and has the same Merkle tree. To keep the checkpoints and the keys too, copy audit.key,
audit.checkpoints and keys.json to the new data folder.

Stop all servers that write to either log. After an interruption, run the same command again: it continues. At the end it
reads both logs and compares them.

Examples:
  $ borderline copy --from sqlite:./data --to kurrentdb://127.0.0.1:2113?tls=false
  $ borderline copy --from kurrentdb+discover://cluster.example:2113 --to sqlite:./copy
`;

interface Options {
  readonly from: string;
  readonly to: string;
  readonly fromName?: string;
  readonly toName?: string;
}

export function addCopy(program: Command): void {
  withVerbose(program.command('copy'))
    .summary('move the log to another engine')
    .description('Copies a whole log between data folders and KurrentDB clusters.')
    .requiredOption('--from <log>', 'the log to copy: sqlite:DIR or kurrentdb://HOST:PORT')
    .requiredOption('--to <log>', 'the target: an empty log, or an incomplete copy')
    .option(
      '--from-name <name>',
      'the name of the log to copy in its cluster (default: BORDERLINE_LOG_NAME or borderline)',
    )
    .option('--to-name <name>', 'the name of the copy in its cluster (the same default)')
    .addHelpText('after', HELP)
    .action(async ({ from, to, fromName, toName }: Options) => {
      if (from === to && fromName === toName) throw new Failure('--from and --to are the same log');
      const { events, copied } = await copyBetween(
        { address: from, name: fromName },
        { address: to, name: toName },
      );
      const before = copied < events ? `, ${numberText(events - copied)} were there` : '';
      notice(
        `${numberText(copied)} ${copied === 1 ? 'event' : 'events'} copied${before}; both logs are equal.`,
      );
    });
}

async function copyBetween(from: NamedLog, to: NamedLog): Promise<Copied> {
  const source = await opened(from, false);
  try {
    const target = await opened(to, true);
    const bar = new StagedProgress();
    try {
      return await copyLog(source.log, target.log, {
        onProgress: (stage, done, total) => bar.update(stage, done, total),
      });
    } finally {
      bar.stop();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The events of a cluster are read first. This takes time, so a message reports it. */
async function opened(address: NamedLog, create: boolean): Promise<OpenedLog> {
  const there = new AbortController();
  void runtime.sleep(2000, there.signal).then(() => {
    if (!there.signal.aborted && process.stderr.isTTY) notice('reading the events of the cluster…');
  });
  try {
    return await openNamed(address, create);
  } finally {
    there.abort();
  }
}

/** A bar for each stage. */
class StagedProgress {
  private stage: Stage | undefined;
  private bar: Progress | undefined;
  private pace = startPace();
  private from = 0;

  update(stage: Stage, done: number, total: number): void {
    if (stage !== this.stage) {
      this.stop();
      this.stage = stage;
      this.pace = startPace();
      this.from = done;
      this.bar = progressOf(total);
    }
    this.bar?.update(done, `${stage} ${this.pace(done - this.from, 'events')}`);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}

/** A log: `sqlite:DIR`, a data folder, or the address of a KurrentDB cluster, and its name there. */
interface NamedLog {
  readonly address: string;
  readonly name: string | undefined;
}

/** Opens the log. `create`: creates a log where the folder has none. Throws Failure, LogError. */
async function openNamed({ address, name }: NamedLog, create: boolean): Promise<OpenedLog> {
  const folder = folderAt(address);
  if (folder === undefined && engineOf(address) !== 'kurrentdb') {
    throw new Failure(
      `give a log as sqlite:DIR or kurrentdb://HOST:PORT, not as ${JSON.stringify(address.split('@').at(-1))}`,
    );
  }
  if (folder === '') throw new Failure('sqlite: needs a data folder, such as sqlite:./data');
  if (folder !== undefined) {
    if (!create && !existsSync(join(folder, 'log.db'))) throw new Failure(`there is no log in ${folder}`);
    mkdirSync(folder, { recursive: true });
  }
  const { openSourceLog } = await import('#data-folder');
  const { logName } = logOf(name === undefined ? {} : { logName: name });
  const log = folder === undefined ? address : 'sqlite';
  return openSourceLog(runtime, folder ?? '', { log, logName }, { readOnly: !create });
}

function folderAt(address: string): string | undefined {
  return address.startsWith('sqlite:') ? address.slice('sqlite:'.length) : undefined;
}
