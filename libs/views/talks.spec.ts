import { describe, expect, it } from '@jest/globals';
import { endOf, given, nth, vilnius, type Told } from './spec-support.js';
import { talks } from './talks.js';

const told = (type: string, occurred: string, data: object, more: Partial<Told> = {}): Told => ({
  type: `talks.${type}`,
  occurred,
  ...more,
  data: { talks: 'lt-by', ...data },
});

const offered = told('offered', '2025-11-11T00:00', { by: 'by.lukashenko', to: 'lt', level: 'ministers' });
const refused = told('refused', '2025-11-12', { by: 'lt.budrys', to: 'by', reason: 'no' });
const held = told('held', '2025-11-20T00:00', { parties: ['lt.vsat', 'by.gpk'], kind: 'meeting' });

describe('talks', () => {
  const log = given(refused, held, offered);

  it('list their occurrences, the oldest first', () => {
    expect(log.item(talks, '2025-11-30')?.ledger).toMatchObject([
      {
        at: vilnius('2025-11-11'),
        kind: 'offered',
        by: 'by.lukashenko',
        to: 'lt',
        level: 'ministers',
        because: [nth(3)],
      },
      {
        at: endOf('2025-11-12'),
        atEarliest: vilnius('2025-11-12'),
        kind: 'refused',
        by: 'lt.budrys',
        because: [nth(1)],
      },
      { at: vilnius('2025-11-20'), kind: 'meeting', parties: ['lt.vsat', 'by.gpk'], because: [nth(2)] },
    ]);
  });

  it('name every actor concerned', () => {
    const parties = ['by.lukashenko', 'lt', 'lt.budrys', 'by', 'lt.vsat', 'by.gpk'];
    expect(log.item(talks, '2025-11-30')?.parties).toEqual(parties);
  });

  it('give the stance of each actor', () => {
    expect(log.item(talks, '2025-11-30')?.stance).toEqual({
      'by.lukashenko': {
        stance: 'offers',
        level: 'ministers',
        since: vilnius('2025-11-11'),
        because: [nth(3)],
      },
      'lt.budrys': {
        stance: 'refuses',
        reason: 'no',
        since: endOf('2025-11-12'),
        sinceEarliest: vilnius('2025-11-12'),
        because: [nth(1)],
      },
    });
  });

  it('mark occurrences that may not have happened yet', () => {
    const item = log.item(talks, '2025-11-12T10:00:00Z');
    expect(item?.ledger[1]).toMatchObject({ kind: 'refused', certain: false });
    expect(item?.stance['lt.budrys']).toMatchObject({
      stance: 'unknown',
      certain: false,
      possible: ['refuses', 'unknown'],
    });
  });

  it('are not listed before anything happened', () => {
    expect(log.item(talks, '2025-11-10')).toBeUndefined();
  });

  it('do not begin with the year 1 where a refusal was "by" some day', () => {
    const open = given(told('refused', '../2025-11-25', { by: 'lt.nauseda', to: 'by' }));
    expect(open.item(talks, '2025-11-24')).toBeUndefined();
    expect(open.item(talks, '2025-11-25')?.stance['lt.nauseda']).toMatchObject({ stance: 'refuses' });
  });

  it('have a timeline of stances', () => {
    expect(log.timeline(talks, 'lt-by').map(({ value }) => value)).toEqual([
      {},
      { 'by.lukashenko': 'offers' },
      { 'by.lukashenko': 'offers', 'lt.budrys': ['refuses', 'unknown'] },
      { 'by.lukashenko': 'offers', 'lt.budrys': 'refuses' },
    ]);
  });

  it('have the changed entries and stances in a diff', () => {
    expect(log.diff('2025-11-11', '2025-11-13').map(({ aspect }) => aspect)).toEqual([
      `ledger/${nth(1)}`,
      'stance/lt.budrys',
    ]);
  });

  it('are filtered by party', () => {
    expect(log.list(talks, '2025-11-30', {}, { party: 'lt.vsat' })).toHaveLength(1);
    expect(log.list(talks, '2025-11-30', {}, { party: 'pl' })).toHaveLength(0);
  });
});

it('a stance that is only claimed is marked', () => {
  const log = given({ ...offered, standing: 'claim' });
  expect(log.item(talks, '2025-11-30')?.stance['by.lukashenko']).toMatchObject({
    stance: 'offers',
    claimed: true,
  });
});
