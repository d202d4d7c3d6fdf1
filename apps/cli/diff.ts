import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from './connection.js';
import { Failure } from './failure.js';
import { localTimeIn, type LocalTime } from './local-time.js';
import { tableOf } from './table.js';
import { say, terminalWidth } from './terminal.js';
import { askedAsOf, askedCut, basisLine, withCut, type BasisJson, type CutOptions } from './views/cut.js';
import { eventsTable, Footnotes } from './views/footnotes.js';
import { dayText, membersOf, quantityText, statusText, textOf } from './views/view-table.js';

const HELP = `
Each of FROM and TO is an instant, a date, "now", or @<sequence>: the moment when that event was recorded, with the log as it
was then.

With --known-at FROM..TO it shows what became public in between about one date.

Examples:
  $ borderline diff 2025-10-01 2025-11-05 --view crossings
  $ borderline diff 2025-11-05 --known-at 2025-11-10..2025-11-19
  $ borderline diff @400 @424
`;

interface Options extends Target, CutOptions {
  readonly view?: string;
  readonly events?: true;
  readonly json?: true;
}

interface Change {
  readonly view: string;
  readonly subject: string;
  readonly aspect: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly because: readonly string[];
}

export function addDiff(program: Command, connect: Connect): void {
  withCut(
    withTarget(program.command('diff'))
      .summary('compare two states')
      .description('Shows the differences between two states.')
      .argument('<from>', 'an instant, a date, "now", or @<sequence>')
      .argument('[to]', 'the same; not needed with --known-at FROM..TO'),
  )
    .option('--view <views>', 'only these views, comma-separated')
    .option('--events', 'list the events')
    .option('--json', 'the answer of the server, unchanged')
    .addHelpText('after', HELP)
    .action(async (from: string, to: string | undefined, options: Options) => {
      const known = rangeOf(options.knownAt);
      if (to === undefined && !known) {
        throw new Failure('give two dates to compare, or one with --known-at FROM..TO');
      }
      const asked = {
        view: options.view,
        ...sideOf('from', from, known ? { ...options, knownAt: known[0] } : options),
        ...sideOf('to', to ?? from, known ? { ...options, knownAt: known[1] } : options),
      };
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text('/v1/diff', asked);
        if (options.json) {
          say(answer);
          return;
        }
        const { basis, changes } = JSON.parse(answer) as {
          basis: { from: BasisJson; to: BasisJson };
          changes: Change[];
        };
        const footnotes = new Footnotes();
        if (changes.length === 0) say('Nothing differs.');
        else {
          const rows = changes.map((change) => [
            `${change.view} ${change.subject}`,
            isEntry(change) ? 'entry' : change.aspect,
            valueText(change, change.before, localTimeIn(basis.from.zone)),
            valueText(change, change.after, localTimeIn(basis.to.zone)),
            footnotes.refs(change.because),
          ]);
          say(tableOf(['What', 'Aspect', 'Before', 'After', 'Events'], rows, terminalWidth()));
        }
        say(`Before: ${basisLine(basis.from, localTimeIn(basis.from.zone))}`);
        say(`After:  ${basisLine(basis.to, localTimeIn(basis.to.zone))}`);
        if (options.events && footnotes.ids.length > 0) {
          say(await eventsTable(client, footnotes.ids, terminalWidth()));
        }
      });
    });
}

/** The two ends of `FROM..TO`; undefined where the text is no range. */
function rangeOf(text: string | undefined): readonly [from: string, to: string] | undefined {
  if (text?.includes('..') !== true) return undefined;
  const [from, to, ...more] = text.split('..');
  if (!from || !to || more.length > 0) throw new Failure('a range is written --known-at FROM..TO');
  return [from, to];
}

function sideOf(side: 'from' | 'to', position: string, options: CutOptions): Record<string, string> {
  const cut = position.startsWith('@') ? { recordedAt: position } : { asOf: askedAsOf(position) };
  const given = Object.entries({ ...askedCut(options), ...cut });
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[`${side}.${name}`, String(value)]])),
  );
}

/** Of something that happened, rather than of what was so. */
function isEntry({ aspect }: Change): boolean {
  return aspect.startsWith('ledger/');
}

/** A status is shown alone, an entry member by member, any other value as it is. */
function valueText(change: Change, value: unknown, time: LocalTime): string {
  if (value === undefined) return '–';
  if (isEntry(change)) return entryText(membersOf(value), time);
  return statusText(value) || textOf(membersOf(value)['value'] ?? value);
}

const TOLD_FIRST = ['at', 'atEarliest', 'claimant', 'standing', 'reliability'];

function entryText(entry: Readonly<Record<string, unknown>>, time: LocalTime): string {
  const rest = Object.entries(entry).filter(([name]) => !TOLD_FIRST.includes(name));
  const said = rest.map(([name, value]) => `${name}: ${quantityText(value) || textOf(value)}`);
  return [`${dayText(entry, 'at', time)}, ${textOf(entry['claimant'])}`, ...said].join('\n');
}
