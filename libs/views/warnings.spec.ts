import { describe, expect, it } from '@jest/globals';
import { given, nth, vilnius, type Told } from './spec-support.js';
import { warnings } from './warnings.js';

const issued = (deadline?: unknown): Told => ({
  type: 'warning.issued',
  occurred: '2022-07-08T00:00',
  data: {
    warning: 'w',
    issuer: 'ru.government',
    addressees: ['lt', 'eu'],
    demand: 'let the goods through',
    threat: 'harsh measures',
    ...(deadline !== undefined && { deadline }),
  },
});
const resolved: Told = {
  type: 'warning.resolved',
  occurred: '2022-07-22T00:00',
  data: { warning: 'w', outcome: 'met' },
};

describe('a warning without a deadline', () => {
  it('stays pending', () => {
    expect(given(issued()).item(warnings, '2024-01-01')).toMatchObject({
      issuer: 'ru.government',
      addressees: ['lt', 'eu'],
      demand: 'let the goods through',
      threat: 'harsh measures',
      issuedAt: vilnius('2022-07-08'),
      status: 'pending',
      because: [nth(1)],
    });
  });

  it('keeps the words of a deadline that give no time', () => {
    const item = given(issued({ text: 'within the coming days' })).item(warnings, '2022-07-12');
    expect(item).toMatchObject({ status: 'pending', deadlineText: 'within the coming days' });
    expect(item).not.toHaveProperty('deadline');
  });
});

describe('a warning with a deadline', () => {
  it('lapses at the deadline', () => {
    const log = given(issued('2022-07-20'));
    expect(log.item(warnings, '2022-07-12')).toMatchObject({
      status: 'pending',
      deadline: vilnius('2022-07-21'),
      next: { at: vilnius('2022-07-21'), status: 'lapsed', certain: true },
    });
    expect(log.item(warnings, '2022-07-21')).toMatchObject({ status: 'lapsed', issuer: 'ru.government' });
  });

  it('may have lapsed during a vague deadline', () => {
    expect(given(issued('2022-07-13/2022-07-31')).item(warnings, '2022-07-20')).toMatchObject({
      status: 'unknown',
      certain: false,
      possible: ['lapsed', 'pending'],
    });
  });
});

describe('a warning that was resolved', () => {
  it('keeps the data of its issue, and rests on both events', () => {
    expect(given(issued(), resolved).item(warnings, '2022-08-01')).toMatchObject({
      status: 'met',
      issuer: 'ru.government',
      threat: 'harsh measures',
      issuedAt: vilnius('2022-07-08'),
      because: [nth(2), nth(1)],
    });
  });

  it('has only an outcome where the log does not have the warning', () => {
    expect(given(resolved).item(warnings, '2022-08-01')).toMatchObject({ status: 'met', because: [nth(1)] });
  });

  it('has a change of its status in a diff', () => {
    expect(given(issued(), resolved).diff('2022-07-12', '2022-08-01')).toMatchObject([
      { view: 'warnings', aspect: 'next', before: { status: 'met' } },
      { view: 'warnings', aspect: 'status', before: { status: 'pending' }, after: { status: 'met' } },
    ]);
  });
});

it('warnings are filtered by status, issuer and addressee', () => {
  const count = (filters: Record<string, string>) =>
    given(issued()).list(warnings, '2022-07-12', {}, filters).length;
  expect(count({ status: 'pending', issuer: 'ru.government', addressee: 'lt' })).toBe(1);
  expect(count({ addressee: 'by' })).toBe(0);
});
