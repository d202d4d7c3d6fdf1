import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#events';
import { crossings } from './crossings.js';
import { endOf, given, nth, vilnius, type Told } from './spec-support.js';
import { viewNamed } from './state.js';
import type { View } from './view.js';

const exampleOf = (type: string): Told => {
  const { data } = eventTypes.find((definition) => definition.type === type)!.example;
  return { type, data, occurred: '2000-01-01', until: '2000-03-01' };
};

const closed = exampleOf('crossing.closed');

describe('a crossing that nobody registered, closed until a day', () => {
  const log = given(closed);

  it('has an unknown status from the next day on, which is announced before that day', () => {
    expect(log.item(crossings, '2000-02-01')).toMatchObject({
      status: 'closed',
      next: { at: vilnius('2000-03-02'), status: 'unknown', certain: true },
    });
    for (const asOf of ['2000-03-02', '2025-11-05']) {
      expect(log.item(crossings, asOf)).toMatchObject({
        status: 'unknown',
        certain: true,
        since: vilnius('2000-03-02'),
        because: [nth(1)],
      });
    }
  });

  it('is not listed before the closure', () => {
    expect(log.item(crossings, '1999-12-31')).toBeUndefined();
  });

  it('rests on the last report', () => {
    const again = given(closed, { ...closed, occurred: '2001-01-01', until: '2001-03-01' });
    expect(again.item(crossings, '2025-11-05')?.because).toEqual([nth(2)]);
    expect(again.item(crossings, '2000-06-01')?.because).toEqual([nth(1)]);
    expect(again.item(crossings, '2025-11-05', { knownAt: '2000-06-01' })?.because).toEqual([nth(1)]);
  });

  it('is unknown in its timeline, its explanation and its history too, by the last report', () => {
    const unknown = { status: 'unknown', certain: true, because: [nth(1)] };
    const id = closed.data['crossing'] as string;
    const pieces = log.timeline(crossings, id);
    expect(pieces[0]?.because).toEqual([]);
    expect(pieces.slice(-2)).toMatchObject([
      { status: 'closed', because: [nth(1)] },
      { from: Date.parse(vilnius('2000-03-02')), ...unknown },
    ]);
    expect(pieces.at(-1)).not.toHaveProperty('to');
    expect(log.explain(crossings, id, '2025-11-05').answer).toEqual(unknown);
    expect(
      log.history(crossings, id, '2025-11-05', {}, { axis: 'recorded', limit: 10 }).changes,
    ).toMatchObject([{ at: 1, answer: unknown, events: [nth(1)] }]);
  });

  it('is a change in a diff', () => {
    expect(log.diff('2000-02-01', '2000-06-01')).toMatchObject([
      { view: 'crossings', aspect: 'next', before: { status: 'unknown' }, because: [nth(1)] },
      { view: 'crossings', before: { status: 'closed' }, after: { status: 'unknown' }, because: [nth(1)] },
    ]);
  });
});

it.each([
  ['transit', 'transit.restricted', { status: 'unknown', barred: [] }],
  ['sanctions', 'sanctions.licensed', { status: 'unknown' }],
  ['detentions', 'detention.counted', { status: 'unknown', claims: [] }],
  ['warnings', 'warning.resolved', { status: 'unknown' }],
  ['conditions', 'crossing.conditions-set', { status: 'unknown' }],
  ['airspace', 'airspace.emergency-declared', { status: 'unknown' }],
  ['claims', 'claim.asserted', { verdict: 'unknown', stances: [] }],
  ['estimates', 'estimate.published', { figures: [] }],
])('an item of %s rests on the report %s also after the reported state has ended', (view, type, expected) => {
  const log = given(exampleOf(type));
  const named = viewNamed(view) as View;
  expect(log.item(named, '2000-02-01')).toMatchObject({ because: [nth(1)] });
  expect(log.item(named, '2025-11-05')).toMatchObject({ ...expected, because: [nth(1)] });
});

it('a state that began at an unknown time is not listed before it has certainly begun', () => {
  const log = given({ ...exampleOf('claim.asserted'), occurred: '../2000-01-01' });
  const claims = viewNamed('claims') as View;
  expect(log.item(claims, '1990-01-01')).toBeUndefined();
  expect(log.item(claims, endOf('2000-01-01'))).toMatchObject({ because: [nth(1)] });
});
