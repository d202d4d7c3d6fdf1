import type { Command } from 'commander';
import { withTarget, type Target, type Connect } from './connection.js';
import { localTimeIn, type LocalTime } from './local-time.js';
import { printable, say, terminalWidth } from './terminal.js';
import { tableOf } from './table.js';
import { askedCut, basisLine, withCut, type BasisJson, type CutOptions } from './views/cut.js';
import { eventsTable, Footnotes } from './views/footnotes.js';
import { statusText, textOf } from './views/view-table.js';

const HELP = `
Lists every effect on the answer, its verdict, and the events that decided it.

Examples:
  $ borderline explain lt-by.medininkai --as-of 2025-11-05 --known-at 2025-11-04
  $ borderline explain lt-by.medininkai --as-of 2025-11-05 --aspect status --events
`;

/** The options of a question about one subject. */
export interface SubjectOptions extends Target, CutOptions {
  readonly view: string;
  readonly asOf: string;
  readonly aspect?: string;
  readonly limit?: string;
  readonly events?: true;
  readonly json?: true;
}

export function withSubject(command: Command): Command {
  return withCut(withTarget(command).argument('<id>', 'the id of a crossing, or of an item of another view'))
    .option('--as-of <date>', 'an instant, a date, or "now"', 'now')
    .option('--view <view>', 'the view of the item', 'crossings')
    .option('--aspect <aspect>', 'only this aspect and the aspects under it, such as status')
    .option('--limit <n>', 'the greatest number of rows (default: 100)')
    .option('--events', 'list the events')
    .option('--json', 'the answer of the server, unchanged');
}

export function askedOf(id: string, options: SubjectOptions): Record<string, string | number | undefined> {
  const { view, aspect, limit } = options;
  return { view, subject: id, aspect, limit, ...askedCut(options.asOf, options) };
}

/** An answer in a few words. */
export function saidBy(answer: Readonly<Record<string, unknown>>): string {
  return statusText(answer) || textOf(answer['value']);
}

interface RangeJson {
  readonly earliest: string;
  readonly latest: string;
}

interface EffectJson {
  readonly aspect: string;
  readonly verdict: string;
  readonly by?: readonly string[];
  readonly value: unknown;
  readonly from: RangeJson;
  readonly until?: RangeJson;
  readonly claimant: string;
  readonly standing: string;
  readonly reliability: string;
  readonly because: readonly string[];
}

interface ExplanationJson {
  readonly basis: BasisJson;
  readonly answer: Readonly<Record<string, unknown>> & { readonly because: readonly string[] };
  readonly effects: readonly EffectJson[];
  readonly total: number;
  readonly next: number | null;
}

export function addExplain(program: Command, connect: Connect): void {
  withSubject(
    program
      .command('explain')
      .summary('explain an answer')
      .description('Explains an answer: which effects hold, and why the others do not.'),
  )
    .addHelpText('after', HELP)
    .action(async (id: string, options: SubjectOptions) => {
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text('/v1/explain', askedOf(id, options));
        if (options.json) {
          say(answer);
          return;
        }
        const explanation = JSON.parse(answer) as ExplanationJson;
        const footnotes = new Footnotes();
        show(id, explanation, footnotes, options);
        if (options.events && footnotes.ids.length > 0) {
          say(await eventsTable(client, footnotes.ids, terminalWidth()));
        }
      });
    });
}

function show(
  id: string,
  { basis, answer, effects, total, next }: ExplanationJson,
  { refs }: Footnotes,
  { view }: SubjectOptions,
): void {
  const time = localTimeIn(basis.zone);
  const on = answer.because.length === 0 ? '' : `, by ${refs(answer.because)}`;
  say(`${view} ${printable(id)}: ${printable(saidBy(answer)) || 'no effect'}${on}`);
  const rows = effects.map((effect) => [
    refs(effect.because),
    verdictOf(effect, refs),
    effect.aspect,
    statusText(effect.value) || textOf(effect.value),
    [rangeText(effect.from, time), ...(effect.until ? [`to ${rangeText(effect.until, time)}`] : [])].join(
      '\n',
    ),
    `${effect.claimant}\n${effect.standing}, ${effect.reliability}`,
  ]);
  say(tableOf(['Events', 'Verdict', 'Aspect', 'Says', 'From', 'Said by'], rows, terminalWidth()));
  if (next !== null) say(`${effects.length} of ${total}; --limit shows more.`);
  say(basisLine(basis, time));
}

const VERDICTS: Readonly<Record<string, string>> = {
  holds: 'holds',
  mayHold: 'may hold',
  overlaid: 'overlaid',
  claimsNotAsked: 'not used: facts decide',
  expired: 'expired',
  notStarted: 'not begun',
  outOfVoice: 'left out by a filter',
  corrected: 'corrected',
  retracted: 'retracted',
  notYetKnown: 'not yet known',
  notYetRecorded: 'not yet recorded',
};

function verdictOf({ verdict, by = [] }: EffectJson, refs: Footnotes['refs']): string {
  const said = VERDICTS[verdict] ?? verdict;
  return by.length === 0 ? said : `${said}, by ${refs(by)}`;
}

function rangeText({ earliest, latest }: RangeJson, time: LocalTime): string {
  return earliest === latest ? time(latest) : time(latest, earliest);
}
