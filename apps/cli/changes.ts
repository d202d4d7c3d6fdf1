import type { Command } from 'commander';
import type { Client, QueryValues } from '#client';
import { withTarget, type Connect, type Target } from './connection.js';
import { followStream, untilStopped } from './follow-stream.js';
import { localTimeIn, type LocalTime } from './local-time.js';
import { notice, printable, sayInPace, styled } from './terminal.js';
import { aspectText, valueText, type ChangeLine } from './views/change-text.js';

const HELP = `
Prints a line for each change: its instant, the view, the subject, the aspect, and the value before and after. A clock face marks
what the clock changed. With --follow it prints new changes as they come, and continues after a broken connection.

Examples:
  $ borderline changes --border LT-BY --aspect status,next
  $ borderline changes --from 2025-11-01 --to 2025-11-30 --view crossings --json
  $ borderline changes --follow --url http://127.0.0.1:3000 --subject lt-by.medininkai
`;

interface Options extends Target {
  readonly after?: string;
  readonly from?: string;
  readonly to?: string;
  readonly view?: string;
  readonly subject?: string;
  readonly border?: string;
  readonly aspect?: string;
  readonly limit?: string;
  readonly zone?: string;
  readonly follow?: true;
  readonly startOver?: true;
  readonly untilCaughtUp?: true;
  readonly json?: true;
}

/** A change with its instant. */
export interface ChangeJson extends ChangeLine {
  readonly at: string;
  readonly cause: 'event' | 'clock';
  readonly rewrites?: { readonly from: string; readonly to: string };
}

const ZONE = 'Europe/Vilnius';

export function addChanges(program: Command, connect: Connect): void {
  withTarget(program.command('changes'))
    .summary('print changes of state, and new ones as they come')
    .description('Prints the changes of state, by events and by the clock.')
    .option('--after <place>', 'an id, start (default), end, @<sequence>, or an instant or date')
    .option('--from <time>', 'from this instant or date')
    .option('--to <time>', 'up to this instant or date')
    .option('--view <views>', 'only these views, comma-separated')
    .option('--subject <ids>', 'only these subjects, comma-separated')
    .option('--border <borders>', 'only crossings of these borders (LT-BY), comma-separated')
    .option('--aspect <aspects>', 'only these aspects, comma-separated')
    .option('--limit <number>', 'the greatest number of changes')
    .option('--zone <zone>', 'the IANA zone of dates', process.env['BORDERLINE_ZONE'] || ZONE)
    .option('--follow', 'print new changes as they come, from now on or --after')
    .option(
      '--start-over',
      'with --follow, read the log from its start if it is another log, or was restored',
    )
    .option('--until-caught-up', 'with --follow, end after the last change')
    .option('--json', 'print NDJSON: the changes as the server gives them')
    .addHelpText('after', HELP)
    .action((options: Options) =>
      untilStopped((signal) =>
        connect(options, { views: true }, (client) =>
          options.follow === true ? follow(client, options, signal) : list(client, options),
        ),
      ),
    );
}

async function list(client: Client, options: Options): Promise<void> {
  const { limit, json } = options;
  const asked: QueryValues = { ...filterOf(options), from: options.from, to: options.to, limit };
  const time = localTimeIn(options.zone ?? ZONE);
  let count = 0;
  for await (const change of client.lines<ChangeJson>('/v1/changes', asked)) {
    count += 1;
    await sayInPace(`${json === true ? JSON.stringify(change) : changeText(change, time)}\n`);
  }
  if (count === 0) notice('nothing has changed');
}

function follow(client: Client, options: Options, signal: AbortSignal): Promise<void> {
  const time = localTimeIn(options.zone ?? ZONE);
  return followStream(client, {
    path: '/v1/changes/stream',
    asked: filterOf(options),
    signal,
    startOver: options.startOver === true,
    onMessage: async ({ event, data }) => {
      if (event === 'caught-up') return options.untilCaughtUp === true;
      const line = options.json === true ? data : changeText(JSON.parse(data) as ChangeJson, time);
      await sayInPace(`${line}\n`);
      return false;
    },
  });
}

function filterOf({ after, view, subject, border, aspect, zone }: Options): QueryValues {
  return { after, view, subject, border, aspect, zone };
}

/** A change in a line. */
export function changeText(change: ChangeJson, time: LocalTime): string {
  const [before, after] = [change.before, change.after].map((value) => valueText(change, value, time));
  const what = `${change.view}  ${change.subject}  ${aspectText(change)}`;
  const { rewrites } = change;
  const past = rewrites ? `  (rewrites ${time(rewrites.from)} – ${time(rewrites.to)})` : '';
  const mark = change.cause === 'clock' ? '⏲' : ' ';
  const line = `${what}  ${before} → ${after}${past}`.replaceAll('\n', ', ');
  return `${styled('dim', time(change.at))} ${mark} ${printable(line)}`;
}
