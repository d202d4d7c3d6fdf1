import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EARLIEST, formatInstant, LATEST, parseInstant, resolve, TimeError, type Role } from './index.js';
import { refusal } from './spec-support.js';
import { codePoint } from '../../test/support/code-point.js';

const VILNIUS = 'Europe/Vilnius';
const FIRST = '0001-01-01T00:00:00.000Z';
const LAST = '9999-12-31T23:59:59.999Z';

/** The resolved range as UTC clock times, without the seconds where the range covers whole minutes. */
const utc = (edtf: string, role: Role = 'start', zone = 'UTC'): string => {
  const { earliest, latest } = resolve(edtf, zone, role);
  const short = (i: number) =>
    formatInstant(i)
      .replace('T00:00:00.000Z', '')
      .replace(/:00\.000Z$/, 'Z');
  return `${short(earliest)} … ${short(latest).replace('T23:59:59.999Z', ' end')}`;
};

describe('a time that was or began', () => {
  it.each([
    ['2025-11-05', '2025-11-05 … 2025-11-05 end'],
    ['2025-11', '2025-11-01 … 2025-11-30 end'],
    ['2025', '2025-01-01 … 2025-12-31 end'],
    ['2024-02', '2024-02-01 … 2024-02-29 end'],
    ['202', '2020-01-01 … 2029-12-31 end'],
    ['20', '2000-01-01 … 2099-12-31 end'],
    ['1950S2', '1900-01-01 … 1999-12-31 end'],
    ['1950S4', '1950-01-01 … 1950-12-31 end'],
  ])('as %s is the whole period', (edtf, range) => {
    expect(utc(edtf)).toBe(range);
  });

  it.each([
    ['2025-10-24T21:30', '2025-10-24T18:30Z … 2025-10-24T18:30Z'],
    ['2025-10-24T21:30:15', '2025-10-24T18:30:15.000Z … 2025-10-24T18:30:15.000Z'],
    ['2025-10-24T21:30Z', '2025-10-24T21:30Z … 2025-10-24T21:30Z'],
    ['2025-10-24T21:30-05:00', '2025-10-25T02:30Z … 2025-10-25T02:30Z'],
    ['2025-11-05T24:00', '2025-11-05T22:00Z … 2025-11-05T22:00Z'],
    ['2025-11-05', '2025-11-04T22:00Z … 2025-11-05T21:59:59.999Z'],
    ['2025-10', '2025-09-30T21:00Z … 2025-10-31T21:59:59.999Z'],
    ['2025-10-26T03:00', '2025-10-26 … 2025-10-26T01:00Z'],
  ])('as %s is read in its zone unless it gives an offset', (edtf, range) => {
    expect(utc(edtf, 'start', VILNIUS)).toBe(range);
  });

  it.each([
    ['2025-11-05~', '2025-11-04 … 2025-11-06 end'],
    ['2025-11-05?', '2025-11-04 … 2025-11-06 end'],
    ['2025-11-05%', '2025-11-03 … 2025-11-07 end'],
    ['2025-11~', '2025-10-01 … 2025-12-31 end'],
    ['2025-01?', '2024-12-01 … 2025-02-28 end'],
    ['2025%', '2023-01-01 … 2027-12-31 end'],
    ['202~', '2010-01-01 … 2039-12-31 end'],
    ['20~', '1900-01-01 … 2199-12-31 end'],
    ['2025-21~', '2024-12-01 … 2025-08-31 end'],
    ['2025~-11-05', '2024-11-05 … 2026-11-05 end'],
    ['?2025-11', '2024-11-01 … 2026-11-30 end'],
    ['2025-11~-05', '2025-10-05 … 2025-12-05 end'],
    ['2025-?11-~05', '2025-10-04 … 2025-12-06 end'],
    ['2025-~03-31', '2025-02-28 … 2025-04-30 end'],
    ['2025-02-28~', '2025-02-27 … 2025-03-01 end'],
  ])('as %s is wider by units of the part with the mark', (edtf, range) => {
    expect(utc(edtf)).toBe(range);
  });

  it.each([
    ['2025-21', '2025-03-01 … 2025-05-31 end'],
    ['2025-22', '2025-06-01 … 2025-08-31 end'],
    ['2025-23', '2025-09-01 … 2025-11-30 end'],
    ['2025-24', '2025-12-01 … 2026-02-28 end'],
    ['2025-25', '2025-03-01 … 2025-05-31 end'],
    ['2025-28', '2025-12-01 … 2026-02-28 end'],
    ['2025-29', '2025-09-01 … 2025-11-30 end'],
    ['2025-32', '2026-06-01 … 2026-08-31 end'],
    ['2025-33', '2025-01-01 … 2025-03-31 end'],
    ['2025-36', '2025-10-01 … 2025-12-31 end'],
    ['2025-37', '2025-01-01 … 2025-04-30 end'],
    ['2025-39', '2025-09-01 … 2025-12-31 end'],
    ['2025-40', '2025-01-01 … 2025-06-30 end'],
    ['2025-41', '2025-07-01 … 2025-12-31 end'],
  ])('as %s is a part of the year', (edtf, range) => {
    expect(utc(edtf)).toBe(range);
  });

  it.each([
    ['2025-11-05/2025-11-07', '2025-11-05 … 2025-11-07 end'],
    ['2025-11-05/2025-12', '2025-11-05 … 2025-12-31 end'],
    ['2025-11/2025-11-05', '2025-11-01 … 2025-11-05 end'],
    ['2025-10-24T21:15/2025-10-24T21:45', '2025-10-24T21:15Z … 2025-10-24T21:45Z'],
    ['2025-10-24T21:15Z/2025-10-25', '2025-10-24T21:15Z … 2025-10-25 end'],
    ['2025-11~/2025-12-05?', '2025-10-01 … 2025-12-06 end'],
    ['2025-21/2025-22', '2025-03-01 … 2025-08-31 end'],
    ['../2025-11-30', '0001-01-01 … 2025-11-30 end'],
    ['/2025-11-30', '0001-01-01 … 2025-11-30 end'],
    ['2025-11-30/..', '2025-11-30 … 9999-12-31 end'],
    ['2025-11-30/', '2025-11-30 … 9999-12-31 end'],
    ['../..', '0001-01-01 … 9999-12-31 end'],
  ])('as %s is anywhere in the period', (edtf, range) => {
    expect(utc(edtf)).toBe(range);
  });

  it.each([
    ['[2025-10-29,2025-10-30]', '2025-10-29 … 2025-10-30 end'],
    ['[2025-10-30, 2025-10-29]', '2025-10-29 … 2025-10-30 end'],
    ['[2025-10-24T21:15,2025-10-29]', '2025-10-24T21:15Z … 2025-10-29 end'],
    ['[2025-11-05~,2025-12]', '2025-11-04 … 2025-12-31 end'],
    ['[..2022-07-04]', '0001-01-01 … 2022-07-04 end'],
    ['[2022-07-04..]', '2022-07-04 … 9999-12-31 end'],
    ['[2022-07-04..2022-07-06,2023]', '2022-07-04 … 2023-12-31 end'],
    ['[2025]', '2025-01-01 … 2025-12-31 end'],
  ])('as %s is one of the members of the set', (edtf, range) => {
    expect(utc(edtf)).toBe(range);
  });
});

