import { describe, expect, it } from '@jest/globals';
import { airspace } from './airspace.js';
import { crossings } from './crossings.js';
import { sanctions } from './sanctions.js';
import { endOf, given, nth, vilnius, type Told } from './spec-support.js';
import { transit } from './transit.js';

const of =
  (type: string, data: object) =>
  (occurred: string, until?: string, more: Partial<Told> = {}): Told => ({
    type,
    occurred,
    reportedAt: occurred.slice(0, 10),
    ...(until !== undefined && { until }),
    data: { ...data },
    by: 'eu.council',
    ...more,
  });

const adopted = of('sanctions.adopted', { measure: 'eu.x', regime: 'EU', issuer: 'eu.council' });
const renewed = of('sanctions.renewed', { measure: 'eu.x' });
const closed = of('crossing.closed', { crossing: 'x' });
const restricted = of('transit.restricted', { route: 'x', goods: [{ id: 'coal', label: 'coal' }] });
const shut = of('airspace.airport-disrupted', { area: 'x', effect: 'closed' });

const terms = [adopted('2025-03-16T00:00', '2025-09-15'), renewed('2025-09-16', '2026-03-15')] as const;

describe('a measure renewed from the day after its term', () => {
  const log = given(...terms, renewed('2026-03-16', '2026-09-15'));

  it.each([
    '2025-09-16T00:00:00+03:00',
    '2025-09-16T12:00:00+03:00',
    '2026-03-16T12:00:00+02:00',
    '2026-08-01',
  ])('is in force on %s, since the first term began', (asOf) => {
    expect(log.item(sanctions, asOf)).toMatchObject({
      status: 'inForce',
      certain: true,
      since: vilnius('2025-03-16'),
      next: { at: vilnius('2026-09-16'), status: 'expired', certain: true },
    });
  });

  it('has one unbroken piece in its timeline', () => {
    const pieces = log.timeline(sanctions, 'eu.x').filter(({ status }) => status === 'inForce');
    expect(pieces).toHaveLength(1);
  });

  it('is announced to expire as long as the renewal is not known', () => {
    expect(log.item(sanctions, '2025-09-16T12:00:00+03:00', { knownAt: '2025-09-15' })).toMatchObject({
      status: 'expired',
    });
  });
});

describe('a renewal', () => {
  const on16 = '2025-09-16T12:00:00+03:00';
  const unsure = { status: 'unknown', possible: ['expired', 'inForce'] };

  it('leaves a gap where the earlier term was retracted', () => {
    const retraction: Told = {
      type: 'record.retracted',
      reportedAt: '2025-09-15',
      data: { target: nth(2), kind: 'transcription', reason: 'It was another measure.' },
    };
    const log = given(
      adopted('2025-03-16', '2025-08-31'),
      renewed('2025-09-01', '2025-09-15'),
      renewed('2025-09-16'),
      retraction,
    );
    expect(log.item(sanctions, on16)).toMatchObject(unsure);
    expect(log.item(sanctions, on16, { recordedAt: 3 })).toMatchObject({ status: 'inForce' });
  });

  it('leaves a gap after a day in between, and where a claimant other than the issuer reports the renewal', () => {
    expect(given(terms[0], renewed('2025-09-17')).item(sanctions, '2025-09-17T12:00:00+03:00')).toMatchObject(
      unsure,
    );
    expect(
      given(terms[0], renewed('2025-09-16', undefined, { by: 'press' })).item(sanctions, on16),
    ).toMatchObject(unsure);
  });
});

describe('day after day', () => {
  it('a crossing stays closed', () => {
    const log = given(
      closed('2025-09-15', '2025-09-15'),
      closed('2025-09-16', '2025-09-16'),
      closed('2025-09-17', '2025-09-17'),
    );
    expect(log.item(crossings, '2025-09-17T03:00:00+03:00')).toMatchObject({
      status: 'closed',
      since: endOf('2025-09-15'),
      next: { at: vilnius('2025-09-18'), status: 'unknown' },
    });
  });

  it('goods stay barred from a route', () => {
    const log = given(restricted('2025-09-15T06:00', '2025-09-15'), restricted('2025-09-16'));
    expect(log.item(transit, '2025-09-16T03:00:00+03:00')?.barred).toMatchObject([
      { goods: 'coal', since: vilnius('2025-09-15T06:00') },
    ]);
  });

  it('an airport stays closed', () => {
    const log = given(shut('2025-09-15T06:00', '2025-09-15'), shut('2025-09-16', '2025-09-16'));
    expect(log.item(airspace, '2025-09-16T03:00:00+03:00')).toMatchObject({
      status: 'closed',
      since: vilnius('2025-09-15T06:00'),
    });
  });

  it('an explanation has the same answer', () => {
    const log = given(closed('2025-09-15T06:00', '2025-09-15'), closed('2025-09-16', '2025-09-17'));
    const { effects } = log.explain(crossings, 'x', '2025-09-16T03:00:00+03:00');
    expect(effects.map(({ verdict }) => verdict)).toEqual(['holds', 'expired']);
  });
});
