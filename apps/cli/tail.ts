import type { Command } from 'commander';
import { systemRuntime } from '#runtime';
import type { Client } from './client.js';
import { withTarget, type Target, type Connect } from './connection.js';
import { eventText } from './events.js';
import { Failure, messageOf } from './failure.js';
import { RefusedError } from './problem.js';
import { messagesOf } from './sse.js';
import { note, sayPatiently, terminalWidth } from './terminal.js';
import type { EventLine } from './views/footnotes.js';

const HELP = `
Prints a line for each event as it is recorded. After a broken connection it continues at the same event: none is lost, none
comes twice. If the log does not have that event, because it is another log or was restored to an earlier state, the command
ends with exit code 1, or, with --start-over, starts again. Ctrl-C ends it.

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
    .option('--start-over', 'if the log is another one, or was restored: read it from its start')
    .option('--until-caught-up', 'end after the last recorded event')
    .option('--json', 'print NDJSON: the events as the server gives them')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const stop = new AbortController();
      const end = (): void => stop.abort();
      process.once('SIGINT', end).once('SIGTERM', end);
      try {
        await connect(options, {}, (client) => follow(client, options, stop.signal));
      } finally {
        process.off('SIGINT', end).off('SIGTERM', end);
      }
    });
}

const LONGEST_PAUSE_MS = 30_000;

/** Until it is stopped, or, if asked so, until it has caught up. Throws where even the first connection fails. */
async function follow(client: Client, options: Options, signal: AbortSignal): Promise<void> {
  const { after, type, subject, category, claimant } = options;
  const asked = { after: after?.replace(/^@/, ''), type, subject, category, claimant };
  let last = '';
  let pause = 500;
  for (let connections = 0; !signal.aborted; connections += 1) {
    let reset: string | undefined;
    try {
      const headers = { accept: 'text/event-stream', ...(last !== '' && { 'last-event-id': last }) };
      const chunks = await client.stream('/v1/events/stream', asked, headers, signal);
      connections = 1;
      for await (const { id, event, data } of messagesOf(chunks)) {
        if (event === 'reset') {
          reset = resetMessage(data, last || asked.after);
          break;
        }
        last = id;
        pause = 500;
        if (event !== 'caught-up') await tell(data, options.json === true);
        else if (options.untilCaughtUp === true) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (connections === 0 || error instanceof RefusedError) throw error;
      note(`borderline: ${messageOf(error)}; trying again`);
    }
    if (reset !== undefined) {
      if (options.startOver !== true)
        throw new Failure(`${reset}; with --start-over the command reads the log from its start`);
      note(`borderline: ${reset}; reading it from its start`);
      asked.after = 'start';
      last = '';
    }
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    await systemRuntime.sleep(pause, signal);
  }
}

function resetMessage(data: string, place = ''): string {
  const { head, origin } = JSON.parse(data) as { readonly head: number; readonly origin: string };
  return `the log ${origin}, which ends at @${head}, does not have the position ${place}`;
}

async function tell(data: string, json: boolean): Promise<void> {
  const line = json ? data : eventText(JSON.parse(data) as EventLine, terminalWidth());
  await sayPatiently(`${line}\n`);
}
