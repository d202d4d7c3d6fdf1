import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Failure } from '../failure.js';
import { utf8Of } from './utf8.js';

async function read(...parts: readonly Uint8Array[]): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield await Promise.resolve(part);
  }
  const found: Uint8Array[] = [];
  for await (const chunk of utf8Of('a.ndjson', chunks())) found.push(chunk);
  return Buffer.concat(found).toString();
}

const TEXT = '{"a":"Šalčininkai 😀"}\n{"b":"Каменны Лог"}\n';
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-16 in little-endian order', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16 in big-endian order', bigEndian(`\ufeff${TEXT}`)],
    ['CR at the ends of lines', Buffer.from(TEXT.replaceAll('\n', '\r'))],
    ['gzip', gzipSync(TEXT)],
    ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
  ])('is the same, written as %s, wherever the input is divided', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 4 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        expect(await read(...edges.slice(1).map((end, n) => bytes.subarray(edges[n], end)))).toBe(TEXT);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps CRLF and a CR within a line', async () => {
    const text = '{"a":\r1}\r\n{}\r\n';
    expect(await read(Buffer.from(text))).toBe(text);
  });

  it('of an empty file is empty', async () => {
    expect(await read()).toBe('');
    expect(await read(Buffer.from('{}'))).toBe('{}');
  });

  it.each([
    ['a spreadsheet', Buffer.from('PK\u0003\u0004xxxx'), /ZIP.*unpack/],
    ['a PDF', Buffer.from('%PDF-1.7'), /PDF/],
    ['bzip2', Buffer.from('BZh91AY'), /bzip2 -d/],
    ['a database', Buffer.from('SQLite format 3\0'), /--data/],
    ['UTF-16 without a mark', Buffer.from('{"a":1}', 'utf16le'), /byte order mark/],
    ['UTF-16 that was cut off', Buffer.from('\ufeff{', 'utf16le').subarray(0, 3), /UTF-16, but damaged/],
    ['gzip that was cut off', gzipSync(TEXT).subarray(0, 30), /gzip, but damaged/],
  ])('of a file that is not text, %s, is a failure in one line', async (_, bytes, message) => {
    const failed = await read(bytes).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Failure);
    expect((failed as Failure).message).toMatch(message);
    expect((failed as Failure).message).toMatch(/^a\.ndjson is [^\n]+$/);
  });
});
