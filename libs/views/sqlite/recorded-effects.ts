import type { AspectRule, KnownEffect, Note } from '#timeline';
import type { Db } from './database.js';
import { EFFECT_COLUMNS, effectOf, type CellName, type EffectRow } from './effects-table.js';

/** A cell with every effect that was ever recorded in it, seen or not. */
export interface WholeCell extends CellName {
  readonly rule: AspectRule;
  readonly effects: readonly KnownEffect[];
}

/** A correction or retraction, as far as it explains what became of others. */
export interface NoteAt extends Pick<Note<unknown>, 'id' | 'kind' | 'reported' | 'replacement'> {
  readonly sequence: number;
}

interface CellColumns extends CellName {
  readonly id: number;
  readonly rule: AspectRule;
}

/** Reads effects with all their spans, and the notes that ended them: for explaining answers, not for giving them. */
export class RecordedEffects {
  private readonly statements;

  constructor(db: Db) {
    this.statements = {
      cells: db.prepare<[string, string], CellColumns>(
        `SELECT id, category, subject, aspect, key, rule FROM cells WHERE category = ? AND subject = ?
         ORDER BY aspect, key`,
      ),
      count: db
        .prepare<[string, string, number], number>(
          `SELECT count(*) FROM (SELECT 1 FROM cells JOIN effects ON cell = id WHERE category = ? AND subject = ? LIMIT ?)`,
        )
        .pluck(),
      effects: db
        .prepare<[number], EffectRow>(`SELECT ${EFFECT_COLUMNS} FROM effects e WHERE cell = ?`)
        .raw(),
      lineage: db.prepare<[string], { readonly sequence: number; readonly note: string }>(
        `WITH RECURSIVE lineage (id) AS (SELECT ? UNION SELECT notes.id FROM notes JOIN lineage ON notes.target = lineage.id)
         SELECT sequence, note FROM notes JOIN lineage USING (id) ORDER BY sequence`,
      ),
    };
  }

  /** How many effects of a subject there are, counted up to `most`. */
  count(category: string, subject: string, most: number): number {
    return this.statements.count.get(category, subject, most) ?? 0;
  }

  /** In the order of aspects. Reads all of it: ask for the count before. */
  cells(category: string, subject: string): WholeCell[] {
    return this.statements.cells.all(category, subject).map(({ id, ...cell }) => ({
      ...cell,
      effects: this.statements.effects.all(id).map((row) => effectOf(row, cell)),
    }));
  }

  /** Every note about a development, or about one of its notes, in the order of recording. */
  notesOn(eventId: string): NoteAt[] {
    return this.statements.lineage.all(eventId).map(({ sequence, note }) => {
      const { id, kind, reported, replacement } = JSON.parse(note) as Note<unknown>;
      return { id, kind, reported, sequence, ...(replacement && { replacement }) };
    });
  }
}
