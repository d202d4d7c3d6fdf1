import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { VIEWS } from '#views';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

interface Series {
  readonly items: readonly {
    readonly date: string;
    readonly at: string;
    readonly total: number;
    readonly uncertain: number;
    readonly counts: Readonly<Record<string, number>>;
  }[];
}

interface Listed {
  readonly items: readonly {
    readonly status?: string;
    readonly verdict?: string;
    readonly certain?: boolean;
  }[];
}

let server: CorpusApplication;
beforeAll(async () => {
  server = await corpusApplication();
});
afterAll(() => server.stop());

async function answered<T>(path: string): Promise<T> {
  const { status, answer } = await server.ask(path);
  expect([path, status]).toEqual([path, 200]);
  return answer as T;
}

/** The counts of the items in the list of a day, made one by one. */
async function countedIn(path: string): Promise<{ total: number; uncertain: number; counts: object }> {
  const { items } = await answered<Listed>(path);
  const counts: Record<string, number> = {};
  let uncertain = 0;
  for (const { status, verdict, certain } of items) {
    const name = status ?? verdict;
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
    if (name !== undefined && certain === false) uncertain += 1;
  }
  return { total: items.length, uncertain, counts };
}

const someOf = (counts: Readonly<Record<string, number>>): object =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

describe('a series', () => {
  it('counts for each day the items in the list of that day, for any question', () => {
    const asked = fc.record({
      view: fc.constantFrom(...VIEWS.map(({ name }) => name)),
      step: fc.constantFrom('day', 'week', 'month'),
      from: fc.constantFrom('2020-08-01', '2022-06-10', '2025-10-20', '2026-02-20'),
      query: fc.record(
        {
          knownAt: fc.constantFrom('2022-07-12', '2025-11-05'),
          recordedAt: fc.constantFrom('@100', '@428'),
          zone: fc.constantFrom('UTC', 'America/New_York'),
          minReliability: fc.constantFrom('B2'),
          accordingTo: fc.constantFrom('lt.government', 'by.government'),
        },
        { requiredKeys: [] },
      ),
    });
    const days = { day: 12, week: 60, month: 200 };
    return fc.assert(
      fc.asyncProperty(asked, async ({ view, step, from, query }) => {
        const to = new Date(Date.parse(from) + days[step as 'day'] * 86_400_000).toISOString().slice(0, 10);
        const rest = new URLSearchParams(query).toString();
        const { items } = await answered<Series>(
          `/v1/series?view=${view}&from=${from}&to=${to}&step=${step}&${rest}`,
        );
        expect(items.at(-1)!.date).toBe(to);
        for (const { date, total, uncertain, counts } of items) {
          const listed = await countedIn(`/v1/${view}?asOf=${date}&${rest}`);
          expect({ total, uncertain, counts: someOf(counts) }).toEqual(listed);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shows that the crossings to Belarus closed, and opened again', async () => {
    const { items } = await answered<Series>(
      '/v1/series?view=crossings&border=LT-BY&from=2025-10-20&to=2025-11-25&knownAt=2026-01-01',
    );
    const closed = (date: string): number => items.find((item) => item.date === date)!.counts['closed']!;
    expect(closed('2025-11-05')).toBeGreaterThan(closed('2025-10-20'));
    expect(closed('2025-11-24')).toBeLessThan(closed('2025-11-05'));
    for (const { date, total } of items.slice(0, 1)) {
      const { items: listed } = await answered<Listed>(
        `/v1/crossings?border=LT-BY&asOf=${date}&knownAt=2026-01-01`,
      );
      expect(total).toBe(listed.length);
    }
  });

  it('can be a table: a row for each day and status', async () => {
    const path = '/v1/series?view=crossings&from=2025-11-01&to=2025-11-03';
    const { items } = await answered<Series>(path);
    const { type, answer } = await server.ask(`${path}&format=csv`);
    expect(type).toBe('text/csv');
    const rows = parse<Record<string, string>>(answer as string, { columns: true });
    expect(rows.map(({ date, status, count }) => [date, status, Number(count)])).toEqual(
      items.flatMap(({ date, counts }) =>
        Object.entries(counts).map(([status, count]) => [date, status, count]),
      ),
    );
  });

  it('that is pinned may be kept for ever', async () => {
    const path = '/v1/series?view=crossings&from=2025-11-01&to=2025-11-03&recordedAt=@200';
    expect((await server.headers(path)).get('cache-control')).toContain('immutable');
  });

  it.each([
    ['from=2025-11-01&to=2025-11-03', 'view'],
    ['view=trucks&from=2025-11-01&to=2025-11-03', 'view'],
    ['view=crossings&to=2025-11-03', 'from'],
    ['view=crossings&from=2025-02-30&to=2025-11-03', 'from'],
    ['view=crossings&from=2025-11-01T00:00Z&to=2025-11-03', 'from'],
    ['view=crossings&from=2025-11-04&to=2025-11-03', 'to'],
    ['view=crossings&from=1900-01-01&to=2025-11-03', 'step'],
    ['view=crossings&from=2025-11-01&to=2025-11-03&status=ajar', 'status'],
    ['view=talks&from=2025-11-01&to=2025-11-03&border=LT-BY', 'border'],
    ['view=crossings&from=2025-11-01&to=2025-11-03&asOf=2025-11-03', 'asOf'],
  ])('%s is refused because of %s', async (query, parameter) => {
    const { status, answer } = await server.ask(`/v1/series?${query}`);
    expect([status, answer]).toMatchObject([400, { errors: [{ parameter }] }]);
  });
});
