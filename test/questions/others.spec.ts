import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corpusServer, type CorpusServer, type Told } from './asked.js';

let server: CorpusServer;
beforeAll(async () => {
  server = await corpusServer();
});
afterAll(() => server.stop());

type Parts = readonly Readonly<Record<string, unknown>>[];
const parts = (item: Told, name: string): Parts => (item[name] ?? []) as Parts;

describe('transit to Kaliningrad, and to Klaipėda', () => {
  const rail = (query: string) => server.ask(`/v1/transit/kaliningrad.rail?${query}`);
  const goods = (item: Told, name = 'barred') => parts(item, name).map((part) => part['goods']);

  it('lost steel and iron first', async () => {
    expect(goods(await rail('asOf=2022-06-17T12:00Z'))).toEqual(['steel-iron']);
    expect(goods(await rail('asOf=2022-07-09'))).toEqual(['steel-iron']);
    expect(goods(await rail('asOf=2022-07-10'))).toHaveLength(6);
  });

  it('was expected to lose coal in August, as known on 12 July', async () => {
    const then = await rail('asOf=2022-08-15&knownAt=2022-07-12');
    expect(goods(then)).toContain('coal');
    expect(goods(then)).not.toContain('oil');
    const now = await rail('asOf=2022-07-12&knownAt=2022-07-12');
    expect(parts(now, 'scheduled')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ goods: 'coal', at: '2022-08-09T21:00:00.000Z', status: 'barred' }),
        expect.objectContaining({ goods: 'oil', at: '2022-12-04T22:00:00.000Z', status: 'barred' }),
      ]),
    );
  });

  it('was expected to keep coal, as known after the guidance, and within averages, as known after 22 July', async () => {
    const guided = await rail('asOf=2022-08-15&knownAt=2022-07-21');
    expect([goods(guided), goods(guided, 'quota')]).toEqual([['military-dual-use'], []]);
    const averaged = await rail('asOf=2022-08-15&knownAt=2022-07-22');
    expect(goods(averaged)).toEqual(['military-dual-use']);
    expect(parts(averaged, 'quota').find((quota) => quota['goods'] === 'coal')).toMatchObject({
      basis: expect.stringContaining('three years'),
      hs: ['2701'],
    });
  });

  it('stayed barred by road', async () => {
    const road = await server.ask('/v1/transit/kaliningrad.road?asOf=2022-08-15');
    expect(goods(road)).toEqual(
      expect.arrayContaining(['coal', 'steel-iron', 'cement', 'military-dual-use']),
    );
    expect(goods(road)).not.toContain('oil');
  });

  it('did not bar coal from 22 August, though a report said so', async () => {
    const day = (asOf: string) =>
      server.timeline(`/v1/transit/kaliningrad.rail/timeline?from=${asOf}T00:00Z&to=${asOf}T01:00Z`);
    expect(await day('2022-08-22')).toHaveLength(1);
    expect(goods(await rail('asOf=2022-08-23'))).not.toContain('coal');
  });

  it('ended for potash to Klaipėda on 1 February 2022, as decided on 12 January', async () => {
    const potash = (query: string) => server.ask(`/v1/transit/klaipeda.potash-rail?${query}`);
    expect(goods(await potash('asOf=2022-02-01'))).toEqual(['potash']);
    expect(goods(await potash('asOf=2022-01-31'))).toEqual([]);
    expect((await potash('asOf=2022-01-20&knownAt=2022-01-12')).next?.at).toBe('2022-01-31T22:00:00.000Z');
    const unsaid = await server.respond(
      '/v1/transit/klaipeda.potash-rail?asOf=2022-01-20&knownAt=2022-01-11',
    );
    expect(unsaid.status).toBe(404);
  });
});

