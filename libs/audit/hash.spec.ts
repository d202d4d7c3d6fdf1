import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuditError, EMPTY_ROOT, formatHash, leafHash, nodeHash, parseHash, sameHash } from './index.js';
import { bytes, hex } from './spec-support.js';

describe('hashes', () => {
  it('has the root of the empty tree', () => {
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each([
    ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    ['00', '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'],
    [
      hex(Buffer.from('hello world')),
      hex(Buffer.from('TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=', 'base64')),
    ],
  ])('has the hash of a leaf: %s', (leaf, hash) => {
    expect(hex(leafHash(bytes(leaf)))).toBe(hash);
  });

  it('has the hash of a node', () => {
    const node = nodeHash(leafHash(bytes('')), leafHash(bytes('00')));
    expect(hex(node)).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125');
  });

  it('gives every node a hash of its own', () => {
    const [one, other] = [leafHash(bytes('01')), leafHash(bytes('02'))];
    const first = nodeHash(one, other);
    const before = hex(first);
    nodeHash(other, one);
    expect(hex(first)).toBe(before);
  });

  it('refuses to hash bytes that are not hashes', () => {
    expect(() => nodeHash(EMPTY_ROOT.subarray(1), EMPTY_ROOT)).toThrow(AuditError);
    expect(() => nodeHash(EMPTY_ROOT, bytes(''))).toThrow(AuditError);
  });

  it('distinguishes hashes', () => {
    expect(sameHash(EMPTY_ROOT, bytes(hex(EMPTY_ROOT)))).toBe(true);
    expect(sameHash(EMPTY_ROOT, leafHash(bytes('')))).toBe(false);
    expect(sameHash(EMPTY_ROOT, EMPTY_ROOT.subarray(1))).toBe(false);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
        expect(hex(parseHash(formatHash(hash)))).toBe(hex(hash));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no padding', 'TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0'],
    ['the alphabet of URLs', 'TszzRgjTG6xce-z2AG31kAXYKBgQVtCSCE40HmuwBb0='],
    ['bits that no byte holds', 'TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb1='],
    ['white space', 'TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n'],
    ['31 bytes', Buffer.alloc(31).toString('base64')],
    ['33 bytes', Buffer.alloc(33).toString('base64')],
  ])('refuses a hash with %s', (_, text) => {
    expect(() => parseHash(text)).toThrow(AuditError);
  });
});
