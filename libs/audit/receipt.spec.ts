import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from '#json';
import {
  answerDigest,
  EMPTY_ROOT,
  formatCheckpoint,
  openCheckpoint,
  openReceipt,
  parseVerifierKey,
  signerOf,
  signNote,
  signReceipt,
  type Receipt,
} from './index.js';

const ORIGIN = 'example.com/borderline';
const signer = signerOf(ORIGIN, new Uint8Array(32).fill(7));
const older = signerOf(ORIGIN, new Uint8Array(32).fill(8));
const stranger = signerOf(ORIGIN, new Uint8Array(32).fill(9));
const verifiers = [signer, older].map(({ verifierKey }) => parseVerifierKey(verifierKey));

const code = (wanted: string): unknown => expect.objectContaining({ name: 'AuditError', code: wanted });

const checkpointOf = (size: number, origin = ORIGIN, by = signer): string =>
  signNote(formatCheckpoint({ origin, size, root: EMPTY_ROOT, extensions: [] }), [by]);

const ANSWER = { basis: { sequence: 428 }, items: [], note: 'ž' };
const RECEIPT: Receipt = {
  origin: ORIGIN,
  issuedAt: '2025-11-21T08:00:00.000Z',
  question: {
    path: '/v1/crossings/lt-by.medininkai',
    parameters: { asOf: '2025-11-05', zone: 'Europe/Vilnius' },
  },
  basis: {
    asOf: '2025-11-05T21:59:59.999Z',
    knownAt: null,
    recordedAt: '@428',
    sequence: 428,
    zone: 'Europe/Vilnius',
  },
  answerSha256: answerDigest(ANSWER),
  software: 'borderline 0.1.0',
  checkpoint: checkpointOf(430),
};

/** Signs the receipt, also if it is invalid. */
const signed = (receipt: unknown, by = signer): string =>
  signNote(`borderline receipt v1\n${canonicalJson(receipt)}\n`, [by]);

describe('receipts', () => {
  it('are read back as they were signed, with their checkpoint', () => {
    const message = signReceipt(RECEIPT, [signer]);
    const { receipt, checkpoint } = openReceipt(message, verifiers);
    expect(receipt).toEqual(RECEIPT);
    expect(checkpoint.size).toBe(430);
    expect(openReceipt(Buffer.from(message), verifiers).receipt).toEqual(RECEIPT);
  });

  it('are two lines and a signature, which any reader of signed notes verifies', () => {
    const [header, json, blank, signature, end] = signReceipt(RECEIPT, [signer]).split('\n');
    expect(header).toBe('borderline receipt v1');
    expect(JSON.parse(json ?? '')).toEqual(RECEIPT);
    expect(blank).toBe('');
    expect(signature).toMatch(/^— example\.com\/borderline \S+$/);
    expect(end).toBe('');
  });

  it('are verified without our code: Ed25519 over the text, SHA-256 over the answer in the form of another JCS library', () => {
    const [text = '', line = ''] = signReceipt(RECEIPT, [signer]).split(/(?<=}\n)\n/);
    const base64 = (of: string): Buffer => Buffer.from(of, 'base64');
    const signature = base64(line.trim().split(' ')[2] ?? '').subarray(4);
    const publicKey = base64(signer.verifierKey.split('+').slice(2).join('+')).subarray(1);
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
      format: 'jwk',
    });
    expect(verify(null, Buffer.from(text), key, signature)).toBe(true);
    expect(verify(null, Buffer.from(text.replace('428', '429')), key, signature)).toBe(false);
    const { answerSha256 } = JSON.parse(text.split('\n')[1] ?? '') as Receipt;
    expect(
      createHash('sha256')
        .update(canonicalize(ANSWER) ?? '')
        .digest('hex'),
    ).toBe(answerSha256);
  });

  it('have the digest of the canonical JSON of the answer, for any layout', () => {
    const sha256 = createHash('sha256')
      .update('{"basis":{"sequence":428},"items":[],"note":"ž"}')
      .digest('hex');
    expect(answerDigest(ANSWER)).toBe(sha256);
    expect(
      answerDigest(JSON.parse('{ "note": "\\u017e", "items": [ ], "basis": {"sequence": 4.28e2} }')),
    ).toBe(sha256);
  });

  it('with the signature of an older key still verify', () => {
    expect(openReceipt(signReceipt(RECEIPT, [older]), verifiers).receipt).toEqual(RECEIPT);
    expect(() => openReceipt(signReceipt(RECEIPT, [older]), verifiers.slice(0, 1))).toThrow(
      code('unverified'),
    );
  });

  it('signed by another key under our name, or not at all, are refused', () => {
    expect(() => openReceipt(signReceipt(RECEIPT, [stranger]), verifiers)).toThrow(code('unverified'));
    const [text] = signReceipt(RECEIPT, [signer]).split('\n\n');
    expect(() => openReceipt(`${text}\n\n`, verifiers)).toThrow(code('malformed'));
  });

  it('are refused where their checkpoint is not signed, is of another log, or covers too few events', () => {
    const opened = (checkpoint: string) => () => openReceipt(signed({ ...RECEIPT, checkpoint }), verifiers);
    expect(opened(checkpointOf(430, ORIGIN, stranger))).toThrow(code('unverified'));
    expect(opened(checkpointOf(430, 'example.com/other'))).toThrow(code('wrong-origin'));
    expect(opened(checkpointOf(427))).toThrow(code('not-covered'));
    expect(opened(checkpointOf(430).replace('430', '431'))).toThrow(code('invalid-signature'));
    expect(opened('nothing')).toThrow(code('malformed'));
    expect(opened(checkpointOf(428))).not.toThrow();
  });

  it('of another log are recognised, though a key of ours signed them', () => {
    expect(() => openReceipt(signed({ ...RECEIPT, origin: 'example.com/other' }), verifiers)).toThrow(
      code('wrong-origin'),
    );
  });

  it('are not accepted as checkpoints, nor checkpoints as receipts', () => {
    expect(() => openCheckpoint(signReceipt(RECEIPT, [signer]), 'borderline receipt v1', verifiers)).toThrow(
      code('malformed'),
    );
    expect(() => openReceipt(checkpointOf(430), verifiers)).toThrow(code('malformed'));
  });
});

