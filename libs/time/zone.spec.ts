import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  assertZone,
  formatInstant,
  isZone,
  parseInstantOrDay,
  resolve,
  type Instant,
  type Range,
} from './index.js';
import { refusal } from './spec-support.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const VILNIUS = 'Europe/Vilnius';

const shown = ({ earliest, latest }: Range): string[] => [formatInstant(earliest), formatInstant(latest)];

/** The oracle: reads the clocks of a zone from Intl, at every minute of the day and of its neighbours. */
const watchClocks = (zone: string, around: string): Map<string, Instant[]> => {
  const clock = new Intl.DateTimeFormat('sv', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const noon = Date.parse(`${around}T12:00:00Z`);
  const reach = 52 * 60 * MINUTE;
  const seen = new Map<string, Instant[]>();
  for (let at = noon - reach; at < noon + reach; at += MINUTE) {
    const local = clock.format(at).replace(' ', 'T');
    const before = seen.get(local);
    if (before === undefined) seen.set(local, [at]);
    else before.push(at);
  }
  return seen;
};

const daysAround = (date: string): string[] =>
  [-1, 0, 1].map((by) => Temporal.PlainDate.from(date).add({ days: by }).toString());

const CHANGES: readonly (readonly [zone: string, day: string, what: string])[] = [
  [VILNIUS, '2025-10-26', 'clocks put back at 04:00'],
  [VILNIUS, '2025-03-30', 'clocks put forward at 03:00'],
  ['Europe/Minsk', '2025-10-26', 'no change'],
  ['Europe/Minsk', '2011-03-27', 'permanent summer time'],
  ['Europe/Kaliningrad', '2014-10-26', 'a change of the standard time'],
  ['Europe/Warsaw', '2025-03-30', 'clocks put forward at 02:00'],
  ['Europe/Helsinki', '2025-10-26', 'clocks put back at 04:00'],
  ['America/Sao_Paulo', '2017-10-15', 'midnight skipped'],
  ['America/Sao_Paulo', '2018-02-18', 'clocks put back at midnight'],
  ['Asia/Beirut', '2025-03-30', 'midnight skipped'],
  ['Asia/Beirut', '2025-10-26', 'clocks put back at midnight'],
  ['America/Havana', '2024-11-03', 'midnight comes twice'],
  ['America/St_Johns', '2010-11-07', 'the day before comes back for an hour'],
  ['Australia/Lord_Howe', '2025-04-06', 'half an hour'],
  ['Pacific/Apia', '2011-12-30', 'a day skipped'],
  ['Asia/Kathmandu', '1985-12-31', 'a quarter of an hour'],
];

describe('days and clock times agree with the clocks of the zone, minute by minute', () => {
  it.each(CHANGES)('%s around %s: %s', (zone, change) => {
    const seen = watchClocks(zone, change);
    for (const day of daysAround(change)) {
      const instants = [...seen].filter(([local]) => local.startsWith(day)).flatMap(([, at]) => at);
      if (instants.length === 0) {
        expect(refusal(() => resolve(day, zone, 'start')).code).toBe('skipped');
        expect(refusal(() => parseInstantOrDay(day, zone)).code).toBe('skipped');
        continue;
      }
      const first = Math.min(...instants);
      const last = Math.max(...instants) + MINUTE - 1;
      expect(resolve(day, zone, 'start')).toEqual({ earliest: first, latest: last });
      expect(resolve(day, zone, 'end')).toEqual({ earliest: last + 1, latest: last + 1 });
      expect(parseInstantOrDay(day, zone)).toBe(last);
      for (let minute = 0; minute < 24 * 60; minute += minute % 30 === 29 ? 1 : 7) {
        const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const local = `${day}T${clock}`;
        const at = seen.get(local);
        if (at === undefined) expect(refusal(() => resolve(local, zone, 'start')).code).toBe('skipped');
        else expect(resolve(local, zone, 'start')).toEqual({ earliest: at[0], latest: at.at(-1) });
      }
    }
  });

  it('agrees with Temporal on any day and clock time in any zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const moments = fc
      .integer({ min: Date.UTC(1850, 0) / MINUTE, max: Date.UTC(2100, 0) / MINUTE })
      .map((n) => n * MINUTE);
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const local = new Date(moment).toISOString().slice(0, 16);
        const plain = Temporal.PlainDateTime.from(local);
        const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
        const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
        if (later.toPlainDateTime().equals(plain)) {
          expect(resolve(local, zone, 'start')).toEqual({
            earliest: earlier.epochMilliseconds,
            latest: later.epochMilliseconds,
          });
        } else {
          expect(refusal(() => resolve(local, zone, 'start')).code).toBe('skipped');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same answer for a remembered day as the first time', () => {
    const first = resolve('2025-03-30T05:00', VILNIUS, 'start');
    for (let n = 0; n < 5000; n++) parseInstantOrDay(new Date(n * DAY).toISOString().slice(0, 10), VILNIUS);
    expect(resolve('2025-03-30T05:00', VILNIUS, 'start')).toEqual(first);
  });
});

describe('the nights on which Vilnius changes its clocks', () => {
  it('reads 03:30 on 26 October 2025 as either of two instants', () => {
    expect(shown(resolve('2025-10-26T03:30', VILNIUS, 'start'))).toEqual([
      '2025-10-26T00:30:00.000Z',
      '2025-10-26T01:30:00.000Z',
    ]);
  });

  it('reads 02:59 and 04:00 of that night as one instant each', () => {
    expect(shown(resolve('2025-10-26T02:59', VILNIUS, 'start'))).toEqual(
      Array(2).fill('2025-10-25T23:59:00.000Z'),
    );
    expect(shown(resolve('2025-10-26T04:00', VILNIUS, 'start'))).toEqual(
      Array(2).fill('2025-10-26T02:00:00.000Z'),
    );
  });

  it('uses an offset that is given', () => {
    expect(shown(resolve('2025-10-26T03:30+02:00', VILNIUS, 'start'))).toEqual(
      Array(2).fill('2025-10-26T01:30:00.000Z'),
    );
  });

  it('gives 26 October 25 hours and 30 March 23', () => {
    const hours = (day: string) => {
      const { earliest, latest } = resolve(day, VILNIUS, 'start');
      return (latest + 1 - earliest) / 3_600_000;
    };
    expect([hours('2025-10-26'), hours('2025-03-30'), hours('2025-03-31')]).toEqual([25, 23, 24]);
  });

  it('refuses 03:30 on 30 March 2025, names the gap and the possible offsets', () => {
    const { code, message } = refusal(() => resolve('2025-03-30T03:30', VILNIUS, 'start'));
    expect(code).toBe('skipped');
    expect(message).toBe(
      '"2025-03-30T03:30" did not exist in Europe/Vilnius: the clocks went from 2025-03-30T03:00 directly to ' +
        '2025-03-30T04:00. Give the offset: 2025-03-30T03:30+02:00 or 2025-03-30T03:30+03:00.',
    );
  });
});

describe('a day whose midnight is skipped', () => {
  it('begins at its first instant', () => {
    expect(shown(resolve('2017-10-15', 'America/Sao_Paulo', 'start'))).toEqual([
      '2017-10-15T03:00:00.000Z',
      '2017-10-16T01:59:59.999Z',
    ]);
  });

  it('is refused if the whole day is skipped, and the neighbouring days are suggested', () => {
    const { message } = refusal(() => resolve('2011-12-30', 'Pacific/Apia', 'start'));
    expect(message).toContain('Write 2011-12-29 or 2011-12-31.');
  });

  it('does not affect the month around it', () => {
    expect(shown(resolve('2011-12', 'Pacific/Apia', 'start'))).toEqual([
      '2011-12-01T10:00:00.000Z',
      '2011-12-31T09:59:59.999Z',
    ]);
  });
});

describe('zones', () => {
  it.each([
    'Europe/Vilnius',
    'Europe/Minsk',
    'UTC',
    'Europe/Kyiv',
    'Europe/Kiev',
    'Etc/GMT+3',
    'America/Argentina/Ushuaia',
  ])('knows %s', (zone) => {
    expect(isZone(zone)).toBe(true);
    expect(() => assertZone(zone)).not.toThrow();
  });

  it.each([
    '',
    '+02:00',
    '-03',
    'UTC+2',
    'GMT+2',
    'Europe/Vilna',
    'Vilnius',
    'Europe/Vilnius ',
    '../etc/passwd',
    '__proto__',
    'a'.repeat(10_000),
  ])('refuses %j', (zone) => {
    expect(isZone(zone)).toBe(false);
    expect(refusal(() => assertZone(zone)).code).toBe('unknown-zone');
    expect(refusal(() => resolve('2025-11-05', zone, 'start')).code).toBe('unknown-zone');
    expect(refusal(() => resolve('2025-11-05T12:00Z', zone, 'start')).code).toBe('unknown-zone');
    expect(refusal(() => parseInstantOrDay('2025-11-05T12:00Z', zone)).code).toBe('unknown-zone');
  });

  it('knows every zone that this Node lists', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });

  it('says why an offset is not a zone', () => {
    expect(refusal(() => assertZone('+02:00')).message).toContain('does not give the changes of the clocks');
  });
});
