import { instant } from '../words/index.js';

/** A field of a table behind a picture: as it reads, and as a program wants it. */
export interface TableField {
  readonly text: string;
  /** What a file has instead: an instant in ISO 8601, a bare number; absent: the text. */
  readonly value?: string | number;
  /** The report that says so. */
  readonly event?: string | undefined;
}

/** The figures of a picture: one table for readers and for files. */
export interface Tabled {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableField[])[];
}

export const said = (text: string | undefined, event?: string): TableField => ({ text: text ?? '', event });

/** An instant, or the range that it is in. */
export const when = (at: string | undefined, earliest?: string): TableField =>
  at === undefined
    ? { text: '' }
    : { text: instant(at, earliest), value: earliest === undefined ? at : `${earliest}/${at}` };
