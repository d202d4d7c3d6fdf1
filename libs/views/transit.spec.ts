import { describe, expect, it } from '@jest/globals';
import { given, nth, vilnius, endOf, type Told } from './spec-support.js';
import { transit } from './transit.js';

const route: Told = {
  type: 'subject.registered',
  occurred: '2020-01-01T00:00',
  data: { kind: 'route', id: 'kaliningrad.rail', names: { en: 'Kaliningrad transit by rail' } },
  standing: 'reference',
};
const steel = { id: 'steel', label: 'steel and iron', hs: ['72', '73'] };
const coal = { id: 'coal', label: 'coal' };

const told = (type: string, occurred: string, goods: object[] | undefined, more: object = {}): Told => ({
  type: `transit.${type}`,
  occurred,
  reportedAt: '2022-06-17',
  data: { route: 'kaliningrad.rail', ...(goods && { goods }), ...more },
});

const steelBarred = told('restricted', '2022-06-17T00:00', [steel], { legalBasis: 'art. 3g' });

describe('a route with goods that are barred until different ends', () => {
  const steelUntil = { ...steelBarred, until: '2022-08-31' };
  const untilOf = (coalBarred: Told): string | undefined =>
    given(route, steelUntil, coalBarred).item(transit, '2022-07-01')?.until;

  it('is restricted until the last of these ends, if all goods have an end', () => {
    const coalBarred = told('restricted', '2022-06-17T00:00', [coal]);
    expect(untilOf({ ...coalBarred, until: '2022-12-31' })).toBe(vilnius('2023-01-01'));
    expect(untilOf(coalBarred)).toBeUndefined();
  });
});

describe('a route without restrictions', () => {
  it('is not listed while it is only registered', () => {
    expect(given(route).item(transit, '2022-06-01')).toBeUndefined();
  });

  it('has an unknown status before a known future change, and rests on the event of that change', () => {
    expect(given(route, steelBarred).item(transit, '2022-06-01')).toMatchObject({
      id: 'kaliningrad.rail',
      names: { en: 'Kaliningrad transit by rail' },
      status: 'unknown',
      certain: true,
      barred: [],
      scheduled: [{ goods: 'steel', at: vilnius('2022-06-17') }],
      because: [nth(2)],
    });
  });

  it('is open once some goods may pass', () => {
    const log = given(route, told('eased', '2022-07-13T00:00', [steel]));
    expect(log.item(transit, '2022-07-20')).toMatchObject({
      status: 'open',
      allowed: [{ goods: 'steel', since: vilnius('2022-07-13') }],
    });
  });
});

describe('a route from which some goods are barred', () => {
  const log = given(route, steelBarred, told('restricted', '2022-08-10T00:00', [coal]));

  it('is restricted, and lists the barred goods with their events', () => {
    expect(log.item(transit, '2022-07-12')).toMatchObject({
      status: 'restricted',
      barred: [
        {
          goods: 'steel',
          label: 'steel and iron',
          hs: ['72', '73'],
          legalBasis: 'art. 3g',
          because: [nth(2)],
        },
      ],
      because: [nth(2)],
    });
  });

  it('names the goods that will be barred next', () => {
    expect(log.item(transit, '2022-07-12')?.scheduled).toEqual([
      {
        goods: 'coal',
        label: 'coal',
        at: vilnius('2022-08-10'),
        status: 'barred',
        certain: true,
        because: [nth(3)],
      },
    ]);
    expect(log.item(transit, '2022-08-10')?.scheduled).toBeUndefined();
  });

  it('has the barred goods in its timeline', () => {
    const pieces = log.timeline(transit, 'kaliningrad.rail');
    expect(pieces.map(({ value }) => value)).toEqual([[], ['steel'], ['coal', 'steel']]);
  });

  it('has the change of the goods in a diff', () => {
    expect(log.diff('2022-07-12', '2022-08-12')).toEqual([
      {
        view: 'transit',
        subject: 'kaliningrad.rail',
        aspect: 'goods/coal',
        after: { status: 'barred' },
        because: [nth(3)],
      },
    ]);
  });
});

describe('goods that come under a quota', () => {
  const log = given(
    route,
    steelBarred,
    told('quota-set', '2022-07-22', [steel], { basis: 'average of three years' }),
  );

  it('are listed under the quota, and the route stays restricted', () => {
    const item = log.item(transit, '2022-08-01');
    expect(item).toMatchObject({
      status: 'restricted',
      barred: [],
      quota: [{ goods: 'steel', basis: 'average of three years' }],
    });
    expect(item?.since).toBe(vilnius('2022-06-17'));
  });

  it('are listed as barred, not certain, during the day on which the quota was set', () => {
    const [steel] = log.item(transit, '2022-07-22T12:00:00+03:00')?.barred ?? [];
    expect(steel).toMatchObject({ certain: false, possible: ['barred', 'quota'] });
  });
});

describe('goods that are barred from an uncertain day on', () => {
  it('are scheduled for the instant at which the ban is certain, with the first possible instant', () => {
    const log = given(route, told('restricted', '2022-08-10', [coal]));
    expect(log.item(transit, '2022-07-12')?.scheduled).toMatchObject([
      {
        goods: 'coal',
        at: endOf('2022-08-10'),
        atEarliest: vilnius('2022-08-10'),
        status: 'barred',
        certain: true,
      },
    ]);
  });
});

describe('a route that is itself closed', () => {
  it('is closed, even if goods may pass', () => {
    const log = given(
      route,
      told('eased', '2022-06-01T00:00', [coal]),
      told('restricted', '2022-07-01T00:00', undefined),
    );
    expect(log.item(transit, '2022-07-12')).toMatchObject({ status: 'closed', because: [nth(3)] });
  });
});

it('routes are filtered by id, status and barred goods', () => {
  const log = given(route, steelBarred);
  const count = (filters: Record<string, string>) => log.list(transit, '2022-07-12', {}, filters).length;
  expect(count({ route: 'kaliningrad.rail', status: 'restricted', goods: 'steel' })).toBe(1);
  expect(count({ goods: 'coal' })).toBe(0);
});
