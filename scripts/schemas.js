/**
 * `npm run schemas`: makes the schemas of the API's answers from their TypeScript types (apps/server/docs/components.ts).
 * `--check` only compares, for `npm run check`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AliasType,
  AnyType,
  createFormatter,
  createParser,
  createProgram,
  DefinitionType,
  SchemaGenerator,
} from 'ts-json-schema-generator';
import ts from 'typescript';
import { installed, root } from './ready.js';

installed();

const ROOT = 'Components';
const FILE = join(root, 'apps/server/docs/schemas.json');

const config = {
  path: join(root, 'apps/server/docs/components.ts'),
  tsconfig: join(root, 'tsconfig.json'),
  type: ROOT,
  expose: 'export',
  jsDoc: 'extended',
  topRef: true,
  // An answer may have members that a client does not know.
  additionalProperties: true,
  sortProps: false,
  encodeRefs: false,
  // `npm run check` has a step that checks the types.
  skipTypeCheck: true,
};

/** The data of events are classes. Their decorators say more than their types, and the document has them already. */
const dataClasses = {
  supportsNode: (node) => ts.isClassDeclaration(node),
  createType: (node) => new DefinitionType(node.name.text, new AliasType(node.name.text, new AnyType())),
};

function schemas() {
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => chain.addNodeParser(dataClasses));
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const { definitions } = generator.createSchema(ROOT);
  const components = Object.entries(definitions)
    .filter(([name, schema]) => name !== ROOT && Object.keys(schema).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const misnamed = components.map(([name]) => name).filter((name) => !/^[A-Za-z0-9]+$/.test(name));
  if (misnamed.length > 0) throw new Error(`give these types a name of their own: ${misnamed.join(', ')}`);
  const text = JSON.stringify(Object.fromEntries(components), null, 2);
  return `${text.replaceAll('"#/definitions/', '"#/components/schemas/')}\n`;
}

try {
  const made = schemas();
  if (!process.argv.includes('--check')) writeFileSync(FILE, made);
  else if (made !== readFileSync(FILE, 'utf8'))
    throw new Error(`${FILE} is not what the types say: npm run schemas`);
} catch (error) {
  process.stderr.write(`schemas: ${error.message}\n`);
  process.exitCode = 1;
}
