import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EARLIEST, LATEST, precisionOf, rangeInWords, resolve } from './index.js';

const inVilnius = (edtf: string): string =>
  rangeInWords(resolve(edtf, 'Europe/Vilnius', 'start'), 'Europe/Vilnius');

it.each([
  ['2025-10-27', '27 October 2025'],
  ['2025-10-29/2025-10-30', '29–30 October 2025'],
  ['2025-10-29/2025-11-02', '29 October – 2 November 2025'],
  ['2025-12-30/2026-01-02', '30 December 2025 – 2 January 2026'],
  ['2025-11', 'November 2025'],
  ['2025-10/2025-11', 'October–November 2025'],
  ['2025-12/2026-01', 'December 2025 – January 2026'],
  ['2024-02', 'February 2024'],
  ['2025', '2025'],
  ['2025/2026', '2025–2026'],
  ['202X', '2020–2029'],
  ['../2025-11-25', 'by 25 November 2025'],
  ['../2025-11-25T10:00', 'by 25 November 2025, 10:00'],
  ['2025-11-25/..', '25 November 2025 or later'],
  ['../..', 'any time'],
  ['2025-10-27T10:00', '27 October 2025, 10:00'],
  ['2025-10-27T10:00:30', '27 October 2025, 10:00:30'],
  ['2025-10-27T10:00/2025-10-27T14:00', '27 October 2025, 10:00–14:00'],
  ['2025-10-27T10:00/2025-10-28T14:00', '27 October 2025, 10:00 – 28 October 2025, 14:00'],
  ['2025-10-26T03:00', '26 October 2025, 03:00 (+03:00 or +02:00)'],
])('%s is written as "%s"', (edtf, words) => {
  expect(inVilnius(edtf)).toBe(words);
});

it.each([
  ['2025-10-27T10:00', 'instant'],
  ['2025-10-27', 'day'],
  ['2025-02', 'month'],
  ['2025', 'year'],
  ['2025-10-27~', 'range'],
  ['2025-10/2025-11', 'range'],
  ['202X', 'range'],
  ['../2025-11-25', 'open'],
  ['2025-11-25/..', 'open'],
] as const)('%s is as exact as its %s', (edtf, precision) => {
  const range = resolve(edtf, 'Europe/Vilnius', 'start');
  expect(precisionOf(range, 'Europe/Vilnius')).toBe(precision);
});

it('a day of another zone is written with its hours in this zone', () => {
  const inWarsaw = resolve('2025-07-01', 'Europe/Warsaw', 'start');
  expect(rangeInWords(inWarsaw, 'Europe/Vilnius')).toBe('1 July 2025, 01:00 – 2 July 2025, 01:00');
});

it('a vague end is given by its two midnights', () => {
  const end = resolve('2025-11-29/2025-11-30', 'Europe/Vilnius', 'end');
  expect(rangeInWords(end, 'Europe/Vilnius')).toBe('30 November 2025, 00:00 – 1 December 2025, 00:00');
});

it('every range has words, and never an instant before midnight to the millisecond', () => {
  const instant = fc.integer({ min: EARLIEST, max: LATEST });
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      const words = rangeInWords({ earliest: Math.min(a, b), latest: Math.max(a, b) }, 'Europe/Vilnius');
      expect(words).not.toBe('');
    }),
  );
  expect(rangeInWords({ earliest: EARLIEST, latest: LATEST }, 'America/New_York')).toBe('any time');
  expect(rangeInWords({ earliest: EARLIEST, latest: EARLIEST + 1 }, 'Pacific/Kiritimati')).toContain('by');
});
