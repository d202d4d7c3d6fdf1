import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corpusServer, type CorpusServer } from './asked.js';

let server: CorpusServer;
beforeAll(async () => {
  server = await corpusServer();
});
afterAll(() => server.stop());

const crossing = (id: string, query: string) => server.ask(`/v1/crossings/${id}?${query}`);
const border = (name: string, query: string) => server.statuses(`/v1/crossings?border=${name}&${query}`);

describe('the border of Poland and Belarus', () => {
  const ALREADY_SHUT = {
    'pl-by.bobrowniki': 'closed',
    'pl-by.kuznica': 'closed',
    'pl-by.polowce': 'closed',
    'pl-by.slawatycze': 'closed',
  };
  const OPERATING = { 'pl-by.terespol': 'open', 'pl-by.siemianowka': 'open', 'pl-by.kuznica-rail': 'open' };

  it.each(['2025-09-11', '2025-09-25', '2025-10-31'])(
    'had only its long-closed crossings shut on %s',
    async (day) => {
      const expected = { ...ALREADY_SHUT, ...OPERATING, 'pl-by.kukuryki': 'restricted' };
      expect(await border('PL-BY', `asOf=${day}`)).toEqual(expected);
    },
  );

  it.each(['2025-09-12', '2025-09-20', '2025-09-24'])('had all crossings shut on %s', async (day) => {
    expect(new Set(Object.values(await border('PL-BY', `asOf=${day}&zone=Europe/Warsaw`)))).toEqual(
      new Set(['closed']),
    );
  });

  it('reopened at midnight in Warsaw, which was known two days before', async () => {
    expect(await crossing('pl-by.terespol', 'asOf=2025-09-24T21:59:59.999Z')).toMatchObject({
      status: 'closed',
      since: '2025-09-11T22:00:00.000Z',
    });
    expect(await crossing('pl-by.terespol', 'asOf=2025-09-24T22:00Z')).toMatchObject({ status: 'open' });
    const known = (day: string) => crossing('pl-by.terespol', `asOf=2025-09-22&knownAt=${day}`);
    expect((await known('2025-09-22')).next).toBeUndefined();
    expect((await known('2025-09-23')).next).toMatchObject({
      at: '2025-09-24T22:00:00.000Z',
      status: 'open',
    });
  });

  it('had Bobrowniki and Kuźnica reopened in November 2025, and Połowce and Sławatycze still shut', async () => {
    const { 'pl-by.bobrowniki': bobrowniki, ...others } = await border('PL-BY', 'asOf=2025-11-18');
    expect([bobrowniki, others['pl-by.kuznica']]).toEqual(['open', 'open']);
    expect([others['pl-by.polowce'], others['pl-by.slawatycze']]).toEqual(['closed', 'closed']);
  });

  it('shut Bobrowniki at noon of Friday 10 February 2023, though a report said “Saturday”', async () => {
    expect(await crossing('pl-by.bobrowniki', 'asOf=2023-02-10T10:59Z')).toMatchObject({ status: 'open' });
    for (const voice of ['', '&accordingTo=press.xlnews']) {
      const item = await crossing('pl-by.bobrowniki', `asOf=2023-02-10T11:00Z${voice}`);
      expect(item).toMatchObject({ status: 'closed', since: '2023-02-10T11:00:00.000Z' });
    }
  });
});

