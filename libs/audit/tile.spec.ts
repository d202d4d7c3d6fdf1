import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuditError, parseTilePath, tilePath, tileWidth } from './index.js';

/** The widths of all tiles of a level. */
function widths(level: number | 'entries', size: number): number[] {
  const found: number[] = [];
  for (let index = 0; tileWidth(level, index, size) > 0; index += 1) {
    found.push(tileWidth(level, index, size));
  }
  return found;
}

const full = (count: number): number[] => Array.from({ length: count }, () => 256);

describe('tiles', () => {
  it('of a tree of 70,000 leaves are the widths of C2SP tlog-tiles', () => {
    expect(widths(0, 70_000)).toEqual([...full(273), 112]);
    expect(widths('entries', 70_000)).toEqual([...full(273), 112]);
    expect(widths(1, 70_000)).toEqual([256, 17]);
    expect(widths(2, 70_000)).toEqual([1]);
    expect(widths(3, 70_000)).toEqual([]);
  });

  it('of a tree of 256 leaves are a full tile and a tile of width 1', () => {
    expect([widths(0, 256), widths(1, 256), widths(2, 256)]).toEqual([[256], [1], []]);
    expect(widths(0, 0)).toEqual([]);
    expect(tileWidth(63, 0, Number.MAX_SAFE_INTEGER)).toBe(0);
    expect(tileWidth(6, 0, Number.MAX_SAFE_INTEGER)).toBe(31);
  });

  it.each([
    [-1, 0, 1],
    [64, 0, 1],
    [0.5, 0, 1],
    [0, -1, 1],
    [0, 2 ** 53, 1],
    [0, 0, -1],
    [0, 0, Number.NaN],
  ])('are not asked for at level %p, index %p of %p leaves', (level, index, size) => {
    expect(() => tileWidth(level, index, size)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('paths', () => {
  it.each([
    ['tile/0/001', { level: 0, index: 1, width: 256 }],
    ['tile/0/001.p/5', { level: 0, index: 1, width: 5 }],
    ['tile/5/x123/x456/078', { level: 5, index: 123_456_078, width: 256 }],
    ['tile/5/x123/x456/078.p/2', { level: 5, index: 123_456_078, width: 2 }],
    ['tile/63/x001/x234/067', { level: 63, index: 1_234_067, width: 256 }],
    ['tile/entries/x003/x057/500', { level: 'entries' as const, index: 3_057_500, width: 256 }],
    ['tile/entries/000.p/255', { level: 'entries' as const, index: 0, width: 255 }],
    ['tile/0/x001/000', { level: 0, index: 1000, width: 256 }],
    ['tile/0/x009/x007/x199/x254/x740/991', { level: 0, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ])('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    'tile/0/1',
    'tile/0/0001',
    'tile/0/x000/001',
    'tile/5/123/456/078',
    'tile/5/x123/456/078',
    'tile/5/x123/x456/x078',
    'tile/-1/001',
    'tile/00/001',
    'tile/64/001',
    'tile/data/001',
    'tile/0/001.p/0',
    'tile/0/001.p/05',
    'tile/0/001.p/256',
    'tile/0/001.p/',
    'tile/0/001/',
    'tile/0/001\n',
    '/tile/0/001',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x001/x009/x007/x199/x254/x740/992',
  ])('refuses %p', (path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('reads the addresses that it writes', () => {
    const level = fc.oneof(fc.nat(63), fc.constant('entries' as const));
    fc.assert(
      fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (at, index, width) => {
        const tile = at === 'entries' ? { level: at, index, width } : { level: at, index, width };
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  it('reads only its own form', () => {
    const parts = fc.constantFrom(
      'tile',
      '/',
      '0',
      '7',
      '63',
      'entries',
      'x',
      '001',
      '256',
      '.p/',
      '.',
      '-',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((some) => `tile/${some.join('')}`),
        ),
        (text) => {
          let tile;
          try {
            tile = parseTilePath(text);
          } catch (error) {
            expect(error).toBeInstanceOf(AuditError);
            return;
          }
          expect(tilePath(tile)).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
    { level: 64, index: 0, width: 1 },
    { level: 0, index: -1, width: 1 },
  ])('are not written for %p', (tile) => {
    expect(() => tilePath(tile)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
