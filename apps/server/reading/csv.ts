import { stringify, type Options } from 'csv-stringify/sync';
import type { Interruptible } from '#runtime';
import type { CsvColumn } from '#views';

/** RFC 4180, with a header row, in UTF-8. */
export const CSV_FORM = { name: 'csv', type: 'text/csv' } as const;

/** The media type with the parameters of RFC 4180 §3 and RFC 7111 §5. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** A text that begins like a formula gets an apostrophe in front, so that no spreadsheet runs it; numbers stay numbers. */
const FORM: Options = {
  record_delimiter: 'windows',
  quoted_match: /[\r\n]/,
  escape_formulas: true,
  cast: { boolean: String },
};

/** The number of rows that are written at a time. */
const ROWS = 20;

export const csvHead = (columns: readonly CsvColumn[]): string =>
  stringify([columns.map(({ name }) => name)], FORM);

/** A row for each item, without a header. */
export function* csvRows(columns: readonly CsvColumn[], items: readonly object[]): Interruptible<string> {
  const parts: string[] = [];
  for (let from = 0; from < items.length; from += ROWS) {
    if (from > 0) yield;
    const rows = items.slice(from, from + ROWS).map((item) => columns.map(({ cell }) => cell(item)));
    parts.push(stringify(rows, FORM));
  }
  return parts.join('');
}

/** A whole table. */
export function* csvOf(columns: readonly CsvColumn[], items: readonly object[]): Interruptible<Buffer> {
  return Buffer.from(csvHead(columns) + (yield* csvRows(columns, items)));
}
