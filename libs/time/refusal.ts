import { daysInMonth, monthName } from './calendar.js';
import { readDateTime, readDay } from './date-time-text.js';
import { quoted, TimeError, type TimeErrorCode } from './time-error.js';

/** A known mistake. */
interface Mistake {
  /** Matches texts that may have it. */
  readonly looks: RegExp;
  readonly code: TimeErrorCode;
  /** The advice, from the groups of `looks`; undefined where the text does not have the mistake. */
  readonly say: (...groups: string[]) => string | undefined;
}

const dayText = (year = '', month = '', day = '') =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** In order; the first mistake found is reported. */
const MISTAKES: readonly Mistake[] = [
  { looks: /^\s+\S|\S\s+$/, code: 'malformed', say: () => 'remove the space around it.' },
  {
    looks: /^(-[\dX]{2,}|0000(?!\d))/,
    code: 'out-of-range',
    say: () => 'a year must be from 0001 to 9999.',
  },
  {
    looks: /^Y-?\d|^[+-]?\d{5,}-|^\d{4}E\d/,
    code: 'out-of-range',
    say: () => 'write the year with four digits, from 0001 to 9999.',
  },
  {
    looks: /^\{/,
    code: 'unsupported',
    say: () =>
      'braces mean several dates, but an event has one. Write [a,b] if it was one of them, a/b if it was between them.',
  },
  { looks: /^\.\.([^.]+)$/, code: 'malformed', say: (rest) => `write an open start as ../${rest}.` },
  { looks: /^([^.]+)\.\.$/, code: 'malformed', say: (rest) => `write an open end as ${rest}/..` },
  {
    looks: /^([^.]+)\.\.([^.]+)$/,
    code: 'malformed',
    say: (from, to) => `write an interval as ${from}/${to}, and one day of several as [${from}..${to}].`,
  },
  { looks: /^T?\d\d:\d\d/i, code: 'malformed', say: () => 'write the day too, such as 2025-11-05T14:30.' },
  { looks: /^\d\d-\d\d$/, code: 'malformed', say: () => 'write the year too, such as 2025-11-05.' },
  {
    looks: /^(open|unknown)$/i,
    code: 'malformed',
    say: () => 'write an open end as .. and leave an unknown end empty.',
  },
  {
    looks: /^(\d{4})(\d\d)(\d\d)$/,
    code: 'malformed',
    say: (year, month, day) => `write ${dayText(year, month, day)}.`,
  },
  {
    looks: /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
    code: 'malformed',
    say: (year, month = '', day = '') =>
      month.length + day.length < 4 ? `write ${dayText(year, month, day)}.` : undefined,
  },
  { looks: /^(\d{4})-(\d)$/, code: 'malformed', say: (year, month) => `write ${year}-0${month}.` },
  {
    looks: /^(\d{4})[./](\d\d)[./](\d\d)$/,
    code: 'malformed',
    say: (year, month, day) => `write ${dayText(year, month, day)}.`,
  },
  {
    looks: /^\d{1,2}[./-]\d{1,2}[./-]\d{4}/,
    code: 'malformed',
    say: () => 'write the year first: YYYY-MM-DD.',
  },
  {
    looks: /^\d{4}-?W\d/i,
    code: 'unsupported',
    say: () => 'weeks are not EDTF; write the days, such as 2025-11-03/2025-11-09.',
  },
  {
    looks: /^\d{4}-\d{3}$/,
    code: 'unsupported',
    say: () => 'days of the year are not EDTF; write YYYY-MM-DD.',
  },
  {
    looks: /^\d{4}-(\d\d)(?!\d)/,
    code: 'no-such-date',
    say: (month) => (Number(month) < 1 || Number(month) > 12 ? `there is no month ${month}.` : undefined),
  },
  {
    looks: /^(\d{4})-(\d\d)-(\d\d)(?!\d)/,
    code: 'no-such-date',
    say: (year, month, day) => {
      const days = daysInMonth(Number(year), Number(month));
      return Number(day) < 1 || Number(day) > days
        ? `${monthName(Number(year), Number(month))} has ${days} days.`
        : undefined;
    },
  },
  {
    looks: /^(\d{4}-\d\d-\d\d)[ _](\d\d:.*)$/,
    code: 'malformed',
    say: (day, clock) => `write a T between the day and the clock time: ${day}T${clock}.`,
  },
  {
    looks: /T(2[4-9]|[3-9]\d)/i,
    code: 'no-such-time',
    say: (hour) => `there is no hour ${hour}; only 24:00 may end a day.`,
  },
  { looks: /T\d\d:([6-9]\d)/i, code: 'no-such-time', say: (minute) => `there is no minute ${minute}.` },
  {
    looks: /T\d\d:\d\d:60/i,
    code: 'no-such-time',
    say: () => 'there are no leap seconds; write second 59.',
  },
  { looks: /T\d\d:\d\d:([6-9]\d)/i, code: 'no-such-time', say: (second) => `there is no second ${second}.` },
  {
    looks: /^([^T]+T\d\d)([Z+-].*)?$/i,
    code: 'malformed',
    say: (hour, rest = '') => `write the minutes too: ${hour}:00${rest}.`,
  },
  {
    looks: /^(.*T.*)([+-]\d\d)(\d\d)$/i,
    code: 'malformed',
    say: (time, hours, minutes) => `write the offset as ${time}${hours}:${minutes}.`,
  },
  {
    looks: /T.*[+-](\d\d)(?::(\d\d))?$/i,
    code: 'malformed',
    say: (hours, minutes = '00') =>
      Number(hours) > 23 || Number(minutes) > 59 ? `there is no offset of ${hours}:${minutes}.` : undefined,
  },
  {
    looks: /T.*\[.*\]$/,
    code: 'malformed',
    say: () => 'leave out the zone in brackets; give it in `zone`.',
  },
  {
    looks: /T.*[~?%]|[~?%].*T/i,
    code: 'unsupported',
    say: () =>
      'EDTF has no ~ ? % on a clock time; write an interval, such as 2025-11-05T11:00/2025-11-05T13:00.',
  },
  {
    looks: /^\d[\dx-]*x[\dx-]*$/,
    code: 'malformed',
    say: () => 'write an unspecified digit as a capital X.',
  },
  { looks: /^\d[\du-]*u[\du-]*$/, code: 'malformed', say: () => 'write an unspecified digit as X.' },
  {
    looks: /[~?%]{2}/,
    code: 'malformed',
    say: () => 'write only %, which means both uncertain and approximate.',
  },
];

const mistakeIn = (text: string): TimeError | undefined => {
  if (text.trim() === '') {
    return new TimeError('malformed', text, 'The time is empty: write a day such as 2025-11-05.');
  }
  for (const { looks, code, say } of MISTAKES) {
    const found = looks.exec(text);
    const said = found === null ? undefined : say(...found.slice(1));
    if (said !== undefined) return new TimeError(code, text, `${quoted(text)} is refused: ${said}`);
  }
  return undefined;
};

/** For a part of an EDTF text that is no date, time, season, decade or century. Always throws. */
export const refuseEdtf = (text: string): never => {
  throw (
    mistakeIn(text) ??
    new TimeError(
      'malformed',
      text,
      `${quoted(text)} is not a time in EDTF (ISO 8601-2): write 2025, 2025-11, 2025-11-05, 2025-11-05T14:30, ` +
        '2025-11-05T14:30+02:00, or an interval 2025-11-05/2025-11-07.',
    )
  );
};

/** For a text that is no instant with an offset. `withOffset`: a local time with the offset that its zone has then. Always throws. */
export const refuseInstant = (text: string, withOffset?: string): never => {
  if (readDateTime(text) !== undefined) {
    const instead = withOffset ?? `${text}Z if it is UTC, or with its offset, such as ${text}+02:00`;
    throw new TimeError('missing-offset', text, `${quoted(text)} has no offset from UTC: write ${instead}.`);
  }
  if (text.length === 10 && !Number.isNaN(readDay(text))) {
    const instead = `${text}T00:00:00Z`;
    throw new TimeError(
      'missing-offset',
      text,
      `${quoted(text)} is a day, not an instant: write an instant, such as ${instead}.`,
    );
  }
  throw (
    mistakeIn(text) ??
    new TimeError(
      'malformed',
      text,
      `${quoted(text)} is not an instant (RFC 3339): write it like 2025-11-05T14:30:00Z or 2025-11-05T14:30:00+02:00.`,
    )
  );
};
