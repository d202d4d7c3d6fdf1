import { isSameJson } from '#json';
import type { Instant, InstantText } from '#time';
import type { Because, Steps } from '#timeline';
import type { CsvColumns } from './csv-columns.js';
import type { Traits } from './sqlite/cell-reader.js';
import type { SubjectReader } from './subject.js';

/**
 * A whole number from 0.
 * @asType integer
 * @minimum 0
 */
export type WholeNumber = number;

/** The first words of the aspects that a diff compares. */
export const STATED_ASPECTS = [
  'status',
  'next',
  'count',
  'decision',
  'emergency',
  'goods',
  'ledger',
  'licence',
  'phase',
  'requirement',
  'stance',
  'value',
  'verdict',
] as const;

/** An aspect that a diff compares: `status`, or a part of it, `status/road`. */
export type StatedAspect = (typeof STATED_ASPECTS)[number] | `${(typeof STATED_ASPECTS)[number]}/${string}`;

/** One value of an item, as a diff compares it. */
export interface StatedValue {
  readonly aspect: StatedAspect;
  readonly value: unknown;
  readonly because: Because;
  /** When it began in the world; the latest instant, where it is vague. Not compared. */
  readonly since?: InstantText;
  /** The earliest instant, where it is vague. */
  readonly sinceEarliest?: InstantText;
}

/** The value of a timeline at an instant. */
export interface Piece {
  readonly status?: string;
  readonly value?: unknown;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
  /** Every possible value, where it is not certain. */
  readonly possible?: readonly unknown[];
  /** It rests on claims alone: no act or observation supports it. */
  readonly claimed?: true;
  readonly because: Because;
}

/** Whether two pieces have the same content. The events behind them may differ; but a piece that rests on no event differs from every other piece. */
export function saysTheSame(a: Piece, b: Piece): boolean {
  return (
    a.status === b.status &&
    a.certain === b.certain &&
    a.claimed === b.claimed &&
    isSaid(a) === isSaid(b) &&
    isSameValue(a.possible, b.possible) &&
    isSameValue(a.value, b.value)
  );
}

const isSaid = ({ because }: Piece): boolean => because.length > 0;

const isSameValue = (one: unknown, other: unknown): boolean =>
  one === other || (one !== undefined && other !== undefined && isSameJson(one, other));

/** A piece of a timeline, with its stretch [from, to); an absent bound is unlimited. */
export interface TimelinePiece extends Piece {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** A piece with a value and no status. */
export interface ValuePiece<V> {
  readonly value: V;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
  readonly because: Because;
}

export interface Item {
  /** Unique in its view. */
  readonly id: string;
  /**
   * The ids of the events that it rests on.
   * @minItems 1
   */
  readonly because: Because;
}

/** The status of an item, or the verdict of a claim; undefined where it has neither. */
export function statusOrVerdict(item: Item): string | undefined {
  const { status, verdict } = item as { readonly status?: string; readonly verdict?: string };
  return status ?? verdict;
}

/** A query parameter of a view. */
export interface Filter<I extends Item = Item> {
  /** The description of the value of the filter, in the API documentation. */
  readonly description: string;
  /** Every possible value of the filter, where the set of values is closed. */
  readonly choices?: readonly string[];
  /** The fault of a value of the query; undefined where the value has no fault. */
  fault?(wanted: string): string | undefined;
  /** Marks (`MarkedSubjects`): a subject whose item can pass has at least one of these marks. Absent, or undefined: any subject may pass. */
  marks?(wanted: string): readonly string[] | undefined;
  /** Whether the filter compares the status or the verdict of an item. */
  readonly isOfStatus?: true;
  /** Whether an item passes the filter. This is a method, so that the compiler accepts a view of crossings as a view of items. */
  passes(item: I, wanted: string): boolean;
}

/** The name of a view in the API. */
export type ViewName =
  | 'crossings'
  | 'transit'
  | 'sanctions'
  | 'detentions'
  | 'warnings'
  | 'conditions'
  | 'talks'
  | 'airspace'
  | 'claims'
  | 'releases'
  | 'estimates'
  | 'statements';

/** A view: how to read the cells of a subject as an answer. */
export interface View<I extends Item = Item, P extends Piece = Piece> {
  readonly name: ViewName;
  /** The category of the streams that the view reads, such as `crossing`. */
  readonly category: string;
  /** The item of a subject; undefined where no item is known at the instant. */
  item(subject: SubjectReader, at: Instant): I | undefined;
  /** The status of the item, without the rest of the item; any status where there is no item. Absent: only the item gives the status. */
  status?(subject: SubjectReader, at: Instant): string;
  /**
   * The groups of aspects, by name, that the view overlays at an instant; they may have aspects without events. Absent: the view reads every aspect
   * alone.
   */
  merges?(subject: SubjectReader, at: Instant): readonly (readonly string[])[];
  /** The changes of the subject; events without a duration are in the ledgers of the item. */
  timeline(subject: SubjectReader): Steps<P>;
  /** The columns of an item in a table, by member. Their names are the members that `fields` can pick. */
  readonly columns: CsvColumns;
  /** The values that a diff compares. */
  stated(item: I): StatedValue[];
  /** The marks of a subject, by which filters find it. */
  marks?(traits: Traits): readonly string[];
  /** Query parameters besides the parameters of time, by name. */
  readonly filters: Readonly<Record<string, Filter<I>>>;
}
