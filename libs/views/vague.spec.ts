import { describe, expect, it } from '@jest/globals';
import { airspace } from './airspace.js';
import { claims } from './claims.js';
import { crossings } from './crossings.js';
import { detentions } from './detentions.js';
import { estimates } from './estimates.js';
import { releases } from './releases.js';
import { sanctions } from './sanctions.js';
import { endOf, given, vilnius, type Told } from './spec-support.js';
import { statements } from './statements.js';
import { transit } from './transit.js';
import type { Item, View } from './view.js';
import { warnings } from './warnings.js';

/** Every report is of 1 July 2022, and some reports name 20 July: as days, or as clock times. */
const [DAY, LATER] = ['2022-07-01', '2022-07-20'];
const told = (type: string, data: object, more: Partial<Told> = {}): Told => ({
  type,
  occurred: DAY,
  reportedAt: '2022-07-02',
  data: data as Told['data'],
  ...more,
});
const count = { value: 3, qualifier: 'exactly' };

const reports: readonly (readonly [string, View, Told, object])[] = [
  [
    'since, until and next of a status',
    crossings,
    told(
      'crossing.closed',
      { crossing: 'lt-by.medininkai', side: 'LT', reopens: true },
      { until: `${LATER}/${LATER}` },
    ),
    {
      since: endOf(DAY),
      sinceEarliest: vilnius(DAY),
      until: vilnius('2022-07-21'),
    },
  ],
  [
    'since of goods',
    transit,
    told('transit.restricted', { route: 'kaliningrad.rail', goods: [{ id: 'steel', label: 'steel' }] }),
    { barred: [{ goods: 'steel', since: endOf(DAY), sinceEarliest: vilnius(DAY) }] },
  ],
  [
    'the time of a decision',
    sanctions,
    told('sanctions.decision-scheduled', { measure: 'eu.x', decision: 'renewal', due: LATER }),
    {
      decisions: [
        {
          since: endOf(DAY),
          sinceEarliest: vilnius(DAY),
          due: endOf(LATER),
          dueEarliest: vilnius(LATER),
        },
      ],
    },
  ],
  [
    'the figure of a claimant',
    detentions,
    told('detention.counted', { detention: 'trucks', count, unit: 'truck' }),
    { claims: [{ at: endOf(DAY), atEarliest: vilnius(DAY) }] },
  ],
  [
    'the issue and the deadline of a warning',
    warnings,
    told('warning.issued', {
      warning: 'x',
      issuer: 'ru.government',
      addressees: ['lt'],
      demand: 'transit',
      threat: 'measures',
      deadline: '2022-07-20/2022-07-25',
    }),
    {
      issuedAt: endOf(DAY),
      issuedAtEarliest: vilnius(DAY),
      deadline: vilnius('2022-07-26'),
      deadlineEarliest: vilnius('2022-07-21'),
      next: { at: vilnius('2022-07-26'), earliest: vilnius('2022-07-21'), status: 'lapsed', certain: true },
    },
  ],
  [
    'the start and the end of a disruption',
    airspace,
    told(
      'airspace.airport-disrupted',
      { area: 'vilnius', effect: 'closed' },
      { until: '2022-07-03/2022-07-04' },
    ),
    {
      disruptions: [
        {
          at: endOf(DAY),
          atEarliest: vilnius(DAY),
          until: vilnius('2022-07-05'),
          untilEarliest: vilnius('2022-07-04'),
        },
      ],
    },
  ],
  [
    'the start of a stance',
    claims,
    told('claim.asserted', { claim: 'blockade', proposition: 'It is a blockade.' }),
    { stances: [{ since: endOf(DAY), sinceEarliest: vilnius(DAY) }] },
  ],
  [
    'a release',
    releases,
    told('release.made', { release: 'x', released: count, who: 'prisoners', by: 'by.government' }),
    { releases: [{ at: endOf(DAY), atEarliest: vilnius(DAY) }] },
  ],
  [
    'an estimate',
    estimates,
    told('estimate.published', { estimate: 'x', of: 'imports', quantity: count, unit: '%' }),
    { figures: [{ at: endOf(DAY), atEarliest: vilnius(DAY) }] },
  ],
  [
    'a statement',
    statements,
    told('statement.made', { statement: 'x', speaker: 'lt.mfa', kind: 'remark', says: 'Something.' }),
    { statements: [{ at: endOf(DAY), atEarliest: vilnius(DAY) }] },
  ],
];

const itemOf = (view: View, report: Told, asOf: string): Item | undefined => given(report).item(view, asOf);

describe('an instant that came from a vague time has its other end beside it:', () => {
  it.each(reports)('%s', (_, view, report, expected) => {
    expect(itemOf(view, report, '2022-07-03')).toMatchObject(expected);
  });
});

describe('an exact instant has no other end:', () => {
  const isExact = ({ data, until, ...report }: Told): Told => ({
    ...report,
    occurred: `${DAY}T10:00`,
    ...(until !== undefined && { until: `${LATER}T10:00` }),
    data: Object.fromEntries(
      Object.entries(data as object).map(([name, value]) => [
        name,
        name === 'due' || name === 'deadline' ? `${LATER}T10:00` : (value as unknown),
      ]),
    ),
  });

  it.each(reports)('%s', (_, view, report) => {
    const item = itemOf(view, isExact(report), '2022-07-03');
    expect(item).toBeDefined();
    expect(JSON.stringify(item)).not.toMatch(/earliest/i);
  });
});

it('a start without a lower bound has year 1 as its other end', () => {
  const [, , report] = reports[0]!;
  const log = given({ ...report, occurred: `../${DAY}` });
  expect(log.item(crossings, '2022-07-03')).toMatchObject({
    since: endOf(DAY),
    sinceEarliest: '0001-01-01T00:00:00.000Z',
  });
});

it('a status that may follow itself is uncertain from the first instant on, which is exact', () => {
  const closed = (occurred: string, more: Partial<Told> = {}): Told =>
    told('crossing.closed', { crossing: 'lt-by.medininkai', side: 'LT' }, { occurred, ...more });
  const log = given(
    closed('2022-07-01T10:00'),
    { ...told('crossing.reopened', { crossing: 'lt-by.medininkai', side: 'LT' }), occurred: '2022-07-10' },
    closed('2022-07-10T12:00'),
  );
  const { next } = log.item(crossings, '2022-07-03')!;
  expect(next).toEqual({
    at: vilnius('2022-07-10'),
    status: 'unknown',
    certain: false,
    possible: ['closed', 'open'],
  });
});
