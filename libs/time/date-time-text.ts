import { daysInMonth, epochDay, MS_PER_DAY, type EpochDay } from './calendar.js';

const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
};

const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/** ASCII codes. */
const [PLUS, DASH, DOT, COLON, LOWER_T, LOWER_Z] = [43, 45, 46, 58, 116, 122];
/** The bit that makes an ASCII letter lower-case. */
const LOWER = 32;

/** The day in the first ten characters, `YYYY-MM-DD`; NaN unless it is a day of the years 0001–9999. */
export const readDay = (text: string): EpochDay => {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return Number.NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
    ? epochDay(year, month, day)
    : Number.NaN;
};

/** A calendar day and a clock time, with the offset from UTC if the text gives one. */
export interface DateTime {
  readonly day: EpochDay;
  /** Milliseconds since local 00:00; below 86,400,000. */
  readonly clock: number;
  /** Milliseconds ahead of UTC; NaN where the text gives none. */
  readonly offset: number;
}

/** `Z`, `±hh:mm` or `±hh`, up to the end of the text; NaN for any other text. */
const readOffset = (text: string, at: number): number => {
  const sign = text.charCodeAt(at);
  if ((sign | LOWER) === LOWER_Z) return text.length === at + 1 ? 0 : Number.NaN;
  const hoursAlone = text.length === at + 3;
  if (!hoursAlone && (text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON)) return Number.NaN;
  const hours = twoDigits(text, at + 1);
  const minutes = hoursAlone ? 0 : twoDigits(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  const offset = (hours * 60 + minutes) * 60_000;
  return sign === PLUS ? offset : sign === DASH ? -offset : Number.NaN;
};

const afterDigits = (text: string, at: number): number => {
  let end = at;
  while (!Number.isNaN(digit(text, end))) end++;
  return end;
};

/** The first three decimals of the digits `from..to`; NaN if there are no digits. */
const thousandths = (text: string, from: number, to: number): number => {
  if (to === from) return Number.NaN;
  let value = 0;
  for (let at = from; at < from + 3; at++) value = value * 10 + (at < to ? digit(text, at) : 0);
  return value;
};

/**
 * `YYYY-MM-DDThh:mm[:ss[.fraction]][Z|±hh[:mm]]`: RFC 3339 §5.6, where the seconds and the minutes of the offset (EDTF
 * level 0) may be missing and 24:00 is the end of the day (ISO 8601-1). Digits of the fraction past the third are dropped. Undefined for anything else.
 */
export const readDateTime = (text: string): DateTime | undefined => {
  const day = readDay(text);
  if (Number.isNaN(day) || (text.charCodeAt(10) | LOWER) !== LOWER_T || text.charCodeAt(13) !== COLON)
    return undefined;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  let second = 0;
  let millisecond = 0;
  let at = 16;
  if (text.charCodeAt(at) === COLON) {
    second = twoDigits(text, 17);
    at = 19;
    if (text.charCodeAt(at) === DOT) {
      const from = at + 1;
      at = afterDigits(text, from);
      millisecond = thousandths(text, from, at);
    }
  }
  if (!(minute <= 59 && second <= 59)) return undefined; // also where a digit is missing: then the number is NaN
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  if (!(clock < MS_PER_DAY || (clock === MS_PER_DAY && hour === 24))) return undefined;
  const offset = at === text.length ? Number.NaN : readOffset(text, at);
  if (Number.isNaN(offset) && at !== text.length) return undefined;
  return hour === 24 ? { day: day + 1, clock: 0, offset } : { day, clock, offset };
};
