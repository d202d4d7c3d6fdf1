import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  EMPTY_FRONTIER,
  entryOf,
  formatCheckpoint,
  formatHash,
  grow,
  leafHash,
  openCheckpoint,
  parseHash,
  parseVerifierKey,
  proveInclusion,
  rootOf,
  signerOf,
  signNote,
  verifyConsistency,
  verifyInclusion,
} from './index.js';
import { MemoryLog } from './spec-support.js';

/** The indented lines of the comment at the head of index.ts, below “An example”. */
const example = readFileSync(new URL('./index.ts', import.meta.url), 'utf8')
  .split('An example (')[1]
  ?.split('*/')[0]
  ?.split('\n')
  .filter((line) => line === ' *' || line.startsWith(' *     '))
  .map((line) => line.slice(7));

describe('the example in the comment of the lib', () => {
  const origin = 'example.com/borderline';
  const signer = signerOf(origin, new Uint8Array(32).fill(7));
  const events = ['crossing.closed', 'crossing.reopened', 'record.corrected'].map((type, at) => ({
    type,
    sequence: at + 1,
  }));
  const entries = events.map(entryOf);
  const { frontier } = grow(EMPTY_FRONTIER, entries.map(leafHash));

  it('has entries, hashes, checkpoint and key as this lib makes them', async () => {
    const lines = entries.map((entry) => [Buffer.from(entry).toString(), formatHash(leafHash(entry))]);
    const [node] = await proveInclusion(2, 3, new MemoryLog().append(entries).reader());
    const checkpoint = { origin, size: 3, root: rootOf(frontier), extensions: [] };
    const made = [
      ...lines.flat(),
      node === undefined ? '' : formatHash(node),
      ...signNote(formatCheckpoint(checkpoint), [signer]).split('\n'),
      signer.verifierKey,
    ];
    expect(example?.flatMap((line) => line.split(/ {4,}/)).filter(Boolean)).toEqual(made.filter(Boolean));
  });

  it('verifies from its text alone', () => {
    const text = example?.join('\n') ?? '';
    const [, message = ''] = /(example\.com\/borderline\n3\n[^]*?=\n)\n*example/.exec(text) ?? [];
    const { checkpoint } = openCheckpoint(message, origin, [parseVerifierKey(signer.verifierKey)]);
    const node = parseHash('pAnt8IvudLyRRsfHYUxQ2hikxLkFU8J7CF0H3rcuKQ0=');
    const third = parseHash('1c1+nACBwxiiSpp4MAGng1fddIVHmzoaKK+TGkRh2t0=');
    expect(verifyInclusion({ leafHash: third, index: 2, ...checkpoint }, [node])).toBe(true);
    const growth = { from: 2, fromRoot: node, to: checkpoint.size, toRoot: checkpoint.root };
    expect(verifyConsistency(growth, [third])).toBe(true);
  });
});
