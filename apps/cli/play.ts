import type { Command } from 'commander';
import { changeText, type ChangeJson } from './changes.js';
import { withTarget, type Connect, type Target } from './connection.js';
import { followStream, untilStopped } from './follow-stream.js';
import { localTimeIn, type LocalTime } from './local-time.js';
import { printable, sayInPace, styled } from './terminal.js';
import type { EventLine } from './views/footnotes.js';

const HELP = `
Prints developments, and the changes by them and by the clock, in the order of one axis: valid, the past as known now; reported, as
the public learned it; recorded, as this log recorded it. Without --from and --to it is all of history up to now. Ctrl-C ends it.

Examples:
  $ borderline play --from 2025-10-20 --to 2025-11-30 --view crossings --speed 1d/s
  $ borderline play --axis reported --from 2022-06-01 --to 2022-08-01
`;

interface Options extends Target {
  readonly axis: string;
  readonly from?: string;
  readonly to?: string;
  readonly speed: string;
  readonly view?: string;
  readonly subject?: string;
  readonly border?: string;
  readonly aspect?: string;
  readonly zone: string;
  readonly json?: true;
}

export function addPlay(program: Command, connect: Connect): void {
  withTarget(program.command('play'))
    .summary('replay history in the terminal')
    .description('Replays history in the terminal.')
    .option('--axis <axis>', 'valid, reported or recorded', 'valid')
    .option('--from <time>', 'from this instant or date')
    .option('--to <time>', 'up to this instant or date')
    .option('--speed <speed>', 'the time that passes in a second: 1d/s, 12h/s, or max', '1d/s')
    .option('--view <views>', 'only these views, comma-separated')
    .option('--subject <ids>', 'only these subjects, comma-separated')
    .option('--border <borders>', 'only crossings of these borders (LT-BY), comma-separated')
    .option('--aspect <aspects>', 'only changes of these aspects, comma-separated')
    .option('--zone <zone>', 'the IANA zone of dates', process.env['BORDERLINE_ZONE'] || 'Europe/Vilnius')
    .option('--json', 'print NDJSON: what the server sends')
    .addHelpText('after', HELP)
    .action((options: Options) => {
      const { axis, from, to, speed, view, subject, border, aspect, zone, json } = options;
      const time = localTimeIn(zone);
      return untilStopped((signal) =>
        connect(options, { views: true }, (client) =>
          followStream(client, {
            path: '/v1/replay',
            asked: { axis, from, to, speed, view, subject, border, aspect, zone },
            signal,
            onMessage: async ({ event, data }) => {
              await sayInPace(`${json === true ? data : messageText(event, data, time)}\n`);
              return false;
            },
          }),
        ),
      );
    });
}

function messageText(type: string, data: string, time: LocalTime): string {
  if (type === 'change') return changeText(JSON.parse(data) as ChangeJson, time);
  const { at, event } = JSON.parse(data) as { readonly at: string; readonly event: EventLine };
  const said = printable(event.data.summary ?? event.source.title);
  return `${styled('dim', time(at))}   ${printable(`${event.type}  ${event.subject}`)}  ${styled('italic', said)}`;
}