describe('the end of something', () => {
  it.each([
    ['2025-11-30', '2025-11-30T22:00Z … 2025-11-30T22:00Z'],
    ['2025-11', '2025-11-30T22:00Z … 2025-11-30T22:00Z'],
    ['2025', '2025-12-31T22:00Z … 2025-12-31T22:00Z'],
    ['2025-24', '2026-02-28T22:00Z … 2026-02-28T22:00Z'],
    ['2025-11-30T12:00', '2025-11-30T10:00Z … 2025-11-30T10:00Z'],
    ['2025-10-25', '2025-10-25T21:00Z … 2025-10-25T21:00Z'],
    ['2025-10-26', '2025-10-26T22:00Z … 2025-10-26T22:00Z'],
    ['2025-10-26T03:30', '2025-10-26T00:30Z … 2025-10-26T01:30Z'],
  ])('as %s is the instant after it, in its zone', (edtf, range) => {
    expect(utc(edtf, 'end', VILNIUS)).toBe(range);
  });

  it.each([
    ['2025-11~', '2025-11-01 … 2026-01-01'],
    ['2025-11-05?', '2025-11-05 … 2025-11-07'],
    ['2025-11-05%', '2025-11-04 … 2025-11-08'],
    ['2025-11-05/2025-11-07', '2025-11-06 … 2025-11-08'],
    ['[2025-11-05,2025-12]', '2025-11-06 … 2026-01-01'],
    ['2025-11-XX', '2025-11-02 … 2025-12-01'],
    ['202X', '2021-01-01 … 2030-01-01'],
    ['2025-11/2025-11-05', '2025-11-06 … 2025-12-01'],
    ['../2025-11-30', '0001-01-01 … 2025-12-01'],
    ['2025-11-30/..', '2025-12-01 … 9999-12-31 end'],
  ])('as %s may be any end, from the first possible period to the last', (edtf, range) => {
    expect(utc(edtf, 'end')).toBe(range);
  });
});

