import { LATEST, type Range } from '#time';
import { cellKey, type CellKey, type Effect, type KnownEffect, type Span, type Standing } from '#timeline';
import { ContentsTable } from './contents.js';
import type { Db } from './database.js';
import { ROW_KEY } from './rank-keys.js';
import { WriteMemory } from './write-memory.js';
import { ZoneMap } from './zone-map.js';

/** The part of a development's version that its effects need. */
export interface VersionOrigin {
  readonly eventId: string;
  /** The development and the corrections that led to this version. */
  readonly because: readonly string[];
  readonly standing: Standing;
  readonly reliability: string;
  readonly reported: Span;
}

/** The name of a cell: category, subject, aspect, and the key of its rule. */
export interface CellName {
  readonly category: string;
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellKey;
}

const CELLS_REMEMBERED = 50_000;

/** Writes effects. A row is never removed. A row changes once at most: when a correction ends the effect, the row gets the sequence of the end. */
export class EffectsTable {
  private readonly cellIds;
  private readonly extents;
  private readonly contents: ContentsTable;
  private readonly zoneMap: ZoneMap;
  private readonly statements;

  constructor(db: Db, memory = new WriteMemory(), sparsity?: number) {
    this.cellIds = memory.keep(() => new Map<string, number>());
    this.extents = memory.keep(() => new Map<number, Extent>());
    this.contents = new ContentsTable(db, memory);
    this.zoneMap = new ZoneMap(db, memory, sparsity);
    this.statements = {
      cell: db.prepare<[string, string, string, string], { id: number }>(
        'SELECT id FROM cells WHERE category = ? AND subject = ? AND aspect = ? AND key = ?',
      ),
      addCell: db.prepare<[string, string, string, string, string]>(
        'INSERT INTO cells (category, subject, aspect, key, rule) VALUES (?, ?, ?, ?, ?)',
      ),
      add: db.prepare<[cell: number, ...NumberedRow]>(
        `INSERT INTO effects (cell, ${NUMBERED.join(', ')}) VALUES (?${', ?'.repeat(NUMBERED.length)})`,
      ),
      extend: db.prepare<[vague: number, lead: number, cell: number]>(
        'UPDATE cells SET vague = max(vague, ?), lead = max(lead, ?) WHERE id = ?',
      ),
      end: db.prepare(
        `UPDATE effects SET recorded_until = ?
         WHERE cell = ? AND from_latest = ? AND reported_from = ? AND event_id = ? AND recorded_until IS NULL
           AND coalesce(because, '') = ?`,
      ),
      endAt: db.prepare(
        `UPDATE effects SET recorded_until = ?
         WHERE cell = ? AND from_latest = ? AND reported_from = ? AND event_id = ? AND ordinal = ? AND recorded_from = ?`,
      ),
    };
  }

  /** Adds the effects of a version that is current from `sequence` on. `offset`: the number of effects added before at this sequence. */
  begin(effects: readonly Effect[], origin: VersionOrigin, sequence: number, offset = 0): void {
    effects.forEach((effect, index) => {
      const cell = this.cellId(effect, origin);
      const { from, until } = effect;
      this.add(cell, effect, origin, sequence, offset + index);
      this.extend(cell, effect, origin);
      this.zoneMap.add(cell, {
        from_latest: from.latest,
        reported_from: origin.reported.from,
        event_id: origin.eventId,
        recorded_from: sequence,
        until: effect.then === undefined && until ? until.latest : LATEST,
      });
    });
  }

  /**
   * Ends the effects of a version: from `sequence` on they are not visible. `added`: the arguments of `begin`, where they are known. Without
   * them, all rows of the development that start and were reported at the same instants are searched.
   */
  end(
    effects: readonly Effect[],
    origin: VersionOrigin,
    sequence: number,
    added?: { readonly sequence: number; readonly offset: number },
  ): void {
    effects.forEach((effect, index) => {
      const cell = this.cellId(effect, origin);
      const key = [sequence, cell, effect.from.latest, origin.reported.from, origin.eventId] as const;
      if (added) this.statements.endAt.run(...key, added.offset + index, added.sequence);
      else this.statements.end.run(...key, becauseText(origin.because) ?? '');
    });
  }

  private add(cell: number, effect: Effect, origin: VersionOrigin, sequence: number, ordinal: number): void {
    const { from, until, then, claimant } = effect;
    const { standing, reliability, reported, eventId } = origin;
    this.statements.add.run(
      cell,
      from.latest,
      sequence,
      ordinal,
      from.earliest,
      until?.earliest ?? null,
      until?.latest ?? null,
      reported.from,
      reported.until ?? null,
      null,
      eventId,
      becauseText(origin.because),
      this.contents.numberOf(claimant, standing, reliability, JSON.stringify(effect.value)),
      then === undefined ? null : JSON.stringify(then),
    );
  }

  /** Where an effect is longer vague, or starts longer after its report, than the effects before, the cell gets the new lengths. */
  private extend(cell: number, { from, until }: Effect, { reported }: VersionOrigin): void {
    const extents = this.extents.current;
    const known = extents.get(cell) ?? NO_EXTENT;
    const lead = Math.max(known.lead, from.latest - reported.from);
    const vague = Math.max(known.vague, lengthOf(from), until ? lengthOf(until) : 0);
    if (lead === known.lead && vague === known.vague) return;
    this.statements.extend.run(vague, lead, cell);
    if (extents.size >= CELLS_REMEMBERED) extents.clear();
    extents.set(cell, { vague, lead });
  }

