import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VIEWS } from '#views';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

interface Stretch {
  readonly from: string | null;
  readonly to: string | null;
}
interface Cell {
  readonly known: Stretch;
  readonly valid: Stretch;
  readonly status?: string;
  readonly because: readonly string[];
}
interface Found {
  readonly id: string;
  readonly cells: readonly Cell[];
}
interface Answer {
  readonly basis: { readonly sequence: number };
  readonly next?: string;
  readonly items: readonly Found[];
}
interface Listed {
  readonly items: readonly { readonly id: string; readonly status?: string }[];
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

async function linesOf(path: string): Promise<Found[]> {
  const { type, answer } = await server.ask(path, { accept: 'application/x-ndjson' });
  expect(type).toBe('application/x-ndjson');
  return String(answer)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Found);
}

const spans = ({ from, to }: Stretch, at: string): boolean =>
  (from === null || from <= at) && (to === null || at < to);

describe('planes', () => {
  it('agree at any two instants with the timeline with that cut', () => {
    const instant = fc
      .integer({ min: Date.UTC(2025, 8, 1), max: Date.UTC(2026, 2, 1) })
      .map((at) => new Date(at).toISOString());
    const asked = fc.record({
      view: fc.constantFrom(...VIEWS.map(({ name }) => name)),
      recordedAt: fc.constantFrom(undefined, '@200', '@428'),
      points: fc.array(fc.tuple(instant, instant), { minLength: 2, maxLength: 4 }),
    });
    return fc.assert(
      fc.asyncProperty(asked, async ({ view, recordedAt, points }) => {
        const rest = recordedAt === undefined ? '' : `&recordedAt=${recordedAt}`;
        const { items } = await answered<Answer>(`/v1/planes?view=${view}${rest}`);
        for (const [knownAt, asOf] of points) {
          for (const { id, cells } of items.slice(0, 4)) {
            const timeline = await server.ask(`/v1/${view}/${id}/timeline?knownAt=${knownAt}${rest}`);
            // The answer is 404 where nothing is known at the cut.
            const { segments = [] } = timeline.answer as { segments?: (Stretch & { because: string[] })[] };
            const told = segments
              .filter((segment) => spans(segment, asOf))
              .map(({ from: _, to: __, ...said }) => said);
            const shown = cells
              .filter(({ known, valid }) => spans(known, knownAt) && spans(valid, asOf))
              .map(({ known: _, valid: __, ...said }) => said);
            expect([id, knownAt, asOf, shown]).toEqual([id, knownAt, asOf, told]);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('show the same status as the list, so that a step of a slider needs no request', async () => {
    const { items } = await answered<Answer>('/v1/planes?view=crossings&border=LT-BY&recordedAt=@428');
    for (const knownAt of ['2025-10-28T09:00:00.000Z', '2025-11-19T12:00:00.000Z']) {
      for (const asOf of ['2025-10-27T12:00:00.000Z', '2025-11-21T12:00:00.000Z']) {
        const { items: listed } = await answered<Listed>(
          `/v1/crossings?border=LT-BY&recordedAt=@428&asOf=${asOf}&knownAt=${knownAt}`,
        );
        for (const { id, status } of listed) {
          const cell = items
            .find((item) => item.id === id)!
            .cells.find(({ known, valid }) => spans(known, knownAt) && spans(valid, asOf));
          expect([id, cell?.status ?? 'unknown']).toEqual([id, status]);
        }
      }
    }
  });

  it('are of the named subjects, or of the subjects that the filters choose', async () => {
    const named = await answered<Answer>(
      '/v1/planes?view=crossings&subject=lt-by.salcininkai,lt-by.medininkai',
    );
    expect(named.items.map(({ id }) => id)).toEqual(['lt-by.medininkai', 'lt-by.salcininkai']);
    const { items } = await answered<Answer>('/v1/planes?view=crossings&border=LT-BY');
    const list = await answered<Listed>('/v1/crossings?border=LT-BY');
    expect(items.map(({ id }) => id)).toEqual(list.items.map(({ id }) => id));
    for (const { id, cells } of named.items)
      expect(items.find((item) => item.id === id)?.cells).toEqual(cells);
  });

  it('are cut at an interval of valid time', async () => {
    const [from, to] = ['2025-11-01T00:00:00.000Z', '2025-11-08T00:00:00.000Z'];
    const { items } = await answered<Answer>(`/v1/planes?view=crossings&from=${from}&to=${to}`);
    expect(items.length).toBeGreaterThan(0);
    for (const { cells } of items) {
      for (const { valid } of cells) expect([valid.from! >= from, valid.to! <= to]).toEqual([true, true]);
    }
  });

  it('are sent in pages of one answer, or as lines', async () => {
    const all = await answered<Answer>('/v1/planes?view=crossings');
    const paged: Found[] = [];
    for (let path: string | undefined = '/v1/planes?view=crossings&limit=7'; path !== undefined;) {
      const page: Answer = await answered(path);
      expect(page.basis.sequence).toBe(all.basis.sequence);
      expect(page.items.length).toBeLessThanOrEqual(7);
      paged.push(...page.items);
      path = page.next;
    }
    expect(paged).toEqual(all.items);
    expect(await linesOf('/v1/planes?view=crossings')).toEqual(all.items);
    expect(await linesOf('/v1/planes?view=crossings&limit=3')).toEqual(all.items.slice(0, 3));
    const headers = await server.headers('/v1/planes?view=crossings', 'application/x-ndjson');
    expect(JSON.parse(headers.get('borderline-basis')!)).toMatchObject({ sequence: all.basis.sequence });
  });

  it('that are pinned may be kept for ever', async () => {
    const headers = await server.headers('/v1/planes?view=crossings&recordedAt=@200');
    expect(headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    ['', 400, 'view'],
    ['view=trucks', 400, 'view'],
    ['view=crossings&knownAt=2025-11-05', 400, 'knownAt'],
    ['view=crossings&from=2025-11-05&to=2025-11-04', 400, 'to'],
    ['view=crossings&subject=lt-by.medininkai&border=LT-BY', 400, 'subject'],
    ['view=talks&border=LT-BY', 400, 'border'],
    ['view=crossings&limit=0', 400, 'limit'],
  ])('%s has the status %i, because of %s', async (query, refused, parameter) => {
    const { status, answer } = await server.ask(`/v1/planes?${query}`);
    expect([status, answer]).toMatchObject([refused, { errors: [{ parameter }] }]);
  });

  it('of an unknown subject are not found', async () => {
    const { status } = await server.ask('/v1/planes?view=crossings&subject=lt-by.nowhere');
    expect(status).toBe(404);
  });
});
