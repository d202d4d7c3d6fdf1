import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VIEWS } from '#views';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

interface List {
  readonly basis: { readonly asOf: string; readonly knownAt: string | null; readonly sequence: number };
  readonly next?: string;
  readonly items: readonly { readonly id: string }[];
}

let server: CorpusApplication;
beforeAll(async () => {
  server = await corpusApplication();
});
afterAll(() => server.stop());

async function listed(path: string): Promise<List> {
  const { status, answer } = await server.ask(path);
  expect([path, status]).toEqual([path, 200]);
  return answer as List;
}

/** All pages, read by following `next`. */
async function pagesFrom(path: string): Promise<List[]> {
  const pages: List[] = [];
  for (let next: string | undefined = path; next !== undefined; next = pages.at(-1)?.next) {
    pages.push(await listed(next));
  }
  return pages;
}

describe('a list in pages', () => {
  const days = ['2020-06-01', '2022-07-12', '2025-10-26', '2025-11-05', '2025-12-10', '2026-03-11'];
  const asked = fc.record({
    view: fc.constantFrom(...VIEWS.map(({ name }) => name)),
    limit: fc.integer({ min: 1, max: 60 }),
    query: fc.record(
      {
        asOf: fc.constantFrom(...days),
        knownAt: fc.constantFrom(...days),
        recordedAt: fc.constantFrom('@100', '@428'),
        zone: fc.constantFrom('UTC', 'America/New_York'),
        minReliability: fc.constantFrom('B2'),
        accordingTo: fc.constantFrom('lt.government', 'by.government'),
        fields: fc.constantFrom('because', 'id,because'),
      },
      { requiredKeys: [] },
    ),
  });

  it('has the whole list in its pages, with one basis, for any question', () =>
    fc.assert(
      fc.asyncProperty(asked, async ({ view, limit, query }) => {
        const path = `/v1/${view}?${new URLSearchParams(query).toString()}`;
        const whole = await listed(path);
        const pages = await pagesFrom(`${path}&limit=${limit}`);
        expect(pages.flatMap(({ items }) => items)).toEqual(whole.items);
        expect(pages).toHaveLength(Math.max(1, Math.ceil(whole.items.length / limit)));
        expect(whole).not.toHaveProperty('next');
        const sequences = pages.map(({ basis: { asOf, knownAt, sequence } }) => [asOf, knownAt, sequence]);
        expect(new Set(sequences.map(String)).size).toBe(1);
      }),
      { numRuns: 60 },
    ));

  it('keeps its filters', async () => {
    const path = '/v1/crossings?asOf=2025-11-05&border=LT-BY&status=closed';
    const whole = await listed(path);
    const pages = await pagesFrom(`${path}&limit=2`);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ items }) => items)).toEqual(whole.items);
  });

  it('stays one answer while new events are recorded', async () => {
    const whole = await listed('/v1/crossings');
    const first = await listed('/v1/crossings?limit=10');
    const development = {
      type: 'crossing.closed',
      occurred: '2025-11-01T00:00',
      reportedAt: '2025-11-01',
      data: { crossing: 'zz.late', side: 'LT' },
      source: { publisher: 'Test', title: 'Late', publishedAt: '2025-11-01' },
      attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
    };
    const { status } = await server.ask('/v1/developments', { body: development });
    expect(status).toBe(201);
    const now = await listed(`/v1/crossings?atLeast=${whole.basis.sequence + 1}`);
    expect(now.items).toHaveLength(whole.items.length + 1);
    const others = await pagesFrom(first.next!);
    expect([first, ...others].flatMap(({ items }) => items)).toEqual(whole.items);
  });

  it('names its next page in a header too, and only its first page changes', async () => {
    const first = await server.headers('/v1/crossings?limit=10');
    const { next } = await listed('/v1/crossings?limit=10');
    expect(first.get('link')).toBe(`<${next}>; rel="next"`);
    expect(first.get('cache-control')).toBe('public, no-cache');
    expect((await server.headers(next!)).get('cache-control')).toContain('immutable');
    const last = await server.headers('/v1/crossings?limit=1000');
    expect(last.get('link')).toBeNull();
  });

  it('has another tag where the page is the last page', async () => {
    const { items } = await listed('/v1/crossings');
    const { id } = items.at(-2)!;
    const tagOf = async (limit: number, after: string) =>
      (await server.headers(`/v1/crossings?limit=${limit}&after=${after}&fields=border`)).get('etag');
    const before = items.at(-3)!.id;
    expect(await tagOf(1, before)).not.toBe(await tagOf(1, id));
    expect(await tagOf(1, before)).toBe(await tagOf(1, before));
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['after=', 'after'],
  ])('refuses %s', async (query, parameter) => {
    const { status, answer } = await server.ask(`/v1/crossings?${query}`);
    expect([status, answer]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ parameter })] }),
    ]);
  });

  it('can begin after an unknown id', async () => {
    const { items } = await listed('/v1/crossings?after=lt-by.m');
    expect(items[0]?.id).toBe('lt-by.medininkai');
    expect((await listed('/v1/crossings?after=zzzz&limit=5')).items).toEqual([]);
  });
});

describe('fields', () => {
  it('select the members of items; the id is always there', async () => {
    const { items } = await listed('/v1/crossings?asOf=2025-11-05&border=LT-BY&fields=status,since');
    for (const item of items)
      expect(['id', 'since', 'status']).toEqual(expect.arrayContaining(Object.keys(item)));
    const { answer } = await server.ask('/v1/crossings/lt-by.medininkai?asOf=2025-11-05&fields=status');
    expect(answer).toEqual({ basis: expect.anything(), id: 'lt-by.medininkai', status: 'restricted' });
  });

  it('that do not exist are refused, with a list of the existing columns', async () => {
    for (const path of ['/v1/warnings?fields=threat,dedline', '/v1/warnings/x?fields=dedline']) {
      const { status, answer } = await server.ask(path);
      const { detail } = answer as { detail: string };
      expect([status, detail]).toEqual([400, expect.stringContaining('Did you mean deadline?')]);
      expect(detail).toContain('id, names, issuer, addressees');
    }
  });

  it('can be in a receipt, as pages can', async () => {
    const parameters = { asOf: '2025-11-05', limit: '3', fields: 'status' };
    const { status, answer } = await server.ask('/v1/audit/receipts', {
      body: { path: '/v1/crossings', parameters },
    });
    expect([status, answer]).toEqual([200, expect.anything()]);
    const { answer: signed } = answer as { answer: List };
    expect(signed.items).toHaveLength(3);
    expect(signed.next).toContain('after=');
  });
});
