import type { Command } from 'commander';
import type { Client } from '#client';
import { withTarget, type Target, type Connect } from './connection.js';
import { eventText } from './events.js';
import { followStream, untilStopped } from './follow-stream.js';
import { sayInPace, terminalWidth } from './terminal.js';
import type { EventLine } from './views/footnotes.js';

const HELP = `
Prints a line for each event as it is recorded. After a broken connection it continues at the same event: no event is lost,
and none comes twice. If the log does not have that event, because it is another log or was restored to an earlier state, the
command ends with exit code 1, or, with --start-over, starts again. Ctrl-C ends it.

Examples:
  $ borderline tail --after start --category crossing
  $ borderline tail --url http://127.0.0.1:3000 --type 'crossing.*' --claimant lt.government
  $ borderline tail --after 100 --until-caught-up --json
`;

interface Options extends Target {
  readonly after?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly category?: string;
  readonly claimant?: string;
  readonly startOver?: true;
  readonly untilCaughtUp?: true;
  readonly json?: true;
}

export function addTail(program: Command, connect: Connect): void {
  withTarget(program.command('tail'))
    .summary('print events as they are recorded')
    .description('Prints the events of the log, and new ones as they are recorded.')
    .option('--after <place>', 'a sequence, an id, start, end, or an instant or date of recording', 'end')
    .option('--type <types>', 'only these event types, or families (crossing.*), comma-separated')
    .option('--subject <ids>', 'only these ids or streams, comma-separated')
    .option('--category <categories>', 'only these categories, comma-separated')
    .option('--claimant <actors>', 'only events of these claimants, comma-separated')
    .option('--start-over', 'read the log from its start if it is another log, or was restored')
    .option('--until-caught-up', 'end after the last recorded event')
    .option('--json', 'print NDJSON: the events as the server gives them')
    .addHelpText('after', HELP)
    .action((options: Options) =>
      untilStopped((signal) => connect(options, {}, (client) => follow(client, options, signal))),
    );
}

/** Runs until Ctrl-C, or with --until-caught-up until it has caught up. Throws where even the first connection fails. */
function follow(client: Client, options: Options, signal: AbortSignal): Promise<void> {
  const { after, type, subject, category, claimant } = options;
  return followStream(client, {
    path: '/v1/events/stream',
    asked: { after: after?.replace(/^@/, ''), type, subject, category, claimant },
    signal,
    startOver: options.startOver === true,
    onMessage: async ({ event, data }) => {
      if (event === 'caught-up') return options.untilCaughtUp === true;
      await printEvent(data, options.json === true);
      return false;
    },
  });
}

async function printEvent(data: string, json: boolean): Promise<void> {
  const line = json ? data : eventText(JSON.parse(data) as EventLine, terminalWidth());
  await sayInPace(`${line}\n`);
}
