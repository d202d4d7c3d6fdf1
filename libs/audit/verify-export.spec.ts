import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#json';
import type { Checkpoint } from './checkpoint.js';
import { leavesLine, checkpointLine } from './export-line.js';
import { EMPTY_FRONTIER, grow, rootOf } from './frontier.js';
import { leafHash } from './hash.js';
import { encodeTile } from './tile-reader.js';
import type { LogFault } from './log-faults.js';
import type { Verification } from './verify.js';
import { verifyExport } from './verify-export.js';

const entry = (sequence: number, text = `event ${sequence}`): string =>
  canonicalJson({ id: `id-${sequence}`, sequence, text });
const recorded = Array.from({ length: 600 }, (_, n) => entry(n + 1));
const leavesOf = (entries: readonly string[]) => entries.map((text) => leafHash(Buffer.from(text)));

const checkpointOf = (entries: readonly string[]): Checkpoint => ({
  origin: 'example.com/log',
  size: entries.length,
  root: rootOf(grow(EMPTY_FRONTIER, leavesOf(entries)).frontier),
  extensions: [],
});

/** An export of the entries: line n, from 0, is event n + 1 in the first block, event n in the second block, and event n - 1 in the third block. */
function exported(entries: readonly string[]): string[] {
  const lines: string[] = [];
  for (let first = 0; first < entries.length; first += 256) {
    const block = entries.slice(first, first + 256);
    const tile = { level: 0, index: first / 256, width: block.length };
    lines.push(...block, leavesLine(tile, encodeTile(leavesOf(block))));
  }
  return [...lines, checkpointLine({ note: 'a note', keys: [] })];
}
const whole = exported(recorded);
const lineOf = (sequence: number): number => sequence - 1 + Math.floor((sequence - 1) / 256);

function verify(
  lines: readonly (string | undefined)[],
  { checkpoint = checkpointOf(recorded), others = [] as Checkpoint[] } = {},
): Promise<Verification> {
  const given = (async function* () {
    await Promise.resolve();
    yield* lines;
  })();
  return verifyExport({ lines: given, checkpoint, others });
}

const with_ = (at: number, ...lines: (string | undefined)[]): (string | undefined)[] => {
  const all: (string | undefined)[] = [...whole];
  all.splice(at, 1, ...lines);
  return all;
};
const without = (...sequences: number[]) => {
  const gone = sequences.map(lineOf);
  return whole.filter((_, at) => !gone.includes(at));
};
const line = (sequence: number): string => whole[lineOf(sequence)] ?? '';
const faultsOf = async (lines: readonly (string | undefined)[]): Promise<readonly LogFault[]> =>
  (await verify(lines)).faults;

