import { computed } from '@preact/signals';
import { type Day, dayAt, MS_PER_DAY, numberOfDay } from '../days.js';
import { asOf, asOfDay, isApart, knownDay, lang, mode, zone } from '../state.js';
import { en, type Words } from './en.js';
import { lt } from './lt.js';

/** The texts of the page in its language. */
export const words = computed<Words>(() => (lang.value === 'lt' ? lt : en));

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = lang.value === 'lt' ? 'lt' : 'en-GB';
  const id = [locale, name, options.timeZone].join(' ');
  const known = formats.get(id) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(id, known);
  return known;
}

const LONG = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const SHORT = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;

export const longDay = (day: Day): string =>
  format('long', { ...LONG, timeZone: 'UTC' }).format(numberOfDay(day) * MS_PER_DAY);
export const shortDay = (day: Day): string =>
  format('short', { ...SHORT, timeZone: 'UTC' }).format(numberOfDay(day) * MS_PER_DAY);
export const dayAndMonth = (day: Day): string =>
  format('dayAndMonth', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    numberOfDay(day) * MS_PER_DAY,
  );
export const month = (day: Day, withYear: boolean): string =>
  format(withYear ? 'monthYear' : 'month', {
    month: 'short',
    ...(withYear && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(numberOfDay(day) * MS_PER_DAY);

/** A range of days, such as `10–19 November 2025`. */
export const dayRange = (from: Day, to: Day): string =>
  format('longRange', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatRange(
    Math.min(numberOfDay(from), numberOfDay(to)) * MS_PER_DAY,
    Math.max(numberOfDay(from), numberOfDay(to)) * MS_PER_DAY,
  );

export const number = (value: number): string => value.toLocaleString(lang.value === 'lt' ? 'lt' : 'en-GB');

/** Whether an instant is in the year 1. Such an instant means "as far back as is known". */
const isBeginning = (instant: string): boolean => instant.startsWith('0001-');

/** The texts of instants in the present language and zone. They are cached, because a table needs the texts of all its rows again at each step. */
const instants = computed(() => {
  void [lang.value, zone.value];
  return new Map<string, string>();
});
const MOST_INSTANTS = 10_000;

/** An instant of an answer, or the range of a vague instant. Midnight and the last millisecond of a day are written as a day. */
export function instant(at: string, earliest?: string): string {
  const { value: known } = instants;
  const id = `${at} ${earliest}`;
  let text = known.get(id);
  if (text === undefined) {
    text = instantText(at, earliest);
    if (known.size === MOST_INSTANTS) known.clear();
    known.set(id, text);
  }
  return text;
}

function instantText(at: string, earliest?: string): string {
  if (isBeginning(at)) return words.value.fromStart;
  if (earliest !== undefined && !isBeginning(earliest)) {
    const [from, to] = [dayAt(earliest, zone.value), dayAt(at, zone.value)];
    // A range from the first to the last millisecond of a day is written as this day.
    if (from === to && isWholeDay(earliest, at)) return shortDay(to);
    const options = { ...SHORT, ...(from === to && CLOCK), timeZone: zone.value };
    return format(from === to ? 'clockRange' : 'dayRange', options).formatRange(
      Date.parse(earliest),
      Date.parse(at),
    );
  }
  return isMidnight(at)
    ? shortDay(dayAt(at, zone.value))
    : format('clock', { ...SHORT, ...CLOCK, timeZone: zone.value }).format(Date.parse(at));
}

/** A clock time in the zone, such as `23:45`. */
export const clockTime = (at: number): string =>
  format('shortTime', { ...CLOCK, hourCycle: 'h23', timeZone: zone.value }).format(at);

/** The text of an exclusive end. The end of a day is written as this day. */
export function end(at: string, earliest?: string): string {
  const before = (one: string): string =>
    isMidnight(one) ? new Date(Date.parse(one) - 1).toISOString() : one;
  return instant(before(at), earliest === undefined ? undefined : before(earliest));
}

const clockText = (at: string | number): string =>
  format('time', { ...CLOCK, second: '2-digit', hourCycle: 'h23', timeZone: zone.value }).format(
    new Date(at),
  );
const isMidnight = (at: string): boolean =>
  clockText(at) === '00:00:00' || clockText(Date.parse(at) + 1) === '00:00:00';
const isWholeDay = (from: string, to: string): boolean =>
  clockText(from) === '00:00:00' && clockText(Date.parse(to) + 1) === '00:00:00';

/** The name of a subject in the language of the page, or else in English, or else in any language, or else the id. */
export const nameIn = (names: Readonly<Record<string, string>> | undefined, id: string): string =>
  names?.[lang.value] ?? names?.['en'] ?? Object.values(names ?? {})[0] ?? id;

/** The name of a border: its code, such as `LT-BY`, in words. */
export function borderName(border: string): string {
  const regions = new Intl.DisplayNames([lang.value], { type: 'region' });
  return border
    .split('-')
    .map((code) => regions.of(code) ?? code)
    .join(' – ');
}

/** The name of a zone, such as `Vilnius`. */
export const zoneName = (id: string): string => id.split('/').at(-1)!.replaceAll('_', ' ');

/** The two times of the page in words: `On 5 November 2025, as known that day`. */
export const cutWords = computed(() => `${asOfWords()}, ${knowledge()}`);

/** The first time in words: the first half of the sentence. */
export function asOfWords(): string {
  const { value: w } = words;
  const day = longDay(asOfDay.value);
  return asOf.value === undefined ? capital(w.nowIs(day)) : `${w.sentence.asOf} ${day}`;
}

/** The second time in words: the second half of the sentence. */
export function knowledge(): string {
  const { value: w } = words;
  if (!isApart.value || knownDay.value === undefined) return `${w.sentence.known} ${w.now}`;
  if (mode.value === 'day') return `${w.sentence.known} ${w.sentence.thatDay}`;
  const direction = knownDay.value < asOfDay.value ? w.ahead : w.hindsight;
  return `${w.sentence.known} ${w.sentence.on} ${longDay(knownDay.value)} (${direction})`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
