import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { viewNamed, VIEWS } from '#views';
import { EXAMPLES_FILE, type Example, type Examples } from '../../apps/server/docs/examples.js';
import { corpusApplication, type Asked, type CorpusApplication } from './asked-of-corpus.js';
import { StrictSchemas } from './strict-schema.js';

type Schema = Readonly<Record<string, unknown>>;
/** An example of the document. `value` is the answer; it is absent where the example only refers to the answer. */
interface Shown {
  readonly value?: unknown;
}
interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly content?: Readonly<
          Record<
            string,
            {
              readonly schema?: Schema;
              readonly examples?: Readonly<Record<string, Shown>>;
            }
          >
        >;
      }
    >
  >;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
type Items = readonly { readonly id: string }[];

/** Days on which every view has items, with certain, possible and ended states. */
const DAYS = [
  '2020-06-01',
  '2022-07-12',
  '2023-06-08',
  '2025-09-12',
  '2025-10-26',
  '2025-11-12',
  '2025-12-10',
  '2026-03-11',
];

/** Paths without an example: their answers are bytes, or a JSON Schema, whose references a tool would resolve within the document. */
const NO_EXAMPLE = /^\/(v1\/audit\/tile|schemas\/)/;

let server: CorpusApplication;
let document: Document;
let schemas: StrictSchemas;
beforeAll(async () => {
  server = await corpusApplication();
  document = (await server.ask('/openapi.json')).answer as Document;
  schemas = new StrictSchemas(document.components.schemas);
});
afterAll(() => server.stop());

/** Sends a request, and checks the answer against the document's description of the operation. */
async function asDescribed<T>(operation: string, path: string, asked: Asked = {}): Promise<T> {
  const [method = '', of = ''] = operation.split(' ');
  const { status, type, answer } = await server.ask(path, asked);
  const schema = document.paths[of]?.[method.toLowerCase()]?.responses[status]?.content?.[type]?.schema;
  expect({ path, status, faults: schema ? schemas.faults(schema, answer) : 'no schema' }).toEqual({
    path,
    status: asked.body === undefined ? 200 : expect.any(Number),
    faults: [],
  });
  return answer as T;
}

describe('the answers agree with the document:', () => {
  it.each(VIEWS.map(({ name }) => name))('%s', async (view) => {
    const ids = new Set<string>();
    for (const day of DAYS) {
      const { items } = await asDescribed<{ items: Items }>(`GET /v1/${view}`, `/v1/${view}?asOf=${day}`);
      for (const { id } of items.filter(({ id }) => !ids.has(id))) {
        ids.add(id);
        await asDescribed(`GET /v1/${view}/{id}`, `/v1/${view}/${id}?asOf=${day}`);
      }
    }
    expect(ids.size).toBeGreaterThan(0);
    for (const id of ids) await asDescribed(`GET /v1/${view}/{id}/timeline`, `/v1/${view}/${id}/timeline`);
  });

  it('every member is described', async () => {
    const { answer } = await server.ask('/v1/crossings?asOf=2025-11-05&status=restricted');
    const [item] = (answer as { items: Items }).items;
    const schema =
      document.paths['/v1/crossings']?.['get']?.responses['200']?.content?.['application/json']?.schema;
    const more = { ...(answer as object), items: [{ ...item, untold: 1 }] };
    expect(schemas.faults(schema!, answer)).toEqual([]);
    expect(schemas.faults(schema!, more)).toHaveLength(1);
  });

  it('the state of everything', async () => {
    for (const day of DAYS) {
      await asDescribed(
        'GET /v1/state',
        `/v1/state?asOf=${day}&knownAt=2025-12-31&recordedAt=@${server.size}`,
      );
    }
  });

  it('the differences of two states', async () => {
    for (const [index, day] of DAYS.slice(1).entries()) {
      await asDescribed('GET /v1/diff', `/v1/diff?from.asOf=${DAYS[index]}&to.asOf=${day}`);
    }
  });

  it('the explanation of an answer', async () => {
    for (const { name } of VIEWS) {
      const { answer } = await server.ask(`/v1/${name}?asOf=2025-11-12`);
      for (const { id } of (answer as { items: Items }).items.slice(0, 5)) {
        const query = `view=${name}&subject=${id}&asOf=2025-10-26`;
        await asDescribed('GET /v1/explain', `/v1/explain?${query}`);
        await asDescribed('GET /v1/answers/history', `/v1/answers/history?${query}`);
      }
    }
  });

  it('events', async () => {
    let after: number | null = 0;
    for (let pages = 0; after !== null; pages += 1) {
      expect(pages).toBeLessThan(20);
      const page: { items: Items; next: number | null } = await asDescribed(
        'GET /v1/events',
        `/v1/events?after=${after}`,
      );
      for (const { id } of page.items) await asDescribed('GET /v1/events/{id}', `/v1/events/${id}`);
      after = page.next;
    }
    await asDescribed('GET /v1/events', '/v1/events', { accept: 'application/x-ndjson' });
  });
});

