import { instant } from '../words/index.js';

/** A field of the table of a picture, for people and for programs. */
export interface TableField {
  readonly text: string;
  /** The value in a file: an instant in ISO 8601, or a number without words. Absent: a file has the text. */
  readonly value?: string | number;
  /** The id of the report that says so. */
  readonly event?: string | undefined;
}

/** The figures of a picture. The page and the files have the same table. */
export interface Tabled {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableField[])[];
}

export const said = (text: string | undefined, event?: string): TableField => ({ text: text ?? '', event });

/** An instant, or the range of a vague instant. */
export const when = (at: string | undefined, earliest?: string): TableField =>
  at === undefined
    ? { text: '' }
    : { text: instant(at, earliest), value: earliest === undefined ? at : `${earliest}/${at}` };
