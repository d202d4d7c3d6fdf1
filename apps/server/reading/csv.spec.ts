import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { finished } from '#runtime';
import { columnsFor, csvColumns, type CsvColumns } from '#views';
import { csvOf } from './csv.js';
import { codePoint } from '../../../test/support/code-point.js';

interface Row {
  readonly id: string | number | boolean;
  readonly other?: string;
}
const columns: CsvColumns = columnsFor<Row>({ id: 'text', other: 'text' } as never);
const written = (...rows: Row[]): string => String(finished(csvOf(csvColumns(columns), rows)));

describe('CSV', () => {
  it('has a header, and CRLF behind every row', () => {
    expect(written({ id: 'a', other: 'b' }, { id: 'c' })).toBe('id,other\r\na,b\r\nc,\r\n');
    expect(written()).toBe('id,other\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
  ])('writes the text %j so that the text is no formula', (text, cell) => {
    expect(written({ id: text })).toBe(`id,other\r\n${cell},\r\n`);
  });

  it('leaves numbers as they are', () => {
    expect(written({ id: -1.5 }, { id: true })).toBe('id,other\r\n-1.5,\r\ntrue,\r\n');
  });

  it('gives any text back unchanged when it is read', () => {
    const text = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', '=', "'") }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 60 }), (drawn) => {
        const guarded = (cell: string) =>
          /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
        const read = parse(written(...drawn.map(([id, other]) => ({ id, other }))), {
          record_delimiter: '\r\n',
          from: 2,
        });
        expect(read).toEqual(drawn.map((row) => row.map((cell) => guarded(Buffer.from(cell).toString()))));
      }),
    );
  });
});
