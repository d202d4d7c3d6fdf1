import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  answerDigest,
  AuditError,
  formatCheckpoint,
  leafHash,
  openCheckpoint,
  openReceipt,
  parseVerifierKey,
  signerOf,
  signNote,
  signReceipt,
  verifyConsistency,
  verifyInclusion,
  type Receipt,
} from '#audit';
import { canonicalJson } from '#json';
import { base64Of } from '../../apps/web/audit/hashes.js';
import { digestOfAnswer, NoteFault, readCheckpoint, readReceipt } from '../../apps/web/audit/note.js';
import { hashOfLeaf, isContinued, isIncluded } from '../../apps/web/audit/tree.js';
import { bytes, Definition, flipped, leafOf } from '../../libs/audit/spec-support.js';
import { codePoint } from '../support/code-point.js';

const MOST = 70;
const tree = new Definition(Array.from({ length: MOST }, (_, n) => leafOf(n)));
const rootAt = (size: number): Uint8Array => bytes(tree.root(size));

const ORIGIN = 'example.com/borderline';
const signer = signerOf(ORIGIN, new Uint8Array(32).fill(7));
const older = signerOf(ORIGIN, new Uint8Array(32).fill(8));
const stranger = signerOf('example.com/other', new Uint8Array(32).fill(9));
const KEYS = [signer.verifierKey, older.verifierKey];

const checkpoint = (size: number, by = [signer], origin = ORIGIN): string =>
  signNote(formatCheckpoint({ origin, size, root: rootAt(Math.min(size, MOST)), extensions: [] }), by);

/** The result of reading a text, or 'refused'. The readers of the page and of the service must agree. */
function decided<T>(read: () => T): T | 'refused' {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoteFault || error instanceof AuditError) return 'refused';
    throw error;
  }
}

