/**
 * The rows of `views.db`: the columns of `cells`, `effects`, `contents` and `corrections`, how they are made, and how they are read back.
 *
 * Instants are milliseconds, recorded times are sequences; NULL is an open bound. Claimants and values are in `contents`: many effects share one row
 * there. The other tables of the file are in database.ts.
 */
import type { AspectRule, CellKey, Effect, KnownEffect, RecordedCorrection, Span, Standing } from '#timeline';
import { ROW_KEY } from './rank-keys.js';
import { positionsIn, sqlNamesOf, type MembersOf, type RowOf, type WrittenColumns } from './sql-columns.js';

/** The name of a cell: category, subject, aspect, and the key of its rule. */
export interface CellName {
  readonly category: string;
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellKey;
}

/** The columns of a new cell. */
export const NEW_CELL_COLUMNS = [
  { name: 'category', sql: 'TEXT NOT NULL', of: ({ category }) => category },
  { name: 'subject', sql: 'TEXT NOT NULL', of: ({ subject }) => subject },
  { name: 'aspect', sql: 'TEXT NOT NULL', of: ({ aspect }) => aspect },
  { name: 'key', sql: 'TEXT NOT NULL', of: ({ key }) => key },
  { name: 'rule', sql: 'TEXT NOT NULL', of: ({ rule }) => rule },
  // The length of the longest vague bound of an effect in the cell, in milliseconds; 0 where no bound is vague.
  { name: 'vague', sql: 'INTEGER NOT NULL', of: () => 0 },
  // The longest time from a report to the start of its effect, in milliseconds; 0 where no effect starts after its report.
  { name: 'lead', sql: 'INTEGER NOT NULL', of: () => 0 },
] as const satisfies WrittenColumns<CellName & { readonly rule: AspectRule }>;

/** The columns of `cells`. */
export const CELL_COLUMNS = [{ name: 'id', sql: 'INTEGER PRIMARY KEY' }, ...NEW_CELL_COLUMNS] as const;
/** A row of `cells`, as an object. */
export type CellRow = MembersOf<typeof CELL_COLUMNS>;

const CELL_AT = positionsIn(CELL_COLUMNS);

/** A cell, from a row that was read as an array: an object that SQLite makes takes longer to make and to read. */
export const cellRow = (row: RowOf<typeof CELL_COLUMNS>): CellRow => ({
  id: row[CELL_AT.id],
  category: row[CELL_AT.category],
  subject: row[CELL_AT.subject],
  aspect: row[CELL_AT.aspect],
  key: row[CELL_AT.key],
  rule: row[CELL_AT.rule],
  vague: row[CELL_AT.vague],
  lead: row[CELL_AT.lead],
});

/** A cell without the id that it has in its file. */
export type StoredCell = Omit<CellRow, 'id'>;

/** The part of a development's version that its effects need. */
export interface VersionOrigin {
  readonly eventId: string;
  /** The development and the corrections that led to this version. */
  readonly because: readonly string[];
  readonly standing: Standing;
  readonly reliability: string;
  readonly reported: Span;
}

/** An effect as it is added. */
interface AddedEffect {
  readonly effect: Effect;
  readonly origin: VersionOrigin;
  readonly cell: number;
  readonly content: number;
  /** The sequence from which on it is recorded, and its number among the effects that were added at this sequence. */
  readonly sequence: number;
  readonly ordinal: number;
}

/** The content of an effect: the effect without its times. The value is JSON. */
export const CONTENT_MEMBERS = [
  { name: 'claimant', sql: 'TEXT NOT NULL', of: ({ effect }) => effect.claimant },
  { name: 'standing', sql: 'TEXT NOT NULL', of: ({ origin }) => origin.standing },
  { name: 'reliability', sql: 'TEXT NOT NULL', of: ({ origin }) => origin.reliability },
  { name: 'value', sql: 'TEXT NOT NULL', of: ({ effect }) => JSON.stringify(effect.value) },
] as const satisfies WrittenColumns<Pick<AddedEffect, 'effect' | 'origin'>>;

/** The columns of `contents`. */
export const CONTENT_COLUMNS = [{ name: 'content', sql: 'INTEGER PRIMARY KEY' }, ...CONTENT_MEMBERS] as const;

const CELL = [
  { name: 'cell', sql: 'INTEGER NOT NULL', of: ({ cell }) => cell },
] as const satisfies WrittenColumns<AddedEffect>;

const TIMES_AND_GROUNDS = [
  { name: 'fromLatest', sql: 'INTEGER NOT NULL', of: ({ effect }) => effect.from.latest },
  { name: 'recordedFrom', sql: 'INTEGER NOT NULL', of: ({ sequence }) => sequence },
  { name: 'ordinal', sql: 'INTEGER NOT NULL', of: ({ ordinal }) => ordinal },
  { name: 'fromEarliest', sql: 'INTEGER NOT NULL', of: ({ effect }) => effect.from.earliest },
  { name: 'untilEarliest', sql: 'INTEGER', of: ({ effect }) => effect.until?.earliest ?? null },
  { name: 'untilLatest', sql: 'INTEGER', of: ({ effect }) => effect.until?.latest ?? null },
  { name: 'reportedFrom', sql: 'INTEGER NOT NULL', of: ({ origin }) => origin.reported.from },
  { name: 'reportedUntil', sql: 'INTEGER', of: ({ origin }) => origin.reported.until ?? null },
  { name: 'recordedUntil', sql: 'INTEGER', of: (): number | null => null },
  { name: 'eventId', sql: 'TEXT NOT NULL', of: ({ origin }) => origin.eventId },
  { name: 'because', sql: 'TEXT', of: ({ origin }) => becauseText(origin.because) },
] as const satisfies WrittenColumns<AddedEffect>;

