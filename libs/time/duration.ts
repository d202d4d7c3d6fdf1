import { quoted, TimeError } from './time-error.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FORM = /^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * The milliseconds of a duration (ISO 8601-1:2019 §5.5.2) in weeks, days, hours, minutes and whole seconds, such as `P7D` or `PT36H`; a day is 24 hours. Years
 * and months have no length of their own. Throws TimeError: `malformed`, `unsupported`, `out-of-range`.
 */
export function parseDuration(text: string): number {
  if (/^P\d+[YM]/.test(text))
    throw new TimeError(
      'unsupported',
      text,
      `${quoted(text)} has years or months: give it in days, such as P30D.`,
    );
  const found = FORM.exec(text);
  if (!found)
    throw new TimeError('malformed', text, `${quoted(text)} is not a duration, such as P7D or PT36H.`);
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((digits) => Number(digits ?? 0));
  const length = weeks! * 7 * DAY + days! * DAY + hours! * HOUR + minutes! * MINUTE + seconds! * SECOND;
  if (length > MOST) throw new TimeError('out-of-range', text, `${quoted(text)} is over 10,000 years.`);
  return length;
}

const MOST = 3_652_500 * DAY;
