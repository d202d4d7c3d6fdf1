import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { check } from '@placemarkio/check-geojson';
import { parse } from 'csv-parse/sync';
import { VIEWS } from '#views';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

type Row = Readonly<Record<string, string>>;
type Item = Readonly<Record<string, unknown>> & { readonly id: string };

let server: CorpusApplication;
beforeAll(async () => {
  server = await corpusApplication();
});
afterAll(() => server.stop());

const DAYS = ['2020-06-01', '2022-07-12', '2025-10-26', '2025-11-12', '2025-12-10', '2026-03-11'];

async function asText(path: string, accept?: string): Promise<string> {
  const { status, type, answer } = await server.ask(path, accept === undefined ? {} : { accept });
  expect([path, status, type]).toEqual([path, 200, 'text/csv']);
  return answer as string;
}

/** The rows of a table, read strictly: each row has as many cells as the header, and ends with CRLF. */
async function rowsOf(path: string, accept?: string): Promise<Row[]> {
  const text = await asText(path, accept);
  expect(text.endsWith('\r\n')).toBe(true);
  return parse<Row>(text, { columns: true, record_delimiter: '\r\n' });
}

async function itemsOf(path: string): Promise<readonly Item[]> {
  const { answer } = await server.ask(path);
  const { items, segments, changes } = answer as Readonly<Record<string, readonly Item[]>>;
  return (items ?? segments ?? changes)!;
}

/** Every text and number in a value, without the ids of events, which have their own column. */
function leaves(value: unknown): string[] {
  if (value === null || typeof value !== 'object')
    return value === null ? [] : [`${value as string | number | boolean}`];
  return Object.entries(value)
    .filter(([name, own]) => name !== 'because' && own !== 'exactly')
    .flatMap(([, own]) => leaves(own));
}

