import { expect, it } from '@jest/globals';
import { estimates } from './estimates.js';
import { given, nth, vilnius, type Told } from './spec-support.js';

const published = (by: string, occurred: string, value: number): Told => ({
  type: 'estimate.published',
  occurred,
  by,
  standing: 'estimate',
  data: { estimate: 'imports', quantity: { value }, unit: '%', of: 'imports' },
});
const log = given(
  published('ru', '2022-07-11T00:00', 50),
  published('lt', '2022-07-12T00:00', 1),
  published('lt', '2022-07-20T00:00', 15),
);

it('an estimate has the latest figure of every claimant', () => {
  expect(log.item(estimates, '2022-07-21')).toMatchObject({
    of: 'imports',
    figures: [
      { claimant: 'lt', quantity: { value: 15 }, unit: '%', at: vilnius('2022-07-20'), because: [nth(3)] },
      { claimant: 'ru', quantity: { value: 50 }, because: [nth(1)] },
    ],
    because: [nth(3), nth(1)],
  });
});

it('an estimate changes by claimant', () => {
  expect(log.timeline(estimates, 'imports').map(({ value }) => (value as object[]).length)).toEqual([
    0, 1, 2, 2,
  ]);
  expect(log.diff('2022-07-13', '2022-07-21')).toMatchObject([
    { aspect: 'value/lt', before: { quantity: { value: 1 } }, after: { quantity: { value: 15 } } },
  ]);
});

it('estimates are filtered by claimant and unit', () => {
  expect(log.list(estimates, '2022-07-21', {}, { claimant: 'ru', unit: '%' })).toHaveLength(1);
  expect(log.list(estimates, '2022-07-21', {}, { claimant: 'us' })).toHaveLength(0);
});
