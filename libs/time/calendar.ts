import type { Instant } from './instant.js';

/** A day, counted from 1970-01-01 in the proleptic Gregorian calendar (ISO 8601-1), without a zone. */
export type EpochDay = number;

export const MS_PER_DAY = 86_400_000;

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** `month` counts from 1. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2
    ? isLeap(year)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;

/** `February`; `month` counts from 1. */
export const monthOf = (month: number): string => MONTHS[month - 1]!;

/** `February 2025`. */
export const monthName = (year: number, month: number): string => `${monthOf(month)} ${year}`;

/**
 * The day of a date; `month` counts from 1. The computation lets years begin in March, so that the leap day is their last day; 719,468 days lie
 * between 0000-03-01 and 1970-01-01. The method is `days_from_civil` of Howard Hinnant (howardhinnant.github.io/date_algorithms.html).
 */
export const epochDay = (year: number, month: number, day: number): EpochDay => {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export interface CalendarDate {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
}

/** The inverse of {@link epochDay}: `civil_from_days` of the same author. */
export const calendarDate = (day: EpochDay): CalendarDate => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
};

/** The day in which an instant falls in UTC. */
export const utcDay = (instant: Instant): EpochDay => Math.floor(instant / MS_PER_DAY);
