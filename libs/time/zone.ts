import { Temporal } from 'temporal-polyfill';
import { calendarDate, MS_PER_DAY, type EpochDay } from './calendar.js';
import type { Instant, Range } from './instant.js';
import { quoted, TimeError } from './time-error.js';
import { formatInstant } from './instant-text.js';

/** A calendar day in a zone: all the instants at which the clocks there show that date. */
export interface LocalDay {
  /** The first instant of the day; 00:00, unless the clocks skip it. */
  readonly first: Instant;
  /** The last millisecond of the day. */
  readonly last: Instant;
  /** The day is 24 hours long and the clocks do not change in it: each of its clock times comes once. */
  readonly even: boolean;
  /** The clocks skipped the whole day (Samoa, 30 December 2011). It is then empty, and `last` is before `first`. */
  readonly skipped: boolean;
}

/** The most zones whose days are remembered. The memory stays true: the zone database does not change while the process runs. */
const MAX_ZONES = 64;
/** The most days remembered for a zone: enough for two series of 3,700 days, the longest that the API gives. */
const MAX_DAYS = 8192;
const daysByZone = new Map<string, Map<EpochDay, LocalDay>>();

/** The time from one change of the clocks to the next. `until` is the first instant after it. */
interface OffsetStretch {
  readonly from: Instant;
  readonly until: Instant;
  /** Milliseconds that the clocks are ahead of UTC. */
  readonly offset: number;
}

/** For each zone the stretch that was needed last: the next day is most often in the same stretch. */
const stretches = new Map<string, OffsetStretch>();

let nameOfRules = (zone: string): string => zone;

/** The name under which the machine's database has the rules of a zone: the zone itself, except in specs (`swapZoneRules`). Equal names mean equal rules. */
export const zoneRules = (zone: string): string => nameOfRules(zone);

/** For specs: gives zones the rules of others, as another version of the database may do. Without an argument they have their own again. */
export const swapZoneRules = (rules: (zone: string) => string = (zone) => zone): void => {
  nameOfRules = rules;
  daysByZone.clear();
  stretches.clear();
};

/** An IANA name, never an offset: an offset does not know when the clocks change. */
const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

const isKnown = (zone: string): boolean => {
  if (zone.length > 64 || !NAME.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    new Temporal.ZonedDateTime(0n, zoneRules(zone));
    return true;
  } catch {
    return false;
  }
};

const daysIn = (zone: string): Map<EpochDay, LocalDay> => {
  const days = daysByZone.get(zone);
  if (days !== undefined) return days;
  if (!isKnown(zone)) {
    const instead = /^(UTC|GMT)?[+-]?\d/.test(zone)
      ? 'an offset does not give the changes of the clocks; write the name of the zone, such as Europe/Vilnius.'
      : 'write a name of the IANA time-zone database, such as Europe/Vilnius or UTC.';
    throw new TimeError('unknown-zone', zone, `${quoted(zone)} is not a time zone: ${instead}`);
  }
  if (daysByZone.size >= MAX_ZONES) daysByZone.clear();
  const none = new Map<EpochDay, LocalDay>();
  daysByZone.set(zone, none);
  return none;
};

/** Throws TimeError `unknown-zone` unless {@link isZone}. */
export const assertZone = (zone: string): void => {
  daysIn(zone);
};

/** Whether this is a name in the IANA time zone database (RFC 6557) that this machine knows; `UTC` is one. */
export const isZone = (zone: string): boolean => daysByZone.has(zone) || isKnown(zone);

const plainDate = (day: EpochDay): Temporal.PlainDate => {
  const { year, month, day: ofMonth } = calendarDate(day);
  return new Temporal.PlainDate(year, month, ofMonth);
};

const plainDateTime = (day: EpochDay, clock: number): Temporal.PlainDateTime =>
  plainDate(day).toPlainDateTime().add({ milliseconds: clock });

/**
 * The instants at which the clocks of `zone` show a local time: one; two, where the clocks are put back over it. Where the clocks are put
 * forward over it, `exists` is false, and the instants come from the offsets on either side of the gap: the offset before it gives the
 * later instant, the offset after it the earlier.
 */
const occurrences = (zone: string, local: Temporal.PlainDateTime) => {
  const rules = zoneRules(zone);
  const earlier = local.toZonedDateTime(rules, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(rules, { disambiguation: 'later' });
  return { earlier, later, exists: later.toPlainDateTime().equals(local) };
};

const stretchAt = (zone: string, instant: Instant): OffsetStretch => {
  const known = stretches.get(zone);
  if (known !== undefined && known.from <= instant && instant < known.until) return known;
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zoneRules(zone));
  const stretch = {
    // A change at this very instant is not "previous" to it.
    from: at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    until: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: at.offsetNanoseconds / 1e6,
  };
  if (stretches.size >= MAX_ZONES) stretches.clear();
  stretches.set(zone, stretch);
  return stretch;
};

