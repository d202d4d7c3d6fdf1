import type { Command } from 'commander';
import { systemRuntime } from '#runtime';
import { withVerbose } from '../connection.js';
import { Failure } from '../failure.js';
import { numberText, progressOf, startPace, type Progress } from '../progress.js';
import { note } from '../terminal.js';
import { copyLog, type Copied, type Stage } from './copy-log.js';
import type { OpenedLog } from '#data-folder';
import { openPlace, type LogPlace } from './place.js';

const HELP = `
Same events, same order, same ids, and the times at which they were first recorded: every answer pinned by @n is the same
on the copy, and so is the Merkle tree. To go on with the same checkpoints and keys, copy audit.key, audit.checkpoints and
keys.json to the new data folder as well.

Stop what writes to either log. What was interrupted goes on where it was when the same command is run again. At the end
both logs are read and compared.

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
    .description('Copies a whole log from one place to another: a data folder, or a KurrentDB cluster.')
    .requiredOption('--from <place>', 'the log to copy: sqlite:DIR or kurrentdb://HOST:PORT')
    .requiredOption('--to <place>', 'where to: empty, or a copy that was begun')
    .option('--from-name <name>', 'its name in a cluster (default: BORDERLINE_LOG_NAME or borderline)')
    .option('--to-name <name>', 'the name to give it in a cluster (the same default)')
    .addHelpText('after', HELP)
    .action(async ({ from, to, fromName, toName }: Options) => {
      if (from === to && fromName === toName) throw new Failure('--from and --to are the same log');
      const { events, copied } = await copyBetween(
        { place: from, name: fromName },
        { place: to, name: toName },
      );
      const before = copied < events ? `, ${numberText(events - copied)} were there` : '';
      note(
        `${numberText(copied)} ${copied === 1 ? 'event' : 'events'} copied${before}; both logs are equal.`,
      );
    });
}

async function copyBetween(from: LogPlace, to: LogPlace): Promise<Copied> {
  const source = await opened(from, false);
  try {
    const target = await opened(to, true);
    const bar = new StagedProgress();
    try {
      return await copyLog(source.log, target.log, {
        told: (stage, done, total) => bar.update(stage, done, total),
      });
    } finally {
      bar.stop();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** What a cluster has is read first, which takes its time; people are told. */
async function opened(place: LogPlace, create: boolean): Promise<OpenedLog> {
  const there = new AbortController();
  void systemRuntime.sleep(2000, there.signal).then(() => {
    if (!there.signal.aborted && process.stderr.isTTY) note('reading what the cluster has…');
  });
  try {
    return await openPlace(place, create);
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
