import { Temporal } from 'temporal-polyfill';
import { monthName, monthOf } from './calendar.js';
import { EARLIEST, LATEST, type Instant, type Range } from './instant.js';
import { zoneRules } from './zone.js';

/**
 * A range as a person in `zone` reads it, as exact as the range is: `27 October 2025`, `29–30 October 2025`, `November 2025`, `2025`,
 * `by 25 November 2025`, `27 October 2025, 10:00–14:00`, and `27 October 2025, 10:00` where it is one instant. In English.
 */
export const rangeInWords = ({ earliest, latest }: Range, zone: string): string => {
  const [first, last, after] = [earliest, latest, latest + 1].map((instant) => localIn(zone, instant)) as [
    Local,
    Local,
    Local,
  ];
  if (earliest === EARLIEST && latest === LATEST) return 'any time';
  if (earliest === EARLIEST) return `by ${startsDay(after) ? dayText(last) : momentText(last)}`;
  if (latest === LATEST) return `${startsDay(first) ? dayText(first) : momentText(first)} or later`;
  if (earliest === latest) return momentText(first);
  if (startsDay(first) && startsDay(after)) return daysText(first, last);
  if (first.toPlainDateTime().equals(last.toPlainDateTime()))
    return `${momentText(first)} (${first.offset} or ${last.offset})`;
  const end = after.millisecond === 0 ? after : last;
  return first.toPlainDate().equals(end.toPlainDate())
    ? `${momentText(first)}–${clockText(end)}`
    : `${momentText(first)} – ${momentText(end)}`;
};

/** How exact a range is in `zone`: an instant, a whole day, month or year, another range, or one without a bound. */
export type Precision = 'instant' | 'day' | 'month' | 'year' | 'range' | 'open';

export const precisionOf = ({ earliest, latest }: Range, zone: string): Precision => {
  if (earliest === EARLIEST || latest === LATEST) return 'open';
  if (earliest === latest) return 'instant';
  const [first, last] = [localIn(zone, earliest), localIn(zone, latest)];
  if (!startsDay(first) || !startsDay(localIn(zone, latest + 1))) return 'range';
  if (first.toPlainDate().equals(last.toPlainDate())) return 'day';
  if (first.year !== last.year || first.day !== 1 || last.day !== last.daysInMonth) return 'range';
  if (first.month === last.month) return 'month';
  return first.month === 1 && last.month === 12 ? 'year' : 'range';
};

type Local = Temporal.ZonedDateTime;

const localIn = (zone: string, instant: Instant): Local =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zoneRules(zone));

const startsDay = (local: Local): boolean => local.startOfDay().equals(local);

const dayText = ({ year, month, day }: Local): string => `${day} ${monthName(year, month)}`;

/** To the minute, with seconds and milliseconds where there are any. */
const clockText = (local: Local): string =>
  local.toPlainTime().toString(local.second + local.millisecond === 0 ? { smallestUnit: 'minute' } : {});

const momentText = (local: Local): string => `${dayText(local)}, ${clockText(local)}`;

/** Whole days, months or years, the last included. */
const daysText = (first: Local, last: Local): string => {
  const sameYear = first.year === last.year;
  const sameMonth = sameYear && first.month === last.month;
  const wholeMonths = first.day === 1 && last.day === last.daysInMonth;
  if (wholeMonths && first.month === 1 && last.month === 12)
    return sameYear ? `${first.year}` : `${first.year}–${last.year}`;
  if (wholeMonths && sameMonth) return monthName(last.year, last.month);
  if (wholeMonths && sameYear) return `${monthOf(first.month)}–${monthName(last.year, last.month)}`;
  if (wholeMonths) return `${monthName(first.year, first.month)} – ${monthName(last.year, last.month)}`;
  if (sameMonth) return first.day === last.day ? dayText(last) : `${first.day}–${dayText(last)}`;
  if (sameYear) return `${first.day} ${monthOf(first.month)} – ${dayText(last)}`;
  return `${dayText(first)} – ${dayText(last)}`;
};
