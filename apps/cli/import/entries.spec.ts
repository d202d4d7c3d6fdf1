import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entriesOf, LONGEST_ENTRY, type Entry } from './entries.js';

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function read(...parts: readonly (string | Uint8Array)[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of entriesOf(chunks(...parts))) entries.push(entry);
  return entries;
}

describe('lines of NDJSON', () => {
  it('come with their numbers; blank lines are skipped and counted', async () => {
    expect(await read('{"a":1}\n\n  \r\n{"b":2}\r\n{"c":3}')).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 4, text: '{"b":2}' },
      { line: 5, text: '{"c":3}' },
    ]);
  });

  it('are whole wherever the input is divided, also within a letter of several bytes', async () => {
    const bytes = Buffer.from('{"a":"Šalčininkai"}\n{"b":"Каменны Лог"}\n');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 6 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const parts = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
        expect((await read(...parts)).map(({ text }) => text)).toEqual([
          '{"a":"Šalčininkai"}',
          '{"b":"Каменны Лог"}',
        ]);
      }),
    );
  });

  it('may begin with a byte order mark', async () => {
    expect(await read(new Uint8Array([0xef, 0xbb]), new Uint8Array([0xbf]), '{}')).toEqual([
      { line: 1, text: '{}' },
    ]);
  });

  it('that are not UTF-8 are named, and the next line is read', async () => {
    expect(await read('{}\n', new Uint8Array([0xff, 0x0a]), '{"b":2}')).toEqual([
      { line: 1, text: '{}' },
      { line: 2, fault: 'is not UTF-8' },
      { line: 3, text: '{"b":2}' },
    ]);
  });

  it('that are far too long are named, and not kept in memory', async () => {
    const entries = await read('{"a":"', 'x'.repeat(LONGEST_ENTRY), 'x'.repeat(LONGEST_ENTRY), '"}\n{}');
    expect(entries).toEqual([
      { line: 1, fault: `is longer than ${LONGEST_ENTRY} bytes; an event has at most 60,000` },
      { line: 2, text: '{}' },
    ]);
  });

  it('may begin after much space, which is counted and not kept', async () => {
    const spaces = Buffer.alloc(65_536, ' \n');
    const entries = await read(...Array.from({ length: 2_000 }, () => spaces), '{"a":1}');
    expect(entries).toEqual([{ line: 2_000 * 32_768 + 1, text: '{"a":1}' }]);
  });

  it.each(['7', ' 7', '\n7'])('may be as short as %j', async (text) => {
    expect((await read(text)).map((entry) => entry.text)).toEqual(['7']);
  });

  it('are none in an empty file', async () => {
    expect(await read()).toEqual([]);
    expect(await read(' \n\n')).toEqual([]);
  });
});

describe('elements of a JSON array', () => {
  it('come with the lines on which they begin', async () => {
    expect(await read('\n[\n  {"a":\n    [1, "]\\",["]},\n  {"b":2}, 5\n]\n')).toEqual([
      { line: 3, text: '{"a":\n    [1, "]\\",["]}' },
      { line: 5, text: '{"b":2}' },
      { line: 5, text: '5' },
    ]);
  });

  it('are the elements that JSON.parse gives, wherever the input is divided', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.json({ maxDepth: 3 })), fc.nat(40), async (elements, cut) => {
        const text = `[${elements.join(' ,\n')}]`;
        const entries = await read(text.slice(0, cut), text.slice(cut));
        expect(entries.map((entry) => JSON.parse(entry.text ?? '') as unknown)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('of an array that is cut off are read up to the cut, which is named', async () => {
    expect(await read('[{"a":1},\n{"b"')).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 2, text: '{"b"' },
      { line: 2, fault: 'the array has no end: the file is incomplete' },
    ]);
  });

  it('end with the array', async () => {
    expect(await read('[1]\n{"b":2}')).toEqual([
      { line: 1, text: '1' },
      { line: 2, fault: 'is after the end of the array' },
    ]);
  });
});
