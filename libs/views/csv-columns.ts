import type { GeoPoint } from '#events';
import type { Names } from './subject.js';

/** The content of one cell of a table; undefined where the cell is empty. */
export type CsvCell = string | number | boolean | undefined;

/** A column: its name, and its cell in the row of an item. */
export interface CsvColumn {
  readonly name: string;
  readonly cell: (item: object) => CsvCell;
}

/**
 * The columns of one member. `text` is one column under the name of the member; `named` are columns with these names; an object has the columns of
 * each of its own members, under `<member>.<own member>`.
 */
type Columns<V> =
  | 'text'
  | { readonly named: Readonly<Record<string, (value: V) => unknown>> }
  | (V extends readonly unknown[] ? never : V extends object ? ColumnsOf<V> : never);

/** The columns of every member of an item. The compiler refuses a table in which a member is missing. */
export type ColumnsOf<V> = { readonly [M in keyof Required<V>]: Columns<Required<V>[M]> };

/** The columns of a kind of item, by member. `columnsFor` makes them. */
export type CsvColumns = Readonly<Record<string, AnyColumns>>;

export const columnsFor = <V>(columns: ColumnsOf<V>): CsvColumns => columns as CsvColumns;

/** The columns in the order of the table. `fields`: only the columns of these members and of `id`. */
export function csvColumns(columns: CsvColumns, fields?: readonly string[]): CsvColumn[] {
  return Object.entries(columns)
    .filter(([member]) => fields === undefined || member === 'id' || fields.includes(member))
    .flatMap(([member, own]) => columnsIn(member, own, (item) => membersOf(item)[member]));
}

type AnyColumns =
  | 'text'
  | { readonly named: Readonly<Record<string, (value: unknown) => unknown>> }
  | Readonly<Record<string, object>>;

function columnsIn(name: string, columns: AnyColumns, read: (item: object) => unknown): CsvColumn[] {
  if (columns === 'text') return [{ name, cell: (item) => cellText(read(item)) }];
  if (isNamed(columns)) {
    return Object.entries(columns.named).map(([of, write]) => ({
      name: of,
      cell(item) {
        const value = read(item);
        return value === undefined ? undefined : cellText(write(value));
      },
    }));
  }
  return Object.entries(columns).flatMap(([member, own]) =>
    columnsIn(`${name}.${member}`, own as AnyColumns, (item) => membersOf(read(item))[member]),
  );
}

type Named = Extract<AnyColumns, { readonly named: unknown }>;

const isNamed = (columns: AnyColumns): columns is Named =>
  typeof columns === 'object' && 'named' in columns && Object.keys(columns).length === 1;

/**
 * A value as the content of one cell. A number or a truth value stays as it is. The members of a list are separated by ` | `. An object other than a
 * quantity is written `member=value; member=value`, without its events: the row names the events.
 */
function cellText(value: unknown): CsvCell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map(partText).join(' | ') : partText(value);
}

function partText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).filter(([name]) => name !== 'because');
  if (isQuantity(value)) return amountText(value);
  return entries.map(([name, own]) => `${name}=${innerText(own)}`).join('; ');
}

function innerText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  if (typeof value === 'object' && value !== null && isQuantity(value)) return amountText(value);
  return JSON.stringify(value);
}

interface Amount {
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly qualifier?: string;
}

const AMOUNT_MEMBERS = ['value', 'min', 'max', 'qualifier'];

const isQuantity = (value: object): value is Amount =>
  ['value', 'min', 'max'].some((name) => typeof membersOf(value)[name] === 'number') &&
  Object.keys(value).every((name) => AMOUNT_MEMBERS.includes(name));

/** `moreThan 1800`, `1100–1200`, `52`: the qualifier as the API names it, and the number without separators. */
function amountText({ value, min, max, qualifier }: Amount): string {
  const number =
    value ?? (min === undefined ? `up to ${max}` : max === undefined ? `${min} or more` : `${min}–${max}`);
  return qualifier === undefined || qualifier === 'exactly' ? `${number}` : `${qualifier} ${number}`;
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The columns of names: the English name, or another name where there is none, and all names by language. */
export const NAME_COLUMNS = {
  named: {
    name: (names: Names) => names['en'] ?? Object.values(names)[0],
    names: (names: Names) => names,
  },
} as const;

export const LOCATION_COLUMNS = {
  named: {
    longitude: ({ coordinates }: GeoPoint) => coordinates[0],
    latitude: ({ coordinates }: GeoPoint) => coordinates[1],
  },
} as const;
