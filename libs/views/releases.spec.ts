import { expect, it } from '@jest/globals';
import { releases } from './releases.js';
import { given, nth, vilnius, type Told } from './spec-support.js';

const made = (by: string, value: number, mediator?: string): Told => ({
  type: 'release.made',
  occurred: '2025-09-11T00:00',
  by,
  data: {
    release: 'september',
    by: 'by.government',
    released: { value },
    who: 'prisoners',
    ...(mediator !== undefined && { mediator }),
  },
});
const log = given(made('ap', 52, 'us'), made('viasna', 51));

it('a release has the figure of every claimant, never a sum', () => {
  expect(log.item(releases, '2025-09-12')).toMatchObject({
    by: ['by.government'],
    mediators: ['us'],
    claims: [
      {
        claimant: 'ap',
        count: { value: 52 },
        who: 'prisoners',
        at: vilnius('2025-09-11'),
        because: [nth(1)],
      },
      { claimant: 'viasna', count: { value: 51 }, because: [nth(2)] },
    ],
    range: { min: 51, max: 52 },
    because: [nth(1), nth(2)],
  });
});

it('a release is not listed before it happened', () => {
  expect(log.item(releases, '2025-09-10')).toBeUndefined();
});

it('a release is an entry of its own in a diff', () => {
  expect(log.diff('2025-09-10', '2025-09-12').map(({ aspect }) => aspect)).toEqual([
    `ledger/${nth(1)}`,
    `ledger/${nth(2)}`,
  ]);
});

it('releases are filtered by releasing actor, mediator and claimant', () => {
  const count = (filters: Record<string, string>) => log.list(releases, '2025-09-12', {}, filters).length;
  expect(count({ by: 'by.government', mediator: 'us', claimant: 'viasna' })).toBe(1);
  expect(count({ mediator: 'va' })).toBe(0);
});
