import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corpusServer, type CorpusServer, type Told } from './asked.js';

let server: CorpusServer;
beforeAll(async () => {
  server = await corpusServer();
});
afterAll(() => server.stop());

const OTHERS_CLOSED = {
  'lt-by.lavoriskes': 'closed',
  'lt-by.raigardas': 'closed',
  'lt-by.sumskas': 'closed',
  'lt-by.tverecius': 'closed',
};

interface CountClaim {
  readonly claimant: string;
  readonly count: Readonly<Record<string, unknown>>;
  readonly because: readonly string[];
}

const counts = (item: Told): Record<string, unknown> =>
  Object.fromEntries((item['claims'] as CountClaim[]).map(({ claimant, count }) => [claimant, count]));

describe('1. Which road crossings of Lithuania and Belarus were open', () => {
  const road = '/v1/crossings?border=LT-BY&mode=road';

  it('on 5 November 2025? None; Medininkai let listed categories through', async () => {
    expect(await server.statuses(`${road}&asOf=2025-11-05`)).toEqual({
      'lt-by.medininkai': 'restricted',
      'lt-by.salcininkai': 'closed',
      ...OTHERS_CLOSED,
    });
    const medininkai = await server.ask('/v1/crossings/lt-by.medininkai?asOf=2025-11-05');
    expect(medininkai).toMatchObject({ status: 'restricted', certain: true, border: 'LT-BY' });
    expect(medininkai['exemptions']).toContain('diplomats and diplomatic mail');
  });

  it('as known on the day before? The same crossings', async () => {
    expect(await server.statuses(`${road}&asOf=2025-11-05&knownAt=2025-11-04`)).toEqual(
      await server.statuses(`${road}&asOf=2025-11-05`),
    );
  });

  it('on 21 November 2025? Medininkai and Šalčininkai', async () => {
    expect(await server.statuses(`${road}&asOf=2025-11-21`)).toEqual({
      'lt-by.medininkai': 'open',
      'lt-by.salcininkai': 'open',
      ...OTHERS_CLOSED,
    });
  });
});

describe('2. When was Šalčininkai expected to reopen', () => {
  const salcininkai = (day: string) =>
    server.ask(`/v1/crossings/lt-by.salcininkai?asOf=${day}&knownAt=${day}`);

  it('as known on 28 October 2025? No end was known', async () => {
    const { status, until, next } = await salcininkai('2025-10-28');
    expect({ status, until, next }).toEqual({ status: 'closed', until: undefined, next: undefined });
  });

  it('as known on 10 November 2025? When 30 November ends in Vilnius', async () => {
    expect(await salcininkai('2025-11-10')).toMatchObject({
      status: 'closed',
      until: '2025-11-30T22:00:00.000Z',
      next: { at: '2025-11-30T22:00:00.000Z', status: 'open', certain: true },
    });
  });

  it('as known on 19 November 2025? At midnight', async () => {
    expect(await salcininkai('2025-11-19')).toMatchObject({
      next: { at: '2025-11-19T22:00:00.000Z', status: 'open' },
    });
  });
});

describe('3. Was Medininkai open on the morning of 25 October 2025', () => {
  it.each([
    ['08:30Z', 'closed'],
    ['08:59:59.999Z', 'closed'],
    ['09:00Z', 'open'],
    ['09:30Z', 'open'],
  ])('at %s? It was %s', async (time, status) => {
    const item = await server.ask(`/v1/crossings/lt-by.medininkai?asOf=2025-10-25T${time}`);
    expect(item).toMatchObject({ status, certain: true });
  });
});

describe('4. How many trucks did Belarus hold', () => {
  const trucks = '/v1/detentions/by.lt-trucks-2025';

  it('on 27 November 2025? More than 1,800, says Belarus; about 280, says the Lithuanian government; no sum', async () => {
    const item = await server.ask(`${trucks}?asOf=2025-11-27`);
    expect(item).toMatchObject({
      status: 'held',
      holder: 'by.government',
      range: { min: 280, max: 1800, openEnded: true },
    });
    expect(counts(item)).toEqual({
      'by.valfovich': { min: 1800, qualifier: 'moreThan' },
      'lt.government': { value: 280, qualifier: 'about' },
      'lt.budrys': { value: 1000, qualifier: 'about' },
      'by.lukashenko': { min: 1100, max: 1200 },
      'by.customs': { value: 1100 },
    });
  });

  it('as known on 11 November? About 1,000, says Budrys, beside what Belarus had said', async () => {
    for (const asOf of ['2025-11-11', '2025-11-27']) {
      expect(counts(await server.ask(`${trucks}?asOf=${asOf}&knownAt=2025-11-11`))).toEqual({
        'lt.budrys': { value: 1000, qualifier: 'about' },
        'by.lukashenko': { min: 1100, max: 1200 },
        'by.customs': { value: 1100 },
      });
    }
  });

  it('as known on 11 November from the seed articles alone? About 1,000 only', async () => {
    const articles = await corpusServer(/^seed-/);
    const item = await articles.ask(`${trucks}?asOf=2025-11-27&knownAt=2025-11-11`);
    await articles.stop();
    expect(counts(item)).toEqual({ 'lt.budrys': { value: 1000, qualifier: 'about' } });
    expect(item['range']).toEqual({ min: 1000, max: 1000 });
  });
});

describe('5. Which goods were barred from transit to Kaliningrad by rail', () => {
  it('on 12 July 2022? Steel and iron, cement, wood, the alcohol group, glass, paper; not coal, not oil', async () => {
    const rail = await server.ask('/v1/transit/kaliningrad.rail?asOf=2022-07-12');
    const barred = rail['barred'] as { goods: string; since: string; hs?: string[] }[];
    expect(barred.map(({ goods }) => goods).sort()).toEqual([
      'alcohol',
      'cement',
      'glass',
      'paper',
      'steel-iron',
      'wood',
    ]);
    expect(barred.find(({ goods }) => goods === 'steel-iron')).toMatchObject({ hs: ['72', '73'] });
  });
});

describe('6. Which warnings were pending', () => {
  it('on 12 July 2022, as known then? Russia’s of 8 July and the Kremlin’s of 4 July', async () => {
    const pending = await server.items('/v1/warnings?status=pending&asOf=2022-07-12&knownAt=2022-07-12');
    expect(pending.map(({ id, issuer, issuedAt }) => [id, issuer, issuedAt])).toEqual([
      ['ru.2022-07-04', 'ru.kremlin', '2022-07-04T20:59:59.999Z'],
      ['ru.2022-07-08', 'ru.government', '2022-07-08T20:59:59.999Z'],
    ]);
  });
});

describe('7. Was there a blockade', () => {
  it('is contested: Russia and Belarus say so, Lithuania and the US deny it, each with a source', async () => {
    const claim = await server.ask('/v1/claims/kaliningrad.blockade');
    expect(claim).toMatchObject({ verdict: 'contested', certain: true });
    const stances = claim['stances'] as { claimant: string; stance: string; because: string[] }[];
    expect(Object.fromEntries(stances.map(({ claimant, stance }) => [claimant, stance]))).toEqual({
      'ru.kremlin': 'asserts',
      'ru.peskov': 'asserts',
      'by.lukashenko': 'asserts',
      'lt.mfa': 'denies',
      'us.state': 'denies',
    });
    for (const { because } of stances) {
      const event = await server.ask(`/v1/events/${because[0]}`);
      expect(event['source']).toMatchObject({ publisher: expect.any(String), title: expect.any(String) });
    }
  });
});
