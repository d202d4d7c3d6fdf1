import { describe, expect, it } from '@jest/globals';
import { finished } from '#runtime';
import { EARLIEST, LATEST } from '#time';
import { given, type Told } from '../spec-support.js';
import { boundsBetween, reportedBounds, validBounds, type BoundsOfEffects } from './clock-steps.js';

const REPORTS = 1_800;
/** The effects that may be read between two breaks. */
const MOST = 500;
const START = Date.UTC(2025, 0, 1);
const MINUTE = 60_000;

const minute = (n: number): string => `${new Date(START + n * MINUTE).toISOString().slice(0, 16)}Z`;
/** Reports about one crossing; always three of them start at the same instant. */
const told = Array.from({ length: REPORTS }, (_, n): Told => ({
  type: n % 2 ? 'crossing.closed' : 'crossing.reopened',
  occurred: minute(Math.floor(n / 3)),
  reportedAt: minute(10_000 + n),
  data: { crossing: 'x' },
}));

describe('a scan of a large cell', () => {
  const { due } = given(...told).reader;

  /** The instants, and the most effects that were read between two breaks. */
  function scanned(read: BoundsOfEffects) {
    let most = 0;
    let effects = 0;
    const computation = boundsBetween(
      () => due,
      EARLIEST,
      LATEST,
      (some) => {
        effects += some.length;
        most = Math.max(most, effects);
        return read(some);
      },
    );
    for (let next = computation.next(); ; next = computation.next()) {
      if (next.done === true) return { most, instants: [...next.value.instants] };
      effects = 0;
    }
  }

  it.each([
    ['valid', validBounds, Array.from({ length: REPORTS / 3 }, (_, n) => START + n * MINUTE)],
    ['reported', reportedBounds, Array.from({ length: REPORTS }, (_, n) => START + (10_000 + n) * MINUTE)],
  ])('reads it in parts, and finds all bounds on the %s axis', (_axis, read, expected) => {
    const { most, instants } = scanned(read);
    expect(most).toBe(MOST);
    expect(instants).toEqual(expect.arrayContaining(expected));
  });

  it('gives the first bounds where there are too many, and the next scan gives the next', () => {
    const all = scanned(validBounds).instants;
    const found: number[] = [];
    let scans = 0;
    for (let after = EARLIEST; after < LATEST; scans += 1) {
      const { instants, until } = finished(boundsBetween(() => due, after, LATEST, validBounds, 700));
      expect(instants.length).toBeLessThanOrEqual(700);
      found.push(...instants);
      after = until;
    }
    expect(scans).toBeGreaterThan(1);
    expect(found).toEqual(all);
  });
});
