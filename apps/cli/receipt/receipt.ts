import { writeFileSync } from 'node:fs';
import { Argument, type Command } from 'commander';
import { withTarget, type Target, type Connect } from '../connection.js';
import { Failure, messageOf } from '../failure.js';
import { localTimeIn } from '../local-time.js';
import { notice, say } from '../terminal.js';
import { askedCut, basisLine, withCut, type CutOptions } from '../views/cut.js';
import { filtersIn, withFilter } from '../views/filters.js';
import { VIEW_TABLES } from '../views/view-tables.js';

const HELP = `
A receipt can prove an answer of the log later, also to a reader who does not trust this server. It is signed, and has the
question, the digest of the answer and a checkpoint of the log. The file has the receipt and the answer. "borderline verify
--receipt FILE" checks it, offline.

Examples:
  $ borderline receipt crossings lt-by.medininkai --as-of 2025-10-20 --known-at 2025-10-20 --out receipt.json
  $ borderline receipt crossings --as-of 2025-11-05 --filter border=LT-BY --filter status=closed > receipt.json
  $ borderline receipt all --recorded-at @120 --url http://127.0.0.1:3000 --out receipt.json
`;

interface Options extends Target, CutOptions {
  readonly asOf: string;
  readonly timeline?: true;
  readonly filter?: readonly string[];
  readonly out?: string;
}

export function addReceipt(program: Command, connect: Connect): void {
  const command = withTarget(program.command('receipt'))
    .summary('get a signed answer')
    .description('Gets a signed answer, which can prove later what the log answered.')
    .addArgument(new Argument('<view>', 'the view to ask').choices([...Object.keys(VIEW_TABLES), 'all']))
    .argument('[id]', 'the id of an item of the view')
    .option('--as-of <date>', 'an instant, a date, or "now"', 'now')
    .option('--timeline', 'ask for the timeline of the item');
  withFilter(withCut(command), 'a filter of the view, such as border=LT-BY; may be repeated')
    .option('--out <file>', 'the new file to write (default: stdout)')
    .addHelpText('after', HELP)
    .action(async (view: string, id: string | undefined, options: Options) => {
      const question = { path: pathOf(view, id, options), parameters: parametersOf(options) };
      await connect(options, { views: true }, async (client) => {
        const issued = await client.post('/v1/audit/receipts', { json: JSON.stringify(question) });
        const text = JSON.stringify(issued, undefined, 2);
        if (options.out === undefined) say(text);
        else write(options.out, text);
        const { basis, origin } = issued.statement;
        notice(`signed in the name of ${origin}: ${basisLine(basis, localTimeIn(basis.zone))}`);
      });
    });
}

function pathOf(view: string, id: string | undefined, { timeline }: Options): string {
  if (timeline && id === undefined) throw new Failure('--timeline needs an item: give its id');
  if (view === 'all' && id !== undefined) throw new Failure('"all" has no items; name a view');
  if (view === 'all') return '/v1/state';
  const item = id === undefined ? '' : `/${encodeURIComponent(id)}`;
  return `/v1/${view}${item}${timeline ? '/timeline' : ''}`;
}

/** The options as texts, without the options that were not given. */
function parametersOf(options: Options): Record<string, string> {
  const asked = { ...askedCut(options.asOf, options), ...filtersIn(options.filter) };
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`, { flag: 'wx', flush: true });
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
