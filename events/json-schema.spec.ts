import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { accept, dataVersions, envelopeSchema, eventTypes, schemaOfType } from '#events';
import { mutated } from '../test/fuzz/hostile.js';
import { SentDevelopment } from './envelope.js';
import { faultsOf } from './find-faults.js';
import { dataClass, eventTypeNamed } from './registry.js';

type Json = Readonly<Record<string, unknown>>;

const compiled = (schema: object | undefined): ValidateFunction =>
  new Ajv2020({ strict: true, allErrors: true, code: { optimize: false } }).compile(
    JSON.parse(JSON.stringify(schema)) as object,
  );

const envelope = compiled(envelopeSchema('https://a.test/schemas/envelope'));
const schemas = new Map(
  dataVersions.map(({ type, version }) => {
    const id = `https://a.test/schemas/${type}/${version}`;
    return [`${type}/${version}`, compiled(schemaOfType(id, type, version))];
  }),
);

const versionOf = ({ type, schemaVersion }: Json): number =>
  Number(schemaVersion ?? eventTypeNamed(String(type))?.version);

const errorsOf = (validate: ValidateFunction | undefined, value: unknown): unknown =>
  validate?.(value) === true ? [] : (validate?.errors ?? 'no schema');

const CORPUS = join(import.meta.dirname, 'corpus');
const corpus = readdirSync(CORPUS)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(join(CORPUS, name), 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as Json);

describe('the JSON Schema of a type and version', () => {
  it('accepts every development of the corpus, and so does the schema of the envelope', () => {
    expect(corpus.length).toBeGreaterThan(400);
    for (const sent of corpus) {
      const schema = schemas.get(`${String(sent['type'])}/${versionOf(sent)}`);
      expect([sent['id'], errorsOf(schema, sent), errorsOf(envelope, sent)]).toEqual([sent['id'], [], []]);
    }
  });

  it('accepts recorded events, with their times resolved, and the example of each type', () => {
    for (const sent of [...corpus, ...eventTypes.map(({ example }) => example as unknown as Json)]) {
      const accepted = accept(sent, { defaultZone: 'Europe/Vilnius', newId: () => String(sent['id']) });
      if (Array.isArray(accepted)) throw new Error(JSON.stringify(accepted));
      const { type, schemaVersion, payload } = accepted;
      const errors = errorsOf(schemas.get(`${type}/${schemaVersion}`), { type, schemaVersion, ...payload });
      expect([type, errors]).toEqual([type, []]);
    }
  });

  it('is complete in itself, with its address', () => {
    expect(schemaOfType('https://a.test/x', 'crossing.closed', 1)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://a.test/x',
      properties: { type: { const: 'crossing.closed' }, schemaVersion: { const: 1 } },
      required: expect.arrayContaining(['schemaVersion']),
      additionalProperties: false,
    });
    expect(schemaOfType('x', 'crossing.closed', 3)).toBeUndefined();
    expect(schemaOfType('x', 'constructor', 1)).toBeUndefined();
  });

  it('refuses the values that the validator refuses, and no others', () => {
    const drawn = fc.constantFrom(...eventTypes).chain(({ type, version, example }) =>
      fc.record({
        type: fc.constant(type),
        version: fc.constant(version),
        // An element that was removed leaves a hole in the list, which JSON does not have.
        sent: mutated(example).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      }),
    );
    let refused = 0;
    fc.assert(
      fc.property(drawn, ({ type, version, sent }) => {
        const { data, ...rest } = Object(sent) as Json;
        // A development of another type or version has another schema.
        if (rest['type'] !== type || (rest['schemaVersion'] ?? version) !== version) return;
        const of = dataClass(eventTypeNamed(type)!, version)!;
        const faults = [...faultsOf(SentDevelopment, sent, ''), ...faultsOf(of, data, '/data')];
        if (faults.some(({ detail }) => INEXPRESSIBLE.test(detail))) return;
        // Whether `crossing` must be there, or may not be there, depends on another member.
        if (type === 'subject.registered' && faults.some(({ pointer }) => pointer === '/data/crossing'))
          return;
        if (faults.length > 0) refused += 1;
        const errors = errorsOf(schemas.get(`${type}/${version}`), sent);
        if ((errors as unknown[]).length > 0 !== faults.length > 0)
          throw new Error(JSON.stringify({ sent, faults, errors }));
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });
});

/** Rules that JSON Schema cannot express, or that concern two members. */
const INEXPRESSIBLE = /^must be a quotation|^must have value, min or max|^must be \[longitude/;