describe('a table', () => {
  it.each(VIEWS.map(({ name }) => name))(
    'of %s has a row for each item, with all members of the item',
    async (view) => {
      let rows = 0;
      for (const day of DAYS) {
        const path = `/v1/${view}?asOf=${day}`;
        const items = await itemsOf(path);
        const table = await rowsOf(`${path}&format=csv`);
        expect(table.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
        for (const [index, item] of items.entries()) {
          const told = Object.values(table[index]!).join('\n');
          for (const leaf of leaves(item)) if (leaf !== 'Point') expect(told).toContain(leaf);
          expect(told).toContain((item['because'] as string[]).join(' | '));
        }
        rows += table.length;
      }
      expect(rows).toBeGreaterThan(0);
    },
  );

  it('has columns for every member of every item', async () => {
    for (const { name, columns } of VIEWS) {
      for (const day of DAYS) {
        for (const item of await itemsOf(`/v1/${name}?asOf=${day}`))
          expect([name, Object.keys(columns)]).toEqual([name, expect.arrayContaining(Object.keys(item))]);
      }
    }
  });

  it('of detentions has all claims of a detention in one cell', async () => {
    const path = '/v1/detentions?asOf=2025-11-27';
    const items = await itemsOf(path);
    const table = await rowsOf(path, 'text/csv');
    for (const [index, { claims }] of items.entries()) {
      const cells = table[index]!['claims']!.split(' | ').filter((cell) => cell !== '');
      const claimants = cells.map((cell) => /claimant=([^;]+)/.exec(cell)?.[1]);
      expect(claimants).toEqual((claims as { claimant: string }[]).map(({ claimant }) => claimant));
    }
    const trucks = table.find(({ id }) => id === 'by.lt-trucks-2025');
    expect(trucks?.['claims']).toMatch(/count=[^;]*1100–1200; unit=truck; certain=true/);
    expect(Number(trucks?.['range.max'])).toBeGreaterThan(1000);
  });

  it.each(VIEWS.map(({ name }) => name))(
    'of the timelines of %s has a row for each segment',
    async (view) => {
      const items = await itemsOf(`/v1/${view}?asOf=2025-11-27`);
      for (const { id } of items.slice(0, 5)) {
        const path = `/v1/${view}/${id}/timeline`;
        const segments = await itemsOf(path);
        const table = await rowsOf(path, 'text/csv');
        expect(table.map(({ from, to }) => [from, to])).toEqual(
          segments.map(({ from, to }) => [from ?? '', to ?? '']),
        );
      }
    },
  );

  it('of a diff has a row for each change', async () => {
    const path = '/v1/diff?from.asOf=2025-10-01&to.asOf=2025-11-12';
    const changes = await itemsOf(path);
    const table = await rowsOf(`${path}&format=csv`);
    expect(table.map(({ view, subject, aspect }) => [view, subject, aspect])).toEqual(
      changes.map(({ view, subject, aspect }) => [view, subject, aspect]),
    );
    expect(table[0]).toHaveProperty('because');
  });

  it('has the columns of the given fields, and the next page in a header', async () => {
    const path = '/v1/crossings?asOf=2025-11-05&fields=status,next&limit=3&format=csv';
    const [first, ...others] = await rowsOf(path);
    expect(others).toHaveLength(2);
    expect(Object.keys(first!)).toEqual([
      'id',
      'status',
      'next.at',
      'next.earliest',
      'next.status',
      'next.certain',
      'next.possible',
      'next.claimed',
    ]);
    const link = /<(.+)>; rel="next"/.exec((await server.headers(path)).get('link') ?? '')?.[1];
    expect((await rowsOf(link!)).length).toBe(3);
  });

  it('has its media type, and a tag', async () => {
    const headers = await server.headers('/v1/crossings?format=csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('etag')).toMatch(/^W\//);
    expect(headers.get('vary')).toContain('accept');
  });
});

describe('events as a table', () => {
  interface Event {
    readonly id: string;
    readonly sequence: number;
    readonly data: object;
    readonly source: { readonly title: string };
    readonly occurred?: { readonly edtf: string };
  }
  const eventsOf = async (path: string) =>
    ((await server.ask(path)).answer as { items: readonly Event[] }).items;

  it('has all events, with all members in columns', async () => {
    const table = await rowsOf('/v1/events?format=csv');
    expect(table.map(({ sequence }) => Number(sequence))).toEqual(
      Array.from({ length: server.size }, (_, index) => index + 1),
    );
    const events = await eventsOf('/v1/events?limit=200&after=100');
    for (const [index, event] of events.entries()) {
      const row = table[100 + index]!;
      expect(row).toMatchObject({ id: event.id, 'occurred.edtf': event.occurred?.edtf ?? '' });
      expect(JSON.parse(row['data']!)).toEqual(event.data);
      expect(row['source.title']!.replace(/^'(?=[=+\-@])/, '')).toBe(event.source.title);
    }
  });

  it.each([
    'subject=lt-by.medininkai&limit=1000',
    'q=balloon*&limit=1000',
    'order=desc&limit=7',
    'from=2025-10-01&to=2025-11-01&axis=valid&limit=150',
    'subject=nothing&limit=1',
  ])('has the events that pass the filters: %s', async (query) => {
    const table = await rowsOf(`/v1/events?${query}`, 'text/csv');
    const events = await eventsOf(`/v1/events?${query}`);
    expect(table.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('has no text that a spreadsheet runs as a formula', async () => {
    const development = {
      type: 'claim.asserted',
      reportedAt: '2025-11-01',
      data: { claim: 'x', proposition: '=HYPERLINK("http://127.0.0.1/","click")' },
      source: { publisher: '@SUM(A1)', title: '-2+3', publishedAt: '2025-11-01' },
      attribution: { claimant: 'lt.mfa', standing: 'claim', reliability: 'B2' },
    };
    await server.ask('/v1/developments', { body: development });
    const [row] = await rowsOf(`/v1/events?subject=x&format=csv&atLeast=${server.size + 1}`);
    expect(row).toMatchObject({ 'source.publisher': "'@SUM(A1)", 'source.title': "'-2+3" });
    const [claim] = await rowsOf(
      `/v1/claims?format=csv&atLeast=${server.size + 1}&fields=proposition&after=w`,
    );
    expect(claim?.['proposition']).toMatch(/^'=HYPERLINK/);
  });
});

describe('crossings as GeoJSON', () => {
  it('are a valid collection of features with their status', async () => {
    const path = '/v1/crossings?asOf=2025-11-05';
    const items = await itemsOf(path);
    for (const asked of [{ path: `${path}&format=geojson` }, { path, accept: 'application/geo+json' }]) {
      const { status, type, answer } = await server.ask(asked.path, asked);
      expect([status, type]).toEqual([200, 'application/geo+json']);
      const collection = check(JSON.stringify(answer)) as unknown as {
        features: { id: string; geometry: unknown; properties: Record<string, unknown> }[];
      };
      expect(collection.features.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
      const medininkai = collection.features.find(({ id }) => id === 'lt-by.medininkai')!;
      expect(medininkai).toMatchObject({
        geometry: { type: 'Point' },
        properties: { status: 'restricted', since: expect.any(String), next: { status: 'open' } },
      });
    }
  });

  it('are crossings only', async () => {
    expect((await server.ask('/v1/warnings?format=geojson')).status).toBe(400);
    expect((await server.ask('/v1/warnings', { accept: 'application/geo+json' })).status).toBe(406);
  });

  it('have the properties of the given fields', async () => {
    const { answer } = await server.ask('/v1/crossings?limit=1&fields=status&format=geojson');
    const { features, next } = answer as { features: { properties: object }[]; next: string };
    expect(Object.keys(features[0]!.properties)).toEqual(['status']);
    expect(next).toContain('format=geojson');
  });
});
