import { calendarDate, MS_PER_DAY, utcDay } from './calendar.js';
import { readDateTime, type DateTime } from './date-time-text.js';
import { EARLIEST, LATEST, type Instant, type Range } from './instant.js';
import { refuseInstant } from './refusal.js';
import { quoted, TimeError } from './time-error.js';

/** The instant of a date-time whose text gives its offset. Throws TimeError `out-of-range`. */
export const instantOf = (read: DateTime, text: string): Instant => {
  const instant = read.day * MS_PER_DAY + read.clock - read.offset;
  if (instant < EARLIEST || instant > LATEST) {
    throw new TimeError('out-of-range', text, `${quoted(text)} is outside the years 0001 to 9999 in UTC.`);
  }
  return instant;
};

/**
 * An instant as RFC 3339 §5.6 writes it, in the years 0001–9999; the seconds and the minutes of the offset may be missing,
 * 24:00 is the end of the day.
 * Digits past the millisecond are dropped. Throws TimeError: `missing-offset`, `no-such-date`, `no-such-time`,
 * `out-of-range`, `malformed`.
 */
export const parseInstant = (text: string): Instant => {
  const read = readDateTime(text);
  if (read === undefined || Number.isNaN(read.offset)) return refuseInstant(text);
  return instantOf(read, text);
};

const padded = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
const pad2 = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** `YYYY-MM-DDT` of the last day written: instants written together are mostly of one day. */
let lastDay = Number.NaN;
let lastDate = '';

const dateOf = (day: number): string => {
  if (day !== lastDay) {
    const date = calendarDate(day);
    lastDate = `${String(date.year).padStart(4, '0')}-${pad2[date.month]}-${pad2[date.day]}T`;
    lastDay = day;
  }
  return lastDate;
};

/**
 * An instant as text: RFC 3339, in UTC, with milliseconds.
 * @format date-time
 */
export type InstantText = string;

/** The earliest and the latest possible instant. */
export interface RangeText {
  readonly earliest: InstantText;
  readonly latest: InstantText;
}

/** `YYYY-MM-DDThh:mm:ss.sssZ` (RFC 3339, UTC, always milliseconds). Throws TimeError `out-of-range` for a number that is no Instant. */
export const formatInstant = (instant: Instant): InstantText => {
  if (!(instant >= EARLIEST && instant <= LATEST && Number.isInteger(instant))) {
    throw new TimeError(
      'out-of-range',
      String(instant),
      `${instant} is not an instant of the years 0001 to 9999.`,
    );
  }
  const day = utcDay(instant);
  const clock = instant - day * MS_PER_DAY;
  const seconds = Math.floor(clock / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${pad2[Math.floor(minutes / 60)]}:${pad2[minutes % 60]}:${pad2[seconds % 60]}`;
  return `${dateOf(day)}${time}.${padded[clock % 1000]}Z`;
};

export const formatRange = ({ earliest, latest }: Range): RangeText => ({
  earliest: formatInstant(earliest),
  latest: formatInstant(latest),
});
