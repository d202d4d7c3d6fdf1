import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messages } from '../server/sse.js';
import { corpus, corpusServer, type CorpusServer, type Told } from './asked.js';

let server: CorpusServer;
beforeAll(async () => {
  server = await corpusServer();
});
afterAll(() => server.stop());

const VIEWS = [
  'crossings',
  'transit',
  'sanctions',
  'detentions',
  'warnings',
  'conditions',
  'talks',
  'airspace',
  'claims',
  'releases',
  'estimates',
  'statements',
];

interface Page {
  readonly items: readonly Told[];
  readonly next: number | null;
}
const events = (query: string) => server.ask<Page>(`/v1/events?${query}`);

/** Every `because`, at any depth of an answer. */
function becauses(value: unknown): unknown[][] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(becauses);
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'because' ? [member as unknown[]] : becauses(member),
  );
}

describe('every value', () => {
  it.each(['2022-07-12', '2023-12-05', '2025-11-05', '2025-12-10', '2026-03-11'])(
    'as of %s names events that exist',
    async (asOf) => {
      const state = await server.ask<Record<string, Told[]>>(`/v1/state?asOf=${asOf}`);
      const known = new Set((await events('limit=1000')).items.map(({ id }) => id));
      for (const view of VIEWS) {
        for (const item of state[view] ?? []) {
          const named = becauses(item);
          expect(named.length).toBeGreaterThan(0);
          for (const ids of named) {
            expect(ids.length).toBeGreaterThan(0);
            for (const id of ids) expect(known).toContain(id);
          }
        }
      }
    },
  );

  it('has its events at /v1/events/{id}', async () => {
    const { because } = await server.ask('/v1/crossings/lt-by.medininkai?asOf=2025-11-05');
    const event = await server.ask(`/v1/events/${because[0]}`);
    expect(event).toMatchObject({ type: 'crossing.restricted', corrections: [] });
    expect(event['causes']).toMatchObject([{ aspect: 'status/LT/road', value: { status: 'restricted' } }]);
  });

  it('is the same in the list, alone, and in the whole state', async () => {
    const state = await server.ask<Record<string, Told[]>>('/v1/state?asOf=2025-11-05');
    for (const view of VIEWS) {
      const items = await server.items(`/v1/${view}?asOf=2025-11-05`);
      expect(items).toEqual(state[view]);
      for (const item of items.slice(0, 3)) {
        expect(await server.ask(`/v1/${view}/${item.id}?asOf=2025-11-05`)).toMatchObject(item);
      }
    }
  });

  it('can be asked for again by the basis of its answer', async () => {
    const asked = await server.ask('/v1/crossings?asOf=2025-11-05&knownAt=2025-11-04&zone=Europe/Warsaw');
    expect(asked['basis']).toEqual({
      asOf: '2025-11-05T22:59:59.999Z',
      knownAt: '2025-11-04T22:59:59.999Z',
      recordedAt: null,
      sequence: server.size,
      zone: 'Europe/Warsaw',
    });
    const { asOf, knownAt, sequence } = asked['basis'] as Record<string, string>;
    const again = await server.ask(`/v1/crossings?asOf=${asOf}&knownAt=${knownAt}&recordedAt=@${sequence}`);
    expect(again['items']).toEqual(asked['items']);
  });
});

