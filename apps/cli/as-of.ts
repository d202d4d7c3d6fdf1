import { Argument, Option, type Command } from 'commander';
import type { Client, QueryValues } from '#client';
import { withTarget, type Target, type Connect } from './connection.js';
import { Failure } from './failure.js';
import { localTimeIn } from './local-time.js';
import { tableOf } from './table.js';
import { say, styled, terminalWidth } from './terminal.js';
import { askedCut, basisLine, withCut, type BasisJson, type CutOptions } from './views/cut.js';
import { filtersIn, withFilter } from './views/filters.js';
import { eventsTable, Footnotes } from './views/footnotes.js';
import type { ItemJson } from './views/view-table.js';
import { VIEW_TABLES } from './views/view-tables.js';

const HELP = `
DATE is an instant with its offset (2025-10-25T09:30Z), a date, which means the end of that day in the zone, or "now".
A status such as "open or closed?" means that the reports allow both.

Examples:
  $ borderline as-of 2025-11-05 --border LT-BY
  $ borderline as-of 2025-11-27 detentions --known-at 2025-11-11
  $ borderline as-of 2022-07-12 transit --filter route=kaliningrad.rail --events
  $ borderline as-of now all --json
  $ borderline as-of 2025-11-27 detentions --format csv > detentions.csv
`;

const FORMATS = ['table', 'json', 'csv', 'geojson'] as const;

/** The greatest number of events that are listed without --events. */
const FEW_EVENTS = 40;

interface Options extends Target, CutOptions {
  readonly border?: string;
  readonly status?: string;
  readonly mode?: string;
  readonly filter?: readonly string[];
  readonly events?: boolean;
  readonly json?: true;
  readonly format: (typeof FORMATS)[number];
}

interface AnswerJson {
  readonly basis: BasisJson;
  readonly [view: string]: unknown;
}

export function addAsOf(program: Command, connect: Connect): void {
  const command = withCut(
    withTarget(program.command('as-of'))
      .summary('show the state as of any date')
      .description('Shows the state as of any date, as known at any date, with the events behind it.')
      .argument('<date>', 'an instant, a date, or "now"')
      .addArgument(
        new Argument('[view]', 'what to show')
          .choices([...Object.keys(VIEW_TABLES), 'all'])
          .default('crossings'),
      ),
  );
  command
    .option('--border <border>', 'only crossings of a border, such as LT-BY')
    .option('--status <status>', 'only items with this status')
    .option('--mode <mode>', 'only crossings with this mode: road, rail, pedestrian');
  withFilter(command, 'any other filter of the view, such as holder=by.government; may be repeated')
    .option('--events', `list all events (default: only if there are ${FEW_EVENTS} or fewer)`)
    .option('--no-events', 'do not list the events')
    .addOption(
      new Option('--format <format>', 'the form of the answer; geojson: crossings only')
        .choices(FORMATS)
        .default('table'),
    )
    .option('--json', 'the same as --format json: the answer of the server, unchanged')
    .addHelpText('after', HELP)
    .action(async (date: string, view: string, options: Options) => {
      const format = options.json ? 'json' : options.format;
      assertThereIs(format, view);
      const form = format === 'table' ? 'json' : format;
      const asked = { ...askedCut(date, options), ...filtersOf(options) };
      await connect(options, { views: true }, async (client) => {
        const path = view === 'all' ? '/v1/state' : `/v1/${view}`;
        const answer = await client.text(path, view === 'all' ? asked : { ...asked, format: form });
        if (format === 'csv') process.stdout.write(answer);
        else if (format !== 'table') say(answer);
        else await show(client, JSON.parse(answer) as AnswerJson, view, options.events);
      });
    });
}

function assertThereIs(format: Options['format'], view: string): void {
  if (format === 'geojson' && view !== 'crossings')
    throw new Failure('only crossings can be geojson: name the view "crossings", or another --format');
  if (format === 'csv' && view === 'all')
    throw new Failure('csv is a table of one view: name a view instead of "all"');
}

async function show(client: Client, answer: AnswerJson, view: string, events?: boolean): Promise<void> {
  const time = localTimeIn(answer.basis.zone);
  const columns = terminalWidth();
  const footnotes = new Footnotes();
  for (const name of view === 'all' ? Object.keys(VIEW_TABLES) : [view]) {
    const items = (answer[view === 'all' ? name : 'items'] ?? []) as readonly ItemJson[];
    const table = VIEW_TABLES[name];
    if (!table || (view === 'all' && items.length === 0)) continue;
    if (view === 'all') say(styled('bold', `${name} (${items.length})`));
    if (items.length === 0) say(`Nothing is known of any ${name}.`);
    else {
      const rows = items.map((item) => table.row(item, { time, refs: footnotes.refs }));
      say(tableOf(table.head, rows, columns));
    }
  }
  say(basisLine(answer.basis, time));
  const { ids } = footnotes;
  if (events === false || ids.length === 0) return;
  if (events === true || ids.length <= FEW_EVENTS) say(await eventsTable(client, ids, columns));
  else say(`There are ${ids.length} events behind this answer; --events lists them.`);
}

function filtersOf({ border, status, mode, filter }: Options): QueryValues {
  return { border, status, mode, ...filtersIn(filter) };
}