describe('unspecified digits', () => {
  it('stand for any date that fits, as a check of every day shows', () => {
    const days = Array.from({ length: 40 * 366 }, (_, n) =>
      new Date(Date.UTC(1990, 0, 1 + n)).toISOString().slice(0, 10),
    );
    const masks = fc.tuple(
      fc.constantFrom(...days.filter((day) => day < '2020')),
      fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
      fc.constantFrom(4, 7, 10),
    );
    fc.assert(
      fc.property(masks, ([day, hidden, length]) => {
        // The century and the decade of a year stay, so that the days of 40 years are enough.
        const text = [...day]
          .map((character, at) => (character !== '-' && at > 2 && hidden[at] ? 'X' : character))
          .slice(0, length)
          .join('');
        const fits = days.filter((each) => [...text].every((c, at) => c === 'X' || c === each[at]));
        const { earliest, latest } = resolve(text, 'UTC', 'start');
        expect(earliest).toBe(parseInstant(`${fits[0]}T00:00Z`));
        expect(latest).toBe(parseInstant(`${fits.at(-1)}T24:00Z`) - 1);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['202X', '2020-01-01 … 2029-12-31 end'],
    ['20XX', '2000-01-01 … 2099-12-31 end'],
    ['XXXX', '0001-01-01 … 9999-12-31 end'],
    ['2022-XX', '2022-01-01 … 2022-12-31 end'],
    ['2022-1X', '2022-10-01 … 2022-12-31 end'],
    ['2022-11-3X', '2022-11-30 … 2022-11-30 end'],
    ['2022-XX-31', '2022-01-31 … 2022-12-31 end'],
    ['202X-02-29', '2020-02-29 … 2028-02-29 end'],
  ])('stand for any date that fits: %s', (edtf, range) => {
    expect(utc(edtf)).toBe(range);
  });

  it('may bound an interval', () => {
    expect(utc('2023-02-X9/2023-1X')).toBe('2023-02-09 … 2023-12-31 end');
  });

  it.each(['XXXX-02-30', '2025-02-3X', '20X1-02-29', 'XXXX-1X-3X/2025-04-31'])(
    'are refused where no date fits: %s',
    (edtf) => {
      expect(refusal(() => utc(edtf)).code).toBe('no-such-date');
    },
  );
});

describe('at the edges of the years 1 and 9999', () => {
  it.each([
    ['0001', 'Europe/Vilnius'],
    ['0001-01-01', 'Asia/Tokyo'],
    ['0001-01-01T00:00', 'Asia/Tokyo'],
    ['0001~', 'UTC'],
    ['00', 'UTC'],
  ])('%s in %s begins with the first of all instants', (edtf, zone) => {
    expect(resolve(edtf, zone, 'start').earliest).toBe(EARLIEST);
  });

  it.each([
    ['9999', 'America/New_York'],
    ['9999-12-31', 'UTC'],
    ['9999-12-31T23:30', 'America/New_York'],
    ['9999-12-31T24:00', 'UTC'],
    ['9999-12~', 'UTC'],
    ['9999-24', 'UTC'],
  ])('%s in %s ends with the last of all instants', (edtf, zone) => {
    expect(resolve(edtf, zone, 'start').latest).toBe(LATEST);
    expect(resolve(edtf, zone, 'end').latest).toBe(LATEST);
  });
});

describe('a refusal names the fault and the right form', () => {
  it.each([
    ['2025-02-30', 'no-such-date', 'February 2025 has 28 days'],
    ['2025-02-29~', 'no-such-date', 'February 2025 has 28 days'],
    ['2025-13', 'no-such-date', 'there is no month 13'],
    ['2025-00-10', 'no-such-date', 'there is no month 00'],
    ['2025-42', 'no-such-date', 'there is no month 42'],
    ['2025-11-05T25:00', 'no-such-time', 'there is no hour 25'],
    ['..2025-11-30', 'malformed', '../2025-11-30'],
    ['2025-11-30..', 'malformed', '2025-11-30/..'],
    ['2025-11-01..2025-11-30', 'malformed', '2025-11-01/2025-11-30'],
    ['2025-11-05/2025-11-01', 'end-before-start', 'write 2025-11-01/2025-11-05'],
    ['[2025-11-05..2025-11-01]', 'end-before-start', 'write 2025-11-01..2025-11-05'],
    ['{2025-11-05,2025-11-06}', 'unsupported', 'an event has one'],
    ['2025-11-05T12:00~', 'unsupported', 'write an interval'],
    ['2025-W45', 'unsupported', '2025-11-03/2025-11-09'],
    ['2025-309', 'unsupported', 'YYYY-MM-DD'],
    ['Y17E7', 'out-of-range', '0001 to 9999'],
    ['Y2025', 'out-of-range', 'four digits'],
    ['2025E2', 'out-of-range', 'four digits'],
    ['-0500', 'out-of-range', '0001 to 9999'],
    ['0000-01', 'out-of-range', '0001 to 9999'],
    ['2025-11-05 12:00', 'malformed', '2025-11-05T12:00'],
    ['2025-11-5', 'malformed', '2025-11-05'],
    ['20251105', 'malformed', '2025-11-05'],
    ['2025/11/05', 'malformed', '2025-11-05'],
    ['05.11.2025', 'malformed', 'the year first'],
    ['2025-11-05T12', 'malformed', '2025-11-05T12:00'],
    ['2025-11/open', 'malformed', 'write an open end as ..'],
    ['2025-11-05/07', 'malformed', 'write every date in full'],
    ['2025-11-05/25', 'malformed', 'write every date in full'],
    ['[202,2031]', 'malformed', '202X'],
    ['2025-10-24T21:15/21:45', 'malformed', 'the day too'],
    ['2025-11-05/11-07', 'malformed', 'the year too'],
    ['-21', 'out-of-range', '0001 to 9999'],
    ['-8025-11-05', 'out-of-range', '0001 to 9999'],
    ['199u', 'malformed', 'X'],
    ['[2025', 'malformed', 'not closed'],
    ['[2025,..2026]', 'malformed', 'only the first'],
    ['2025-11-05~?', 'malformed', 'write only %'],
    ['1/2/3/4', 'malformed', 'not a time in EDTF'],
    [' 2025', 'malformed', 'space'],
    ['', 'malformed', '2025-11-05'],
    ['soon', 'malformed', 'not a time in EDTF'],
  ])('%j: %s', (edtf, code, says) => {
    for (const role of ['start', 'end'] as const) {
      const error = refusal(() => resolve(edtf, VILNIUS, role));
      expect(error.code).toBe(code);
      expect(error.message).toContain(says);
      expect(edtf).toContain(error.text);
    }
  });

  it('does not repeat a long text in full', () => {
    expect(refusal(() => resolve('x'.repeat(100_000), VILNIUS, 'start')).message.length).toBeLessThan(400);
  });
});

describe('laws', () => {
  const pad = (n: number, length = 2) => String(n).padStart(length, '0');
  const year = fc.integer({ min: 1, max: 9999 }).map((n) => pad(n, 4));
  const month = fc.integer({ min: 1, max: 12 }).map((n) => pad(n));
  const day = fc.integer({ min: 1, max: 28 }).map((n) => pad(n));
  const dates = fc.oneof(
    year,
    fc.tuple(year, month).map((parts) => parts.join('-')),
    fc.tuple(year, month, day).map((parts) => parts.join('-')),
  );
  const roles = fc.constantFrom<Role>('start', 'end');
  const zones = fc.constantFrom('UTC', VILNIUS, 'Europe/Minsk', 'America/Sao_Paulo', 'Pacific/Auckland');

  it('every mark makes the range wider, and % makes it widest', () => {
    fc.assert(
      fc.property(dates, zones, roles, (date, zone, role) => {
        const [plain, about, unsure, both] = ['', '~', '?', '%'].map((mark) =>
          resolve(date + mark, zone, role),
        );
        if (plain === undefined || about === undefined || unsure === undefined || both === undefined)
          throw new Error();
        expect(about).toEqual(unsure);
        expect(about.earliest).toBeLessThan(plain.earliest + (plain.earliest === EARLIEST ? 1 : 0));
        expect(about.latest).toBeGreaterThan(
          plain.latest - (plain.latest >= LATEST - 86_400_000 ? 86_400_000 : 0),
        );
        expect(both.earliest).toBeLessThanOrEqual(about.earliest);
        expect(both.latest).toBeGreaterThanOrEqual(about.latest);
      }),
    );
  });

  it('a state that ends with a date ends when the next date begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), zones, (n, zone) => {
        const [one, next] = [n, n + 1].map((at) => new Date(at * 86_400_000).toISOString().slice(0, 10));
        if (one === undefined || next === undefined) throw new Error();
        const { earliest } = resolve(next, zone, 'start');
        expect(resolve(one, zone, 'end')).toEqual({ earliest, latest: earliest });
        expect(resolve(one, zone, 'start').latest).toBe(earliest - 1);
      }),
      { numRuns: 300 },
    );
  });

  it('an interval and a set of two dates in order have the same bounds', () => {
    fc.assert(
      fc.property(dates, dates, zones, roles, (one, other, zone, role) => {
        const [from, to] = [one, other].sort(
          (a, b) => resolve(a, zone, role).earliest - resolve(b, zone, role).earliest,
        );
        if (from === undefined || to === undefined) throw new Error();
        fc.pre(resolve(from, zone, role).latest <= resolve(to, zone, role).latest);
        fc.pre(resolve(from, zone, 'start').earliest <= resolve(to, zone, 'start').earliest);
        expect(resolve(`${from}/${to}`, zone, role)).toEqual(resolve(`[${to},${from}]`, zone, role));
      }),
    );
  });

  it('any string resolves to an ordered range or is refused with a TimeError', () => {
    const symbols = fc.string({ unit: fc.constantFrom(...'0123456789-/.:TZX~?%[]{},+ YSEW'), maxLength: 30 });
    const seeds = fc.constantFrom(
      '2025-11-05',
      '2025-11~',
      '[2025,2026-11..]',
      '../2025',
      '2025-10-26T03:30+02:00',
      '2025-24/..',
      '15XX-1X',
    );
    const mutated = fc
      .tuple(
        seeds,
        fc.nat(25),
        fc.nat(2),
        fc.string({ unit: fc.constantFrom(...'019-/.:TX~?%[],Z'), maxLength: 3 }),
      )
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    const anything = fc.oneof(symbols, mutated, mutated, fc.string({ unit: codePoint }));
    fc.assert(
      fc.property(anything, roles, zones, (text, role, zone) => {
        try {
          const { earliest, latest } = resolve(text, zone, role);
          expect(Number.isInteger(earliest) && Number.isInteger(latest)).toBe(true);
          expect(earliest).toBeLessThanOrEqual(latest);
          expect([formatInstant(earliest) >= FIRST, formatInstant(latest) <= LAST]).toEqual([true, true]);
        } catch (error) {
          expect(error).toBeInstanceOf(TimeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
