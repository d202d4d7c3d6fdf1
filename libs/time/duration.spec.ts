import { describe, expect, it } from '@jest/globals';
import { parseDuration } from './duration.js';

const HOUR = 3_600_000;

describe('a duration', () => {
  it.each([
    ['P7D', 168 * HOUR],
    ['P1W', 168 * HOUR],
    ['P1W1D', 192 * HOUR],
    ['PT36H', 36 * HOUR],
    ['P1DT1H1M1S', 25 * HOUR + 61_000],
    ['PT0S', 0],
  ])('%s has a length', (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  it.each(['', 'P', 'PT', 'P1DT', '7D', 'P-1D', 'P1.5D', 'P1D ', 'p7d', 'PT1D', 'P1H', '7'])(
    'is not %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow('is not a duration');
    },
  );

  it.each(['P1M', 'P1Y2D'])('has no years and months: %s', (text) => {
    expect(() => parseDuration(text)).toThrow('give it in days');
  });

  it('is shorter than 10,000 years', () => {
    expect(() => parseDuration(`P${'9'.repeat(400)}D`)).toThrow('over 10,000 years');
  });
});
