import type { Command } from 'commander';
import type { Connect } from './connection.js';
import { askedOf, saidBy, withSubject, type SubjectOptions } from './explain.js';
import { localTimeIn } from './local-time.js';
import { printable } from './printable.js';
import { tableOf } from './table.js';
import { say, terminalWidth } from './terminal.js';
import { basisLine, type BasisJson } from './views/cut.js';
import { eventsTable, Footnotes } from './views/footnotes.js';

const HELP = `
What the answer as of one date was by what was known from when on: as things became public, or as this log learned them.

Examples:
  $ borderline history lt-by.medininkai --as-of 2025-11-05
  $ borderline history lt-by.medininkai --as-of 2025-11-05 --axis recorded --events
`;

interface Options extends SubjectOptions {
  readonly axis: string;
  readonly after?: string;
}

interface History {
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
      .summary('say how an answer changed as knowledge grew')
      .description('Says how the answer to one question changed as knowledge grew, and by which events.'),
  )
    .option(
      '--axis <axis>',
      'knowledge as it became public (reported), or as this log learned it (recorded)',
      'reported',
    )
    .option('--after <time>', 'only changes behind it: a time, or @<sequence> on the recorded axis')
    .addHelpText('after', HELP)
    .action(async (id: string, options: Options) => {
      const { axis, after } = options;
      await connect(options, { views: true }, async (client) => {
        const answer = await client.text('/v1/answers/history', { ...askedOf(id, options), axis, after });
        if (options.json) {
          say(answer);
          return;
        }
        const { basis, changes, next } = JSON.parse(answer) as History;
        const time = localTimeIn(basis.zone);
        const footnotes = new Footnotes();
        say(`${options.view} ${printable(id)}`);
        if (changes.length === 0) say('It did not change there.');
        else {
          const rows = changes.map((change) => [
            change.at.startsWith('@') ? change.at : time(change.at),
            saidBy(change.answer),
            footnotes.refs(change.events),
          ]);
          const head = [axis === 'recorded' ? 'Recorded' : 'Known from', 'Answer', 'Events'];
          say(tableOf(head, rows, terminalWidth()));
        }
        if (next !== null) say(`There is more: --after ${next}`);
        say(basisLine(basis, time));
        if (options.events && footnotes.ids.length > 0) {
          say(await eventsTable(client, footnotes.ids, terminalWidth()));
        }
      });
    });
}