describe('caches', () => {
  it('get the status 304 for an answer that they have', async () => {
    for (const path of ['/v1/crossings?asOf=2025-11-05', '/v1/state?asOf=2025-11-05', '/v1/claims']) {
      const etag = (await server.respond(path)).headers.get('etag')!;
      const again = await server.respond(path, { 'if-none-match': etag });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
  });

  it('can keep a pinned answer for ever: it is byte for byte the same after more events were recorded', async () => {
    const pinned = [
      ...VIEWS.map((view) => `/v1/${view}?asOf=2025-11-05&recordedAt=@${server.size}`),
      `/v1/state?recordedAt=@300`,
      `/v1/crossings/lt-by.medininkai/timeline?asOf=2025-11-05&recordedAt=@${server.size}`,
      `/v1/diff?from.asOf=2025-11-05&from.recordedAt=@100&to.asOf=2025-11-05&to.recordedAt=@${server.size}`,
    ];
    const read = async (path: string) => {
      const response = await server.respond(path);
      return [response.headers.get('cache-control'), response.headers.get('etag'), await response.text()];
    };
    const before = await Promise.all(pinned.map(read));
    const [closure] = corpus(/crossings/).filter(({ type }) => type === 'crossing.closed');
    const { id: _id, ...again } = closure!;
    const { events: written } = await server.record('/v1/developments', again);
    const target = (await events('type=crossing.closed&limit=1')).items[0]!.id;
    const correction = { kind: 'transcription', reason: 'For the test.' };
    const { events: noted } = await server.record(`/v1/developments/${target}/retractions`, correction);
    expect([written[0]!.sequence, noted[0]!.sequence]).toEqual([server.size + 1, server.size + 2]);
    await server.ask(`/v1/state?atLeast=${server.size + 2}`);
    const after = await Promise.all(pinned.map(read));
    expect(after).toEqual(before);
    for (const [caching] of after) expect(caching).toBe('public, max-age=31536000, immutable');
  });
});

describe('a write', () => {
  it('is read with atLeast, which ends with an error for a sequence that does not come', async () => {
    const answered = await server.ask(`/v1/crossings?atLeast=${server.size}`);
    expect(answered['basis']).toMatchObject({ sequence: expect.any(Number) });
    const started = Date.now();
    const behind = await server.respond('/v1/crossings?atLeast=1000000');
    expect([behind.status, behind.headers.get('retry-after')]).toEqual([503, '1']);
    expect(Date.now() - started).toBeLessThan(8000);
  });

  it('sent again gets the same answer, marked as a duplicate', async () => {
    const developments = corpus(/seed-s4/);
    const { items } = await events('limit=1000');
    const { events: again } = await server.record('/v1/developments', { developments });
    for (const { id, sequence, duplicate } of again) {
      expect(duplicate).toBe(true);
      expect(items.find((item) => item.id === id)).toMatchObject({ sequence });
    }
  });
});

describe('an invalid question', () => {
  it.each([
    'asOf=2025-02-30',
    'asOf=0000-01-01',
    'asOf=10000-01-01',
    'asOf=%2B010000-01-01',
    'asOf=2025-11-05T12:00',
    'asOf=yesterday',
    'knownAt=2025-13-01',
    'recordedAt=@-1',
    'recordedAt=@99999999',
    'zone=Mars/Base',
    'minReliability=G7',
    'atLeast=-1',
    'statsu=open',
    'asOf=2025-11-05&asOf=2025-11-06',
  ])('%s has the status 400 with the reason', async (query) => {
    const response = await server.respond(`/v1/crossings?${query}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    const name = query.split('=')[0];
    const { errors } = (await response.json()) as { errors: { parameter: string; detail: string }[] };
    expect(errors).toEqual([{ parameter: name, detail: expect.any(String) }]);
  });

  it.each([
    '/v1/crossings/nowhere',
    '/v1/crossings/nowhere/timeline',
    '/v1/talks/lt-by.medininkai',
    '/v1/events/00000000-0000-7000-8000-000000000000',
    '/v1/nothing',
    '/v2/crossings',
  ])('%s has the status 404', async (path) => {
    expect((await server.respond(path)).status).toBe(404);
  });
});

describe('the events', () => {
  it('come in pages: each event once, in order', async () => {
    const seen: number[] = [];
    for (let next: number | null = 0; next !== null;) {
      const page: Page = await events(`limit=97&after=${next}`);
      seen.push(...page.items.map(({ sequence }) => Number(sequence)));
      next = page.next;
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
    expect(seen.length).toBeGreaterThanOrEqual(server.size);
    const backwards = await events('limit=5&order=desc&after=10');
    expect(backwards.items.map(({ sequence }) => sequence)).toEqual([9, 8, 7, 6, 5]);
  });

  it('come as lines on request: each event once', async () => {
    const response = await server.respond('/v1/events?type=crossing.restricted', {
      accept: 'application/x-ndjson',
    });
    const lines = (await response.text()).trim().split('\n');
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    expect(lines.map((line) => (JSON.parse(line) as Told)['type'])).toEqual(
      Array<string>(lines.length).fill('crossing.restricted'),
    );
    expect(lines).toHaveLength((await events('type=crossing.restricted')).items.length);
  });

  it.each([
    ['balloons flying', true],
    ['"flying in from Belarus"', true],
    ['"Belarus from in flying"', false],
    ['ballo*', true],
    ['ballo', false],
    ['salcininkai', true],
    ['ŠALČININKAI', true],
    ['Šalčininkų', true],
    ['no-such-word-anywhere', false],
    ['"; DROP TABLE texts', false],
    ['OR NEAR(', false],
  ])('are found by %s: %s', async (words, found) => {
    const { items } = await events(`q=${encodeURIComponent(words)}`);
    expect(items.length > 0).toBe(found);
  });

  it('are found by time, claimant and subject', async () => {
    const { items } = await events(
      'category=crossing&subject=lt-by.medininkai&claimant=lt.government&axis=valid&from=2025-10-01&to=2025-10-31',
    );
    expect(items.map(({ occurred, type }) => [(occurred as { edtf: string }).edtf, type])).toEqual([
      ['2025-10-24T21:15/2025-10-24T21:45', 'crossing.closed'],
      ['[2025-10-29,2025-10-30]', 'crossing.restricted'],
    ]);
  });

  it('are streamed, and continue where the reader was', async () => {
    const read = async (headers: Record<string, string>, most: number) => {
      const ending = new AbortController();
      const response = await fetch(`${server.url}/v1/events/stream?after=start&category=detention`, {
        headers,
        signal: ending.signal,
      });
      const ids: string[] = [];
      for await (const { id, event } of messages(response)) {
        if (event === 'caught-up') break;
        if (id !== undefined) ids.push(id);
        if (ids.length === most) break;
      }
      ending.abort();
      return ids;
    };
    const all = await read({}, Infinity);
    const first = await read({}, 5);
    const rest = await read({ 'last-event-id': first.at(-1)! }, Infinity);
    expect([...first, ...rest]).toEqual(all);
    expect(all).toHaveLength((await events('category=detention&limit=1000')).items.length);
  });
});
