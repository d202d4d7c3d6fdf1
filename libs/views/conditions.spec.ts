import { expect, it } from '@jest/globals';
import { conditions } from './conditions.js';
import { given, nth, type Told } from './spec-support.js';

const set: Told = {
  type: 'crossing.conditions-set',
  occurred: '2025-11-11T00:00',
  standing: 'plan',
  data: {
    condition: 'reopening',
    crossings: ['medininkai'],
    by: 'lt.government',
    to: 'by.government',
    requirements: [
      { id: 'balloons', text: 'the balloons stop' },
      { id: 'trucks', text: 'the trucks come home' },
    ],
    promises: 'the crossing reopens',
  },
};
const settled: Told = {
  type: 'crossing.conditions-settled',
  occurred: '2025-11-20T00:00',
  data: { condition: 'reopening', outcome: 'abandoned', requirements: [{ id: 'trucks', outcome: 'unmet' }] },
};

it('a condition is pending with all its demands and promises', () => {
  expect(given(set).item(conditions, '2025-11-12')).toMatchObject({
    by: 'lt.government',
    to: 'by.government',
    crossings: ['medininkai'],
    promises: 'the crossing reopens',
    requirements: [{ id: 'balloons' }, { id: 'trucks', text: 'the trucks come home' }],
    status: 'pending',
    claimed: true,
    because: [nth(1)],
  });
});

it('a settled condition keeps its demands, with the outcome of each point', () => {
  expect(given(set, settled).item(conditions, '2025-11-21')).toMatchObject({
    status: 'abandoned',
    by: 'lt.government',
    requirements: [
      { id: 'balloons', text: 'the balloons stop' },
      { id: 'trucks', text: 'the trucks come home', outcome: 'unmet' },
    ],
    because: [nth(2), nth(1)],
  });
});

it('a diff has the changed status of a condition and of its points', () => {
  expect(
    given(set, settled)
      .diff('2025-11-12', '2025-11-21')
      .map(({ aspect, after }) => ({ aspect, after })),
  ).toEqual([
    { aspect: 'next', after: undefined },
    { aspect: 'requirement/trucks', after: { outcome: 'unmet' } },
    { aspect: 'status', after: { status: 'abandoned' } },
  ]);
});

it('conditions are filtered by status, by either actor and by crossing', () => {
  const count = (filters: Record<string, string>) =>
    given(set).list(conditions, '2025-11-12', {}, filters).length;
  expect(count({ status: 'pending', by: 'lt.government', to: 'by.government', crossing: 'medininkai' })).toBe(
    1,
  );
  expect(count({ crossing: 'salcininkai' })).toBe(0);
});
