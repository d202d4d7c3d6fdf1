import { describe, expect, it } from '@jest/globals';
import { claims } from './claims.js';
import { endOf, given, nth, vilnius, type Told } from './spec-support.js';

const told = (stance: 'asserted' | 'denied', by: string, occurred: string, until?: string): Told => ({
  type: `claim.${stance}`,
  occurred,
  ...(until !== undefined && { until }),
  by,
  standing: stance === 'asserted' ? 'claim' : 'denial',
  data: { claim: 'blockade', proposition: 'There is a blockade.' },
});

const asserted = told('asserted', 'ru.peskov', '2022-07-04T00:00');
const denied = told('denied', 'lt.mfa', '2022-07-06T00:00');

describe('a claim', () => {
  it('that no actor denies is unopposed; this does not mean that the claim is true', () => {
    expect(given(asserted).item(claims, '2022-07-12')).toEqual({
      id: 'blockade',
      proposition: 'There is a blockade.',
      verdict: 'unopposed',
      certain: true,
      stances: [
        {
          claimant: 'ru.peskov',
          stance: 'asserts',
          since: vilnius('2022-07-04'),
          standing: 'claim',
          reliability: 'B2',
          because: [nth(1)],
        },
      ],
      because: [nth(1)],
    });
  });

  it('that one actor asserts and another denies is contested', () => {
    const item = given(asserted, denied).item(claims, '2022-07-12');
    expect(item).toMatchObject({ verdict: 'contested', certain: true, because: [nth(1), nth(2)] });
    expect(item?.stances.map(({ claimant, stance }) => [claimant, stance])).toEqual([
      ['ru.peskov', 'asserts'],
      ['lt.mfa', 'denies'],
    ]);
  });

  it('that is only denied is denied', () => {
    expect(given(denied).item(claims, '2022-07-12')).toMatchObject({ verdict: 'denied' });
  });

  it('is not listed before the first stance, even if the claim is registered', () => {
    const registered: Told = {
      type: 'subject.registered',
      occurred: '2020-01-01',
      data: { kind: 'claim', id: 'blockade', names: { en: 'Blockade' }, proposition: 'Lithuania blockades.' },
    };
    const log = given(registered, asserted);
    expect(log.item(claims, '2022-07-01')).toBeUndefined();
    expect(log.item(claims, '2022-07-12')).toMatchObject({ proposition: 'Lithuania blockades.' });
  });

  it('follows a claimant who changes its stance', () => {
    const log = given(asserted, told('denied', 'ru.peskov', '2022-08-01T00:00'));
    expect(log.item(claims, '2022-08-02')).toMatchObject({
      verdict: 'denied',
      stances: [{ stance: 'denies', since: vilnius('2022-08-01') }],
    });
  });
});

describe('a stance on an uncertain day', () => {
  const log = given(asserted, told('denied', 'ru.peskov', '2022-07-10'));

  it('is listed with every possible stance', () => {
    const item = log.item(claims, '2022-07-10T09:00:00Z');
    expect(item).toMatchObject({ verdict: 'contested', certain: false, possible: ['denied', 'unopposed'] });
    expect(item?.stances.map(({ stance, certain, possible }) => ({ stance, certain, possible }))).toEqual([
      { stance: 'asserts', certain: false, possible: ['asserts', 'denies'] },
      { stance: 'denies', certain: false, possible: ['asserts', 'denies'] },
    ]);
  });

  it('is certain afterwards', () => {
    expect(log.item(claims, '2022-07-11')).toMatchObject({
      verdict: 'denied',
      certain: true,
      stances: [{ stance: 'denies', since: endOf('2022-07-10') }],
    });
  });

  it('without an earliest instant counts from its latest instant on', () => {
    const open = given(told('denied', 'lt.mfa', '../2022-07-10'));
    expect(open.item(claims, '2022-07-01')).toBeUndefined();
    expect(open.item(claims, '2022-07-10')).toMatchObject({ verdict: 'denied', certain: true });
  });
});

describe('over time', () => {
  const log = given(asserted, denied);

  it('the timeline gives the verdict', () => {
    expect(log.timeline(claims, 'blockade').map(({ value }) => value)).toEqual([
      'unknown',
      'unopposed',
      'contested',
    ]);
  });

  it('a diff gives the verdict and the stances', () => {
    expect(log.diff('2022-07-05', '2022-07-12').map(({ aspect, after }) => ({ aspect, after }))).toEqual([
      { aspect: 'stance/lt.mfa', after: { stance: 'denies' } },
      { aspect: 'verdict', after: { verdict: 'contested' } },
    ]);
  });
});

it('claims are filtered by verdict and claimant', () => {
  const count = (filters: Record<string, string>) =>
    given(asserted).list(claims, '2022-07-12', {}, filters).length;
  expect(count({ verdict: 'unopposed', claimant: 'ru.peskov' })).toBe(1);
  expect(count({ verdict: 'contested' })).toBe(0);
});
