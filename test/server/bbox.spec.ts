import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

interface List {
  readonly items: readonly {
    readonly id: string;
    readonly location?: { readonly coordinates: [number, number] };
  }[];
  readonly next?: string;
}

let server: CorpusApplication;
beforeAll(async () => {
  server = await corpusApplication();
});
afterAll(() => server.stop());

const LITHUANIA = '20.9,53.8,26.9,56.5';

async function listed(query: string): Promise<List> {
  const { status, answer } = await server.ask(`/v1/crossings?asOf=2025-11-05&${query}`);
  expect([query, status]).toEqual([query, 200]);
  return answer as List;
}

describe('a box of crossings', () => {
  it('has the crossings inside it, in pages too', async () => {
    const { items: all } = await listed('');
    const { items } = await listed(`bbox=${LITHUANIA}`);
    const inside = all.filter(({ location }) => {
      const [longitude = 0, latitude = 0] = location?.coordinates ?? [];
      return longitude >= 20.9 && longitude <= 26.9 && latitude >= 53.8 && latitude <= 56.5;
    });
    expect(items).toEqual(inside);
    expect(items.length).toBeGreaterThan(3);
    expect(items.length).toBeLessThan(all.length);
    const paged = [];
    let page = await listed(`bbox=${LITHUANIA}&limit=2`);
    for (; page.next !== undefined; page = (await server.ask(page.next)).answer as List)
      paged.push(...page.items);
    expect([...paged, ...page.items]).toEqual(items);
  });

  it('is also a filter of series and of the next changes', async () => {
    const day = 'from=2025-11-05&to=2025-11-05';
    const { items } = await listed(`bbox=${LITHUANIA}`);
    const { answer } = await server.ask(`/v1/series?view=crossings&${day}&bbox=${LITHUANIA}`);
    expect(answer).toMatchObject({ items: [{ total: items.length }] });
    const next = await server.ask(`/v1/next?view=crossings&asOf=2025-11-05&bbox=${LITHUANIA}`);
    expect(next.status).toBe(200);
  });

  it.each([
    '/v1/crossings?bbox=1,2,3',
    '/v1/series?view=crossings&from=2025-11-05&to=2025-11-05&bbox=0,9,1,4',
  ])('is refused where it is invalid: %s', async (path) => {
    const { status, answer } = await server.ask(path);
    expect([status, answer]).toMatchObject([400, { errors: [{ parameter: 'bbox' }] }]);
  });
});
