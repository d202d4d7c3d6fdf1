import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, lastDays, parseInstantOrDay, STEPS, type DayStep } from './index.js';

const datesOf = (from: string, to: string, step: DayStep, zone = 'Europe/Vilnius'): string[] =>
  lastDays({ from, to, step }, zone, 1000)!.map(({ date }) => date);

describe('the days of a series', () => {
  it('are all days from the first to the last, over a leap day', () => {
    expect(datesOf('2024-02-28', '2024-03-01', 'day')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(datesOf('2025-11-05', '2025-11-05', 'day')).toEqual(['2025-11-05']);
    expect(datesOf('2025-11-06', '2025-11-05', 'day')).toEqual([]);
  });

  it('are the Sundays for the step `week`, and the last day', () => {
    expect(datesOf('2025-10-29', '2025-11-11', 'week')).toEqual(['2025-11-02', '2025-11-09', '2025-11-11']);
  });

  it('are the last days of the months for the step `month`, and the last day', () => {
    expect(datesOf('2023-12-31', '2024-03-02', 'month')).toEqual([
      '2023-12-31',
      '2024-01-31',
      '2024-02-29',
      '2024-03-02',
    ]);
  });

  it('end when the day ends in the zone, also on the night the clocks change', () => {
    const ends = lastDays({ from: '2025-10-25', to: '2025-10-26', step: 'day' }, 'Europe/Vilnius', 9)!;
    expect(ends.map(({ end }) => formatInstant(end))).toEqual([
      '2025-10-25T20:59:59.999Z',
      '2025-10-26T21:59:59.999Z',
    ]);
  });

  it('leave out a day that the zone skipped', () => {
    expect(datesOf('2011-12-29', '2011-12-31', 'day', 'Pacific/Apia')).toEqual(['2011-12-29', '2011-12-31']);
  });

  it('are refused where there are too many, or a date does not exist', () => {
    expect(lastDays({ from: '2025-01-01', to: '2025-12-31', step: 'day' }, 'UTC', 364)).toBeUndefined();
    expect(() => datesOf('2025-02-30', '2025-12-31', 'day')).toThrow('2025-02-30');
  });

  it('are in order, each ends at the cut of its date, and the last day is the last date', () => {
    const date = fc
      .date({ min: new Date('2023-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    const zone = fc.constantFrom('Europe/Vilnius', 'America/New_York', 'UTC');
    fc.assert(
      fc.property(date, date, fc.constantFrom(...STEPS), zone, (a, b, step, zone) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const days = lastDays({ from, to, step }, zone, Infinity)!;
        expect(days.at(-1)!.date).toBe(to);
        for (const [n, { date, end }] of days.entries()) {
          expect(end).toBe(parseInstantOrDay(date, zone));
          expect(date >= from && (n === 0 || date > days[n - 1]!.date)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
