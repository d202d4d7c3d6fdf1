import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuditError, openNote, parseSignerKey, parseVerifierKey, signerOf, signNote } from './index.js';
import { bytes } from './spec-support.js';
import { codePoint } from '../../test/support/code-point.js';

// The notes and keys of golang.org/x/mod/sumdb/note.
const TEXT =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const PETER = {
  name: 'PeterNeumann',
  keyId: 0xc74f20a3,
  base64: 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
};
const ENOCH = {
  name: 'EnochRoot',
  keyId: 0xaf0cfe78,
  base64: 'rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=',
};
const line = ({ name, base64 }: { name: string; base64: string }): string => `— ${name} ${base64}\n`;
const [peterLine, enochLine] = [line(PETER), line(ENOCH)];
const peter = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const enoch = parseVerifierKey('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop');
const signer = parseSignerKey(
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
);

const code = (wanted: string): unknown => expect.objectContaining({ name: 'AuditError', code: wanted });

describe('signing a note', () => {
  it('writes it as golang.org/x/mod/sumdb/note does', () => {
    expect(signNote(TEXT, [signer])).toBe(`${TEXT}\n${peterLine}`);
  });

  it('keeps the signatures it had, before the new ones', () => {
    expect(signNote(TEXT, [signer], [ENOCH])).toBe(`${TEXT}\n${enochLine}${peterLine}`);
  });

  it('replaces the signatures of the same key', () => {
    expect(signNote(TEXT, [signer], [{ ...PETER, base64: 'x08gowAA' }, ENOCH])).toBe(
      `${TEXT}\n${enochLine}${peterLine}`,
    );
  });

  it('only copies where there is no signer', () => {
    expect(signNote(TEXT, [], [PETER, ENOCH])).toBe(`${TEXT}\n${peterLine}${enochLine}`);
  });

  it.each([
    ['no newline at the end', 'abc'],
    ['no text', ''],
    ['a control character', 'a\tb\n'],
    ['a carriage return', 'a\r\n'],
    ['a lone surrogate', 'a\ud800\n'],
  ])('refuses a text with %s', (_, text) => {
    expect(() => signNote(text, [signer])).toThrow(code('malformed'));
  });

  it.each([
    ['an invalid name', { ...ENOCH, name: 'a+b' }],
    ['another key’s id', { ...ENOCH, keyId: 1 }],
    ['no base64', { ...ENOCH, base64: 'BADHASH=' }],
    ['nothing but the id', { ...ENOCH, base64: 'rwz+eA==' }],
    ['a line break', { ...ENOCH, base64: `${ENOCH.base64}\n— x y` }],
  ])('refuses to keep a signature with %s', (_, kept) => {
    expect(() => signNote(TEXT, [signer], [kept])).toThrow(code('malformed'));
  });

  it('refuses a note without signatures', () => {
    expect(() => signNote(TEXT, [])).toThrow(code('malformed'));
  });
});