describe('the audit in the page', () => {
  it('decides about inclusion as the audit of the log does, with any change in a proof', () => {
    const cases = fc.record({
      size: fc.integer({ min: 0, max: MOST }),
      index: fc.integer({ min: 0, max: MOST - 1 }),
      claimed: fc.integer({ min: -1, max: MOST + 1 }),
      bit: fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined }),
      cut: fc.integer({ min: 0, max: 2 }),
      isSize: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ size, index, claimed, bit, cut, isSize }) => {
        const [top, at] = [Math.max(size, index + 1), index];
        const path = tree.path(at, 0, top).map(bytes);
        const given = path.slice(0, path.length - (bit === undefined ? 0 : cut));
        const leaf = bit === undefined ? leafHash(leafOf(at)) : flipped(leafHash(leafOf(at)), bit);
        const said = isSize ? top : claimed;
        const root = rootAt(top);
        const wanted = verifyInclusion({ leafHash: leaf, index: at, size: said, root }, given);
        expect(isIncluded(leaf, at, { size: said, root }, given)).toBe(wanted);
        if (bit === undefined && said === top) expect(wanted).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('decides about continuation as the audit of the log does, for every pair of sizes, and where a hash is changed', () => {
    for (let to = 0; to <= MOST; to += 1)
      for (let from = 0; from <= to; from += 1) {
        const path = from === 0 || from === to ? [] : tree.proof(from, 0, to).map(bytes);
        const [earlier, later] = [
          { size: from, root: rootAt(from) },
          { size: to, root: rootAt(to) },
        ];
        expect([from, to, isContinued(earlier, later, path)]).toEqual([from, to, true]);
        const changed = path.map((hash, at) =>
          at === (from * to) % path.length ? flipped(hash, from) : hash,
        );
        const claim = { from, fromRoot: earlier.root, to, toRoot: later.root };
        expect(isContinued(earlier, later, changed)).toBe(verifyConsistency(claim, changed));
        const other = { size: from, root: rootAt((from + 1) % MOST) };
        expect(isContinued(other, later, path)).toBe(
          verifyConsistency({ ...claim, fromRoot: other.root }, path),
        );
      }
  });

  it('hashes leaves and digests answers as the audit of the log does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digestOfAnswer(value)).toBe(answerDigest(value));
        const entry = Buffer.from(canonicalJson(value));
        expect(base64Of(hashOfLeaf(entry))).toBe(base64Of(leafHash(entry)));
      }),
    );
  });

  it('has no digest of an answer with half a character', () => {
    expect(digestOfAnswer(JSON.parse('{"a":["\\ud800"]}'))).toBeUndefined();
  });

  it('reads the checkpoints that the audit of the log reads, and refuses all others', () => {
    const verifiers = KEYS.map(parseVerifierKey);
    const notes = [
      checkpoint(0),
      checkpoint(42),
      checkpoint(42, [older, signer]),
      checkpoint(42, [stranger]),
      checkpoint(42, [signer], 'example.com/other'),
      checkpoint(42).replace('42', '43'),
      checkpoint(42).replace('42', '042'),
      checkpoint(42).replace(/\n$/, ''),
      checkpoint(42).replace('\n\n', '\n'),
      checkpoint(42).replace('— ', '- '),
      signNote(`${ORIGIN}\n9007199254740993\n${base64Of(rootAt(1))}\n`, [signer]),
      signNote(`${ORIGIN}\n1\nAAAA\n`, [signer]),
      '',
    ];
    const mutated = fc.tuple(
      fc.constantFrom(...notes),
      fc.nat(),
      fc.string({ unit: codePoint, maxLength: 2 }),
    );
    const compare = (note: string): void => {
      const ours = decided(() => readCheckpoint(note, KEYS));
      const wanted = decided(() => openCheckpoint(note, ORIGIN, verifiers).checkpoint);
      expect([note, ours === 'refused' ? ours : [ours.size, base64Of(ours.root)]]).toEqual([
        note,
        wanted === 'refused' ? wanted : [wanted.size, base64Of(wanted.root)],
      ]);
    };
    notes.forEach(compare);
    fc.assert(
      fc.property(mutated, ([note, at, text]) => {
        const place = at % (note.length + 1);
        compare(note.slice(0, place) + text + note.slice(place + (at % 3)));
      }),
      { numRuns: 300 },
    );
  });

  it('reads the receipts that the audit of the log reads, and refuses all others', () => {
    const verifiers = KEYS.map(parseVerifierKey);
    const receipt: Receipt = {
      origin: ORIGIN,
      issuedAt: '2025-11-21T08:00:00.000Z',
      question: { path: '/v1/crossings/lt-by.medininkai', parameters: { asOf: '2025-11-05' } },
      basis: {
        asOf: '2025-11-05T21:59:59.999Z',
        knownAt: null,
        recordedAt: '@42',
        sequence: 42,
        zone: 'Europe/Vilnius',
      },
      answerSha256: answerDigest({ items: [] }),
      software: 'borderline 0.1.0',
      checkpoint: checkpoint(42),
    };
    const notes = [
      signReceipt(receipt, [signer]),
      signReceipt(receipt, [older]),
      signReceipt(receipt, [stranger]),
      signReceipt({ ...receipt, checkpoint: checkpoint(41) }, [signer]),
      signReceipt({ ...receipt, checkpoint: checkpoint(42, [stranger], 'example.com/other') }, [signer]),
      signReceipt(receipt, [signer]).replace('2025-11-05"', '2025-11-06"'),
      signNote(`borderline receipt v1\n ${canonicalJson(receipt)}\n`, [signer]),
      signNote(`borderline receipt v2\n${canonicalJson(receipt)}\n`, [signer]),
      checkpoint(42),
    ];
    for (const note of notes) {
      const ours = decided(() => readReceipt(note, KEYS).stated);
      const wanted = decided(() => openReceipt(note, verifiers).receipt);
      expect([note, ours]).toEqual([note, wanted]);
    }
  });
});
