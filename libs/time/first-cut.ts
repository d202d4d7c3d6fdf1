import { Temporal } from 'temporal-polyfill';
import { EARLIEST, LATEST, type Instant, type Range } from './instant.js';
import { TimeError } from './time-error.js';

/** Whether a text tells when something began (or was), or, as `until`, when it ended. */
export type Role = 'start' | 'end';

export const formatInstant = (i: Instant): string => new Date(i).toISOString();

export const parseInstant = (text: string): Instant => {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new TimeError('malformed', text, `"${text}" is not an instant: write 2025-11-05T12:00:00Z.`);
  }
};

export const isZone = (zone: string): boolean => {
  try {
    assertZone(zone);
    return true;
  } catch {
    return false;
  }
};

export const assertZone = (zone: string): void => {
  try {
    if (/^[+-]/.test(zone)) throw new RangeError();
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new TimeError(
      'unknown-zone',
      zone,
      `"${zone}" is not a zone: write a name such as Europe/Vilnius.`,
    );
  }
};

const startOf = (day: Temporal.PlainDate, zone: string): Instant =>
  day.toZonedDateTime(zone).epochMilliseconds;

export const parseCut = (text: string, zone: string): Instant =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? resolve(text, zone, 'start').latest : parseInstant(text);

export const resolve = (edtf: string, zone: string, role: Role): Range => {
  const [from = '', to] = edtf.split('/');
  if (to !== undefined) {
    const earliest = from === '' || from === '..' ? EARLIEST : resolve(from, zone, role).earliest;
    const latest = to === '' || to === '..' ? LATEST : resolve(to, zone, role).latest;
    return { earliest, latest };
  }
  try {
    if (/[Z+]|T.*-/.test(edtf)) {
      const at = parseInstant(edtf);
      return { earliest: at, latest: at };
    }
    if (edtf.includes('T')) {
      const at = Temporal.PlainDateTime.from(edtf).toZonedDateTime(zone).epochMilliseconds;
      return { earliest: at, latest: at };
    }
    const plain = edtf.replace(/[~?%]/g, '');
    const [y = 0, m, d] = plain.split('-').map(Number);
    const first = Temporal.PlainDate.from({ year: y, month: m ?? 1, day: d ?? 1 }, { overflow: 'reject' });
    const next = first.add(d !== undefined ? { days: 1 } : m !== undefined ? { months: 1 } : { years: 1 });
    const end = startOf(next, zone);
    if (role === 'end') return { earliest: end, latest: end };
    return { earliest: startOf(first, zone), latest: end - 1 };
  } catch {
    throw new TimeError('malformed', edtf, `"${edtf}" is not an EDTF time.`);
  }
};
