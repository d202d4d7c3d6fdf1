import { dayOf, type LocalTime } from '../local-time.js';

/** An item of a view as the server answers it. */
export interface ItemJson {
  readonly id: string;
  readonly because: readonly string[];
  readonly [member: string]: unknown;
}

/** How times and references to events are written. */
export interface Writing {
  readonly time: LocalTime;
  /** `1, 4`: the numbers under which the events are listed below the tables. */
  readonly refs: (because: readonly string[]) => string;
}

/** The table of a view for a person. */
export interface ViewTable {
  readonly head: readonly string[];
  readonly row: (item: ItemJson, writing: Writing) => readonly string[];
}

type Members = Readonly<Record<string, unknown>>;

export function membersOf(value: unknown): Members {
  return value !== null && typeof value === 'object' ? (value as Members) : {};
}

export function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(membersOf) : [];
}

export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(textOf).join(', ') : JSON.stringify(value);
}

/** The name, in English where there is one, and the id below it. */
export function nameOf({ id, names }: ItemJson): string {
  const known = membersOf(names);
  const name = textOf(known['en'] ?? Object.values(known)[0]);
  return name === '' || name === id ? id : `${name}\n${id}`;
}

/** `open or closed?` where possible worlds differ; `(claimed)` where the status rests on claims only. */
export function statusText(value: unknown): string {
  const { status, verdict, stance, certain, possible, claimed } = membersOf(value);
  const said = textOf(status ?? verdict ?? stance);
  if (Array.isArray(possible) && possible.length > 0) return `${possible.map(textOf).join(' or ')}?`;
  if (certain === false) return `${said}?`;
  return claimed === true ? `${said} (claimed)` : said;
}

/** For an occurrence: the day, and the clock time where there is one. */
export function dayText(value: unknown, member: string, time: LocalTime): string {
  return dayOf(timeText(value, member, time));
}

/** The instant of a member, `at`, with its other end, `atEarliest`, where it is vague. */
export function timeText(value: unknown, member: string, time: LocalTime): string {
  const { [member]: latest, [`${member}Earliest`]: earliest } = membersOf(value);
  if (typeof latest !== 'string') return '';
  return typeof earliest === 'string' ? time(latest, earliest) : time(latest);
}

/** The next known change: `open from 2025-12-01 00:00`, `open: December 2025`, or the announced end. */
export function upcomingText(value: unknown, time: LocalTime): string {
  const { at, earliest } = membersOf(membersOf(value)['next']);
  const status = statusText(membersOf(value)['next']);
  if (typeof at === 'string' && typeof earliest === 'string') return `${status}: ${time(at, earliest)}`;
  if (typeof at === 'string') return `${status} from ${time(at)}`;
  const until = timeText(value, 'until', time);
  return until === '' ? '' : `until ${until}`;
}

const QUALIFIERS: Readonly<Record<string, string>> = {
  exactly: '',
  about: 'about ',
  moreThan: 'more than ',
  lessThan: 'less than ',
  atLeast: 'at least ',
  atMost: 'at most ',
  several: 'several: ',
  dozens: 'dozens: ',
  hundreds: 'hundreds: ',
  thousands: 'thousands: ',
};

/** `more than 1,800`, `1,100–1,200`, `dozens`. */
export function quantityText(value: unknown): string {
  const { value: number, min, max, qualifier } = membersOf(value);
  const before = QUALIFIERS[textOf(qualifier)];
  if (typeof number === 'number') {
    return `${before ?? textOf(qualifier)}${number.toLocaleString('en')}`;
  }
  const [lower, upper] = [min, max].map((end) => (typeof end === 'number' ? end.toLocaleString('en') : ''));
  if (lower && upper) return `${before ?? ''}${lower}–${upper}`;
  if (lower) return `${before || 'at least '}${lower}`;
  if (upper) return `${before || 'at most '}${upper}`;
  return textOf(qualifier);
}