it('every read in JSON weighs Accept (RFC 9110 §12.5.1), and says so in Vary', async () => {
  const examples = JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Examples;
  const reads = answersIn(document).filter(
    ({ path, where }) =>
      where.startsWith('get') && where.endsWith(' application/json') && !path.startsWith('/health/'),
  );
  expect(reads.length).toBeGreaterThan(30);
  for (const { path } of reads) {
    // The examples of webhooks are written by hand: no question to the corpus gives them.
    const [{ ask } = { ask: '' }] = examples[`GET ${path}`] ?? [];
    expect([path, ask !== '']).toEqual([path, !path.startsWith('/v1/webhooks')]);
    if (ask === '') continue;
    const anything = await server.headers(ask, 'image/png, */*;q=0.1');
    expect([path, anything.get('vary')]).toEqual([path, expect.stringMatching(/\baccept\b(?!-)/)]);
    const { status, answer } = await server.ask(ask, { accept: 'image/png' });
    expect([path, status, answer]).toEqual([
      path,
      406,
      expect.objectContaining({ type: '/problems/not-acceptable' }),
    ]);
    expect((await server.headers(ask, 'image/png')).get('vary')).toMatch(/\baccept\b(?!-)/);
  }
});

describe('filters', () => {
  const all = VIEWS.flatMap(({ name, filters }) =>
    Object.entries(filters).map(([filter, known]) => [name, filter, 'fault' in known] as const),
  );
  it.each(all)(
    'of %s: %s is described, and a wrong value of a closed set or of a form is refused',
    async (view, filter, hasForm) => {
      const parameter = document.paths[`/v1/${view}`]?.['get']?.parameters?.find(
        ({ name }) => name === filter,
      );
      expect(parameter?.description).toBeTruthy();
      const choices = parameter?.schema['enum'] as string[] | undefined;
      const { status, answer } = await server.ask(`/v1/${view}?${filter}=nonesuch`);
      expect(status).toBe(choices || hasForm ? 400 : 200);
      if (choices) {
        const detail = `There is no "nonesuch". There are ${choices.join(', ')}.`;
        expect(answer).toMatchObject({ errors: [{ parameter: filter, detail }] });
      }
      for (const choice of choices ?? []) {
        expect((await server.ask(`/v1/${view}?${filter}=${choice}`)).status).toBe(200);
      }
    },
  );
});

it('the closed sets that the catalogue has are the same in the views', () => {
  const choices = (view: string, filter: string) => viewNamed(view)?.filters[filter]?.choices;
  const { StatementMade, CrossingRegistration } = document.components.schemas;
  expect(StatementMade).toHaveProperty('properties.kind.enum', choices('statements', 'kind'));
  expect(CrossingRegistration).toHaveProperty('properties.modes.items.enum', choices('crossings', 'mode'));
});

describe('examples', () => {
  it('are what the server answers (UPDATE_EXAMPLES=1 writes them)', async () => {
    const told = JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Examples;
    const now: Record<string, Example[]> = {};
    for (const [operation, examples] of Object.entries(told)) {
      for (const { ask, accept, body, sends } of examples) {
        const given = { ...(accept !== undefined && { accept }), ...(body !== undefined && { body }) };
        const asked = sends === undefined ? given : { ...given, body: now[sends]?.[0]?.answer };
        const told = { ask, ...given, ...(sends !== undefined && { sends }) };
        (now[operation] ??= []).push({ ...told, ...(await server.ask(ask, asked)) });
      }
    }
    if (process.env['UPDATE_EXAMPLES'] === '1')
      writeFileSync(EXAMPLES_FILE, `${JSON.stringify(now, null, 2)}\n`);
    expect(JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8'))).toEqual(now);
  });

  it('exist for every answer of the document, and fit its schema', async () => {
    const faults = answersIn(document).flatMap(({ where, path, schema, examples }) => {
      if (!schema) return [`${where}: no schema`];
      if (examples.length === 0 && !NO_EXAMPLE.test(path)) return [`${where}: no example`];
      return examples
        .flatMap((example) => schemas.faults(schema, example))
        .map((fault) => `${where}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });
});

/** Every 2xx answer that has content, in every media type. */
function answersIn({ paths }: Document) {
  const operations = Object.entries(paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, { responses }]) => ({ path, method, responses })),
  );
  const responses = operations.flatMap(({ path, method, responses }) =>
    Object.entries(responses)
      // 204 has no content (RFC 9110 §15.3.5).
      .filter(([status]) => status.startsWith('2') && status !== '204')
      .map(([status, { content }]) => ({ path, where: `${method} ${path} ${status}`, content })),
  );
  return responses.flatMap(({ path, where, content }) =>
    Object.entries(content ?? { nothing: {} }).map(([type, { schema, examples = {} }]) => ({
      path,
      where: `${where} ${type}`,
      schema,
      examples: Object.values(examples).map(({ value }) => value),
    })),
  );
}
