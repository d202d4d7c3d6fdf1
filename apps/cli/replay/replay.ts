import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Payload } from '#events';
import type { RecordedEvent } from '#log';
import type { Views } from '#views';
import type { Client } from '../client.js';
import { connected, withPlace, type Place } from '../connection.js';
import { Failure } from '../failure.js';
import { printable } from '../printable.js';
import { numberText, paceOf, progressOf } from '../progress.js';
import { note, say } from '../terminal.js';
import type { Basis } from '../views/cut.js';
import type { Difference, Moment } from './compare.js';
import type { LogOverHttp } from './log-over-http.js';

const HELP = `
Builds the views from nothing, in a temporary file, from the log alone, and asks them and the live views the same questions:
every view at moments spread over history, some of them as known then, and every timeline. Names what differs;
the exit code is 1 if anything does.

Examples:
  $ borderline replay
  $ borderline replay --to @400
  $ borderline replay --to 2025-11-10 --url http://127.0.0.1:3000
`;

interface Options extends Place {
  readonly to?: string;
}

export function addReplay(program: Command): void {
  withPlace(program.command('replay'))
    .summary('rebuild from nothing, and compare')
    .description('Rebuilds the views from nothing, compares them with the live ones, and says what differs.')
    .option('--to <place>', '@<sequence>, or an instant or date of recording (default: all of the log)')
    .addHelpText('after', HELP)
    .action(async ({ to, ...place }: Options) => {
      const same = await connected(place, { views: true }, (client) => replay(client, to));
      if (!same) process.exitCode = 1;
    });
}

/** Whether the rebuilt views say what the live ones do. */
async function replay(client: Client, to: string | undefined): Promise<boolean> {
  const { basis } = await client.get<{ basis: Basis }>('/v1/releases', { recordedAt: to });
  const { sequence } = basis;
  if (sequence === 0) {
    say('There is nothing to replay.');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'borderline-replay-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const cutShort = (): never => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', cutShort);
  try {
    return await rebuildAndCompare(client, sequence, join(folder, 'views.db'), Date.parse(basis.asOf));
  } finally {
    process.off('SIGINT', cutShort);
    remove();
  }
}

async function rebuildAndCompare(
  client: Client,
  sequence: number,
  file: string,
  now: number,
): Promise<boolean> {
  const { compare, Moments } = await import('./compare.js');
  const { LogOverHttp } = await import('./log-over-http.js');
  const moments = new Moments();
  const log = new LogOverHttp(client, sequence, (event) => moments.pass(...timesOf(event)));
  const started = Date.now();
  const views = await rebuilt(log, file, sequence);
  try {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    say(`Rebuilt from @1 to @${sequence}: ${paceOf(sequence, 'events', started, Date.now())}, ${seconds} s.`);
    for (const { sequence: at, id, reason } of views.setAside) {
      note(printable(`event @${at} (${id}) could not be taken in: ${reason}`));
    }
    const all: readonly Moment[] = [{ asOf: now }, ...moments.all];
    const progress = progressOf(0);
    const compared = await compare(views.state, client, sequence, all, (asked) =>
      progress.update(asked, `${numberText(asked)} questions compared`),
    ).finally(() => progress.stop());
    return told(compared.asked, compared.differences) && views.setAside.length === 0;
  } finally {
    await views.close();
    await log.close();
  }
}

async function rebuilt(log: LogOverHttp, file: string, total: number): Promise<Views> {
  const { Views } = await import('#views');
  const progress = progressOf(total);
  const started = Date.now();
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (fail = reject));
  const views = Views.open(file, log, {
    onProgress: (sequence) => progress.update(sequence, paceOf(sequence, 'events', started, Date.now())),
    onFailure: (error) => fail(error),
  });
  try {
    await Promise.race([views.catchUp(), failure]);
    return views;
  } catch (error) {
    await views.close();
    throw new Failure('the log cannot be read to its end', { cause: error });
  } finally {
    progress.stop();
  }
}

function timesOf({ payload }: RecordedEvent): [occurred: number, reported: number] {
  const { occurred, reportedAt } = payload as Payload;
  return [Date.parse((occurred ?? reportedAt).latest), Date.parse(reportedAt.latest)];
}

function told(asked: number, differences: readonly Difference[]): boolean {
  if (differences.length === 0) {
    say(`The live views answer the same to all of ${numberText(asked)} questions.`);
    return true;
  }
  for (const { subject, question, members, only } of differences) {
    const what = only === undefined ? members.join('; ') : `only in the ${only} views`;
    say(printable(`${subject}, ${question}: ${what}`));
  }
  say(`${numberText(differences.length)} differences in ${numberText(asked)} questions.`);
  return false;
}
