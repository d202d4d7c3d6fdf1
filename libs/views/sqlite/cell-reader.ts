import { LATEST, type Instant } from '#time';
import {
  cellOf,
  ledgerOf,
  overlay,
  SILENT,
  type CellState,
  type AspectRule,
  type KnownEffect,
  type Steps,
} from '#timeline';
import type { Db, PreparedStatement, Parameters } from './database.js';
import { effectFilterOf, isInScope, type EffectFilter } from './effect-filter.js';
import { EFFECT_COLUMNS, effectOf, type CellName, type EffectRow } from './effects-table.js';
import { HIGHEST_ROW_FIRST } from './rank.js';
import { RecentCells, type RecentCell } from './recent-cells.js';
import { ACTIVE, parametersOf, prepareWalk, seenBy, filterShape, type CellRow, type Walk } from './walk.js';
import { WalkedCell } from './walked-cell.js';

/** One cell at the cut that it was opened with: answers for any instant. */
export interface Cell extends CellName, Steps<CellState> {
  readonly rule: AspectRule;
  /** Whether the cut sees no effect of it, for any instant. Absent: it sees one. */
  readonly isEmpty?: boolean;
}

/** An instant at which the public learned something about a subject, and the first instant whose answer that may change. */
export interface Seam {
  readonly knownAt: Instant;
  readonly from: Instant;
}

/** Cells up to this size are read whole; larger ones are walked, so that their length does not matter. */
const SMALL = 16;
/** LIMIT -1 is none (SQLite). */
const ALL = -1;

/** Reads cells. Every answer costs a few index look-ups, however many effects the cell holds. */
export class CellReader {
  private readonly statements;
  private readonly recent: RecentCells;
  private readonly walks = new Map<string, Walk>();
  private readonly winners = new Map<string, PreparedStatement<[Parameters], string | null>>();

  constructor(
    private readonly db: Db,
    private readonly small = SMALL,
  ) {
    this.recent = new RecentCells(db);
    const effects = (rest: string) => `SELECT ${EFFECT_COLUMNS} FROM effects e WHERE cell = ? ${rest}`;
    this.statements = {
      ofSubject: db
        .prepare<[string, string], CellColumns>(
          `SELECT ${CELL_COLUMNS} FROM cells c WHERE category = ? AND subject = ? ORDER BY aspect, key`,
        )
        .raw(),
      ofCategory: db
        .prepare<[string], CellColumns>(
          `SELECT ${CELL_COLUMNS} FROM cells c WHERE category = ? ORDER BY subject, aspect, key`,
        )
        .raw(),
      subjects: db
        .prepare<[string, string, number], string>(
          'SELECT DISTINCT subject FROM cells WHERE category = ? AND subject > ? ORDER BY subject LIMIT ?',
        )
        .pluck(),
      seams: db.prepare<[Parameters], Seam>(
        `SELECT knownAt, min(first) AS "from" FROM (
           SELECT reported_from AS knownAt, from_earliest AS first ${RECORDED_BY}
           UNION ALL SELECT reported_until, from_earliest ${RECORDED_BY} AND reported_until IS NOT NULL
         ) GROUP BY knownAt ORDER BY knownAt`,
      ),
      first: db.prepare<[number, number], EffectRow>(effects('LIMIT ?')).raw(),
      top: db
        .prepare<[number, Instant], EffectRow>(effects(`AND from_latest <= ? ${HIGHEST_ROW_FIRST} LIMIT 1`))
        .raw(),
    };
  }

  cellsOf(category: string, subject: string, scope: EffectFilter): Cell[] {
    this.recent.refresh();
    return this.rowsOf(category, subject).map((row) => new OpenedCell(this, row, scope));
  }

  /** The next subjects of a category behind `after`, in order, at most so many. */
  subjectsAfter(category: string, after: string, most: number): string[] {
    return this.statements.subjects.all(category, after, most);
  }