describe('an export', () => {
  it.each([0, 1, 255, 256, 257, 600])(
    'of %i events has no faults where nothing was changed',
    async (size) => {
      const entries = recorded.slice(0, size);
      expect(await verify(exported(entries), { checkpoint: checkpointOf(entries) })).toEqual({
        events: size,
        signed: size,
        faults: [],
        treeDiffers: false,
      });
    },
  );

  it.each([1, 256, 257, 600])('names event @%i where one byte of it was changed', async (at) => {
    const changed = entry(at, `Event ${at}`);
    expect(await faultsOf(with_(lineOf(at), changed))).toEqual([
      { kind: 'changed', from: at, to: at, id: `id-${at}` },
    ]);
  });

  it('compares bytes: the same event written in another way is another event', async () => {
    const spaced = line(5).replace(':', ': ');
    expect(await faultsOf(with_(lineOf(5), spaced))).toMatchObject([{ kind: 'changed', from: 5 }]);
  });

  it.each([[1], [256], [257], [600], [3, 4, 300]])(
    'names the events that are gone: %i …',
    async (...gone) => {
      const faults = await faultsOf(without(...gone));
      expect(faults.flatMap(({ kind, from, to }) => [kind, from, to])).toEqual(
        gone.length === 1 ? ['missing', gone[0], gone[0]] : ['missing', 3, 4, 'missing', 300, 300],
      );
    },
  );

  it('names the events of a whole missing block, with its hashes and without', async () => {
    const block = Array.from({ length: 256 }, (_, n) => n + 257);
    const missing = [{ kind: 'missing', from: 257, to: 512 }];
    expect(await faultsOf(without(...block))).toEqual(missing);
    const leaves = whole.indexOf(whole.filter((text) => text.includes('"tile":'))[1] ?? '');
    expect(await faultsOf(whole.filter((_, at) => at !== leaves && !(at > 256 && at < leaves)))).toEqual([
      { kind: 'not-signed', from: 1, to: 600 },
      ...missing,
    ]);
  });

  it('names events that changed their order, nearby and far away', async () => {
    for (const [one, other] of [
      [30, 31],
      [5, 520],
    ] as const) {
      const swapped = with_(lineOf(one), line(other));
      swapped.splice(lineOf(other), 1, line(one));
      expect(await faultsOf(swapped)).toMatchObject([
        { kind: 'moved', from: one, was: other, id: `id-${other}` },
        { kind: 'moved', from: other, was: one, id: `id-${one}` },
      ]);
    }
  });

  it('names the events that cannot be read', async () => {
    expect(await faultsOf(with_(lineOf(7), line(7).slice(0, -1)))).toEqual([
      { kind: 'unreadable', from: 7, to: 7 },
    ]);
    expect(await faultsOf(with_(lineOf(7), undefined))).toEqual([{ kind: 'unreadable', from: 7, to: 7 }]);
  });

  it('names two events whose newline is gone', async () => {
    const joined = with_(lineOf(7), `${line(7)} ${line(8)}`);
    joined.splice(lineOf(8), 1);
    expect(await faultsOf(joined)).toEqual([
      { kind: 'unreadable', from: 7, to: 7 },
      { kind: 'missing', from: 8, to: 8 },
    ]);
  });

  it('says after which event another was inserted, whatever the number of the inserted event', async () => {
    for (const forged of [entry(6, 'forged'), entry(601), line(5), '']) {
      expect(await faultsOf(with_(lineOf(5), line(5), forged))).toMatchObject([{ kind: 'extra', from: 5 }]);
    }
    expect(await faultsOf(with_(lineOf(600) + 1, whole[lineOf(600) + 1] ?? '', entry(601)))).toEqual([
      { kind: 'extra', from: 600, to: 600 },
    ]);
  });

  it('says after which event a checkpoint was inserted', async () => {
    const checkpoint = whole.at(-1);
    expect(await faultsOf([...whole, checkpoint])).toEqual([{ kind: 'extra', from: 600, to: 600 }]);
    expect(await faultsOf(with_(lineOf(5), line(5), checkpoint))).toEqual([
      { kind: 'extra', from: 5, to: 5 },
    ]);
    expect(await faultsOf([checkpoint, ...whole])).toEqual([{ kind: 'extra', from: 0, to: 0 }]);
  });

  it('keeps no more of the inserted lines in memory than it needs', async () => {
    const forged = Array.from({ length: 3_000 }, () => entry(6, 'forged'));
    const faults = await faultsOf(with_(lineOf(5), line(5), ...forged));
    expect(faults.filter(({ kind }) => kind === 'extra').length).toBeGreaterThan(2_000);
  });

  it('names the first event of a missing tail', async () => {
    expect(await faultsOf(whole.slice(0, lineOf(551)))).toEqual([
      { kind: 'not-signed', from: 1, to: 600 },
      { kind: 'missing', from: 551, to: 600 },
    ]);
  });

  it('with new hashes is refused: some event is not the signed one', async () => {
    const forged = recorded.with(299, entry(300, 'forged'));
    expect(await faultsOf(exported(forged))).toEqual([{ kind: 'not-signed', from: 1, to: 600 }]);
    const others = [checkpointOf(recorded.slice(0, 290))];
    expect((await verify(exported(forged), { others })).faults).toEqual([
      { kind: 'not-signed', from: 291, to: 600 },
    ]);
  });

  it('with new hashes and a new checkpoint does not extend a checkpoint that was kept elsewhere', async () => {
    const forged = recorded.with(299, entry(300, 'forged'));
    const given = { checkpoint: checkpointOf(forged), others: [checkpointOf(recorded.slice(0, 400))] };
    expect((await verify(exported(forged), given)).faults).toEqual([
      { kind: 'not-signed', from: 1, to: 400 },
    ]);
  });

  it.each([
    ['changed', (text: string) => text.replace(/"hashes":"./, '"hashes":"z')],
    ['of another tile', (text: string) => text.replace('tile/0/001', 'tile/0/000')],
  ])('has the signed events, though its hashes are %s', async (_, change) => {
    const at = whole.findIndex((text) => text.includes('tile/0/001"'));
    const result = await verify(with_(at, change(whole[at] ?? '')));
    expect(result).toMatchObject({ signed: 600, treeDiffers: true });
  });

  it('has the signed events, though its hashes cannot be read', async () => {
    const at = whole.findIndex((text) => text.includes('tile/0/001"'));
    expect(await verify(with_(at, '{"hashes":"'))).toEqual({
      events: 600,
      signed: 600,
      faults: [{ kind: 'extra', from: 512, to: 512 }],
      treeDiffers: true,
    });
  });

  it('has the signed events, though its hashes are missing', async () => {
    const events = whole.filter((text) => !text.includes('"tile":'));
    expect(await verify(events)).toEqual({ events: 600, signed: 600, faults: [], treeDiffers: true });
  });
});
