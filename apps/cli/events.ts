import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from './connection.js';
import { notice, printable, say, shortened, styled, terminalWidth } from './terminal.js';
import type { EventLine } from './views/footnotes.js';

const HELP = `
It finds the words in names, summaries, quotes and titles. Without words it lists all events, the newest last.

Examples:
  $ borderline events trucks customs
  $ borderline events --type crossing.closed --axis valid --from 2025-10-01
  $ borderline events --claimant by.belta --order desc --limit 5 --json
`;

interface Options extends Target {
  readonly type?: string;
  readonly subject?: string;
  readonly category?: string;
  readonly claimant?: string;
  readonly from?: string;
  readonly to?: string;
  readonly axis?: string;
  readonly order?: string;
  readonly after?: string;
  readonly limit?: string;
  readonly json?: true;
}

export function addEvents(program: Command, connect: Connect): void {
  withTarget(program.command('events'))
    .summary('search the log')
    .description('Searches the log.')
    .argument('[words...]', 'the words to find')
    .option('--type <types>', 'only these event types, or families (crossing.*), comma-separated')
    .option('--subject <ids>', 'only these ids or streams, comma-separated')
    .option('--category <categories>', 'only these categories, comma-separated')
    .option('--claimant <actors>', 'only events of these claimants, comma-separated')
    .option('--from <time>', 'from this instant or date')
    .option('--to <time>', 'up to this instant or date')
    .option('--axis <axis>', 'the axis of --from and --to: valid, reported or recorded (default)')
    .option('--order <order>', 'asc or desc')
    .option('--after <sequence>', 'only later events; with --order desc only earlier ones')
    .option('--limit <number>', 'the greatest number of events', '100')
    .option('--json', 'the answer of the server, unchanged')
    .addHelpText('after', HELP)
    .action(async (words: readonly string[], options: Options) => {
      const { type, subject, category, claimant, from, to, axis, order, after, limit } = options;
      const given = { type, subject, category, claimant, from, to, axis, order, after, limit };
      const asked = { ...given, ...(words.length > 0 && { q: words.join(' ') }) };
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text('/v1/events', asked);
        if (options.json) {
          say(answer);
          return;
        }
        const { items, next } = JSON.parse(answer) as { items: EventLine[]; next?: unknown };
        for (const event of items) say(eventText(event, terminalWidth()));
        if (items.length === 0) notice('no event matches');
        else if (next !== undefined && next !== null) {
          notice(`there are more: give --after ${String(items.at(-1)?.sequence)} or a greater --limit`);
        }
      });
    });
}

/** An event in a line, cut off after `columns`; where there is no terminal, all of it. */
export function eventText(event: EventLine, columns: number): string {
  const { sequence, reportedAt, type, subject, data, source } = event;
  const head = `@${sequence}`.padEnd(7);
  const what = printable(data.summary ?? source.title);
  const line = [head, reportedAt.edtf.padEnd(10), type, subject, what, `(${source.publisher})`];
  const text = printable(line.join('  '));
  if (!process.stdout.isTTY) return text;
  return shortened(text, columns).replace(head, styled('dim', head));
}
