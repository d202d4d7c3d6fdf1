import {
  cellOf,
  isVisible,
  ledgerOf,
  type Answer,
  type AspectRule,
  type KnownEffect,
  type Steps,
} from '#timeline';
import type { Db } from './database.js';
import { effectOf, type CellName, type EffectRow } from './effects-table.js';
import { prepareWalk, shapeOf, WalkedCell, type Scope, type Walk } from './walked-cell.js';

export type { Scope } from './walked-cell.js';

/** A cell as it is asked: what it says at any instant, at the cut it was opened with. */
export interface Cell extends CellName, Steps<Answer> {
  readonly rule: AspectRule;
}

/** Cells up to this size are read whole; larger ones are walked, so that their length does not matter. */
const SMALL = 64;

type CellRow = CellName & { readonly id: number; readonly rule: AspectRule };

/** Reads cells. Every answer costs a few index look-ups, however many effects the cell holds. */
export class CellReader {
  private readonly statements;
  private readonly walks = new Map<string, Walk>();

  constructor(
    private readonly db: Db,
    private readonly small = SMALL,
  ) {
    this.statements = {
      subjects: db
        .prepare<[string], string>('SELECT DISTINCT subject FROM cells WHERE category = ? ORDER BY subject')
        .pluck(),
      ofSubject: db.prepare<[string, string], CellRow>(
        'SELECT id, category, subject, aspect, key, rule FROM cells WHERE category = ? AND subject = ? ORDER BY aspect, key',
      ),
      ofCategory: db.prepare<[string], CellRow>(
        'SELECT id, category, subject, aspect, key, rule FROM cells WHERE category = ? ORDER BY subject, aspect, key',
      ),
      whole: db.prepare<[number, number], EffectRow>('SELECT * FROM effects WHERE cell = ? LIMIT ?'),
    };
  }

  /** Every subject something was ever said about, in order. */
  subjects(category: string): string[] {
    return this.statements.subjects.all(category);
  }

  cellsOf(category: string, subject: string, scope: Scope): Cell[] {
    return this.statements.ofSubject.all(category, subject).map((row) => this.open(row, scope));
  }

  /** The cells of every subject of a category, by subject. */
  cellsOfAll(category: string, scope: Scope): Map<string, Cell[]> {
    const bySubject = new Map<string, Cell[]>();
    for (const row of this.statements.ofCategory.all(category)) {
      const cells = bySubject.get(row.subject);
      if (cells) cells.push(this.open(row, scope));
      else bySubject.set(row.subject, [this.open(row, scope)]);
    }
    return bySubject;
  }

  private open(row: CellRow, scope: Scope): Cell {
    const steps = row.rule === 'ledger' ? ledgerOf(this.whole(row, scope)) : this.steps(row, scope);
    return Object.assign(steps, row);
  }

  private steps(row: CellRow, scope: Scope): Steps<Answer> {
    const rows = this.statements.whole.all(row.id, this.small + 1);
    if (rows.length > this.small) return new WalkedCell(row, scope, this.walkFor(scope));
    return cellOf(rows.map((effect) => effectOf(effect, row)).filter((effect) => isInScope(effect, scope)));
  }

  private whole(row: CellRow, scope: Scope): KnownEffect[] {
    return this.statements.whole
      .all(row.id, -1)
      .map((effect) => effectOf(effect, row))
      .filter((effect) => isInScope(effect, scope));
  }

  /** The statements for this shape of scope: a condition that is not asked costs nothing. */
  private walkFor(scope: Scope): Walk {
    const shape = shapeOf(scope);
    const known = this.walks.get(shape);
    if (known) return known;
    const walk = prepareWalk(this.db, scope);
    this.walks.set(shape, walk);
    return walk;
  }
}

function isInScope(effect: KnownEffect, scope: Scope): boolean {
  const { accordingTo, minReliability } = scope;
  return (
    isVisible(effect, scope) &&
    (accordingTo === undefined || effect.claimant === accordingTo) &&
    (minReliability === undefined ||
      (effect.reliability[0]! <= minReliability[0]! && effect.reliability[1]! <= minReliability[1]!))
  );
}