describe('the EU’s Belarus regime', () => {
  const end = async (day: string) => {
    const { next, status } = await server.ask(`/v1/sanctions/eu.belarus?asOf=${day}&knownAt=${day}`);
    return [status, next?.at.slice(0, 10), next?.status];
  };

  it.each([
    ['2021-06-01', '2022-02-28'],
    ['2022-06-01', '2023-02-28'],
    ['2024-02-20', '2024-02-28'],
    ['2024-02-26', '2025-02-28'],
    ['2025-11-26', '2026-02-28'],
    ['2026-02-25', '2026-02-28'],
    ['2026-02-26', '2027-02-28'],
  ])('was, as known on %s, to end with %s', async (day, last) => {
    expect(await end(day)).toEqual(['inForce', last, 'expired']);
  });

  it('was due for a decision in February 2026, as Budrys said in November', async () => {
    const item = await server.ask('/v1/sanctions/eu.belarus?asOf=2025-11-26&knownAt=2025-11-26');
    expect(parts(item, 'decisions')).toMatchObject([
      { decision: 'renewal-2026', status: 'due', claimed: true, dueEarliest: '2026-01-31T22:00:00.000Z' },
    ]);
  });

  it('was renewed in 2026; whether with changes is contested', async () => {
    expect(await server.ask('/v1/claims/eu.belarus.renewal-2026-unchanged')).toMatchObject({
      verdict: 'contested',
    });
  });
});

describe('other measures', () => {
  it('on goods for Kaliningrad took effect in four phases', async () => {
    const phases = async (day: string) =>
      parts(
        await server.ask(`/v1/sanctions/eu.russia.kaliningrad-transit?asOf=${day}&knownAt=${day}`),
        'phases',
      ).map(({ phase, status }) => `${String(phase)} ${String(status)}`);
    expect(await phases('2022-07-12')).toEqual([
      '2022-06-17 inForce',
      '2022-07-10 inForce',
      '2022-08-10 announced',
      '2022-12-05 announced',
    ]);
    expect(new Set((await phases('2022-12-05')).map((phase) => phase.slice(11)))).toEqual(
      new Set(['inForce']),
    );
  });

  it('of OFAC let dealings with Belaruskali wind down until 8 December 2021', async () => {
    const licence = async (day: string) =>
      parts(await server.ask(`/v1/sanctions/us.belarus?asOf=${day}`), 'licences').find(
        (part) => part['licence'] === 'gl-4',
      )?.['status'];
    expect([await licence('2021-12-08'), await licence('2021-12-09')]).toEqual(['valid', 'expired']);
  });
});

describe('warnings', () => {
  const warnings = (query: string) => server.statuses(`/v1/warnings?${query}`);

  it('were not public before 11 July 2022', async () => {
    expect(await warnings('asOf=2022-07-12&knownAt=2022-07-10')).toEqual({});
    expect(await warnings('asOf=2022-07-05')).toEqual({ 'ru.2022-07-04': 'pending' });
  });

  it('with a deadline of “the coming days” may have lapsed a week later', async () => {
    const item = await server.ask('/v1/warnings/ru.2022-07-08?asOf=2022-07-20&knownAt=2022-07-20');
    expect(item).toMatchObject({ certain: false, possible: ['lapsed', 'pending'] });
  });

  it('were met when the rails were opened again', async () => {
    expect(await warnings('asOf=2022-07-22')).toEqual({ 'ru.2022-07-04': 'met', 'ru.2022-07-08': 'met' });
  });
});

