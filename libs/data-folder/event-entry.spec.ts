import { describe, expect, it } from '@jest/globals';
import { toEntry } from './event-entry.js';

const TIME = {
  edtf: '2025-11-01',
  zone: 'Europe/Vilnius',
  earliest: '2025-10-31T22:00:00.000Z',
  latest: '2025-11-01T21:59:59.999Z',
};

describe('the entry of an event', () => {
  it('has the members of the client and the members of the log, and none of a CloudEvent', () => {
    const source = { publisher: 'BNS', title: 'Border shut', publishedAt: TIME };
    const attribution = { claimant: 'lt.government', standing: 'act', reliability: 'A1' };
    const event = toEntry({
      id: 'e1',
      type: 'crossing.closed',
      schemaVersion: 1,
      stream: 'crossing-lt-by.medininkai',
      revision: 3,
      sequence: 17,
      recordedAt: Date.UTC(2025, 10, 2, 8),
      payload: {
        occurred: TIME,
        reportedAt: TIME,
        data: { crossing: 'lt-by.medininkai' },
        source,
        attribution,
      },
      metadata: { recordedBy: 'first', other: 1 },
    });
    expect(event).toEqual({
      id: 'e1',
      type: 'crossing.closed',
      schemaVersion: 1,
      subject: 'lt-by.medininkai',
      stream: 'crossing-lt-by.medininkai',
      revision: 3,
      sequence: 17,
      occurred: TIME,
      reportedAt: TIME,
      recordedAt: '2025-11-02T08:00:00.000Z',
      data: { crossing: 'lt-by.medininkai' },
      source,
      attribution,
      recordedBy: 'first',
    });
  });
});
