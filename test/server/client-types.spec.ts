import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { application } from './application.js';
import { removeFolder, temporaryFolder } from './spawned.js';

/** A program of a client; each wrong use must be an error. */
const USES = `
import type { components, operations, paths } from './api.js';

type Crossing = components['schemas']['Crossing'];
export const status = (crossing: Crossing): 'open' | 'restricted' | 'closed' | 'unknown' => crossing.status;

type List = paths['/v1/crossings']['get']['responses'][200]['content']['application/json'];
export const ids = ({ items, basis }: List): string[] => [basis.asOf, ...items.map(({ id }) => id)];

type Asked = NonNullable<operations['list_crossings']['parameters']['query']>;
export const asked: Asked = { asOf: '2025-11-05', border: 'LT-BY' };
// @ts-expect-error there is no such parameter
export const misspelt: Asked = { asof: '2025-11-05' };

type Sent = paths['/v1/developments']['post']['requestBody']['content']['application/json'];
export const problem = (answer: components['schemas']['ProblemDetails']): number => answer.status;
// @ts-expect-error a development is no number
export const wrong: Sent = 1;
`;

let document: string;

beforeAll(async () => {
  const { url, stop } = await application();
  document = await (await fetch(`${url}/openapi.json`)).text();
  await stop();
});

const FILE = 'libs/client/api.ts';
const HEAD =
  '/** The types of the API, made of its description: `UPDATE_CLIENT=1 npm test -- test/server/client-types`. */\n';

/** The document without its examples: examples do not change the types. */
const withoutExamples = (document: string): string =>
  JSON.stringify(JSON.parse(document), (name, value: unknown) =>
    /^examples?$/.test(name) ? undefined : value,
  );

it('the types of the client are the types of the API', async () => {
  const made = HEAD + astToString(await openapiTypescript(withoutExamples(document)));
  if (process.env['UPDATE_CLIENT'] === '1') writeFileSync(FILE, made);
  else expect(readFileSync(FILE, 'utf8')).toBe(made);
});

it('types that openapi-typescript makes from the document compile, and distinguish right uses from wrong uses', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'api.ts'), astToString(await openapiTypescript(document)));
  writeFileSync(join(folder, 'uses.ts'), USES);
  const program = ts.createProgram([join(folder, 'uses.ts')], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    // The types of the language come from TypeScript itself and need no check.
    skipDefaultLibCheck: true,
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
    return `${file?.fileName}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  removeFolder(folder);
  expect(faults).toEqual([]);
});