  /** Every instant at which the public learned something about the subject, in order. Not only what the claimants in a question say. */
  seams(category: string, subject: string, { recordedAt }: Pick<EffectFilter, 'recordedAt'>): Seam[] {
    return this.statements.seams.all({
      category,
      subject,
      recordedAt: recordedAt ?? Number.MAX_SAFE_INTEGER,
    });
  }

  /**
   * The cells of every subject of a category, or of some subjects, by subject. With `at`, the answers at that instant are fetched
   * for all cells at once, where that is quicker than one by one.
   */
  cellsOfAll(
    category: string,
    scope: EffectFilter,
    { at, subjects }: { readonly at?: Instant; readonly subjects?: readonly string[] } = {},
  ): Map<string, Cell[]> {
    const bySubject = new Map<string, Cell[]>();
    for (const cell of this.opened(category, scope, at, subjects)) {
      const cells = bySubject.get(cell.subject);
      if (cells) cells.push(cell);
      else bySubject.set(cell.subject, [cell]);
    }
    return bySubject;
  }

  private opened(
    category: string,
    scope: EffectFilter,
    at?: Instant,
    subjects?: readonly string[],
  ): OpenedCell[] {
    this.recent.refresh();
    const rows = subjects
      ? subjects.flatMap((subject) => this.rowsOf(category, subject))
      : this.recent.list(category, () => this.statements.ofCategory.all(category).map(cellRow));
    // Under a cut on knowledge, later effects may lie above the answer: a walk skips them, a fetch reads them.
    const fetches = at !== undefined && scope.knownAt === undefined && scope.recordedAt === undefined;
    const fetched = fetches ? rows.filter((row) => this.isFetched(row, scope)) : [];
    if (at === undefined || fetched.length === 0) return rows.map((row) => new OpenedCell(this, row, scope));
    const cells = JSON.stringify(fetched.map(({ id }) => id));
    const winners = this.winnersFor(scope).all({ ...parametersOf(scope), v: at, cells });
    let next = 0;
    return rows.map((row) => {
      if (row !== fetched[next]) return new OpenedCell(this, row, scope);
      return new OpenedCell(this, row, scope, { at, winner: winnerOf(winners[next++]) });
    });
  }

  private rowsOf(category: string, subject: string): readonly CellRow[] {
    return this.recent.list(`${category}-${subject}`, () =>
      this.statements.ofSubject.all(category, subject).map(cellRow),
    );
  }

  /** Whether the effect of the highest rank is the answer, and must be fetched. */
  private isFetched(row: CellRow, scope: EffectFilter): boolean {
    return (
      row.vague === 0 &&
      row.rule !== 'ledger' &&
      effectFilterOf(row, scope) === scope &&
      !Array.isArray(this.recent.get(row.id))
    );
  }

  /**
   * The answer of a cell without vague bounds, where one look-up gives it: the effect of the highest rank is visible and active.
   * Undefined: only a longer search gives the answer, or it is as quick.
   */
  glance(cell: CellRow, scope: EffectFilter, v: Instant): CellState | undefined {
    if (cell.vague === 1 || cell.rule === 'ledger') return undefined;
    const recent = this.recent.get(cell.id);
    if (recent !== undefined && recent !== 'large') return undefined;
    const top = this.statements.top.get(cell.id, v);
    if (!top) return SILENT;
    const effect = effectOf(top, cell);
    if (!isInScope(effect, scope)) return undefined;
    const answer = overlay([effect], v);
    return answer.silent ? undefined : answer;
  }

  steps(row: CellRow, scope: EffectFilter): Steps<CellState> {
    const inScope = (effects: readonly KnownEffect[]) => effects.filter((effect) => isInScope(effect, scope));
    const cell = this.recent.get(row.id) ?? this.read(row);
    if (cell !== 'large') return row.rule === 'ledger' ? ledgerOf(inScope(cell)) : cellOf(inScope(cell));
    if (row.rule === 'ledger') return ledgerOf(inScope(this.first(row, ALL)));
    return new WalkedCell(row, scope, this.walkFor);
  }