const CONTENT = [
  { name: 'content', sql: 'INTEGER NOT NULL', of: ({ content }) => content },
] as const satisfies WrittenColumns<AddedEffect>;

const THEN = [
  {
    name: 'thenValue',
    sql: 'TEXT',
    of: ({ effect }) => (effect.then === undefined ? null : JSON.stringify(effect.then)),
  },
] as const satisfies WrittenColumns<AddedEffect>;

/** The columns of a row of `effects`, with the number of its content, and without its cell. */
export const NUMBERED_COLUMNS = [...TIMES_AND_GROUNDS, ...CONTENT, ...THEN] as const;
export type NumberedRow = RowOf<typeof NUMBERED_COLUMNS>;

/** The columns of `effects`. */
export const EFFECTS_TABLE_COLUMNS = [...NUMBERED_COLUMNS, ...CELL] as const;
/** A `NumberedRow` with its cell. */
export type RowOfCell = RowOf<typeof EFFECTS_TABLE_COLUMNS>;

/** The columns of `effectsWithContents()` that make an effect. */
export const EFFECT_COLUMNS = [...TIMES_AND_GROUNDS, ...CONTENT_MEMBERS, ...THEN] as const;
/** An effect with its content. */
export type EffectRow = RowOf<typeof EFFECT_COLUMNS>;

/** The positions of the columns in a `NumberedRow` and in a `RowOfCell`; and in an `EffectRow`. */
export const AT = positionsIn(EFFECTS_TABLE_COLUMNS);
export const EFFECT_AT = positionsIn(EFFECT_COLUMNS);

/** The members of an `EffectRow`, by name. */
export const EFFECT_MEMBERS = EFFECT_COLUMNS.map(({ name }) => name);

/** The positions in an `EffectRow` of the columns that order the rows (rank-keys.ts), the most significant first. */
export const EFFECT_ORDER = ROW_KEY.map((column) => sqlNamesOf(EFFECT_COLUMNS).indexOf(column));

/** The row as an effect of the timeline library; `cell` gives the members that the row does not store. */
export function effectOf(row: EffectRow, cell: CellName & { readonly rule: AspectRule }): KnownEffect {
  const eventId = row[EFFECT_AT.eventId];
  const because = row[EFFECT_AT.because];
  const untilLatest = row[EFFECT_AT.untilLatest];
  const thenValue = row[EFFECT_AT.thenValue];
  const effect: { -readonly [K in keyof KnownEffect]: KnownEffect[K] } = {
    subject: cell.subject,
    aspect: cell.aspect,
    rule: cell.rule,
    value: JSON.parse(row[EFFECT_AT.value]),
    from: { earliest: row[EFFECT_AT.fromEarliest], latest: row[EFFECT_AT.fromLatest] },
    claimant: row[EFFECT_AT.claimant],
    eventId,
    ordinal: row[EFFECT_AT.ordinal],
    because: because === null ? [eventId] : (JSON.parse(because) as string[]),
    standing: row[EFFECT_AT.standing],
    reliability: row[EFFECT_AT.reliability],
    reported: span(row[EFFECT_AT.reportedFrom], row[EFFECT_AT.reportedUntil]),
    recorded: span(row[EFFECT_AT.recordedFrom], row[EFFECT_AT.recordedUntil]),
  };
  if (untilLatest !== null)
    effect.until = { earliest: row[EFFECT_AT.untilEarliest] ?? untilLatest, latest: untilLatest };
  if (thenValue !== null) effect.then = JSON.parse(thenValue) as unknown;
  return effect;
}

function span(from: number, until: number | null): Span {
  return until === null ? { from } : { from, until };
}

/** The ids of the events as JSON; null where an effect rests on its own event alone, as most effects do. The row has this id already. */
export function becauseText(because: readonly string[]): string | null {
  return because.length === 1 ? null : JSON.stringify(because);
}

/** The columns of `corrections`. The correction is JSON. */
export const CORRECTION_COLUMNS = [
  { name: 'id', sql: 'TEXT PRIMARY KEY', of: ({ correction }) => correction.id },
  { name: 'target', sql: 'TEXT NOT NULL', of: ({ correction }) => correction.target },
  { name: 'sequence', sql: 'INTEGER NOT NULL', of: ({ sequence }) => sequence },
  { name: 'correction', sql: 'TEXT NOT NULL', of: ({ correction }) => JSON.stringify(correction) },
] as const satisfies WrittenColumns<{
  readonly correction: RecordedCorrection<unknown>;
  readonly sequence: number;
}>;
/** A stored correction or retraction. */
export type CorrectionRow = RowOf<typeof CORRECTION_COLUMNS>;
/** The positions of the columns in a `CorrectionRow`, and their names. */
export const CORRECTION_AT = positionsIn(CORRECTION_COLUMNS);
export const CORRECTION_MEMBERS = CORRECTION_COLUMNS.map(({ name }) => name);
