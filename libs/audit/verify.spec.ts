import { describe, expect, it } from '@jest/globals';
import { entryOf } from './entry.js';
import { grow, EMPTY_FRONTIER, rootOf } from './frontier.js';
import { leafHash } from './hash.js';
import { encodeTile } from './tile-reader.js';
import type { LogLine } from './log-faults.js';
import { verifyLog, type Verification } from './verify.js';

interface Line extends LogLine {
  readonly event: { readonly sequence: number; readonly text: string };
}

const line = (sequence: number, text = `event ${sequence}`): Line => ({
  sequence,
  event: { sequence, text },
});
const recorded = Array.from({ length: 600 }, (_, n) => line(n + 1));
const hashesOf = (lines: readonly Line[]) => lines.map(({ event }) => leafHash(entryOf(event)));
const checkpointOf = (size: number, lines = recorded) => ({
  origin: 'example.com/log',
  size,
  root: rootOf(grow(EMPTY_FRONTIER, hashesOf(lines.slice(0, size))).frontier),
  extensions: [],
});
const treeOf = (lines: readonly Line[]) => {
  const hashes = hashesOf(lines);
  const tile = (index: number) => encodeTile(hashes.slice(index * 256, index * 256 + 256));
  return {
    size: lines.length,
    tiles: { readTiles: (tiles: readonly { index: number }[]) => tiles.map(({ index }) => tile(index)) },
  };
};

const CHECKPOINTS = [1, 255, 256, 400, 400, 580].map((size) => checkpointOf(size));

function verify(
  lines: readonly LogLine[],
  tree: readonly Line[] | undefined = recorded,
): Promise<Verification> {
  const log = (async function* () {
    await Promise.resolve();
    yield* lines;
  })();
  return verifyLog({ log, checkpoints: CHECKPOINTS, ...(tree && { tree: treeOf(tree) }) });
}

const without = (...gone: number[]) => recorded.filter(({ sequence }) => !gone.includes(sequence));
const changed = (...at: number[]) =>
  recorded.map((given) => (at.includes(given.sequence) ? line(given.sequence, 'other') : given));

describe('tampering', () => {
  it('is not found where there is none, with a stored tree and without', async () => {
    expect(await verify(recorded)).toEqual({ events: 600, signed: 580, faults: [], treeDiffers: false });
    expect((await verify(recorded, [])).faults).toEqual([]);
  });

  it.each([1, 256, 257, 399, 580, 600])('names the changed event @%i', async (at) => {
    const { faults } = await verify(changed(at));
    expect(faults).toEqual([{ kind: 'changed', from: at, to: at }]);
  });

  it('names an event that is gone, in the middle and at the end', async () => {
    expect((await verify(without(1, 300, 301))).faults).toEqual([
      { kind: 'missing', from: 1, to: 1 },
      { kind: 'missing', from: 300, to: 301 },
    ]);
    expect((await verify(recorded.slice(0, 550))).faults).toEqual([{ kind: 'missing', from: 551, to: 600 }]);
    expect((await verify(recorded.slice(0, 550), [])).faults.at(0)).toEqual({
      kind: 'missing',
      from: 551,
      to: 580,
    });
  });

  it('ends at a gap of any width after the last signed or stored event', async () => {
    const far = [...recorded, line(601), line(9e15)];
    expect(await verify(far)).toMatchObject({
      events: 601,
      faults: [{ kind: 'missing', from: 602, to: 9e15 - 1 }],
    });
  });

  it('names events that changed their order, and says where they were', async () => {
    const swapped = recorded.map(({ sequence }) =>
      sequence === 30 ? line(30, 'event 40') : sequence === 40 ? line(40, 'event 30') : line(sequence),
    );
    expect((await verify(swapped)).faults).toEqual([
      { kind: 'moved', from: 30, to: 30, was: 40 },
      { kind: 'moved', from: 40, to: 40, was: 30 },
    ]);
  });

  it('names the events that cannot be read', async () => {
    const damaged = recorded.map((given) =>
      given.sequence === 7 ? { sequence: 7, event: undefined } : given,
    );
    expect((await verify(damaged)).faults).toEqual([{ kind: 'unreadable', from: 7, to: 7 }]);
  });

  it('is narrowed down to the checkpoints around it where the tree was rebuilt, or is missing', async () => {
    const expected = [{ kind: 'not-signed', from: 257, to: 400 }];
    expect((await verify(changed(300), changed(300))).faults).toEqual(expected);
    expect(await verify(changed(300), [])).toMatchObject({ faults: expected, signed: 256 });
  });

  it('of the tree alone is distinguished from damage of the log', async () => {
    expect(await verify(recorded, changed(300))).toMatchObject({
      faults: [],
      treeDiffers: true,
      signed: 580,
    });
  });
});
