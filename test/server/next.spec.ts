import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { corpusApplication, type CorpusApplication } from './asked-of-corpus.js';

interface Next {
  readonly basis: { readonly asOf: string };
  readonly next?: string;
  readonly items: readonly {
    readonly at: string;
    readonly view: string;
    readonly subject: string;
    readonly before: { readonly status?: string };
    readonly after: { readonly status?: string };
    readonly because: readonly string[];
  }[];
}

let server: CorpusApplication;
beforeAll(async () => {
  server = await corpusApplication();
});
afterAll(() => server.stop());

async function asked(query: string): Promise<Next> {
  const { status, answer } = await server.ask(`/v1/next?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return answer as Next;
}

const NOVEMBER = 'asOf=2025-11-05T12:00:00Z';

describe('what changes next', () => {
  it('is the announced opening of two Polish crossings on 17 November', async () => {
    const { items } = await asked(`view=crossings&border=PL-BY&within=P14D&${NOVEMBER}`);
    const said = items.map(({ at, subject, before, after }) => [at, subject, before.status, after.status]);
    expect(said).toEqual([
      ['2025-11-16T23:00:00.000Z', 'pl-by.bobrowniki', 'closed', 'open'],
      ['2025-11-16T23:00:00.000Z', 'pl-by.kuznica', 'closed', 'open'],
    ]);
  });

  it('is the next piece in the timeline of the subject', async () => {
    const { items } = await asked(NOVEMBER);
    expect(items.length).toBeGreaterThan(8);
    for (const { at, view, subject, before, after } of items) {
      const path = `/v1/${view}/${subject}/timeline?from=2025-11-05T12:00:00Z`;
      const { answer } = await server.ask(path);
      const { segments } = answer as { segments: { from: string; to: string | null; status?: string }[] };
      const next = segments.find(({ from }) => from === at);
      const ends = segments.find(({ to }) => to === at);
      expect([path, next?.status ?? 'unknown']).toEqual([path, after.status ?? 'unknown']);
      expect([path, ends?.status ?? 'unknown']).toEqual([path, before.status ?? 'unknown']);
    }
  });

  it('comes in pages of one answer, in the order of time', async () => {
    const { items: all } = await asked(NOVEMBER);
    const paged: Next['items'][number][] = [];
    let page = await asked(`limit=3&${NOVEMBER}`);
    for (; page.next !== undefined; page = (await server.ask(page.next)).answer as Next)
      paged.push(...page.items);
    expect([...paged, ...page.items]).toEqual(all);
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort());
  });

  it('has no changes after the given time, or of other subjects', async () => {
    expect((await asked(`within=PT0S&${NOVEMBER}`)).items).toEqual([]);
    const { items } = await asked(`subject=pl-by.kuznica,no.such&${NOVEMBER}`);
    expect(items.map(({ subject }) => subject)).toEqual(['pl-by.kuznica']);
  });

  it('is a table in CSV', async () => {
    const { items } = await asked(`view=crossings&${NOVEMBER}`);
    const { answer } = await server.ask(`/v1/next?view=crossings&format=csv&${NOVEMBER}`);
    const rows: Record<string, string>[] = parse(answer as string, { columns: true });
    expect(rows.map((row) => [row['at'], row['subject'], row['before.status'], row['after.status']])).toEqual(
      items.map(({ at, subject, before, after }) => [at, subject, before.status, after.status]),
    );
  });

  it.each([
    ['within=P1M', 'within'],
    ['within=7', 'within'],
    ['after=x', 'after'],
    ['after=2025-11-05T12:00:00Z/gates/x', 'after'],
    ['after=2025-02-30T12:00:00Z/crossings/x', 'after'],
    ['border=LT-BY', 'border'],
    ['view=crossings,talks&status=open', 'status'],
    ['view=talks&status=open', 'status'],
    ['view=crossings&status=ajar', 'status'],
    ['limit=0', 'limit'],
    [`subject=${Array.from({ length: 1001 }, (_, n) => n).join()}`, 'subject'],
  ])('%s is refused', async (query, parameter) => {
    const { status, answer } = await server.ask(`/v1/next?${query}`);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ errors: [{ parameter }] });
  });
});
