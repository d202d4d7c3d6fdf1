import type { Command } from 'commander';
import type { Connect } from './connection.js';
import { askedOf, saidBy, withSubject, type SubjectOptions } from './explain.js';
import { localTimeIn } from './local-time.js';
import { printable, say, terminalWidth } from './terminal.js';
import { tableOf } from './table.js';
import { basisLine, type BasisJson } from './views/cut.js';
import { eventsTable, Footnotes } from './views/footnotes.js';

const HELP = `
Shows the answers about one date as knowledge grew: as reports became public, or as this log recorded them.

Examples:
  $ borderline history lt-by.medininkai --as-of 2025-11-05
  $ borderline history lt-by.medininkai --as-of 2025-11-05 --axis recorded --events
`;

interface Options extends SubjectOptions {
  readonly axis: string;
  readonly after?: string;
}

interface HistoryJson {
  readonly basis: BasisJson;
  readonly changes: readonly {
    readonly at: string;
    readonly answer: Readonly<Record<string, unknown>>;
    readonly events: readonly string[];
  }[];
  readonly next: string | null;
}

export function addHistory(program: Command, connect: Connect): void {
  withSubject(
    program
      .command('history')
      .summary('show how an answer changed as knowledge grew')
      .description('Shows how the answer to one question changed as knowledge grew, and by which events.'),
  )
    .option(
      '--axis <axis>',
      'when reports became public (reported), or when this log recorded them (recorded)',
      'reported',
    )
    .option('--after <time>', 'only changes after this time, or after this @<sequence> on the recorded axis')
    .addHelpText('after', HELP)
    .action(async (id: string, options: Options) => {
      const { axis, after } = options;
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text('/v1/answers/history', { ...askedOf(id, options), axis, after });
        if (options.json) {
          say(answer);
          return;
        }
        const { basis, changes, next } = JSON.parse(answer) as HistoryJson;
        const time = localTimeIn(basis.zone);
        const footnotes = new Footnotes();
        say(`${options.view} ${printable(id)}`);
        if (changes.length === 0) say('The answer did not change in that range.');
        else {
          const rows = changes.map((change) => [
            change.at.startsWith('@') ? change.at : time(change.at),
            saidBy(change.answer),
            footnotes.refs(change.events),
          ]);
          const head = [axis === 'recorded' ? 'Recorded' : 'Known from', 'Answer', 'Events'];
          say(tableOf(head, rows, terminalWidth()));
        }
        if (next !== null) say(`There are more: give --after ${next}`);
        say(basisLine(basis, time));
        if (options.events && footnotes.ids.length > 0) {
          say(await eventsTable(client, footnotes.ids, terminalWidth()));
        }
      });
    });
}
