import type { LogFault, Verification } from '#audit';
import { printable, say } from '../terminal.js';
import { numberText } from '../progress.js';

/** The warning where a signature proves no more than the sender of the file, or the operator of the server, says. */
export const ITS_OWN =
  'The key of the signature comes from the same place as the signature: the sender could have made both.';

/** Faults that are listed one by one. */
const MOST_LISTED = 1_000;

export interface Report {
  readonly verification: Verification;
  /** The number of checkpoints with which the log was compared. */
  readonly checkpoints: number;
  /** `name+id` of the keys that signed them; absent where the keys are not of interest. */
  readonly by?: string;
  /** Other faults, a sentence each. */
  readonly more?: readonly string[];
}

/** Prints the result. Returns whether there are no faults. */
export function report({ verification, checkpoints, by, more = [] }: Report): boolean {
  const { events, faults, signed } = verification;
  for (const fault of faults.slice(0, MOST_LISTED)) say(faultText(fault));
  if (faults.length > MOST_LISTED) say(`… and ${counted(faults.length - MOST_LISTED, 'more')}`);
  for (const text of more) say(printable(text));
  const compared = `${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}`;
  const unsigned = checkpoints === 0 && events > 0;
  if (unsigned)
    say(
      'There is no checkpoint that counts, so it is unknown which events were recorded. If you kept a checkpoint elsewhere, give it with --checkpoint.',
    );
  say(`${compared}; signed up to @${signed}${by === undefined || unsigned ? '' : printable(` by ${by}`)}.`);
  if (!unsigned || faults.length > 0) say(verdictOf(faults.length, more.length));
  return faults.length === 0 && more.length === 0 && !unsigned;
}

function verdictOf(faults: number, more: number): string {
  if (faults > 0) return 'The log is not the one that was recorded.';
  return `Every event is the one that was recorded${more > 0 ? ', but something else is wrong' : ''}.`;
}

function faultText({ kind, from, to, was, id }: LogFault): string {
  const which = id === undefined ? `@${from}` : `@${from} (${printable(id)})`;
  const what = from === to ? `event ${which}` : `events @${from} to @${to}`;
  const are = from === to ? 'is' : 'are';
  switch (kind) {
    case 'missing':
      return `${what}: ${are} gone`;
    case 'unreadable':
      return `${what}: cannot be read`;
    case 'changed':
      return `${what}: ${are} not as recorded`;
    case 'moved':
      return `${what}: was recorded as @${was}`;
    case 'extra':
      return from === 0
        ? 'before event @1: there is a line that was never recorded'
        : `after ${what}: there is a line that was never recorded`;
    case 'not-signed':
      return `${what}: ${are} not as signed; at least one of them was changed`;
  }
}

const counted = (count: number, what: string): string =>
  `${numberText(count)} ${what}${count === 1 || what === 'more' ? '' : 's'}`;
