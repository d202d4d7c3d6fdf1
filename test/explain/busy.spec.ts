import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Application } from '../server/application.js';

const KEY = 'a-key-for-the-busy';
/** The number of events: more than are weighed together. */
const EVENTS = 21_000;
const BATCH = 7_000;
const SUBJECT = 'view=crossings&subject=bench.busy&aspect=status';

interface Explained {
  readonly answer: { readonly status: string; readonly because: readonly string[] };
  readonly effects: readonly {
    readonly verdict: string;
    readonly event: string;
    readonly by?: readonly string[];
  }[];
  readonly total: number;
  readonly next: number | null;
}

/** The nth development: the crossing closes and reopens in turn, an hour apart. */
function turn(n: number): object {
  const occurred = new Date(Date.UTC(2020, 0, 1) + n * 3_600_000).toISOString();
  return {
    type: n % 2 === 0 ? 'crossing.closed' : 'crossing.reopened',
    occurred,
    reportedAt: occurred,
    data: { crossing: 'bench.busy', side: 'LT', modes: ['road'] },
    source: { publisher: 'A test', title: `Turn ${n}`, publishedAt: occurred },
    attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
  };
}

describe('GET /v1/explain of a subject with more effects than are weighed together', () => {
  let app: Application;
  const ids: string[] = [];
  beforeAll(async () => {
    app = await application([], { BORDERLINE_KEY: KEY });
    for (let start = 0; start < EVENTS; start += BATCH) {
      const developments = Array.from({ length: BATCH }, (_, index) => turn(start + index));
      const response = await fetch(`${app.url}/v1/developments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ developments }),
      });
      const { events } = (await response.json()) as { events: { id: string }[] };
      ids.push(...events.map(({ id }) => id));
    }
    // The views may need more time than a request may wait.
    while ((await fetch(`${app.url}/v1/releases?atLeast=${EVENTS}`)).status === 503);
  });
  afterAll(() => app.stop());

  const ask = async (rest: string): Promise<Explained> =>
    (await fetch(`${app.url}/v1/explain?${SUBJECT}&atLeast=${EVENTS}${rest}`)).json() as Promise<Explained>;
  /** An instant within turn n. */
  const during = (n: number): string => new Date(Date.UTC(2020, 0, 1) + n * 3_600_000 + 60_000).toISOString();

  it('has the effects that hold on every page', async () => {
    const asOf = during(10_000);
    for (const after of [0, 5_000, 20_950]) {
      const { answer, effects, total, next } = await ask(`&asOf=${asOf}&after=${after}&limit=100`);
      expect(answer).toMatchObject({ status: 'closed', because: [ids[10_000]] });
      expect(effects[0]).toMatchObject({ verdict: 'holds', event: ids[10_000] });
      expect(total).toBe(EVENTS);
      expect(next).toBe(after + 100 < EVENTS ? after + 100 : null);
    }
  });

  it('lists the other effects from the latest start on, with their verdicts', async () => {
    const asOf = during(10_000);
    const first = await ask(`&asOf=${asOf}&limit=3`);
    expect(first.effects.slice(1).map(({ verdict, event }) => [verdict, ids.indexOf(event)])).toEqual([
      ['notStarted', 20_999],
      ['notStarted', 20_998],
      ['notStarted', 20_997],
    ]);
    const last = await ask(`&asOf=${asOf}&after=20998&limit=10`);
    expect(last.effects.slice(1)).toMatchObject([
      { verdict: 'overlaid', event: ids[1], by: [ids[10_000]] },
      { verdict: 'overlaid', event: ids[0], by: [ids[10_000]] },
    ]);
  });

  it('refuses to give a history', async () => {
    const response = await fetch(`${app.url}/v1/answers/history?${SUBJECT}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: '/problems/invalid-parameter',
      errors: [{ parameter: 'subject' }],
    });
  });
});
