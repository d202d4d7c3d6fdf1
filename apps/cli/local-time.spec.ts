import { describe, expect, it } from '@jest/globals';
import { dayOf, localTimeIn } from './local-time.js';

const vilnius = localTimeIn('Europe/Vilnius');

describe('local time', () => {
  it('is the clock time of the zone', () => {
    expect(vilnius('2025-11-19T22:00:00.000Z')).toBe('2025-11-20 00:00');
    expect(vilnius('2025-10-25T09:30:30.000Z')).toBe('2025-10-25 12:30:30');
  });

  it('distinguishes the two equal hours of the night on which the clocks go back', () => {
    expect(vilnius('2025-10-26T00:00:00.000Z')).toBe('2025-10-26 03:00 (GMT+3)');
    expect(vilnius('2025-10-26T01:00:00.000Z')).toBe('2025-10-26 03:00 (GMT+2)');
    expect(vilnius('2025-10-26T02:00:00.000Z')).toBe('2025-10-26 04:00');
  });

  it('writes the last moment of a day as its end', () => {
    expect(vilnius('2025-11-05T21:59:59.999Z')).toBe('end of 2025-11-05');
  });

  it('of a vague instant is only as exact as the instant', () => {
    expect(vilnius('2025-10-27T21:59:59.999Z', '2025-10-26T22:00:00.000Z')).toBe('27 October 2025');
    expect(vilnius('2025-11-30T21:59:59.999Z', '2025-10-31T22:00:00.000Z')).toBe('November 2025');
    expect(vilnius('2025-11-25T21:59:59.999Z', '0001-01-01T00:00:00.000Z')).toBe('by 25 November 2025');
  });

  it('has words for the bounds of an open range', () => {
    expect(vilnius('0001-01-01T00:00:00.000Z')).toBe('ever');
    expect(vilnius('9999-12-31T23:59:59.999Z')).toBe('no end');
  });
});

describe('a day', () => {
  it('is enough for its first and last moment', () => {
    expect(dayOf('end of 2025-11-05')).toBe('2025-11-05');
    expect(dayOf('2025-11-05 00:00')).toBe('2025-11-05');
    expect(dayOf('2025-11-05 12:30')).toBe('2025-11-05 12:30');
  });
});