/**
 * Simple arithmetic where the clocks of the zone do not change from the day before to the day after: no change is longer than a day. Other days
 * come from the zone database, which is slow.
 */
const findDay = (zone: string, day: EpochDay): LocalDay => {
  const noon = day * MS_PER_DAY + MS_PER_DAY / 2;
  const { from, until, offset } = stretchAt(zone, noon);
  const first = day * MS_PER_DAY - offset;
  const last = first + MS_PER_DAY - 1;
  if (from <= first - MS_PER_DAY && last + MS_PER_DAY < until)
    return { first, last, even: true, skipped: false };
  return findDayInRules(zone, day);
};

const findDayInRules = (zone: string, day: EpochDay): LocalDay => {
  const rules = zoneRules(zone);
  const start = plainDate(day).toZonedDateTime(rules);
  const first = start.epochMilliseconds;
  const end = occurrences(zone, plainDateTime(day, MS_PER_DAY - 1));
  const last = end.exists
    ? end.later.epochMilliseconds
    : plainDate(day + 1).toZonedDateTime(rules).epochMilliseconds - 1;
  const change = start.getTimeZoneTransition('next');
  return {
    first,
    last,
    even: last - first === MS_PER_DAY - 1 && (change === null || change.epochMilliseconds > last),
    skipped: last < first,
  };
};

/** The day in the zone. Not clamped: at the edges of years 1 and 9999 it may reach outside. Throws `unknown-zone`. */
export const localDay = (zone: string, day: EpochDay): LocalDay => {
  const days = daysIn(zone);
  const known = days.get(day);
  if (known !== undefined) return known;
  const found = findDay(zone, day);
  if (days.size >= MAX_DAYS) days.clear();
  days.set(day, found);
  return found;
};

const offsetText = (milliseconds: number): string => {
  const minutes = Math.abs(milliseconds) / 60_000;
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${milliseconds < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
};

/** How to write an instant without ambiguity: the local time with its offset, or in UTC if the offset has seconds. */
const spelled = (text: string, local: number, instant: Instant): string => {
  const offset = local - instant;
  return offset % 60_000 === 0 ? `${text}${offsetText(offset)}` : formatInstant(instant);
};

const refuseSkippedTime = (zone: string, local: Temporal.PlainDateTime, text: string): never => {
  const { earlier, later } = occurrences(zone, local);
  const wall = local.toZonedDateTime('UTC').epochMilliseconds;
  const change = earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? later.epochMilliseconds;
  const clockAt = (offset: number) => new Date(change + offset).toISOString().slice(0, 16);
  const from = clockAt(wall - later.epochMilliseconds);
  const to = clockAt(wall - earlier.epochMilliseconds);
  const [one, other] = [later, earlier].map((reading) => spelled(text, wall, reading.epochMilliseconds));
  throw new TimeError(
    'skipped',
    text,
    `${quoted(text)} did not exist in ${zone}: the clocks went from ${from} directly to ${to}. ` +
      `Give the offset: ${one} or ${other}.`,
  );
};

/**
 * The possible instants of a local clock time: one; where the clocks are put back over it, from the first to the second.
 * Throws TimeError `skipped`, naming the gap, where they are put forward over it (cf. RFC 5545 §3.3.5); `unknown-zone`.
 */
export const localTime = (zone: string, day: EpochDay, clock: number, text: string): Range => {
  const { even, first } = localDay(zone, day);
  if (even) return { earliest: first + clock, latest: first + clock };
  const local = plainDateTime(day, clock);
  const { earlier, later, exists } = occurrences(zone, local);
  if (!exists) return refuseSkippedTime(zone, local, text);
  return { earliest: earlier.epochMilliseconds, latest: later.epochMilliseconds };
};

/** The local time with the zone's offset, as advice in a message. */
export const withOffset = (zone: string, day: EpochDay, clock: number, text: string): string => {
  const instant = occurrences(zone, plainDateTime(day, clock)).later.epochMilliseconds;
  return spelled(text, day * MS_PER_DAY + clock, instant);
};

/** Throws TimeError `skipped` where the clocks of the zone skipped the whole day. */
export const assertDayCame = (zone: string, day: EpochDay, text: string): void => {
  if (!localDay(zone, day).skipped) return;
  const instead = `${plainDate(day - 1).toString()} or ${plainDate(day + 1).toString()}`;
  throw new TimeError(
    'skipped',
    text,
    `${quoted(text)} did not exist in ${zone}: the clocks skipped that day. Write ${instead}.`,
  );
};
