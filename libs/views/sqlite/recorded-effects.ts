import type { Db } from '#sqlite';
import type { AspectRule, KnownEffect, RecordedCorrection } from '#timeline';
import { effectsWithContents } from './contents.js';
import {
  CELL_COLUMNS,
  EFFECT_COLUMNS,
  effectOf,
  type CellName,
  type CellRow,
  type EffectRow,
} from './table-columns.js';
import { HIGHEST_ROW_FIRST } from './rank-keys.js';
import type { ReadingWork } from './reading-work.js';
import { selected } from './sql-columns.js';

/** A cell with every effect that was ever recorded in it, also effects that are not visible at the cut. */
export interface WholeCell extends CellName {
  readonly rule: AspectRule;
  readonly effects: readonly KnownEffect[];
}

/** A correction or retraction, with the members that explain the verdict of other effects. */
export interface CorrectionAt extends Pick<
  RecordedCorrection<unknown>,
  'id' | 'kind' | 'reported' | 'replacement'
> {
  readonly sequence: number;
}

/** A cell with its number of rows: an effect has one row for each of its spans. */
export interface CountedCell extends CellRow {
  readonly rows: number;
}

/** Units of work. */
const OF_CELL = 20;
const OF_EFFECT = 10;

/** Reads effects with all their spans, and the corrections that ended them. Explanations use it; answers do not. */
export class RecordedEffects {
  private readonly statements;

  constructor(
    db: Db,
    private readonly work: ReadingWork,
  ) {
    this.statements = {
      cells: db.prepare<[string, string], CellRow>(
        `SELECT ${selected(CELL_COLUMNS)} FROM cells WHERE category = ? AND subject = ? ORDER BY aspect, key`,
      ),
      count: db
        .prepare<[string, string, number], number>(
          `SELECT count(*) FROM (SELECT 1 FROM cells JOIN effects ON cell = id WHERE category = ? AND subject = ? LIMIT (SELECT ?))`,
        )
        .pluck(),
      effects: db
        .prepare<[number], EffectRow>(
          `SELECT ${selected(EFFECT_COLUMNS)} FROM ${effectsWithContents()} WHERE cell = ?`,
        )
        .raw(),
      sized: db.prepare<[number], number>('SELECT count(*) FROM effects WHERE cell = ?').pluck(),
      slice: db
        .prepare<[number, number, number], EffectRow>(
          `SELECT ${selected(EFFECT_COLUMNS)} FROM ${effectsWithContents()} WHERE cell = ?
           ${HIGHEST_ROW_FIRST} LIMIT (SELECT ?) OFFSET ?`,
        )
        .raw(),
      siblings: db
        .prepare<[number, number, string], EffectRow>(
          `SELECT ${selected(EFFECT_COLUMNS)} FROM ${effectsWithContents()} WHERE cell = ? AND from_latest = ? AND event_id = ?`,
        )
        .raw(),
      lineage: db.prepare<[string], { readonly sequence: number; readonly correction: string }>(
        `WITH RECURSIVE lineage (id) AS (SELECT ? UNION SELECT corrections.id FROM corrections JOIN lineage ON corrections.target = lineage.id)
         SELECT sequence, correction FROM corrections JOIN lineage USING (id) ORDER BY sequence`,
      ),
    };
  }

  /** The number of effects of a subject, counted up to `most`. */
  count(category: string, subject: string, most: number): number {
    return this.statements.count.get(category, subject, most) ?? 0;
  }

  /** The cells of a subject in the order of aspects. Reads all effects: check the count first. */
  cells(category: string, subject: string): WholeCell[] {
    return this.counted(category, subject).map(({ id, rows, ...cell }) => {
      this.work.spend(OF_CELL + OF_EFFECT * rows);
      return { ...cell, effects: this.statements.effects.all(id).map((row) => effectOf(row, cell)) };
    });
  }

  /** The cells of a subject in the order of aspects, without their effects. */
  counted(category: string, subject: string): CountedCell[] {
    return this.statements.cells
      .all(category, subject)
      .map((cell) => ({ ...cell, rows: this.statements.sized.get(cell.id) ?? 0 }));
  }

  /** Some rows of a cell, the highest rank first. */
  slice({ id, ...cell }: CellRow, skip: number, limit: number): KnownEffect[] {
    return this.statements.slice.all(id, limit, skip).map((row) => effectOf(row, cell));
  }

  /**
   * Every row of the effects that an event has in a cell with the same latest start as the given effect. The rows of the given effect are included.
   */
  siblings({ id, ...cell }: CellRow, { from, eventId }: KnownEffect): KnownEffect[] {
    return this.statements.siblings.all(id, from.latest, eventId).map((row) => effectOf(row, cell));
  }

  /** Every correction about a development, or about one of its corrections, in the order of recording. */
  correctionsOn(eventId: string): CorrectionAt[] {
    return this.statements.lineage.all(eventId).map(({ sequence, correction }) => {
      const { id, kind, reported, replacement } = JSON.parse(correction) as RecordedCorrection<unknown>;
      return { id, kind, reported, sequence, ...(replacement && { replacement }) };
    });
  }
}