describe('the border of Finland and Russia', () => {
  const shut = async (day: string): Promise<string[]> => {
    const all = await server.items(`/v1/crossings?border=FI-RU&asOf=${day}&zone=Europe/Helsinki`);
    expect(all).toHaveLength(8);
    return all.filter(({ status }) => status === 'closed').map(({ id }) => id.slice('fi-ru.'.length));
  };
  const FIRST_FOUR = ['imatra', 'niirala', 'nuijamaa', 'vaalimaa'];
  const ALL = ['imatra', 'kuusamo', 'niirala', 'nuijamaa', 'raja-jooseppi', 'salla', 'vaalimaa', 'vartius'];

  it.each([
    ['2023-11-17', []],
    ['2023-11-18', FIRST_FOUR],
    ['2023-11-23', FIRST_FOUR],
    ['2023-11-24', ALL.filter((id) => id !== 'raja-jooseppi')],
    ['2023-11-29', ALL.filter((id) => id !== 'raja-jooseppi')],
    ['2023-11-30', ALL],
    ['2023-12-13', ALL],
    ['2023-12-14', ALL.filter((id) => id !== 'vaalimaa' && id !== 'niirala')],
    ['2023-12-15', ALL],
    ['2024-03-31', ALL],
    ['2024-06-01', ALL],
  ])('was shut on %s at %j', async (day, expected) => {
    expect(await shut(day)).toEqual(expected);
  });

  it('was to open again on 14 December, as known on 1 December, and on 15 January, as known on 15 December', async () => {
    const expected = async (day: string) =>
      (await crossing('fi-ru.salla', `asOf=${day}&knownAt=${day}`)).next?.at;
    expect(await expected('2023-12-01')).toBe('2023-12-13T22:00:00.000Z');
    expect(await expected('2023-12-15')).toBe('2024-01-14T22:00:00.000Z');
    expect(await expected('2024-06-01')).toBeUndefined();
  });
});

describe('the borders of Latvia and of Lithuania with Russia', () => {
  it('shut Silene on the evening of 19 September 2023, not in “mid-October”', async () => {
    expect(await crossing('lv-by.silene', 'asOf=2023-09-19T16:59Z')).toMatchObject({ status: 'open' });
    for (const cut of ['', '&knownAt=2023-12-01']) {
      const item = await crossing('lv-by.silene', `asOf=2023-10-20${cut}`);
      expect(item).toMatchObject({ status: 'closed', since: '2023-09-19T17:00:00.000Z' });
    }
  });

  it('shut Vientuļi and Pededze on 16 October 2023', async () => {
    const expected = (status: string) => ({
      'lv-ru.grebneva': 'open',
      'lv-ru.pededze': status,
      'lv-ru.terehova': 'open',
      'lv-ru.vientuli': status,
    });
    expect(await border('LV-RU', 'asOf=2023-10-15&zone=Europe/Riga')).toEqual(expected('open'));
    expect(await border('LV-RU', 'asOf=2023-10-16&zone=Europe/Riga')).toEqual(expected('closed'));
  });

  it('has barred pedestrians since March 2025 at three road crossings that stay open', async () => {
    for (const id of ['lv-ru.terehova', 'lv-ru.grebneva', 'lv-by.paternieki']) {
      const item = await crossing(id, 'asOf=2025-06-01');
      expect(item).toMatchObject({ status: 'open', byMode: { pedestrian: { status: 'closed' } } });
    }
  });

  it('shut Panemunė for four hours of 29 September 2025', async () => {
    expect(
      await server.timeline(
        '/v1/crossings/lt-ru.panemune/timeline?from=2025-09-29T00:00Z&to=2025-09-30T00:00Z',
      ),
    ).toEqual([
      '2025-09-29T00:00 2025-09-29T07:00 open',
      '2025-09-29T07:00 2025-09-29T11:00 closed',
      '2025-09-29T11:00 2025-09-30T00:00 open',
    ]);
  });
});

