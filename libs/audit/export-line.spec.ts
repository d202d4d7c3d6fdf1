import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leavesLine, parseExportLine, checkpointLine } from './export-line.js';

const hashes = (width: number) => new Uint8Array(32 * width).fill(7);

describe('the lines of an export', () => {
  it('are events, as they are', () => {
    expect(parseExportLine('{"id":"a","sequence":3}')).toEqual({
      kind: 'event',
      sequence: 3,
      event: { id: 'a', sequence: 3 },
    });
  });

  it.each([1, 172, 256])('are the hashes of %i leaves', (width) => {
    const tile = { level: 0, index: 1_234_067, width };
    const line = leavesLine(tile, hashes(width));
    expect(line).toMatch(/^\{"hashes":"[A-Za-z0-9+/=]+","tile":"tile\/0\/x001\/x234\/067(\.p\/\d+)?"\}$/);
    expect(parseExportLine(line)).toEqual({ kind: 'leaves', tile, hashes: Buffer.from(hashes(width)) });
  });

  it('are the checkpoint, and the keys that signed it', () => {
    const line = checkpointLine({ note: 'example.com/log\n3\n…', keys: ['example.com/log+00000000+A'] });
    expect(line).toBe('{"checkpoint":"example.com/log\\n3\\n…","keys":["example.com/log+00000000+A"]}');
    expect(parseExportLine(line)).toEqual({
      kind: 'checkpoint',
      note: 'example.com/log\n3\n…',
      keys: ['example.com/log+00000000+A'],
    });
  });

  const leaves = (path: string, width: number) =>
    `{"hashes":"${Buffer.from(hashes(width)).toString('base64')}","tile":"${path}"}`;
  it.each([
    ['JSON cut short', '{"sequence":1'],
    ['null', 'null'],
    ['a list', '[{"sequence":1}]'],
    ['an event without a sequence', '{"sequence":0}'],
    ['an event with a text for its sequence', '{"sequence":"1"}'],
    ['an event between two sequences', '{"sequence":1.5}'],
    ['a checkpoint without keys', '{"checkpoint":"a"}'],
    ['keys that are not keys', '{"checkpoint":"a","keys":[1]}'],
    ['half a hash', '{"hashes":"AA==","tile":"tile/0/000.p/1"}'],
    ['fewer hashes than the tile has', leaves('tile/0/000.p/3', 2)],
    ['hashes further up', leaves('tile/1/000.p/2', 2)],
    ['hashes in a bundle of entries', leaves('tile/entries/000.p/2', 2)],
    ['hashes of no tile', leaves('tile/0/0.p/2', 2)],
    ['hashes with something beside them', leaves('tile/0/000.p/2', 2).replace('}', ',"x":1}')],
    ['hashes with another line end', `${leaves('tile/0/000.p/2', 2)}\r`],
    ['a checkpoint with something beside it', '{"checkpoint":"a","keys":[],"x":1}'],
    ['a checkpoint in another form', '{"keys":[],"checkpoint":"a"}'],
  ])('are not %s', (_, text) => {
    expect(parseExportLine(text)).toEqual({ kind: 'unknown' });
  });

  it('are recognised in any text without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['event', 'leaves', 'checkpoint', 'unknown']).toContain(parseExportLine(text).kind);
      }),
    );
  });

  it('hold only hashes of leaves, and as many as their width says', () => {
    expect(() => leavesLine({ level: 0, index: 0, width: 2 }, hashes(3))).toThrow('Not a tile of leaves');
    expect(() => leavesLine({ level: 1, index: 0, width: 2 }, hashes(2))).toThrow('Not a tile of leaves');
  });
});
