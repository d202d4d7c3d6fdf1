import { describe, expect, it } from '@jest/globals';
import { airspace } from './airspace.js';
import { given, nth, vilnius, type Told } from './spec-support.js';

const told = (type: string, occurred: string, data: object, more: Partial<Told> = {}): Told => ({
  type: `airspace.${type}`,
  occurred,
  ...more,
  data: { area: 'vilnius', ...data },
});

const disrupted = told(
  'airport-disrupted',
  '2025-10-04T22:16',
  { effect: 'closed', reason: 'balloons', flights: { value: 30 } },
  { until: '2025-10-05T04:50' },
);

describe('an airport', () => {
  const log = given(disrupted, told('incursion', '2025-10-04T22:00', { object: 'weather balloon' }));

  it('is closed while it handles no flights', () => {
    expect(log.item(airspace, '2025-10-04')).toMatchObject({
      status: 'closed',
      reason: 'balloons',
      until: vilnius('2025-10-05T04:50'),
      next: { status: 'unknown' },
    });
  });

  it('has an unknown status afterwards, and still lists its incursions and disruptions', () => {
    expect(log.item(airspace, '2025-10-06')).toMatchObject({
      status: 'unknown',
      disruptions: [
        { at: vilnius('2025-10-04T22:16'), until: vilnius('2025-10-05T04:50'), because: [nth(1)] },
      ],
      incursions: [{ at: vilnius('2025-10-04T22:00'), object: 'weather balloon', because: [nth(2)] }],
      because: [nth(2), nth(1)],
    });
  });

  it('has its statuses in its timeline, in order', () => {
    const statuses = log.timeline(airspace, 'vilnius').map(({ status }) => status);
    expect(statuses).toEqual(['unknown', 'closed', 'unknown']);
  });
});

describe('an emergency', () => {
  const log = given(
    disrupted,
    told('emergency-declared', '2025-12-09T00:00', { closuresHours: { value: 60 } }),
  );

  it('is listed beside the status', () => {
    expect(log.item(airspace, '2025-12-10')).toMatchObject({
      status: 'unknown',
      emergency: {
        status: 'declared',
        since: vilnius('2025-12-09'),
        closuresHours: { value: 60 },
        because: [nth(2)],
      },
    });
  });

  it('is in the timeline and in a diff', () => {
    expect(log.timeline(airspace, 'vilnius').at(-1)).toMatchObject({ value: { emergency: 'declared' } });
    expect(log.diff('2025-12-08', '2025-12-10')).toMatchObject([
      { aspect: 'emergency', after: { status: 'declared' } },
    ]);
  });

  it('can be selected by a filter', () => {
    expect(log.list(airspace, '2025-12-10', {}, { emergency: 'declared', area: 'vilnius' })).toHaveLength(1);
    expect(log.list(airspace, '2025-12-08', {}, { emergency: 'declared' })).toHaveLength(0);
  });
});
