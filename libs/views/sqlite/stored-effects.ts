import type { Db } from '#sqlite';
import { effectsWithContents } from './contents.js';
import {
  CELL_COLUMNS,
  CORRECTION_AT,
  CORRECTION_COLUMNS,
  EFFECT_COLUMNS,
  EFFECT_ORDER,
  type CellRow,
  type CorrectionRow,
  type EffectRow,
  type StoredCell,
} from './table-columns.js';
import { ROW_KEY } from './rank-keys.js';
import { selected } from './sql-columns.js';

/** Effects of a cell in their order (latest start, report, event, ordinal, sequence); of a long cell, a part. */
export interface CellPage {
  readonly cell: StoredCell;
  readonly effects: readonly EffectRow[];
}

const CELLS = 256;
const MOST_EFFECTS = 1000;

/**
 * All that a views file stores about state: every effect as it was at a sequence, cell by cell, and every correction. Two files of one log give the
 * same order. One page is in memory at most; other connections may read and write in between.
 */
export class StoredEffects {
  private readonly statements;

  constructor(db: Db) {
    this.statements = {
      cells: db.prepare<[string, string, string, string, number], CellRow>(
        `SELECT ${selected(CELL_COLUMNS)} FROM cells
         WHERE (category, subject, aspect, key) > (?, ?, ?, ?) ORDER BY category, subject, aspect, key LIMIT (SELECT ?)`,
      ),
      // An end that was recorded after `upTo` is left out: it was not known yet.
      effects: db
        .prepare<[Readonly<Record<string, unknown>>], EffectRow>(
          `SELECT ${selected(EFFECT_COLUMNS).replace('recorded_until', 'CASE WHEN recorded_until <= @upTo THEN recorded_until END')}
           FROM ${effectsWithContents()} WHERE cell = @cell AND recorded_from <= @upTo AND (${ROW_KEY.join(', ')}) >
             (${ROW_KEY.map((_, index) => `@after${index}`).join(', ')})
           ORDER BY ${ROW_KEY.join(', ')} LIMIT (SELECT @most)`,
        )
        .raw(),
      count: db.prepare<[], number>('SELECT count(*) FROM effects').pluck(),
      corrections: db
        .prepare<[string, number, number], CorrectionRow>(
          `SELECT ${selected(CORRECTION_COLUMNS)} FROM corrections WHERE id > ? AND sequence <= ? ORDER BY id LIMIT (SELECT ?)`,
        )
        .raw(),
    };
  }

  /** The number of effects, without a cut on the recorded axis. */
  get count(): number {
    return this.statements.count.get() ?? 0;
  }

  /** Every effect recorded up to the sequence. Cells without effects are left out. */
  *cells(upTo: number): Generator<CellPage> {
    let last: readonly [string, string, string, string] = ['', '', '', ''];
    for (;;) {
      const cells = this.statements.cells.all(...last, CELLS);
      for (const cell of cells) yield* this.cell(cell, upTo);
      const end = cells.at(-1);
      if (!end) return;
      last = [end.category, end.subject, end.aspect, end.key];
    }
  }

  /** Every correction recorded up to the sequence, by id, in pages. */
  *corrections(upTo: number): Generator<readonly CorrectionRow[]> {
    for (let last = ''; ;) {
      const corrections = this.statements.corrections.all(last, upTo, MOST_EFFECTS);
      const end = corrections.at(-1);
      if (!end) return;
      yield corrections;
      last = end[CORRECTION_AT.id];
    }
  }

  private *cell({ id, ...stored }: CellRow, upTo: number): Generator<CellPage> {
    for (let after: readonly unknown[] = BEFORE_ALL; ;) {
      const bound = Object.fromEntries(after.map((value, index) => [`after${index}`, value]));
      const effects = this.statements.effects.all({ cell: id, upTo, most: MOST_EFFECTS, ...bound });
      if (effects.length > 0) yield { cell: stored, effects };
      if (effects.length < MOST_EFFECTS) return;
      const end = effects.at(-1)!;
      after = EFFECT_ORDER.map((member) => end[member]);
    }
  }
}

/** A key below every row of a cell. */
const BEFORE_ALL: readonly unknown[] = [-Infinity, 0, '', 0, 0];
