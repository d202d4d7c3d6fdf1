import type { EpochDay } from './calendar.js';
import { readDateTime, readDay } from './date-time-text.js';
import { EARLIEST, LATEST, type Instant, type Range } from './instant.js';
import { instantOf } from './instant-text.js';
import { readPeriod } from './edtf-period.js';
import { refuseEdtf } from './refusal.js';
import { quoted, TimeError } from './time-error.js';
import { assertDayCame, assertZone, localDay, localTime } from './zone.js';

/** The use of a text: as a start, or as an inclusive end, where the result is the instant after it. */
export type Role = 'start' | 'end';

const clamped = (instant: Instant): Instant => Math.min(Math.max(instant, EARLIEST), LATEST);

const rangeOf = (earliest: Instant, latest: Instant): Range => ({
  earliest: clamped(earliest),
  latest: clamped(latest),
});

const dayRange = (day: EpochDay, zone: string, role: Role, text: string): Range => {
  const { first, last, skipped } = localDay(zone, day);
  if (skipped) assertDayCame(zone, day, text);
  return role === 'start' ? rangeOf(first, last) : rangeOf(last + 1, last + 1);
};

/** One date or time: no interval, no set. */
const single = (text: string, zone: string, role: Role): Range => {
  if (text.length === 10) {
    const day = readDay(text);
    if (!Number.isNaN(day)) return dayRange(day, zone, role, text);
  }
  const read = readDateTime(text);
  if (read !== undefined) {
    if (Number.isNaN(read.offset)) {
      const { earliest, latest } = localTime(zone, read.day, read.clock, text);
      return rangeOf(earliest, latest);
    }
    assertZone(zone);
    const instant = instantOf(read, text);
    return { earliest: instant, latest: instant };
  }
  const { first, last } = readPeriod(text);
  return role === 'start'
    ? rangeOf(localDay(zone, first.from).first, localDay(zone, last.to).last)
    : rangeOf(localDay(zone, first.to).last + 1, localDay(zone, last.to).last + 1);
};

/**
 * A date in an interval or a set. Decades and centuries are refused there, as in EDTF itself: the `07` of `2025-11-05/07` is far more
 * likely a day (a short form of ISO 8601-1) than the eighth century.
 */
const part = (text: string, zone: string, role: Role): Range => {
  if (!/^\d{2,3}[~?%]?$/.test(text)) return single(text, zone, role);
  const instead =
    'in an interval or a set, write every date in full, such as 2025-11-07, or 202X for a decade.';
  throw new TimeError('malformed', text, `${quoted(text)} is refused: ${instead}`);
};

/** One instant from `from` to `to`, both included; undefined: open. */
const between = (
  from: string | undefined,
  to: string | undefined,
  zone: string,
  role: Role,
  text: string,
): Range => {
  const begins = from === undefined ? undefined : part(from, zone, 'start').earliest;
  const ends = to === undefined ? undefined : part(to, zone, 'start').latest;
  if (begins !== undefined && ends !== undefined && ends < begins) {
    throw new TimeError(
      'end-before-start',
      text,
      `${quoted(text)} ends before it starts: write ${to}${text.includes('/') ? '/' : '..'}${from}.`,
    );
  }
  if (role === 'start') return { earliest: begins ?? EARLIEST, latest: ends ?? LATEST };
  const one = from === undefined ? EARLIEST : part(from, zone, role).earliest;
  const other = to === undefined ? LATEST : part(to, zone, role).latest;
  return { earliest: Math.min(one, other), latest: Math.max(one, other) };
};

/** `a/b`; `..` or no text for an end that is open or unknown: neither gives a bound. */
const interval = (text: string, zone: string, role: Role): Range => {
  const [from = '', to = '', ...more] = text.split('/');
  if (more.length > 0) return refuseEdtf(text);
  const closed = (end: string): string | undefined => (end === '' || end === '..' ? undefined : end);
  return between(closed(from), closed(to), zone, role, text);
};

const member = (text: string, at: number, count: number, zone: string, role: Role): Range => {
  const dots = text.indexOf('..');
  if (dots === -1) return part(text, zone, role);
  const from = text.slice(0, dots);
  const to = text.slice(dots + 2);
  const misplaced = (from === '' && at > 0) || (to === '' && at < count - 1);
  if (misplaced || (from === '' && to === '')) {
    throw new TimeError(
      'malformed',
      text,
      `${quoted(text)}: in a set, only the first date may have .. before it, and only the last one .. after it.`,
    );
  }
  return between(from === '' ? undefined : from, to === '' ? undefined : to, zone, role, text);
};

/** `[a,b..c]`: one of several dates (ISO 8601-2, EDTF level 2). The range goes from the first to the last of them. */
const oneOf = (text: string, zone: string, role: Role): Range => {
  if (!text.endsWith(']')) {
    throw new TimeError(
      'malformed',
      text,
      `${quoted(text)} is refused: the bracket is not closed; write [2025-10-29,2025-10-30].`,
    );
  }
  const members = text.slice(1, -1).split(',');
  let earliest = LATEST;
  let latest = EARLIEST;
  members.forEach((each, at) => {
    const range = member(each.trim(), at, members.length, zone, role);
    earliest = Math.min(earliest, range.earliest);
    latest = Math.max(latest, range.latest);
  });
  return { earliest, latest };
};

/**
 * The possible instants of a reported time in EDTF (ISO 8601-2, levels 0–2). Dates and clock times without an offset
 * are read in `zone`. A clock time is an exact instant; a date means any instant from its first to its last
 * millisecond.
 *
 * With the role `end`, a date means the instant at which it is over: "until 2025-11-30" is 1 December, 00:00
 * local. A vague end goes from the end of the first possible period to the end of the last.
 *
 * Open and unknown bounds become {@link EARLIEST} and {@link LATEST}. A range that goes past the years 0001–9999
 * is cut there. A clock time that comes twice, when clocks are put back, goes from the first to the second.
 *
 * Throws TimeError for any other text; `{a,b}` (all of several) is `unsupported`, since an event has one time.
 */
export const resolve = (edtf: string, zone: string, role: Role): Range => {
  if (edtf.charCodeAt(0) === 91) {
    assertZone(zone);
    return oneOf(edtf, zone, role);
  }
  if (!edtf.includes('/')) return single(edtf, zone, role);
  assertZone(zone);
  return interval(edtf, zone, role);
};
