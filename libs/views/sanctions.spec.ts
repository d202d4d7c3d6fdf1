import { describe, expect, it } from '@jest/globals';
import { sanctions } from './sanctions.js';
import { given, nth, vilnius, type Told } from './spec-support.js';

const told = (type: string, occurred: string | undefined, data: object, more: Partial<Told> = {}): Told => ({
  type: `sanctions.${type}`,
  ...(occurred !== undefined && { occurred }),
  reportedAt: '2022-06-01',
  ...more,
  data: { measure: 'eu.belarus', ...data },
});

const adopted = told(
  'adopted',
  '2022-06-17T00:00',
  { regime: 'EU, Belarus', issuer: 'eu.council', adoptedAt: '2022-06-03T00:00' },
  { until: '2023-02-28' },
);
const renewed = told(
  'renewed',
  '2023-03-01T00:00',
  { listed: { individuals: 195 } },
  { until: '2024-02-28' },
);

describe('a measure', () => {
  it('is announced before it is in force', () => {
    expect(given(adopted).item(sanctions, '2022-06-10')).toMatchObject({
      status: 'announced',
      regime: 'EU, Belarus',
      issuer: 'eu.council',
      next: { at: vilnius('2022-06-17'), status: 'inForce', certain: true },
    });
  });

  it('expires unless it is renewed', () => {
    expect(given(adopted).item(sanctions, '2022-07-01')).toMatchObject({
      status: 'inForce',
      since: vilnius('2022-06-17'),
      until: vilnius('2023-03-01'),
      next: { status: 'expired' },
    });
    expect(given(adopted).item(sanctions, '2023-03-02')).toMatchObject({
      status: 'expired',
      issuer: 'eu.council',
    });
  });

  it('is in force without a break once renewed, and keeps the data of its adoption', () => {
    expect(given(adopted, renewed).item(sanctions, '2023-03-02')).toMatchObject({
      status: 'inForce',
      since: vilnius('2022-06-17'),
      until: vilnius('2024-02-29'),
      regime: 'EU, Belarus',
      issuer: 'eu.council',
      listed: { individuals: 195 },
      because: [nth(2), nth(1)],
    });
  });

  it('is lifted before its end', () => {
    const log = given(adopted, told('lifted', '2022-12-15T00:00', { scope: 'potash' }));
    expect(log.item(sanctions, '2023-01-01')).toMatchObject({ status: 'lifted', scope: 'potash' });
    expect(log.item(sanctions, '2023-01-01')?.next).toBeUndefined();
  });

  it('is not listed before the first report about it', () => {
    expect(given(adopted).item(sanctions, '2022-06-01')).toBeUndefined();
  });

  it('has its statuses in its timeline, in order', () => {
    const statuses = given(adopted, renewed)
      .timeline(sanctions, 'eu.belarus')
      .map(({ status }) => status);
    expect(statuses).toEqual(['unknown', 'announced', 'inForce', 'expired']);
  });
});

describe('a part of a measure', () => {
  const coal = [{ id: 'coal', label: 'Coal' }];
  const log = given(
    told('phase-scheduled', '2022-08-10T00:00', { phase: 'coal', goods: coal }),
    told(
      'licensed',
      '2022-06-05T00:00',
      { licence: 'gl-4', covers: 'winding down' },
      { until: '2022-07-31' },
    ),
    told('designated', '2022-06-05T00:00', { counts: { individuals: 20 } }),
    told(
      'decision-scheduled',
      '2022-06-05T00:00',
      { decision: 'renewal', due: '2023-02' },
      { until: '2023-02' },
    ),
  );

  it('is listed by kind, with its own status', () => {
    expect(log.item(sanctions, '2022-07-12')).toMatchObject({
      status: 'unknown',
      phases: [
        {
          phase: 'coal',
          status: 'announced',
          goods: coal,
          next: { at: vilnius('2022-08-10'), status: 'inForce' },
        },
      ],
      licences: [{ licence: 'gl-4', status: 'valid', covers: 'winding down', until: vilnius('2022-08-01') }],
      designations: [{ at: vilnius('2022-06-05'), counts: { individuals: 20 }, because: [nth(3)] }],
      decisions: [{ decision: 'renewal', status: 'due' }],
      because: [nth(1), nth(2), nth(4), nth(3)],
    });
  });

  it('changes by the clock', () => {
    expect(log.diff('2022-07-12', '2022-08-12').map(({ aspect, after }) => ({ aspect, after }))).toEqual([
      { aspect: 'licence/gl-4', after: { status: 'expired' } },
      { aspect: 'next/licence/gl-4', after: undefined },
      { aspect: 'next/phase/coal', after: undefined },
      { aspect: 'phase/coal', after: { status: 'inForce' } },
    ]);
  });

  it('is not listed if it is a decision whose day has passed', () => {
    expect(log.item(sanctions, '2023-03-02')?.decisions).toBeUndefined();
  });
});

it('measures are filtered by status, regime and issuer', () => {
  const count = (filters: Record<string, string>) =>
    given(adopted).list(sanctions, '2022-07-12', {}, filters).length;
  expect(count({ status: 'inForce', regime: 'EU, Belarus', issuer: 'eu.council' })).toBe(1);
  expect(count({ issuer: 'us.ofac' })).toBe(0);
});