type Members = Readonly<Record<string, unknown>>;

/** The path to each member: ['basis'], ['basis', 'asOf'] and so on. */
function waysIn(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    [...way, name],
    ...waysIn(member, [...way, name]),
  ]);
}

function changed(
  value: unknown,
  [name = '', ...rest]: readonly string[],
  to: (old: unknown) => unknown,
): Members {
  const members = value as Members;
  const old = members[name];
  return { ...members, [name]: rest.length === 0 ? to(old) : changed(old, rest, to) };
}

/** Another value of the same form: only the signature shows that it is wrong. */
function another(value: unknown): unknown {
  if (typeof value === 'number') return value - 1;
  if (value === null) return '2025-11-04T21:59:59.999Z';
  if (typeof value === 'string')
    return value.replace(/[0-9a-z](?=[^0-9a-z]*$)/, (c) => (c === '1' ? '2' : '1'));
  return Object.fromEntries(Object.entries(value as Members).slice(1));
}

describe('no member of a receipt can be changed', () => {
  const message = signReceipt(RECEIPT, [signer]);
  const [, signatures = ''] = message.split(/(?<=}\n)\n/);

  it.each(waysIn(RECEIPT).map((way) => [way.join('.'), way]))('%s', (_, way) => {
    const other = changed(RECEIPT, way as string[], another);
    expect(other).not.toEqual(RECEIPT);
    const text = `borderline receipt v1\n${canonicalJson(other)}\n`;
    expect(() => openReceipt(`${text}\n${signatures}`, verifiers)).toThrow(code('invalid-signature'));
    expect(() => openReceipt(signNote(text, [stranger]), verifiers)).toThrow(code('unverified'));
  });

  it.each(waysIn(RECEIPT).map((way) => [way.join('.'), way]))(
    '%s cannot be missing or of another form, even if it is signed',
    (name, way) => {
      const free = (name as string).startsWith('question.parameters.');
      const forms = [undefined, 7.5, true, [], free ? {} : ''];
      for (const form of forms.slice(free ? 1 : 0)) {
        const other = changed(RECEIPT, way as string[], () => form);
        expect(() => openReceipt(signed(other), verifiers)).toThrow(code('malformed'));
        expect(() => signReceipt(other as unknown as Receipt, [signer])).toThrow(code('malformed'));
      }
    },
  );

  it('and no member can be added', () => {
    for (const other of [
      { ...RECEIPT, more: 1 },
      { ...RECEIPT, basis: { ...RECEIPT.basis, more: 1 } },
    ]) {
      expect(() => openReceipt(signed(other), verifiers)).toThrow(code('malformed'));
    }
  });

  it('and the layout cannot be changed, even if the receipt is signed', () => {
    const json = canonicalJson(RECEIPT);
    for (const text of [
      `borderline receipt v2\n${json}\n`,
      `borderline receipt v1\n${json}\n\n`,
      `borderline receipt v1\n${json}\n{}\n`,
      `borderline receipt v1\n ${json}\n`,
      `borderline receipt v1\n${JSON.stringify(RECEIPT)}\n`,
      `borderline receipt v1\n${json.replace('{"answer', '{"software":"x","answer')}\n`,
      `borderline receipt v1\n{\n`,
      'borderline receipt v1\n',
    ]) {
      expect(() => openReceipt(signNote(text, [signer]), verifiers)).toThrow(code('malformed'));
    }
  });

  it('cannot be opened with any byte changed', () => {
    const bytes = Buffer.from(message);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ by;
        expect(() => openReceipt(other, verifiers)).toThrow(expect.objectContaining({ name: 'AuditError' }));
      }),
      { numRuns: 500 },
    );
  });
});
