import type { LocalTime } from '../local-time.js';
import { dayText, membersOf, quantityText, statusText, textOf } from './view-table.js';

/** A change, as a diff and `/v1/changes` list it. */
export interface ChangeLine {
  readonly view: string;
  readonly subject: string;
  readonly aspect: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly because: readonly string[];
}

/** The aspect; for an entry of a ledger the kind of the entry. */
export function aspectText(change: ChangeLine): string {
  return isEntry(change) ? 'entry' : change.aspect;
}

/** A status is shown alone, the next change with its time, an entry member by member, any other value as it is. */
export function valueText(change: ChangeLine, value: unknown, time: LocalTime): string {
  if (value === undefined) return '–';
  if (isEntry(change)) return entryText(membersOf(value), time);
  if (/^next(\/|$)/.test(change.aspect)) return nextText(membersOf(value), time);
  return statusText(value) || textOf(membersOf(value)['value'] ?? value);
}

/** Whether the change is an occurrence and not a state. */
function isEntry({ aspect }: ChangeLine): boolean {
  return aspect.startsWith('ledger/');
}

function nextText(next: Readonly<Record<string, unknown>>, time: LocalTime): string {
  const earliest = next['earliest'];
  const at = time(textOf(next['at']), typeof earliest === 'string' ? earliest : undefined);
  return `${statusText(next)}, ${at}`;
}

const TOLD_FIRST = ['at', 'atEarliest', 'claimant', 'standing', 'reliability'];

function entryText(entry: Readonly<Record<string, unknown>>, time: LocalTime): string {
  const rest = Object.entries(entry).filter(([name]) => !TOLD_FIRST.includes(name));
  const said = rest.map(([name, value]) => `${name}: ${quantityText(value) || textOf(value)}`);
  return [`${dayText(entry, 'at', time)}, ${textOf(entry['claimant'])}`, ...said].join('\n');
}
