import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from './connection.js';
import { localTimeIn } from './local-time.js';
import { tableOf } from './table.js';
import { say, terminalWidth } from './terminal.js';
import { askedCut, basisLine, withCut, type BasisJson, type CutOptions } from './views/cut.js';
import { filtersIn, withFilter } from './views/filters.js';
import { eventsTable, Footnotes } from './views/footnotes.js';
import { statusText, textOf } from './views/view-table.js';

const HELP = `
Lists the first change of each subject after DATE, the earliest first: an announced end, a later phase, a deadline.

Examples:
  $ borderline next --within P7D
  $ borderline next 2025-10-27T12:00Z --view crossings --filter border=LT-BY --events
`;

interface Options extends Target, CutOptions {
  readonly view?: string;
  readonly within?: string;
  readonly subject?: string;
  readonly filter?: readonly string[];
  readonly limit?: string;
  readonly events?: true;
  readonly json?: true;
}

/** A value of a timeline, and a change, as the server gives them. */
interface SaidJson {
  readonly status?: string;
  readonly value?: unknown;
}

interface NextChangeJson {
  readonly at: string;
  readonly view: string;
  readonly subject: string;
  readonly before: SaidJson;
  readonly after: SaidJson;
  readonly because: readonly string[];
}

export function addNext(program: Command, connect: Connect): void {
  const command = withCut(
    withTarget(program.command('next'))
      .summary('show what changes next')
      .description('Shows what changes next, as far as it is announced.')
      .argument('[date]', 'an instant, a date, or "now"', 'now'),
  )
    .option('--view <views>', 'only these views, comma-separated')
    .option('--within <duration>', 'only changes within this time: P7D, PT36H')
    .option('--subject <ids>', 'only these subjects, comma-separated');
  withFilter(command, 'a filter of the one --view, such as border=LT-BY; may be repeated')
    .option('--limit <number>', 'the greatest number of changes (default: 100)')
    .option('--events', 'list the events')
    .option('--json', 'the answer of the server, unchanged')
    .addHelpText('after', HELP)
    .action(async (date: string, options: Options) => {
      const { view, within, subject, filter, limit } = options;
      const asked = { view, within, subject, limit, ...filtersIn(filter), ...askedCut(date, options) };
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text('/v1/next', asked);
        if (options.json) {
          say(answer);
          return;
        }
        const { basis, next, items } = JSON.parse(answer) as {
          basis: BasisJson;
          next?: string;
          items: readonly NextChangeJson[];
        };
        const time = localTimeIn(basis.zone);
        const footnotes = new Footnotes();
        if (items.length === 0) say('No change is announced.');
        else {
          const rows = items.map(({ at, view: name, subject: id, before, after, because }) => [
            time(at),
            `${name} ${id}`,
            ...saidTexts(before, after),
            footnotes.refs(because),
          ]);
          say(tableOf(['At', 'What', 'Before', 'After', 'Events'], rows, terminalWidth()));
        }
        if (next !== undefined) say('There are more; --limit shows them.');
        say(basisLine(basis, time));
        if (options.events && footnotes.ids.length > 0)
          say(await eventsTable(client, footnotes.ids, terminalWidth()));
      });
    });
}

/** The statuses; where there are none, or they are the same, the values. */
function saidTexts(before: SaidJson, after: SaidJson): [before: string, after: string] {
  const [one, other] = [statusText(before), statusText(after)];
  return one === other ? [textOf(before.value), textOf(after.value)] : [one, other];
}