describe('the border of Lithuania and Belarus', () => {
  it('lost its crossings in steps', async () => {
    const open = async (day: string) =>
      (await server.items(`/v1/crossings?border=LT-BY&mode=road&status=open&asOf=${day}`)).map(({ id }) =>
        id.slice('lt-by.'.length),
      );
    const [four, two] = [
      ['lavoriskes', 'medininkai', 'raigardas', 'salcininkai'],
      ['medininkai', 'salcininkai'],
    ];
    expect(await open('2023-08-17')).toEqual([...four, 'sumskas', 'tverecius']);
    expect(await open('2023-08-18')).toEqual(four);
    expect(await open('2024-02-29')).toEqual(four);
    expect(await open('2024-03-01')).toEqual(two);
  });

  it('was known in advance to lose two crossings in March 2024', async () => {
    const known = (day: string) => crossing('lt-by.raigardas', `asOf=2024-02-25&knownAt=${day}`);
    expect((await known('2024-02-20')).next).toBeUndefined();
    expect((await known('2024-02-21')).next).toMatchObject({
      at: '2024-02-29T22:00:00.000Z',
      status: 'closed',
    });
  });

  it('has the events at Medininkai of October 2025 with their vague and ambiguous hours', async () => {
    const days = 'from=2025-10-21T21:00Z&to=2025-12-01T00:00Z';
    expect(await server.timeline(`/v1/crossings/lt-by.medininkai/timeline?${days}`)).toEqual([
      '2025-10-21T21:00 2025-10-21T23:15 open',
      '2025-10-21T23:15 2025-10-21T23:45 closed|open',
      '2025-10-21T23:45 2025-10-22T06:00 closed',
      '2025-10-22T06:00 2025-10-24T18:15 open',
      '2025-10-24T18:15 2025-10-24T18:45 closed|open',
      '2025-10-24T18:45 2025-10-25T09:00 closed',
      '2025-10-25T09:00 2025-10-25T15:00 open',
      '2025-10-25T15:00 2025-10-25T21:00 closed|open',
      '2025-10-25T21:00 2025-10-26T00:00 closed',
      '2025-10-26T00:00 2025-10-26T01:00 closed|open',
      '2025-10-26T01:00 2025-10-26T19:55 open',
      '2025-10-26T19:55 2025-10-26T20:25 closed|open',
      '2025-10-26T20:25 2025-10-26T22:00 closed',
      '2025-10-26T22:00 2025-10-27T21:59 closed|restricted',
      '2025-10-27T21:59 2025-11-19T22:00 restricted',
      '2025-11-19T22:00 2025-12-01T00:00 open',
    ]);
  });

  it.each([
    ['2025-10-25T23:59:59.999Z', { status: 'closed', certain: true }],
    ['2025-10-26T00:00Z', { status: 'unknown', certain: false, possible: ['closed', 'open'] }],
    ['2025-10-26T03:00%2B03:00', { status: 'unknown', certain: false, possible: ['closed', 'open'] }],
    ['2025-10-26T00:59:59.999Z', { status: 'unknown', certain: false, possible: ['closed', 'open'] }],
    ['2025-10-26T03:00%2B02:00', { status: 'open', certain: true }],
  ])('keeps both possible instants of the 03:00 that occurred twice: %s', async (instant, expected) => {
    expect(await crossing('lt-by.medininkai', `asOf=${instant}`)).toMatchObject(expected);
  });

  it('is closed at Medininkai only by the less exact reports', async () => {
    const asked = 'asOf=2025-11-15&accordingTo=';
    expect(await crossing('lt-by.medininkai', `${asked}press.ap`)).toMatchObject({ status: 'closed' });
    expect(await crossing('lt-by.medininkai', `${asked}lt.government`)).toMatchObject({
      status: 'restricted',
    });
  });

  it('was expected to stay shut until the end of the month, as known before the early reopening', async () => {
    const timeline = await server.timeline(
      '/v1/crossings/lt-by.salcininkai/timeline?from=2025-10-30T22:00Z&to=2025-12-02T00:00Z&knownAt=2025-11-18',
    );
    expect(timeline).toEqual([
      '2025-10-30T22:00 2025-11-30T22:00 closed',
      '2025-11-30T22:00 2025-12-02T00:00 open',
    ]);
  });

  it('differs by two reopenings between what was known on 10 and on 19 November', async () => {
    const cut = (side: string, day: string) => `${side}.asOf=2025-11-20&${side}.knownAt=${day}`;
    const { changes } = await server.ask<{ changes: Change[] }>(
      `/v1/diff?view=crossings&${cut('from', '2025-11-10')}&${cut('to', '2025-11-19')}`,
    );
    const statuses = changes.filter(({ aspect }) => aspect === 'status');
    expect(statuses.map(({ subject, before, after }) => [subject, before.status, after.status])).toEqual([
      ['lt-by.medininkai', 'restricted', 'open'],
      ['lt-by.salcininkai', 'closed', 'open'],
      ['pl-by.bobrowniki', 'closed', 'open'],
      ['pl-by.kuznica', 'closed', 'open'],
    ]);
    for (const { because } of changes) expect(because.length).toBeGreaterThan(0);
  });
});

interface Change {
  readonly subject: string;
  readonly aspect: string;
  readonly before: { readonly status: string };
  readonly after: { readonly status: string };
  readonly because: readonly string[];
}
