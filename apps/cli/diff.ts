import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from './connection.js';
import { Failure } from './failure.js';
import { localTimeIn } from './local-time.js';
import { tableOf } from './table.js';
import { say, terminalWidth } from './terminal.js';
import { askedCut, basisLine, withCut, type BasisJson, type CutOptions } from './views/cut.js';
import { aspectText, valueText, type ChangeLine } from './views/change-text.js';
import { eventsTable, Footnotes } from './views/footnotes.js';

const HELP = `
Each of FROM and TO is an instant, a date, "now", or @<sequence>: the moment when that event was recorded, with the log as it
was then.

With --known-at FROM..TO it shows what became public between FROM and TO about one date.

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

export function addDiff(program: Command, connect: Connect): void {
  withCut(
    withTarget(program.command('diff'))
      .summary('compare two states')
      .description('Shows the differences between two states.')
      .argument('<from>', 'an instant, a date, "now", or @<sequence>')
      .argument('[to]', 'in the same forms; not needed with --known-at FROM..TO'),
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
          changes: ChangeLine[];
        };
        const footnotes = new Footnotes();
        if (changes.length === 0) say('There are no differences.');
        else {
          const rows = changes.map((change) => [
            `${change.view} ${change.subject}`,
            aspectText(change),
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

/** The two ends of `FROM..TO`; undefined where the text is not a range. */
function rangeOf(text: string | undefined): readonly [from: string, to: string] | undefined {
  if (text?.includes('..') !== true) return undefined;
  const [from, to, ...more] = text.split('..');
  if (!from || !to || more.length > 0) throw new Failure('a range is written --known-at FROM..TO');
  return [from, to];
}

function sideOf(side: 'from' | 'to', time: string, options: CutOptions): Record<string, string> {
  const cut = time.startsWith('@')
    ? { ...askedCut(undefined, options), recordedAt: time }
    : askedCut(time, options);
  const given = Object.entries(cut);
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[`${side}.${name}`, String(value)]])),
  );
}