  private cellId(effect: Effect, origin: VersionOrigin): number {
    const key = cellKey(effect.rule, origin.standing, effect.claimant);
    const name = `${effect.subject}\n${effect.aspect}\n${key}`;
    const cellIds = this.cellIds.current;
    const known = cellIds.get(name);
    if (known !== undefined) return known;
    const { category, id: subject } = subjectNamed(effect.subject);
    const columns = [category, subject, effect.aspect, key] as const;
    const cell =
      this.statements.cell.get(...columns)?.id ??
      Number(this.statements.addCell.run(...columns, effect.rule).lastInsertRowid);
    if (cellIds.size >= CELLS_REMEMBERED) cellIds.clear();
    cellIds.set(name, cell);
    return cell;
  }
}

/** The two lengths of a cell that `cells` has. */
interface Extent {
  readonly vague: number;
  readonly lead: number;
}

const NO_EXTENT: Extent = { vague: 0, lead: 0 };

const lengthOf = ({ earliest, latest }: Range): number => latest - earliest;

/** The two parts of the name of a subject in effects and streams, such as `crossing-lt-by.medininkai`. */
export function subjectNamed(name: string): { readonly category: string; readonly id: string } {
  const dash = name.indexOf('-');
  return { category: name.slice(0, dash), id: name.slice(dash + 1) };
}

/** The ids of the events as JSON; null where an effect rests on its own event alone, as most effects do. The row has this id already. */
function becauseText(because: readonly string[]): string | null {
  return because.length === 1 ? null : JSON.stringify(because);
}

/** The columns of a row of `effects`, without the cell. Rows are read and written as arrays: objects would take most of the time. */
type OwnColumns = readonly [
  fromLatest: number,
  recordedFrom: number,
  ordinal: number,
  fromEarliest: number,
  untilEarliest: number | null,
  untilLatest: number | null,
  reportedFrom: number,
  reportedUntil: number | null,
  recordedUntil: number | null,
  eventId: string,
  /** Null where the effect rests on its own event alone. */
  because: string | null,
];

/** A row of `effects`, with the number of its content. */
export type NumberedRow = readonly [...OwnColumns, content: number, thenValue: string | null];

/** An effect with its content. */
export type EffectRow = readonly [
  ...OwnColumns,
  claimant: string,
  standing: Standing,
  reliability: string,
  value: string,
  thenValue: string | null,
];

/** The positions of the columns in a `NumberedRow`. */
export const AT = {
  fromLatest: 0,
  recordedFrom: 1,
  ordinal: 2,
  fromEarliest: 3,
  untilEarliest: 4,
  untilLatest: 5,
  reportedFrom: 6,
  reportedUntil: 7,
  recordedUntil: 8,
  eventId: 9,
  because: 10,
  content: 11,
  thenValue: 12,
} as const;

/** The names of the columns in SQL, in the order of `NumberedRow`. */
const NUMBERED = Object.keys(AT).map((name) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);
/** The names of the columns in SQL, in the order of `EffectRow`. */
const COLUMNS = [
  ...NUMBERED.slice(0, AT.content),
  ...['claimant', 'standing', 'reliability', 'value', 'then_value'],
];

/** The columns of the table `effects`. */
export const NUMBERED_COLUMNS = NUMBERED.join(', ');
/** The columns of `effectsWithContents()`. */
export const EFFECT_COLUMNS = COLUMNS.join(', ');

/** The members of an `EffectRow`, by name. */
export const EFFECT_MEMBERS = COLUMNS.map((column) =>
  column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
);

/** The positions in a row of the columns that order the rows (rank.ts), the most significant first. */
export const EFFECT_ORDER: readonly number[] = ROW_KEY.map((column) => COLUMNS.indexOf(column));

/** The row as an effect of the timeline library; `cell` gives the members that the row does not store. */
export function effectOf(row: EffectRow, cell: CellName & { readonly rule: Effect['rule'] }): KnownEffect {
  const [
    fromLatest,
    recordedFrom,
    ordinal,
    fromEarliest,
    untilEarliest,
    untilLatest,
    reportedFrom,
    reportedUntil,
    recordedUntil,
    eventId,
    because,
    claimant,
    standing,
    reliability,
    value,
    thenValue,
  ] = row;
  const effect: { -readonly [K in keyof KnownEffect]: KnownEffect[K] } = {
    subject: cell.subject,
    aspect: cell.aspect,
    rule: cell.rule,
    value: JSON.parse(value),
    from: { earliest: fromEarliest, latest: fromLatest },
    claimant,
    eventId,
    ordinal,
    because: because === null ? [eventId] : (JSON.parse(because) as string[]),
    standing,
    reliability,
    reported: span(reportedFrom, reportedUntil),
    recorded: span(recordedFrom, recordedUntil),
  };
  if (untilLatest !== null) effect.until = { earliest: untilEarliest ?? untilLatest, latest: untilLatest };
  if (thenValue !== null) effect.then = JSON.parse(thenValue) as unknown;
  return effect;
}

function span(from: number, until: number | null): Span {
  return until === null ? { from } : { from, until };
}
