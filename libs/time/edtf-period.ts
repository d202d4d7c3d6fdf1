import type { Node } from 'edtf';
import { edtf } from '#packages';
import { daysInMonth, epochDay, type EpochDay } from './calendar.js';
import { refuseEdtf } from './refusal.js';
import { quoted, TimeError } from './time-error.js';

/** Whole days from `from` to `to`, both included; a zone makes instants of them. */
export interface Days {
  readonly from: EpochDay;
  readonly to: EpochDay;
}

/**
 * A date without a clock time. It is one of several periods of equal length (a day, a month, a year…): `first` is the earliest period and
 * `last` the latest. The two are equal where the date is certain. They may lie outside the years 0001–9999.
 */
export interface Period {
  readonly first: Days;
  readonly last: Days;
}

/** A year, a month or a day: the components that the text gives. */
const unit = (year: number, month?: number, day?: number): Days => {
  if (month === undefined) return { from: epochDay(year, 1, 1), to: epochDay(year, 12, 31) };
  if (day !== undefined) return { from: epochDay(year, month, day), to: epochDay(year, month, day) };
  return { from: epochDay(year, month, 1), to: epochDay(year, month, daysInMonth(year, month)) };
};

/** `length` months from a month on; a `month` over 12 or below 1 is a month of another year. */
const months = (year: number, month: number, length: number): Days => {
  const start = year * 12 + month - 1;
  const of = (index: number): EpochDay => epochDay(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 1);
  return { from: of(start), to: of(start + length) - 1 };
};

const years = (year: number, length: number): Days => months(year, 1, length * 12);

const certain = (days: Days): Period => ({ first: days, last: days });

/** The amount by which a mark widens a date, in units of its component. */
const MARKS: Readonly<Record<string, number>> = { '~': 1, '?': 1, '%': 2 };

/**
 * The amounts by which the marks of a date widen it, for year, month and day. A mark behind a component applies to it and
 * all components to its left; a mark before a component applies to that one only (ISO 8601-2, EDTF level 2). Both count in
 * units of their component.
 */
const widening = (text: string): readonly [number, number, number] => {
  const by: [number, number, number] = [0, 0, 0];
  text.split('-').forEach((component, index) => {
    for (const character of component) by[index as 0 | 1 | 2] += MARKS[character] ?? 0;
  });
  return by;
};

/** Adds years, then months, keeping the day within the shorter month, then days. */
const shifted = (
  [year = 0, month, day]: readonly number[],
  by: readonly [number, number, number],
  sign: 1 | -1,
): Days => {
  const [byYears, byMonths, byDays] = by;
  if (month === undefined) return unit(year + sign * byYears);
  const index = (year + sign * byYears) * 12 + month - 1 + sign * byMonths;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  if (day === undefined) return unit(newYear, newMonth);
  const at = epochDay(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth))) + sign * byDays;
  return { from: at, to: at };
};

/** First month and number of months of the divisions of a year (ISO 8601-2), by code. Winter ends in the next year. */
const seasonMonths = (code: number): readonly [month: number, length: number] => {
  if (code <= 28) return [3 + ((code - 21) % 4) * 3, 3];
  if (code <= 32) return [9 + (code - 29) * 3, 3];
  if (code <= 36) return [1 + (code - 33) * 3, 3];
  if (code <= 39) return [1 + (code - 37) * 4, 4];
  return [1 + (code - 40) * 6, 6];
};

const markedSeason = (text: string, year: number, code: number): Period => {
  const [month, length] = seasonMonths(code);
  const by = Array.from(text, (character) => MARKS[character] ?? 0).reduce((sum, mark) => sum + mark, 0);
  return {
    first: months(year, month - by * length, length),
    last: months(year, month + by * length, length),
  };
};

const markedYears = (text: string, year: number, length: number): Period => {
  const by = MARKS[text.at(-1) ?? ''] ?? 0;
  return { first: years(year - by * length, length), last: years(year + by * length, length) };
};

const significantYear = (year: number, digits: number, text: string): Period => {
  if (digits < 1 || digits > 4) return refuseEdtf(text);
  const step = 10 ** (4 - digits);
  const first = Math.floor(year / step) * step;
  return { first: unit(Math.max(first, 1)), last: unit(first + step - 1) };
};

