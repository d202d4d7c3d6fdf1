import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from './connection.js';
import { Failure } from './failure.js';
import { localTimeIn, type LocalTime } from './local-time.js';
import { LEGEND, plotOf, windowOf, type Bar } from './plot.js';
import { runtime } from './runtime.js';
import { printable, say, shortened, terminalWidth } from './terminal.js';
import { tableOf } from './table.js';
import { askedTime, askedCut, withCut, type BasisJson, type CutOptions } from './views/cut.js';
import { eventsTable, Footnotes } from './views/footnotes.js';
import { statusText, textOf } from './views/view-table.js';
import { VIEW_TABLES } from './views/view-tables.js';

const HELP = `
The plot has a row for each status. Below it is a list of all segments with their events. A segment
includes its start and not its end.

Examples:
  $ borderline timeline lt-by.medininkai --from 2025-10-20 --to 2025-11-25
  $ borderline timeline kaliningrad.rail --view transit --known-at 2022-07-12
`;

interface Options extends Target, CutOptions {
  readonly view: string;
  readonly from?: string;
  readonly to?: string;
  readonly events?: true;
  readonly json?: true;
}

interface SegmentJson {
  readonly from: string | null;
  readonly to: string | null;
  readonly status?: string;
  readonly value?: unknown;
  readonly certain: boolean;
  readonly possible?: readonly unknown[];
  readonly because: readonly string[];
}

export function addTimeline(program: Command, connect: Connect): void {
  withCut(
    withTarget(program.command('timeline'))
      .summary('plot how an item changed')
      .description('Plots how an item changed over valid time.')
      .argument('<id>', 'the id of a crossing, or of an item of another view'),
  )
    .option('--view <view>', 'the view of the item', 'crossings')
    .option('--from <time>', 'an instant with offset, or a date')
    .option('--to <time>', 'an instant with offset, or a date')
    .option('--events', 'list the events')
    .option('--json', 'the answer of the server, unchanged')
    .addHelpText('after', HELP)
    .action(async (id: string, options: Options) => {
      const { view, from, to } = options;
      if (!Object.hasOwn(VIEW_TABLES, view)) {
        throw new Failure(`there is no view ${view}; the views are ${Object.keys(VIEW_TABLES).join(', ')}`);
      }
      const asked = {
        ...askedCut(undefined, options),
        ...(from !== undefined && { from: askedTime(from) }),
        ...(to !== undefined && { to: askedTime(to) }),
      };
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text(`/v1/${view}/${encodeURIComponent(id)}/timeline`, asked);
        if (options.json) {
          say(answer);
          return;
        }
        const { basis, segments } = JSON.parse(answer) as { basis: BasisJson; segments: SegmentJson[] };
        const footnotes = new Footnotes();
        say(`${view} ${printable(id)}`);
        show(segments, basis, footnotes, options);
        if (options.events && footnotes.ids.length > 0) {
          say(await eventsTable(client, footnotes.ids, terminalWidth()));
        }
      });
    });
}

function show(
  segments: readonly SegmentJson[],
  basis: BasisJson,
  footnotes: Footnotes,
  { from, to }: Options,
): void {
  const time = localTimeIn(basis.zone);
  const columns = terminalWidth();
  if (segments.length === 0) {
    say('Nothing is known about the item in that range.');
    return;
  }
  const bars = segments.map(barOf);
  const [first, last] = [bars[0]?.from, bars.at(-1)?.to];
  const given = {
    ...(from !== undefined && first !== undefined && { from: first }),
    ...(to !== undefined && last !== undefined && { to: last }),
  };
  const label = (instant: number): string => dayIn(time(new Date(instant).toISOString()));
  for (const line of plotOf(bars, windowOf(bars, runtime.now(), given), columns, label)) say(line);
  say(LEGEND);
  const rows = segments.map((segment) => [
    edge(segment.from, time),
    edge(segment.to, time),
    segmentText(segment),
    footnotes.refs(segment.because),
  ]);
  say(tableOf(['From', 'To', 'What', 'Events'], rows, columns));
  const known = basis.knownAt === null ? '' : `As known at ${time(basis.knownAt)}. `;
  say(`${known}Log at @${basis.sequence}; times in ${basis.zone}.`);
}

const edge = (instant: string | null, time: LocalTime): string => (instant === null ? '' : time(instant));

const dayIn = (text: string): string => /\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? text;

const LONGEST_LABEL = 24;

function barOf({ from, to, status, value, certain, possible }: SegmentJson): Bar {
  const values = !certain && possible && possible.length > 0 ? possible : [status ?? value];
  return {
    ...(from !== null && { from: Date.parse(from) }),
    ...(to !== null && { to: Date.parse(to) }),
    values: values.map((one) => shortened(printable(textOf(one)), LONGEST_LABEL)),
    certain,
  };
}

function segmentText(segment: SegmentJson): string {
  return segment.status === undefined && segment.possible === undefined
    ? `${textOf(segment.value)}${segment.certain ? '' : '?'}`
    : statusText(segment);
}