  private read(row: CellRow): RecentCell {
    const effects = this.first(row, this.small + 1);
    const cell = effects.length > this.small ? 'large' : effects;
    this.recent.keep(row.id, cell);
    return cell;
  }

  private first(row: CellRow, most: number): KnownEffect[] {
    return this.statements.first.all(row.id, most).map((effect) => effectOf(effect, row));
  }

  /** The statements for this shape of scope: an unused condition costs nothing. */
  private readonly walkFor = (scope: EffectFilter): Walk =>
    remembered(this.walks, filterShape(scope), () => prepareWalk(this.db, scope));

  /**
   * For each cell, in the order asked, the visible and active effect of the highest rank. Where no bound is vague, it is the
   * answer. Packed as JSON, its row needs no second look-up.
   */
  private winnersFor(scope: EffectFilter): PreparedStatement<[Parameters], string | null> {
    return remembered(this.winners, filterShape(scope), () =>
      this.db
        .prepare<[Parameters], string | null>(
          `SELECT (SELECT json_array(${EFFECT_COLUMNS}) FROM effects e
             WHERE cell = wanted.value AND from_latest <= @v AND ${seenBy(scope)} AND ${ACTIVE} ${HIGHEST_ROW_FIRST} LIMIT 1)
           FROM json_each(@cells) wanted`,
        )
        .pluck(),
    );
  }
}

/** The effects of a subject that were recorded at the cut. */
const RECORDED_BY = `FROM cells JOIN effects ON cell = id WHERE category = @category AND subject = @subject
  AND recorded_from <= @recordedAt AND (recorded_until IS NULL OR recorded_until > @recordedAt)`;

const CELL_COLUMNS = 'c.id, c.category, c.subject, c.aspect, c.key, c.rule, c.vague';
type CellColumns = readonly [
  id: number,
  category: string,
  subject: string,
  aspect: string,
  key: CellName['key'],
  rule: AspectRule,
  vague: 0 | 1,
];

function cellRow([id, category, subject, aspect, key, rule, vague]: CellColumns): CellRow {
  return { id, category, subject, aspect, key, rule, vague };
}

function winnerOf(packed: string | null | undefined): EffectRow | undefined {
  return packed ? (JSON.parse(packed) as EffectRow) : undefined;
}

interface Fetched {
  readonly at: Instant;
  readonly winner: EffectRow | undefined;
}

/** Reads only what the answer needs: nothing where the answer was fetched with others. */
class OpenedCell implements Cell {
  readonly category: string;
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellName['key'];
  readonly rule: AspectRule;
  private readonly scope: EffectFilter;
  private opened: Steps<CellState> | undefined;

  constructor(
    private readonly reader: CellReader,
    private readonly row: CellRow,
    asked: EffectFilter,
    private readonly fetched?: Fetched,
  ) {
    this.scope = effectFilterOf(row, asked);
    ({
      category: this.category,
      subject: this.subject,
      aspect: this.aspect,
      key: this.key,
      rule: this.rule,
    } = row);
  }

  at(v: Instant): CellState {
    if (this.fetched?.at === v) return this.fetchedAnswer(this.fetched);
    return (this.opened ? undefined : this.reader.glance(this.row, this.scope, v)) ?? this.steps.at(v);
  }

  private fetchedAnswer({ at, winner }: Fetched): CellState {
    return winner ? overlay([effectOf(winner, this.row)], at) : SILENT;
  }

  get isEmpty(): boolean {
    if (this.fetched?.winner) return false;
    return this.steps.previous(LATEST) === undefined && this.steps.at(LATEST).candidates.length === 0;
  }

  next(v: Instant): Instant | undefined {
    return this.steps.next(v);
  }

  previous(v: Instant): Instant | undefined {
    return this.steps.previous(v);
  }

  private get steps(): Steps<CellState> {
    return (this.opened ??= this.reader.steps(this.row, this.scope));
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