describe('the trucks', () => {
  const claims = async (query: string) =>
    parts(await server.ask(`/v1/detentions/by.lt-trucks-2025?${query}`), 'claims').map(
      ({ claimant, count, unit }) => [claimant, unit, Object.values(count as object)[0] as unknown].join(' '),
    );

  it.each([
    ['2025-11-01', ['by.customs vehicle 5000']],
    ['2025-11-09', ['by.customs vehicle 1100']],
    ['2025-11-10', ['by.lukashenko truck 1100', 'by.customs vehicle 1100']],
  ])('were, as of %s, %j', async (day, expected) => {
    expect(await claims(`asOf=${day}`)).toEqual(expected);
  });

  it('were counted by the hauliers’ association in several units, which are not added up', async () => {
    const linava = (day: string) => claims(`asOf=${day}&accordingTo=lt.linava`);
    expect((await linava('2026-01-10')).sort()).toEqual([
      'lt.linava other 30',
      'lt.linava semi-trailer 473',
      'lt.linava tractor 410',
      'lt.linava vehicle 913',
    ]);
    expect(await linava('2026-02-21')).toEqual(
      expect.arrayContaining([
        'lt.linava semi-trailer 575',
        'lt.linava tractor 496',
        'lt.linava vehicle 1071',
      ]),
    );
  });

  it('are held until the end of 2027, as known in November 2025', async () => {
    const item = await server.ask('/v1/detentions/by.lt-trucks-2025?asOf=2025-11-11&knownAt=2025-11-11');
    expect(item).toMatchObject({ status: 'held', next: { at: '2027-12-31T22:00:00.000Z' } });
  });

  it('leave out figures of weak sources on request', async () => {
    const strong = await claims('asOf=2025-11-27&minReliability=B3');
    expect(strong).toEqual(['lt.government truck 280', 'lt.budrys truck 1000']);
  });
});

describe('claims, talks, conditions, the airport, releases', () => {
  it('contest that Lithuania still carried potash, because the contract had ended', async () => {
    const claim = await server.ask('/v1/claims/lt.belarus-potash-transit?asOf=2022-03-07&knownAt=2022-03-07');
    expect(claim).toMatchObject({ verdict: 'contested' });
  });

  it('show a denial of the blockade by the US only from 13 July 2022 on', async () => {
    const voices = async (day: string) =>
      parts(await server.ask(`/v1/claims/kaliningrad.blockade?asOf=${day}&knownAt=${day}`), 'stances').map(
        ({ claimant }) => claimant,
      );
    expect(await voices('2022-07-12')).not.toContain('us.state');
    expect(await voices('2022-07-13')).toContain('us.state');
  });

  it('have Minsk offer and Vilnius refuse', async () => {
    const talks = await server.ask('/v1/talks/lt-by.2025?asOf=2025-11-26');
    expect(talks['stance']).toMatchObject({
      'by.lukashenko': { stance: 'offers' },
      'lt.budrys': { stance: 'refuses' },
      'lt.nauseda': { stance: 'refuses' },
    });
  });

  it('show conditions as abandoned, not met: the border opened and the trucks were still held', async () => {
    const conditions = (query: string) => server.ask(`/v1/conditions/lt.reopening-2025?${query}`);
    expect(await conditions('asOf=2025-11-19')).toMatchObject({ status: 'pending' });
    const after = await conditions('asOf=2025-11-21');
    expect(after).toMatchObject({ status: 'abandoned' });
    expect(parts(after, 'requirements')).toContainEqual(
      expect.objectContaining({ id: 'trucks', outcome: 'unmet' }),
    );
  });

  it('show when Vilnius airport was closed, to the minute', async () => {
    const night = 'from=2025-10-04T18:00Z&to=2025-10-05T06:00Z';
    expect(await server.timeline(`/v1/airspace/lt.vilnius-airport/timeline?${night}`)).toEqual([
      '2025-10-04T19:16 2025-10-05T01:50 closed',
      '2025-10-05T01:50 2025-10-05T06:00 unknown',
    ]);
    expect(await server.ask('/v1/airspace/lt?asOf=2025-12-10')).toMatchObject({
      emergency: { status: 'declared' },
    });
  });

  it('count the prisoners of each release, by claimant', async () => {
    const releases = await server.items('/v1/releases?asOf=2025-12-31');
    expect(releases.map((item) => [item.id, item['range']])).toEqual([
      ['by.2025-06', { min: 14, max: 14 }],
      ['by.2025-09-11', { min: 52, max: 52 }],
      ['by.2025-12-13', { min: 123, max: 123 }],
    ]);
  });
});
