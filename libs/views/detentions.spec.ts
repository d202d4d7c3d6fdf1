import { describe, expect, it } from '@jest/globals';
import { detentions } from './detentions.js';
import { given, nth, vilnius, type Told } from './spec-support.js';

const held: Told = {
  type: 'detention.held',
  occurred: '2025-10-31T00:00',
  data: {
    detention: 'trucks',
    holder: 'by.government',
    owners: ['lt.hauliers'],
    place: 'Belarus',
    what: 'trucks',
  },
};

const counted = (by: string, occurred: string, count: object, unit = 'truck'): Told => ({
  type: 'detention.counted',
  occurred,
  by,
  standing: 'claim',
  data: { detention: 'trucks', count, unit },
});

const released = (occurred: string, more: object = {}): Told => ({
  type: 'detention.released',
  occurred,
  data: { detention: 'trucks', ...more },
});

describe('a detention', () => {
  it('is listed with holder, owners and place', () => {
    expect(given(held).item(detentions, '2025-11-05')).toMatchObject({
      status: 'held',
      holder: 'by.government',
      owners: ['lt.hauliers'],
      place: 'Belarus',
      since: vilnius('2025-10-31'),
      claims: [],
      range: {},
      because: [nth(1)],
    });
  });

  it('is released after the release, and still names the holder', () => {
    expect(given(held, released('2026-03-10T00:00')).item(detentions, '2026-04-01')).toMatchObject({
      status: 'released',
      holder: 'by.government',
      because: [nth(2), nth(1)],
    });
  });

  it('stays held when only a part was released', () => {
    const log = given(held, released('2026-03-10T00:00', { count: { value: 868 }, unit: 'vehicle' }));
    expect(log.item(detentions, '2026-04-01')).toMatchObject({
      status: 'held',
      releases: [{ at: vilnius('2026-03-10'), count: { value: 868 }, unit: 'vehicle', because: [nth(2)] }],
    });
  });

  it('is not listed before its start', () => {
    expect(given(held).item(detentions, '2025-10-30')).toBeUndefined();
  });
});

describe('figures', () => {
  const log = given(
    counted('lt.budrys', '2025-11-11T00:00', { value: 1000, qualifier: 'about' }),
    counted('by.valfovich', '2025-11-20T00:00', { value: 1500 }),
    counted('by.valfovich', '2025-11-25T00:00', { min: 1800, qualifier: 'moreThan' }),
    counted('lt.government', '2025-11-27T00:00', { value: 280, qualifier: 'about' }),
  );

  it('are listed separately: the latest of every claimant, the newest first', () => {
    const item = log.item(detentions, '2025-11-27');
    expect(item?.claims.map(({ claimant, count }) => ({ claimant, count }))).toEqual([
      { claimant: 'lt.government', count: { value: 280, qualifier: 'about' } },
      { claimant: 'by.valfovich', count: { min: 1800, qualifier: 'moreThan' } },
      { claimant: 'lt.budrys', count: { value: 1000, qualifier: 'about' } },
    ]);
    expect(item?.claims[0]).toEqual({
      claimant: 'lt.government',
      count: { value: 280, qualifier: 'about' },
      unit: 'truck',
      at: vilnius('2025-11-27'),
      certain: true,
      standing: 'claim',
      reliability: 'B2',
      because: [nth(4)],
    });
  });

  it('have a range, which is open-ended where a claimant says "more than"', () => {
    expect(log.item(detentions, '2025-11-27')?.range).toEqual({ min: 280, max: 1800, openEnded: true });
    expect(log.item(detentions, '2025-11-12')?.range).toEqual({ min: 1000, max: 1000 });
  });

  it('have no upper end where no claimant gives an upper end', () => {
    const only = given(counted('by', '2025-11-25T00:00', { value: 1800, qualifier: 'moreThan' }));
    expect(only.item(detentions, '2025-11-27')?.range).toEqual({ min: 1800, openEnded: true });
  });

  it('are listed even if no event reported the detention itself', () => {
    expect(log.item(detentions, '2025-11-12')).toMatchObject({ status: 'unknown', because: [nth(1)] });
  });

  it('are the figures that were known by a day', () => {
    expect(log.item(detentions, '2025-11-27', { knownAt: '2025-11-12' })?.claims).toHaveLength(1);
  });

  it('in other units are listed separately', () => {
    const units = given(
      counted('linava', '2026-01-09T00:00', { value: 410 }, 'tractor'),
      counted('linava', '2026-01-09T00:00', { value: 473 }, 'semi-trailer'),
    ).item(detentions, '2026-01-10');
    expect(units?.claims).toHaveLength(2);
    expect(units?.ranges).toEqual({
      'semi-trailer': { min: 473, max: 473 },
      tractor: { min: 410, max: 410 },
    });
  });

  it('of an uncertain day are all figures that the claimant may give', () => {
    const vague = given(
      counted('by', '2025-11-10T00:00', { value: 1100 }),
      counted('by', '2025-11-20', { value: 1500 }),
    ).item(detentions, '2025-11-20T12:00:00Z');
    expect(vague?.claims.map(({ count, certain }) => ({ ...count, certain }))).toEqual([
      { value: 1500, certain: false },
      { value: 1100, certain: false },
    ]);
  });

  it('change one by one in a diff', () => {
    expect(log.diff('2025-11-21', '2025-11-26')).toEqual([
      {
        view: 'detentions',
        subject: 'trucks',
        aspect: 'count/truck/by.valfovich',
        before: { count: { value: 1500 } },
        after: { count: { min: 1800, qualifier: 'moreThan' } },
        because: [nth(3)],
      },
    ]);
  });

  it('are in the timeline', () => {
    const pieces = log.timeline(detentions, 'trucks');
    expect(pieces.map(({ value }) => (value as object[]).length)).toEqual([0, 1, 2, 2, 3]);
  });
});

it('detentions are filtered by status, holder, owner and claimant', () => {
  const log = given(held, counted('lt.budrys', '2025-11-11T00:00', { value: 1000 }));
  const count = (filters: Record<string, string>) => log.list(detentions, '2025-11-12', {}, filters).length;
  expect(
    count({ status: 'held', holder: 'by.government', owner: 'lt.hauliers', claimant: 'lt.budrys' }),
  ).toBe(1);
  expect(count({ holder: 'lt.government' })).toBe(0);
});
