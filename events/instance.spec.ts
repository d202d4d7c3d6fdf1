import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { eventTypes } from '#events';
import { shapeOf } from './checker.js';
import { instanceOf } from './instance.js';
import { upcast } from './upcast.js';

const corpus = readdirSync('events/corpus')
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(`events/corpus/${name}`, 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as { type: string; schemaVersion?: number; data: Record<string, unknown> });

/** The class and the members of a value and of its nested values; class-transformer copies plain members. */
const described = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(described);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, described(member)]);
  return [value.constructor.name, members];
};

describe('data as an instance of its class', () => {
  it('equals the one that class-transformer makes, for every line of the corpus', () => {
    for (const { type, schemaVersion, data } of corpus) {
      const definition = eventTypes.find((one) => one.type === type)!;
      shapeOf(definition.data);
      const newest = upcast(definition, schemaVersion ?? definition.version, data);
      expect(described(instanceOf(definition.data, newest))).toEqual(
        described(plainToInstance(definition.data, newest)),
      );
    }
    expect(corpus.length).toBeGreaterThan(400);
  });

  it('equals the one that class-transformer makes, for the example of each type with some members left out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...eventTypes),
        fc.infiniteStream(fc.boolean()),
        ({ data, example }, kept) => {
          const some = Object.fromEntries(Object.entries(example.data).filter(() => kept.next().value));
          expect(described(instanceOf(data, some))).toEqual(described(plainToInstance(data, some)));
        },
      ),
    );
  });

  it('has instances for nested data too, and the members in the order of the data', () => {
    const nested = eventTypes.filter(({ data, example }) =>
      Object.values(instanceOf(data, example.data)).some((member: unknown) => {
        const prototype: unknown = Object.getPrototypeOf(Object(member));
        return typeof member === 'object' && prototype !== Object.prototype && prototype !== Array.prototype;
      }),
    );
    expect(nested.length).toBeGreaterThan(3);
    for (const { data, example } of eventTypes) {
      const instance = instanceOf(data, example.data);
      expect(instance).toBeInstanceOf(data);
      expect(JSON.stringify(instance)).toBe(JSON.stringify(example.data));
    }
  });
});