describe('opening a note', () => {
  it('gives the text and the signatures of known keys, and sets the others aside', () => {
    const note = { text: TEXT, signatures: [PETER], unverified: [ENOCH] };
    expect(openNote(`${TEXT}\n${peterLine}${enochLine}`, [peter])).toEqual(note);
    expect(openNote(Buffer.from(`${TEXT}\n${peterLine}${enochLine}`), [peter])).toEqual(note);
  });

  it('checks every signature of a known key', () => {
    expect(openNote(`${TEXT}\n${peterLine}${enochLine}`, [enoch, peter])).toEqual({
      text: TEXT,
      signatures: [PETER, ENOCH],
      unverified: [],
    });
  });

  it('refuses a note that no known key signed', () => {
    expect(() => openNote(`${TEXT}\n${peterLine}${enochLine}`, [])).toThrow(code('unverified'));
  });

  it('refuses the whole note where a known key did not sign it, though another did', () => {
    const broken = `${peterLine.slice(0, 58)}ABCD${peterLine.slice(58)}`;
    expect(() => openNote(`${TEXT}\n${broken}`, [peter])).toThrow(code('invalid-signature'));
    expect(() => openNote(`${TEXT}\n${enochLine}${broken}`, [peter, enoch])).toThrow(
      code('invalid-signature'),
    );
    expect(() => openNote(`x${TEXT}\n${peterLine}`, [peter])).toThrow(code('invalid-signature'));
  });

  it('counts a repeated signature once', () => {
    const other = { ...ENOCH, base64: `${ENOCH.base64.slice(0, 46)}ABCD${ENOCH.base64.slice(46)}` };
    const message = `${TEXT}\n${peterLine}${peterLine}${enochLine}${enochLine}${line(other)}`;
    expect(openNote(message, [peter])).toEqual({
      text: TEXT,
      signatures: [PETER],
      unverified: [ENOCH, other],
    });
  });

  it('does not choose between two known keys of one name and id', () => {
    expect(() => openNote(`${TEXT}\n${enochLine}`, [enoch, peter, enoch])).toThrow(code('ambiguous-key'));
    expect(openNote(`${TEXT}\n${peterLine}`, [enoch, peter, enoch]).signatures).toEqual([PETER]);
  });

  it('ignores a key with a known name and another id, or a known id and another name', () => {
    const renamed = line({ ...PETER, name: 'CarmenSandiego' });
    const other = line({ ...PETER, base64: `xxxx${PETER.base64.slice(4)}` });
    expect(openNote(`${TEXT}\n${peterLine}${renamed}${other}`, [peter]).unverified).toHaveLength(2);
    expect(() => openNote(`${TEXT}\n${renamed}`, [peter])).toThrow(code('unverified'));
  });

  it('reads a hundred signatures, not more', () => {
    expect(openNote(`${TEXT}\n${peterLine.repeat(100)}`, [peter]).signatures).toEqual([PETER]);
    for (const known of [[peter], []]) {
      expect(() => openNote(`${TEXT}\n${peterLine.repeat(101)}`, known)).toThrow(code('malformed'));
    }
  });

  it.each([
    ['no signatures', TEXT],
    ['no line after the blank one', `${TEXT}\n`],
    ['no newline at the end', `${TEXT}\n${peterLine.slice(0, -1)}`],
    ['a control character', `\u0001${TEXT}\n${peterLine}`],
    ['a lone surrogate', `\udfff${TEXT}\n${peterLine}`],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.of(0xff), Buffer.from(`${TEXT}\n${peterLine}`)])],
    ['a surrogate in UTF-8', Buffer.concat([bytes('eda080'), Buffer.from(`${TEXT}\n${peterLine}`)])],
    ['an invalid name', `${TEXT}\n${peterLine.replace('PeterNeumann', 'Bad Name')}`],
    ['an unexpected line', `${TEXT}\n${peterLine}Unexpected line.\n`],
    ['a hyphen for the dash', `${TEXT}\n${peterLine.replace('—', '-')}`],
    ['two spaces', `${TEXT}\n${peterLine.replace(' x08', '  x08')}`],
    ['base64 that is not canonical', `${TEXT}\n${peterLine.replace('nAM=', 'nAN=')}`],
    ['only a key id', `${TEXT}\n— PeterNeumann x08gow==\n`],
    ['Windows line ends', `${TEXT}\n${peterLine}`.replaceAll('\n', '\r\n')],
  ])('refuses a message with %s', (_, message) => {
    expect(() => openNote(message, [peter])).toThrow(code('malformed'));
  });

  it('ends the text at the last blank line', () => {
    const poem = 'Ognuno sta solo sul cuor della terra\n\n\ned è subito sera.\n\n';
    expect(openNote(signNote(poem, [signer]), [peter]).text).toBe(poem);
    const nested = signNote(signNote(TEXT, [signer]), [signerOf('outer', new Uint8Array(32))]);
    expect(() => openNote(nested, [peter])).toThrow(code('unverified'));
  });

  it('reads the example of C2SP signed-note', () => {
    const message =
      'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n' +
      '— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n';
    const cosigned = openNote(message, [
      { name: 'quasimodo.example/salvatore', keyId: 0x367ba04b, verify: () => true },
    ]);
    expect(cosigned.text.split('\n')).toHaveLength(5);
  });

  it('opens the signed note, and no note with a changed bit', () => {
    const texts = fc.string({ unit: 'grapheme' }).map((text) => `${text.replace(/[\0-\t\v-\x1f]/g, '')}\n`);
    fc.assert(
      fc.property(texts, fc.nat(), (text, bit) => {
        const message = Buffer.from(signNote(text, [signer]));
        expect(openNote(message, [peter]).text).toBe(text);
        const at = bit % (8 * message.length);
        const byte = Math.floor(at / 8);
        message.writeUInt8(message.readUInt8(byte) ^ (1 << (at % 8)), byte);
        expect(() => openNote(message, [peter])).toThrow(AuditError);
      }),
      { numRuns: 150 },
    );
  });

  it('throws only this lib’s error, for any text', () => {
    const parts = fc.constantFrom(
      TEXT,
      '\n',
      '\n\n',
      '— ',
      'PeterNeumann ',
      PETER.base64,
      ' ',
      'AAAA',
      '\ud800',
      '\0',
    );
    const messages = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.uint8Array(),
      fc.array(parts).map((some) => some.join('')),
      fc.array(parts).map((some) => Buffer.from(some.join(''))),
    );
    fc.assert(
      fc.property(messages, (message) => {
        try {
          expect(openNote(message, [peter]).text).toBe(TEXT);
        } catch (error) {
          expect(error).toBeInstanceOf(AuditError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