/** The numbers of `from..to` whose decimal digits fit a pattern of digits and `X`, largest first if `down`. */
function* fitting(pattern: string, from: number, to: number, down: boolean): Generator<number> {
  const fits = new RegExp(`^${pattern.replaceAll('X', '.')}$`);
  for (let step = 0; step <= to - from; step++) {
    const n = down ? to - step : from + step;
    if (fits.test(String(n).padStart(pattern.length, '0'))) yield n;
  }
}

const outermost = (pattern: readonly string[], down: boolean): Days | undefined => {
  const [yyyy = '', mm, dd] = pattern;
  for (const year of fitting(yyyy, 1, 9999, down)) {
    if (mm === undefined) return unit(year);
    for (const month of fitting(mm, 1, 12, down)) {
      if (dd === undefined) return unit(year, month);
      for (const day of fitting(dd, 1, daysInMonth(year, month), down)) return unit(year, month, day);
    }
  }
  return undefined;
};

/** Whether some year has a date of this month and day: a leap year has all. */
const fitsLeapYear = ([, mm, dd]: readonly string[]): boolean =>
  outermost(
    ['2000', mm, dd].filter((part) => part !== undefined),
    false,
  ) !== undefined;

/** `202X`, `2022-XX`, `2022-1X-3X`: from the first date that matches to the last. */
const unspecified = (text: string): Period => {
  const pattern = text.split('-');
  const first = fitsLeapYear(pattern) ? outermost(pattern, false) : undefined;
  const last = first === undefined ? undefined : outermost(pattern, true);
  if (first === undefined || last === undefined) {
    throw new TimeError('no-such-date', text, `${quoted(text)} is refused: no date fits it.`);
  }
  return { first, last };
};

const grammar = (text: string): Node | undefined => {
  const { parse } = edtf();
  try {
    return parse(text, { seasonUncertainty: true });
  } catch {
    return undefined;
  }
};

/** `values` as the grammar gives them: the month counts from 0. */
const markedDate = (values: readonly number[], text: string): Period => {
  const date = values.map((part, index) => (index === 1 ? part + 1 : part));
  const [year = 0, month = 1, day = 1] = date;
  if (year < 1 || day > daysInMonth(year, month)) return refuseEdtf(text.replace(/[~?%]/g, ''));
  const by = widening(text);
  return { first: shifted(date, by, -1), last: shifted(date, by, 1) };
};

const fromNode = (node: Node, text: string): Period => {
  const [value = 0, second = 0] = node.values;
  if (value < 0 || node.unspecified !== undefined) return refuseEdtf(text);
  switch (node.type) {
    case 'Date':
      return markedDate(node.values, text);
    case 'Season':
      return value < 1 ? refuseEdtf(text) : markedSeason(text, value, second);
    case 'Decade':
      return markedYears(text, value * 10, 10);
    case 'Century':
      return markedYears(text, value * 100, 100);
    case 'Year':
      return node.significant === undefined || value > 9999
        ? refuseEdtf(text)
        : significantYear(value, node.significant, text);
    default:
      return refuseEdtf(text);
  }
};

const PLAIN = /^(?!0000)(\d{4})(?:-(0[1-9]|1[0-2]))?$/;
const PATTERN = /^(?=.*X)[\dX]{4}(?:-[\dX]{2}){0,2}$/;
/** No single EDTF date is longer; longer texts do not go to the grammar. */
const LONGEST = 20;

/**
 * A date without a clock time: year, month, season and other divisions of the year, decade, century, unspecified digits,
 * significant digits, all with the marks `~` (approximate), `?` (uncertain), `%` (both) where EDTF has them. `~` and `?`
 * widen by one unit of their component on either side, `%` by two. Seasons without a hemisphere are northern; the
 * winter of a year begins in its December. Throws TimeError.
 */
export const readPeriod = (text: string): Period => {
  const plain = PLAIN.exec(text);
  if (plain !== null)
    return certain(unit(Number(plain[1]), plain[2] === undefined ? undefined : Number(plain[2])));
  if (PATTERN.test(text)) return unspecified(text);
  const node = text.length > LONGEST || text.includes('T') || text.includes('Y') ? undefined : grammar(text);
  return node === undefined ? refuseEdtf(text) : fromNode(node, text);
};
