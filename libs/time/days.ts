import { Temporal } from 'temporal-polyfill';
import { calendarDate, epochDay, type EpochDay } from './calendar.js';
import { parseInstantOrDay } from './instant-or-day.js';
import { readDay } from './date-time-text.js';
import type { Instant } from './instant.js';
import { assertZone, localDay, zoneRules } from './zone.js';

export const STEPS = ['day', 'week', 'month'] as const;

/** How far apart the days of a series are. */
export type DayStep = (typeof STEPS)[number];

/** A date, and the last millisecond of that day in its zone. */
export interface DayEnd {
  readonly date: string;
  readonly end: Instant;
}

/**
 * The last day of each step from `from` to `to`, both included: each day, each Sunday (ISO 8601 weeks), or the last day of each month; and
 * at the end `to` itself. A day that the clocks of the zone skipped is left out. Undefined where there are more than `most`. Throws
 * TimeError for a date that does not exist.
 */
export function lastDays(
  { from, to, step }: { readonly from: string; readonly to: string; readonly step: DayStep },
  zone: string,
  most: number,
): DayEnd[] | undefined {
  for (const date of [from, to]) parseInstantOrDay(date, zone);
  const [first, last] = [readDay(from), readDay(to)];
  const ends: DayEnd[] = [];
  for (let day = first; day <= last; day += 1) {
    day = Math.min(lastOf(step, day), last);
    const { last: end, skipped } = localDay(zone, day);
    if (skipped) continue;
    if (ends.length === most) return undefined;
    ends.push({ date: dateText(day), end });
  }
  return ends;
}

/** The date that the clocks of the zone show at an instant. Throws TimeError `unknown-zone`. */
export function dateIn(zone: string, instant: Instant): string {
  assertZone(zone);
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zoneRules(zone));
  return local.toPlainDate().toString();
}

/** 1970-01-01 was a Thursday. */
const daysToSunday = (day: EpochDay): number => (((3 - day) % 7) + 7) % 7;

function lastOf(step: DayStep, day: EpochDay): EpochDay {
  if (step === 'day') return day;
  if (step === 'week') return day + daysToSunday(day);
  const { year, month } = calendarDate(day);
  return (month === 12 ? epochDay(year + 1, 1, 1) : epochDay(year, month + 1, 1)) - 1;
}

function dateText(day: EpochDay): string {
  const { year, month, day: ofMonth } = calendarDate(day);
  const digits = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(ofMonth, 2)}`;
}
