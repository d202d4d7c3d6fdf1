import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AuditError,
  EMPTY_ROOT,
  formatCheckpoint,
  formatHash,
  leafHash,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  signerOf,
  signNote,
} from './index.js';
import { codePoint } from '../../test/support/code-point.js';

const code = (wanted: string): unknown => expect.objectContaining({ name: 'AuditError', code: wanted });

// The example of golang.org/x/mod/sumdb/tlog.
const GO_SUM = 'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n';
const ROOT = 'TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=';

describe('checkpoints', () => {
  it('are written as golang.org/x/mod/sumdb/tlog writes them', () => {
    const root = leafHash(Buffer.from('hello world'));
    const checkpoint = { origin: 'go.sum database tree', size: 123_456_789_012, root, extensions: [] };
    expect(formatCheckpoint(checkpoint)).toBe(GO_SUM);
    expect(parseCheckpoint(GO_SUM)).toEqual(checkpoint);
  });

  it('are read from the example of C2SP tlog-checkpoint', () => {
    const message =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';
    const verifier = { name: 'example.com/behind-the-sofa', keyId: 0x033de0ae, verify: () => true };
    const { checkpoint } = openCheckpoint(message, 'example.com/behind-the-sofa', [verifier]);
    expect(checkpoint.size).toBe(20_852_163);
    expect(formatHash(checkpoint.root)).toBe('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=');
    expect(message.startsWith(formatCheckpoint(checkpoint))).toBe(true);
  });

  it('keep extension lines', () => {
    const text = `example.com/log\n0\n${formatHash(EMPTY_ROOT)}\nOne 1\n2\n`;
    expect(parseCheckpoint(text)).toEqual({
      origin: 'example.com/log',
      size: 0,
      root: EMPTY_ROOT,
      extensions: ['One 1', '2'],
    });
    expect(formatCheckpoint(parseCheckpoint(text))).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['no root', 'a\n1\n'],
    ['no newline at the end', `a\n1\n${ROOT}`],
    ['no origin', `\n1\n${ROOT}\n`],
    ['no size', `a\n\n${ROOT}\n`],
    ['leading zeros', `a\n01\n${ROOT}\n`],
    ['a zero too many', `a\n00\n${ROOT}\n`],
    ['a sign', `a\n+1\n${ROOT}\n`],
    ['a negative size', `a\n-1\n${ROOT}\n`],
    ['a size in hexadecimal', `a\n0xabcdef\n${ROOT}\n`],
    ['a size with a space', `a\n1 \n${ROOT}\n`],
    ['digits that are not ASCII', `a\n\u0661\n${ROOT}\n`],
    ['a root too long', 'a\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n'],
    ['a root in another alphabet', `a\n1\n${ROOT.replace('+', '-')}\n`],
    ['an empty extension', `a\n1\n${ROOT}\n\n`],
    ['an empty line between', `a\n1\n${ROOT}\n\nb\n`],
    ['Windows line ends', `a\r\n1\r\n${ROOT}\r\n`],
    ['a control character', `a\u0007\n1\n${ROOT}\n`],
  ])('are refused with %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(code('malformed'));
  });

  it('of trees past 2^53 - 1 are refused as too large, not read wrong', () => {
    expect(parseCheckpoint(`a\n9007199254740991\n${ROOT}\n`).size).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => parseCheckpoint(`a\n9007199254740992\n${ROOT}\n`)).toThrow(code('out-of-range'));
    expect(() => parseCheckpoint(`a\n${'9'.repeat(400)}\n${ROOT}\n`)).toThrow(code('out-of-range'));
  });

  it.each([
    ['an empty origin', { origin: '' }],
    ['two lines in one', { origin: 'a\nb' }],
    ['an empty extension', { extensions: [''] }],
    ['a root that is not a hash', { root: new Uint8Array(31) }],
    ['a size that is not whole', { size: 1.5 }],
  ])('are not written with %s', (_, wrong) => {
    const checkpoint = { origin: 'a', size: 1, root: EMPTY_ROOT, extensions: [], ...wrong };
    expect(() => formatCheckpoint(checkpoint)).toThrow(AuditError);
  });

  it('have one form: what can be read is written again with the same bytes', () => {
    const lines = fc.constantFrom(
      'a',
      '0',
      '1',
      '10',
      '01',
      ROOT,
      '',
      ' ',
      '=',
      '\r',
      '\n',
      '\ud800',
      '\u00e9',
    );
    const texts = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.array(lines).map((some) => some.map((part) => `${part}\n`).join('')),
      fc.array(lines).map((some) => `a\n7\n${ROOT}\n${some.join('\n')}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let checkpoint;
        try {
          checkpoint = parseCheckpoint(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AuditError);
          return;
        }
        expect(formatCheckpoint(checkpoint)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a signed checkpoint', () => {
  const origin = 'example.com/log';
  const [older, newer, witness] = [
    signerOf(origin, new Uint8Array(32).fill(1)),
    signerOf(origin, new Uint8Array(32).fill(2)),
    signerOf('witness.example/w1', new Uint8Array(32).fill(3)),
  ];
  const checkpoint = { origin, size: 7, root: EMPTY_ROOT, extensions: [] };
  const text = formatCheckpoint(checkpoint);
  const known = [older, newer].map(({ verifierKey }) => parseVerifierKey(verifierKey));

  it('is opened with the key of the log', () => {
    const opened = openCheckpoint(signNote(text, [newer]), origin, known);
    expect(opened.checkpoint).toEqual(checkpoint);
    expect(opened.note.signatures).toHaveLength(1);
  });

  it('is still opened after the key was changed, and by a reader that knows only one of the keys', () => {
    expect(openCheckpoint(signNote(text, [older]), origin, known).checkpoint).toEqual(checkpoint);
    const both = signNote(text, [older, newer]);
    for (const verifier of known) {
      expect(openCheckpoint(both, origin, [verifier]).checkpoint).toEqual(checkpoint);
    }
  });

  it('keeps its signature when a witness adds one', () => {
    const note = openNote(signNote(text, [newer]), known);
    const opened = openCheckpoint(signNote(note.text, [witness], note.signatures), origin, known);
    expect(opened.note.unverified.map(({ name }) => name)).toEqual(['witness.example/w1']);
  });

  it('of another log is refused', () => {
    const other = formatCheckpoint({ ...checkpoint, origin: 'example.com/other' });
    expect(() => openCheckpoint(signNote(other, [newer]), origin, known)).toThrow(code('wrong-origin'));
  });

  it('by an unknown key is refused', () => {
    expect(() => openCheckpoint(signNote(text, [witness]), origin, known)).toThrow(code('unverified'));
  });
});
