import type { Instant } from '#time';
import {
  cellOf,
  isVisible,
  ledgerOf,
  overlay,
  SILENT,
  type Answer,
  type AspectRule,
  type KnownEffect,
  type Steps,
} from '#timeline';
import type { Db, Statement } from './database.js';
import { effectOf, type CellName, type EffectRow } from './effects-table.js';
import {
  ACTIVE,
  parametersOf,
  prepareWalk,
  seenBy,
  shapeOf,
  WalkedCell,
  type CellRow,
  type Parameters,
  type Scope,
  type Walk,
} from './walked-cell.js';

export type { Scope } from './walked-cell.js';

/** A cell as it is asked: what it says at any instant, at the cut it was opened with. */
export interface Cell extends CellName, Steps<Answer> {
  readonly rule: AspectRule;
}

/** Cells up to this size are read whole; larger ones are walked, so that their length does not matter. */
const SMALL = 16;

/** Reads cells. Every answer costs a few index look-ups, however many effects the cell holds. */
export class CellReader {
  private readonly statements;
  private readonly walks = new Map<string, Walk>();
  private readonly winners = new Map<string, WinnersStatement>();

  constructor(
    private readonly db: Db,
    private readonly small = SMALL,
  ) {
    const cells = 'SELECT id, category, subject, aspect, key, rule, vague FROM cells';
    this.statements = {
      ofSubject: db.prepare<[string, string], CellRow>(
        `${cells} WHERE category = ? AND subject = ? ORDER BY aspect, key`,
      ),
      ofCategory: db.prepare<[string], CellRow>(`${cells} WHERE category = ? ORDER BY subject, aspect, key`),
      isLarge: db
        .prepare<[number, number], number>('SELECT 1 FROM effects WHERE cell = ? LIMIT 1 OFFSET ?')
        .pluck(),
      whole: db.prepare<[number], EffectRow>('SELECT * FROM effects WHERE cell = ?'),
    };
  }

  cellsOf(category: string, subject: string, scope: Scope): Cell[] {
    return this.statements.ofSubject.all(category, subject).map((row) => new OpenedCell(this, row, scope));
  }

  /**
   * The cells of every subject of a category, or of some, by subject. With `at`, what they say at that instant is fetched
   * for all of them at once, where that is quicker than one by one.
   */
  cellsOfAll(
    category: string,
    scope: Scope,
    { at, subjects }: { readonly at?: Instant; readonly subjects?: ReadonlySet<string> } = {},
  ): Map<string, Cell[]> {
    const rows = this.statements.ofCategory
      .all(category)
      .filter(({ subject }) => subjects?.has(subject) ?? true);
    const fetched = at === undefined ? undefined : this.answersAt(rows, scope, at);
    const bySubject = new Map<string, Cell[]>();
    for (const row of rows) {
      const cell = new OpenedCell(this, row, scope, fetched?.get(row.id));
      const cells = bySubject.get(row.subject);
      if (cells) cells.push(cell);
      else bySubject.set(row.subject, [cell]);
    }
    return bySubject;
  }

  steps(row: CellRow, scope: Scope): Steps<Answer> {
    if (row.rule === 'ledger') return ledgerOf(this.whole(row, scope));
    const isLarge = this.statements.isLarge.get(row.id, this.small) === 1;
    return isLarge ? new WalkedCell(row, scope, this.walkFor(scope)) : cellOf(this.whole(row, scope));
  }

  private whole(row: CellRow, scope: Scope): KnownEffect[] {
    return this.statements.whole
      .all(row.id)
      .map((effect) => effectOf(effect, row))
      .filter((effect) => isInScope(effect, scope));
  }

  /**
   * Of cells without vague bounds the first effect below `at` that is seen and active is the answer. Under a cut on what was
   * known the walk, which can pass over what came later, is quicker.
   */
  private answersAt(
    rows: readonly CellRow[],
    scope: Scope,
    at: Instant,
  ): Map<number, FetchedAnswer> | undefined {
    if (scope.knownAt !== undefined || scope.recordedAt !== undefined) return undefined;
    const exact = rows.filter(({ vague, rule }) => vague === 0 && rule !== 'ledger');
    const cells = JSON.stringify(exact.map(({ id }) => id));
    const found = this.winnersFor(scope).all({ ...parametersOf(scope), cells, v: at });
    const byCell = new Map(found.map((row) => [row.cell, row]));
    return new Map(
      exact.map((cell) => {
        const row = byCell.get(cell.id);
        return [cell.id, { at, answer: row ? overlay([effectOf(row, cell)], at) : SILENT }];
      }),
    );
  }

  /** The statements for this shape of scope: a condition that is not asked costs nothing. */
  private walkFor(scope: Scope): Walk {
    return remembered(this.walks, shapeOf(scope), () => prepareWalk(this.db, scope));
  }

  private winnersFor(scope: Scope): WinnersStatement {
    return remembered(this.winners, shapeOf(scope), () => {
      const place = 'from_latest, recorded_from, ordinal';
      return this.db.prepare<[Parameters], EffectRow>(
        `SELECT effects.* FROM json_each(@cells) AS wanted JOIN effects
         ON effects.cell = wanted.value AND (${place}) = (
           SELECT ${place} FROM effects WHERE cell = wanted.value AND from_latest <= @v AND ${seenBy(scope)} AND ${ACTIVE}
           ORDER BY from_latest DESC, reported_from DESC, event_id DESC, ordinal DESC LIMIT 1)`,
      );
    });
  }
}

type WinnersStatement = Statement<[Parameters], EffectRow>;

interface FetchedAnswer {
  readonly at: Instant;
  readonly answer: Answer;
}

/** Reads no more than it is asked: nothing at all, where the answer was fetched with others. */
class OpenedCell implements Cell {
  readonly category: string;
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellName['key'];
  readonly rule: AspectRule;
  private opened: Steps<Answer> | undefined;

  constructor(
    private readonly reader: CellReader,
    private readonly row: CellRow,
    private readonly scope: Scope,
    private readonly fetched?: FetchedAnswer,
  ) {
    ({
      category: this.category,
      subject: this.subject,
      aspect: this.aspect,
      key: this.key,
      rule: this.rule,
    } = row);
  }

  at(v: Instant): Answer {
    return this.fetched?.at === v ? this.fetched.answer : this.steps.at(v);
  }

  next(v: Instant): Instant | undefined {
    return this.steps.next(v);
  }

  previous(v: Instant): Instant | undefined {
    return this.steps.previous(v);
  }

  private get steps(): Steps<Answer> {
    return (this.opened ??= this.reader.steps(this.row, this.scope));
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

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
