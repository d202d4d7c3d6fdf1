import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from '../connection.js';
import { notice, printable, say } from '../terminal.js';
import { numberText, startPace, progressOf } from '../progress.js';
import { runtime } from '../runtime.js';
import { compare, type ReplayDifference, type ViewRows } from './compare.js';
import { withReplayed, type Replayed } from './replayed.js';

const HELP = `
Builds the views from the log alone, in a temporary file, and compares them with the live views: every effect, cell by cell,
and every correction. It lists each difference: the view, the subject, the aspect, the event, and the members that differ;
then the exit code is 1. It leaves out events that are recorded while it runs.

To rebuild the live views of a data folder, delete its views.db.

Examples:
  $ borderline replay
  $ borderline replay --to @400
  $ borderline replay --to 2025-11-10 --url http://127.0.0.1:3000
`;

interface Options extends Target {
  readonly to?: string;
}

export function addReplay(program: Command, connect: Connect): void {
  withTarget(program.command('replay'))
    .summary('rebuild the views and compare')
    .description(
      'Rebuilds the views from the log, compares them with the live ones, and lists the differences.',
    )
    .option('--to <position>', '@<sequence>, or an instant or date of recording (default: all of the log)')
    .addHelpText('after', HELP)
    .action(async ({ to, ...target }: Options) => {
      if (!(await replay(connect, target, to))) process.exitCode = 1;
    });
}

/** Whether the rebuilt views equal the live views. */
async function replay(connect: Connect, target: Target, to: string | undefined): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-replay-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const cutShort = (): never => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', cutShort);
  try {
    return await withReplayed(connect, target, { to, scratch: folder }, (replayed) =>
      rebuildAndCompare(replayed, join(folder, 'views.db')),
    );
  } finally {
    process.off('SIGINT', cutShort);
    remove();
  }
}

async function rebuildAndCompare({ log, sequence, live }: Replayed, file: string): Promise<boolean> {
  if (sequence === 0) {
    say('There is nothing to replay.');
    return true;
  }
  const { Consumer, logSource } = await import('#log');
  const { projectionSink, ViewsDatabase } = await import('#views');
  const pace = startPace();
  const rebuilt = new ViewsDatabase(file, { scratch: true });
  try {
    const progress = progressOf(sequence);
    const sink = projectionSink(rebuilt, log, ({ sequence: at, id, reason }) =>
      notice(printable(`event @${at} (${id}) was parked, because it cannot be applied: ${reason}`)),
    );
    const onStatus = (): void => progress.update(rebuilt.position, pace(rebuilt.position, 'events'));
    await new Consumer(runtime, logSource(log), sink, { onStatus }).catchUp().finally(() => progress.stop());
    say(`Rebuilt from @1 to @${sequence}: ${pace(sequence, 'events')}.`);
    const own = { cells: rebuilt.stored.cells(sequence), corrections: rebuilt.stored.corrections(sequence) };
    const same = await compared(own, live, rebuilt.stored.count);
    say(`In all ${pace(sequence, 'events')}.`);
    return same && rebuilt.parked.length === 0;
  } finally {
    rebuilt.close();
  }
}

/** Differences listed one by one; the rest are only counted. */
const MOST_LISTED = 1000;

async function compared(own: ViewRows, live: ViewRows, total: number): Promise<boolean> {
  const progress = progressOf(total);
  const pace = startPace();
  let differences = 0;
  const { count } = await compare(
    own,
    live,
    (difference) => {
      if ((differences += 1) <= MOST_LISTED) say(printable(differenceText(difference)));
    },
    (done) => progress.update(done, pace(done, 'effects compared')),
  ).finally(() => progress.stop());
  if (differences > MOST_LISTED) say(`… and ${numberText(differences - MOST_LISTED)} more.`);
  say(
    differences === 0
      ? `The live views have the same ${numberText(count)} effects and corrections.`
      : `${numberText(differences)} differences.`,
  );
  return differences === 0;
}

function differenceText({ view, subject, aspect, event, members, only }: ReplayDifference): string {
  const what = only === undefined ? members.join('; ') : `only in the ${only} views`;
  return `${view} ${subject}${aspect && `, ${aspect}`}, event ${event}: ${what}`;
}
