import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Asking } from '../questions/asked.js';
import { answering } from './answering.js';

/** A late report. The clock of the server stands still, so the report is recorded at the same time as the corpus. */
const LATE = {
  type: 'crossing.closed',
  occurred: '2025-11-04',
  reportedAt: '2025-11-09',
  data: { crossing: 'lt-by.medininkai' },
  source: { publisher: 'BNS', title: 'Medininkai was shut', publishedAt: '2025-11-09' },
  attribution: { claimant: 'bns', standing: 'act', reliability: 'B2' },
};

interface History {
  readonly changes: readonly {
    readonly at: string;
    readonly answer: { readonly status: string; readonly certain: boolean };
    readonly events: readonly string[];
  }[];
  readonly next: string | null;
}

let asking: Asking;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ asking, stop } = await answering(/\.ndjson$/));
  const { events } = await asking.record('/v1/developments', LATE);
  await asking.ask(`/v1/state?atLeast=${events[0]?.sequence}`);
});
afterAll(() => stop());

const QUESTION = 'view=crossings&subject=lt-by.medininkai&asOf=2025-11-05';
const ask = (rest: string): Promise<History> => asking.ask(`/v1/answers/history?${QUESTION}${rest}`);

describe('GET /v1/answers/history', () => {
  it.each([
    ['reported', 'knownAt'],
    ['recorded', 'recordedAt'],
  ])('lists on the %s axis the answer at each cut, with the events behind it', async (axis, cut) => {
    const { changes, next } = await ask(`&axis=${axis}`);
    expect(next).toBeNull();
    expect(changes.length).toBeGreaterThan(1);
    for (const { at, answer, events } of changes) {
      const item = await asking.ask(`/v1/crossings/lt-by.medininkai?asOf=2025-11-05&${cut}=${at}`);
      expect([item.status, item.certain]).toEqual([answer.status, answer.certain]);
      expect(events.length).toBeGreaterThan(0);
      for (const id of events) expect((await asking.ask(`/v1/events/${id}`)).id).toBe(id);
    }
  });

  it.each(['reported', 'recorded'])('continues where a page ended, on the %s axis', async (axis) => {
    const all = await ask(`&axis=${axis}`);
    const first = await ask(`&axis=${axis}&limit=1`);
    const rest = await ask(`&axis=${axis}&after=${first.next ?? ''}`);
    expect([...first.changes, ...rest.changes]).toEqual(all.changes);
  });

  it.each([
    ['axis=valid', 'axis'],
    ['axis=recorded&after=12', 'after'],
    ['after=yesterday', 'after'],
  ])('refuses %s', async (query, parameter) => {
    const response = await asking.respond(`/v1/answers/history?${QUESTION}&${query}`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ parameter }] }]);
  });

  it('finds nothing for a subject without any report', async () => {
    const response = await asking.respond('/v1/answers/history?view=crossings&subject=lt-by.atlantis');
    expect(response.status).toBe(404);
  });
});
