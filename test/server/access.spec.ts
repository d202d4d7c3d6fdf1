import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES, type Scope } from '#data-folder';
import { application, newEvent, type Application } from './application.js';

const PAGE = 'docs/access.md';
const MEASURED = /(<!-- measured -->\n)[^]*?(<!-- \/measured -->)/;
const IDS: Readonly<Record<string, string>> = { '{path}': '0/000.p/1' };

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly description?: string }>>>>;
};

describe('the access to the endpoints', () => {
  let closed: Application;
  let open: Application;
  let document: Document;
  const keys = new Map<Scope, string>();

  beforeAll(async () => {
    [closed, open] = await Promise.all([application([], { BORDERLINE_READ: 'key' }), application()]);
    await closed.log.append([newEvent('crossing-a')]);
    for (const scope of SCOPES) keys.set(scope, (await closed.keys.create(scope, [scope])).key);
    document = (await (await fetch(`${closed.url}/openapi.json`)).json()) as Document;
  });
  afterAll(() => Promise.all([closed.stop(), open.stop()]));

  /** Whether the server admits the request with its key. */
  async function passes({ url }: Application, method: string, path: string, scope?: Scope): Promise<boolean> {
    const filled = path.replace(/\{\w+\}/g, (name) => IDS[name] ?? '01953f21-8a00-7c3e-9b1d-5a0c6f2e4d7b');
    const headers = {
      'content-type': 'application/json',
      ...(scope && { authorization: `Bearer ${keys.get(scope)}` }),
    };
    const body = method === 'get' || method === 'delete' ? {} : { body: '{}' };
    const abort = new AbortController();
    const response = await fetch(`${url}${filled}`, {
      method: method.toUpperCase(),
      headers,
      signal: abort.signal,
      ...body,
    });
    if (response.status === 404) expect(await response.text()).not.toContain('There is no such address');
    abort.abort();
    expect(response.status).toBeLessThan(500);
    return response.status !== 401 && response.status !== 403;
  }

  it('agrees with the table in docs/access.md, for every operation of the API', async () => {
    const rows: string[][] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { description = '' }] of Object.entries(methods)) {
        const isOpen = await passes(open, method, path);
        const withoutKey = await passes(closed, method, path);
        const through = await Promise.all(SCOPES.map((scope) => passes(closed, method, path, scope)));
        const scopes = SCOPES.filter((_, n) => through[n]);
        expect(scopes).toContain('admin');
        // The document and the measured access agree.
        const said = [
          ...(/It needs a key with the scope (.+)\.$/.exec(description)?.[1]?.matchAll(/`(\w+)`/g) ?? []),
        ];
        const [least] = withoutKey ? [undefined] : said.map(([, name]) => name);
        expect([path, method, withoutKey ? 0 : said.length > 0]).toEqual([
          path,
          method,
          withoutKey ? 0 : true,
        ]);
        expect([path, scopes.some((scope) => scope === least)]).toEqual([path, least !== undefined]);
        const marks = through.map((passed) => (withoutKey ? '–' : passed ? 'yes' : ''));
        rows.push([`\`${method.toUpperCase()} ${path}\``, isOpen ? 'open' : '', ...marks]);
      }
    }
    expect(rows.length).toBeGreaterThan(60);
    const table = tableOf(['endpoint', 'no key', ...SCOPES.map((scope) => `\`${scope}\``)], rows);
    const page = readFileSync(PAGE, 'utf8');
    const expected = page.replace(MEASURED, (_, begin: string, end: string) => `${begin}\n${table}\n${end}`);
    if (process.env['UPDATE_ACCESS'] === '1') writeFileSync(PAGE, expected);
    else expect(page).toBe(expected);
  });
});

/** The table as Prettier aligns it. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, n) => Math.max(...[head, ...rows].map((row) => row[n]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |\n`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}
