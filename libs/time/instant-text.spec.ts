import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EARLIEST, formatInstant, LATEST, parseInstantOrDay, parseInstant, TimeError } from './index.js';
import { refusal } from './spec-support.js';
import { codePoint } from '../../test/support/code-point.js';

const instants = fc.integer({ min: EARLIEST, max: LATEST });

describe('formatInstant', () => {
  it('writes the same text as Date.toISOString', () => {
    fc.assert(
      fc.property(instants, (i) => expect(formatInstant(i)).toBe(new Date(i).toISOString())),
      { numRuns: 2000 },
    );
  });

  it('writes neighbouring instants correctly, across midnight, month, year and leap day', () => {
    for (const at of ['2025-01-01', '2024-02-29', '2024-03-01', '1970-01-01', '1900-03-01', '2000-02-29']) {
      const midnight = Date.parse(`${at}T00:00:00Z`);
      for (const i of [midnight - 1, midnight, midnight + 1])
        expect(formatInstant(i)).toBe(new Date(i).toISOString());
    }
  });

  it('writes the edges with four-digit years', () => {
    expect([formatInstant(EARLIEST), formatInstant(LATEST)]).toEqual([
      '0001-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ]);
  });

  it.each([Number.NaN, Infinity, EARLIEST - 1, LATEST + 1, 0.5])('refuses %d', (i) => {
    expect(refusal(() => formatInstant(i)).code).toBe('out-of-range');
  });
});

describe('parseInstant', () => {
  it('reads the texts of formatInstant', () => {
    fc.assert(
      fc.property(instants, (i) => expect(parseInstant(formatInstant(i))).toBe(i)),
      { numRuns: 2000 },
    );
  });

  it('reads an instant with an offset as Date.parse does', () => {
    const offsets = fc.tuple(
      fc.constantFrom('+', '-'),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: EARLIEST + 2 * 86_400_000, max: LATEST - 2 * 86_400_000 }),
        offsets,
        (i, [sign, h, m]) => {
          const offset = `${sign}${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
          const text = `${new Date(i).toISOString().slice(0, -1)}${offset}`;
          expect(parseInstant(text)).toBe(Date.parse(text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['2025-11-05T12:00Z', '2025-11-05T12:00:00.000Z'],
    ['2025-11-05t12:00:00z', '2025-11-05T12:00:00.000Z'],
    ['2025-11-05T12:00:00.5+02:00', '2025-11-05T10:00:00.500Z'],
    ['2025-11-05T12:00:00+02', '2025-11-05T10:00:00.000Z'],
    ['2025-11-05T12:00-05', '2025-11-05T17:00:00.000Z'],
    ['2025-11-05T12:00:00.123999Z', '2025-11-05T12:00:00.123Z'],
    ['2025-11-05T12:00:00-00:00', '2025-11-05T12:00:00.000Z'],
    ['2025-12-31T24:00Z', '2026-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00+05:45', '2024-02-28T18:15:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('reads %s', (text, instant) => {
    expect(formatInstant(parseInstant(text))).toBe(instant);
  });

  it.each([
    ['2025-11-05T12:00:00', 'missing-offset', '2025-11-05T12:00:00Z if it is UTC'],
    ['2025-11-05', 'missing-offset', '2025-11-05T00:00:00Z'],
    ['2025-02-29T12:00:00Z', 'no-such-date', 'February 2025 has 28 days'],
    ['1900-02-29T12:00:00Z', 'no-such-date', 'February 1900 has 28 days'],
    ['2024-02-30T12:00:00Z', 'no-such-date', 'February 2024 has 29 days'],
    ['2025-11-31T12:00:00Z', 'no-such-date', 'November 2025 has 30 days'],
    ['2025-13-01T12:00:00Z', 'no-such-date', 'no month 13'],
    ['2025-11-05T24:01Z', 'no-such-time', 'no hour 24'],
    ['2025-11-05T12:61Z', 'no-such-time', 'no minute 61'],
    ['2016-12-31T23:59:60Z', 'no-such-time', 'there are no leap seconds'],
    ['2025-11-05T12:00:00+0200', 'malformed', '2025-11-05T12:00:00+02:00'],
    ['2025-11-05T12:00:00+24:00', 'malformed', 'no offset of 24:00'],
    ['2025-11-05T12:00:00+24', 'malformed', 'no offset of 24:00'],
    ['2025-11-05 12:00:00Z', 'malformed', '2025-11-05T12:00:00Z'],
    ['0000-01-01T00:00:00Z', 'out-of-range', '0001 to 9999'],
    ['-0001-01-01T00:00:00Z', 'out-of-range', '0001 to 9999'],
    ['+12025-01-01T00:00:00Z', 'out-of-range', '0001 to 9999'],
    ['0001-01-01T00:00:00+02:00', 'out-of-range', '0001 to 9999'],
    ['9999-12-31T23:00:00-02:00', 'out-of-range', '0001 to 9999'],
    ['2025-11-05T12:00:00.Z', 'malformed', 'not an instant'],
    ['2025-11-05T12:00:00Z[UTC]', 'malformed', 'brackets'],
    ['yesterday', 'malformed', 'not an instant'],
    ['', 'malformed', 'The time is empty'],
  ])('refuses %j as %s', (text, code, says) => {
    const error = refusal(() => parseInstant(text));
    expect(error).toMatchObject({ name: 'TimeError', code, text });
    expect(error.message).toContain(says);
  });

  it('reads any string or refuses it with a TimeError', () => {
    const almost = fc.string({ unit: fc.constantFrom(...'0123456789-:.TZ+ '), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(almost, fc.string({ unit: codePoint })), (text) => {
        try {
          expect(Number.isInteger(parseInstant(text))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(TimeError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('parseInstantOrDay', () => {
  it('reads a day as its last millisecond in the zone', () => {
    expect(formatInstant(parseInstantOrDay('2025-11-05', 'Europe/Vilnius'))).toBe('2025-11-05T21:59:59.999Z');
    expect(formatInstant(parseInstantOrDay('2025-11-05', 'UTC'))).toBe('2025-11-05T23:59:59.999Z');
    expect(formatInstant(parseInstantOrDay('2025-10-26', 'Europe/Vilnius'))).toBe('2025-10-26T21:59:59.999Z');
  });

  it('reads an instant as itself, in any zone', () => {
    expect(parseInstantOrDay('2025-11-05T12:00:00Z', 'Europe/Vilnius')).toBe(
      parseInstant('2025-11-05T12:00:00Z'),
    );
  });

  it('stops at the edges of the years 1 and 9999', () => {
    expect(parseInstantOrDay('9999-12-31', 'America/New_York')).toBe(LATEST);
    expect(parseInstantOrDay('0001-01-01', 'UTC')).toBe(EARLIEST + 86_399_999);
  });

  it('says how to write a local time as an instant', () => {
    const error = refusal(() => parseInstantOrDay('2025-07-05T12:00', 'Europe/Vilnius'));
    expect(error.code).toBe('missing-offset');
    expect(error.message).toContain('write 2025-07-05T12:00+03:00.');
  });

  it.each([
    ['2025-02-30', 'no-such-date'],
    ['2025-11', 'malformed'],
    ['2025-11-05~', 'malformed'],
    ['0000-01-01', 'out-of-range'],
    ['10000-01-01', 'out-of-range'],
    ['now', 'malformed'],
  ])('refuses %s as %s', (text, code) => {
    expect(refusal(() => parseInstantOrDay(text, 'Europe/Vilnius')).code).toBe(code);
  });
});
