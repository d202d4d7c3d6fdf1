import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pack, unpackOf, type Packed } from './template.js';

const unpacked = ({ template, values }: Packed): unknown =>
  unpackOf(template)(JSON.parse(values) as unknown[]);

describe('JSON as a template and values', () => {
  it('gives the same JSON again, its members in their order, and is no longer than `atMost`', () => {
    const name = fc.constantFrom('a', 'b', '7', '10', 'toJSON', 'constructor', '__proto__', 'é', '"');
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('2025-11-01T00:00:00.000Z', '\0'));
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 9 },
        text,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.dictionary(name, tie('any'), { maxKeys: 5 }),
    }));
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 9 }), (made, depth) => {
        const json = JSON.stringify(made);
        const packed = pack(JSON.parse(json), depth);
        expect(JSON.stringify(unpacked(packed))).toBe(json);
        expect(json.length).toBeLessThanOrEqual(packed.atMost);
      }),
    );
  });

  it('has a longer text once', () => {
    const at = '2025-11-01T00:00:00.000Z';
    expect(pack({ edtf: at, zone: 'UTC', earliest: at, latest: at, name: 'UTC' })).toMatchObject({
      template: '{"edtf":0,"zone":1,"earliest":0,"latest":0,"name":2}',
      values: `["${at}","UTC","UTC"]`,
    });
  });

  it('leaves out undefined members and functions, and calls `toJSON`', () => {
    const value = { none: undefined, call: () => 1, at: new Date(0), list: [undefined], map: new Map() };
    const packed = pack({ value, own: { toJSON: () => 'mine' } });
    expect(packed.template).toBe('{"value":{"at":0,"list":1,"map":2},"own":3}');
    expect(unpacked(packed)).toEqual({
      value: { at: '1970-01-01T00:00:00.000Z', list: [null], map: {} },
      own: 'mine',
    });
  });

  it('has an object of many members as one value', () => {
    const object = Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`n${n}`, n]));
    expect(pack({ object }).template).toBe('{"object":0}');
  });

  it('runs no code from a template in a damaged file', () => {
    const ran = 'globalThis.ran = true';
    const template = JSON.stringify({ [`a":(${ran}),"b`]: 0, c: `0];${ran};[0`, d: null, e: [1] });
    expect(unpackOf(template)(['x', 'y'])).toEqual({ [`a":(${ran}),"b`]: 'x', d: 'x', e: { 0: 'y' } });
    expect(globalThis).not.toHaveProperty('ran');
  });
});
