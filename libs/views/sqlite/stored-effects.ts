import type { AspectRule } from '#timeline';
import { effectsWithContents } from './contents.js';
import type { Db } from './database.js';
import { EFFECT_COLUMNS, EFFECT_ORDER, type CellName, type EffectRow } from './effects-table.js';
import { ROW_KEY } from './rank-keys.js';

/** A cell, as a views file holds it. */
export interface StoredCell extends CellName {
  readonly rule: AspectRule;
  /** The lengths that the table `cells` has, in milliseconds. */
  readonly vague: number;
  readonly lead: number;
}

/** Effects of a cell in their order (latest start, report, event, ordinal, sequence); of a long cell, a part. */
export interface CellPage {
  readonly cell: StoredCell;
  readonly effects: readonly EffectRow[];
}

/** A stored correction or retraction: its id, its target, its sequence, and its text as JSON. */
export type CorrectionRow = readonly [id: string, target: string, sequence: number, correction: string];

interface CellColumns extends StoredCell {
  readonly id: number;
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
      cells: db.prepare<[string, string, string, string, number], CellColumns>(
        `SELECT id, category, subject, aspect, key, rule, vague, lead FROM cells
         WHERE (category, subject, aspect, key) > (?, ?, ?, ?) ORDER BY category, subject, aspect, key LIMIT (SELECT ?)`,
      ),
      // An end that was recorded after `upTo` is left out: it was not known yet.
      effects: db
        .prepare<[Readonly<Record<string, unknown>>], EffectRow>(
          `SELECT ${EFFECT_COLUMNS.replace('recorded_until', 'CASE WHEN recorded_until <= @upTo THEN recorded_until END')}
           FROM ${effectsWithContents()} WHERE cell = @cell AND recorded_from <= @upTo AND (${ROW_KEY.join(', ')}) >
             (${ROW_KEY.map((_, index) => `@after${index}`).join(', ')})
           ORDER BY ${ROW_KEY.join(', ')} LIMIT (SELECT @most)`,
        )
        .raw(),
      count: db.prepare<[], number>('SELECT count(*) FROM effects').pluck(),
      corrections: db
        .prepare<[string, number, number], CorrectionRow>(
          'SELECT id, target, sequence, correction FROM corrections WHERE id > ? AND sequence <= ? ORDER BY id LIMIT (SELECT ?)',
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
      last = end[0];
    }
  }

  private *cell({ id, ...stored }: CellColumns, upTo: number): Generator<CellPage> {
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
