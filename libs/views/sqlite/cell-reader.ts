import type { Db } from '#sqlite';
import type { Instant } from '#time';
import { checkedSteps, OpenedCell, type Cell, type CellSteps } from './cell.js';
import type { Around } from './cell-parts.js';
import { everywhere, narrow, type Stretch } from './cell-stretches.js';
import { CellOpener, MOST_IN_MEMORY } from './cell-opener.js';
import type { Parameters } from './database.js';
import type { EffectFilter } from './effect-filter.js';
import type { CellRow } from './table-columns.js';
import { LoadedCells } from './loaded-cells.js';
import { ReadingWork } from './reading-work.js';

/** The registrations and the aspects that a subject had at any time, under any cut. */
export interface Traits {
  /** The values of its registrations. */
  readonly registrations: readonly unknown[];
  readonly aspects: readonly string[];
}

/** An instant at which the public learned something about a subject, and the first instant at which the answer may change. */
export interface Seam {
  readonly knownAt: Instant;
  readonly from: Instant;
}

/** In SQLite, LIMIT -1 is no limit. */
const ALL = -1;

/** Reads the subjects of categories, and their cells. `CellOpener` has the ways to read a cell. */
export class CellReader {
  private readonly statements;
  /** The work of all reads. */
  readonly work = new ReadingWork();
  private readonly loaded: LoadedCells;
  private readonly opener: CellOpener;
  private check: (() => void) | undefined;

  constructor(db: Db, mostInMemory = MOST_IN_MEMORY) {
    this.loaded = new LoadedCells(db, mostInMemory, this.work);
    this.opener = new CellOpener(db, this.loaded, this.work);
    this.statements = {
      subjects: db
        .prepare<[string, string, number], string>(
          'SELECT DISTINCT subject FROM cells WHERE category = ? AND subject > ? ORDER BY subject LIMIT (SELECT ?)',
        )
        .pluck(),
      traits: db
        .prepare<[string, string], [subject: string, aspect: string, registration: string | null]>(
          `SELECT subject, aspect, value FROM cells LEFT JOIN effects ON cell = id AND aspect = 'registration'
             LEFT JOIN contents USING (content)
           WHERE category = ? AND subject IN (SELECT value FROM json_each(?))`,
        )
        .raw(),
      lastTouched: db.prepare<[], number>('SELECT max(sequence) FROM touched').pluck(),
      touchedSince: db
        .prepare<[number, string], string>(
          'SELECT DISTINCT subject FROM touched WHERE sequence > ? AND category = ?',
        )
        .pluck(),
      seams: db.prepare<[Parameters], Seam>(
        `SELECT knownAt, min(first) AS "from" FROM (
           SELECT reported_from AS knownAt, from_earliest AS first ${RECORDED_BY}
           UNION ALL SELECT reported_until, from_earliest ${RECORDED_BY} AND reported_until IS NOT NULL
         ) GROUP BY knownAt ORDER BY knownAt`,
      ),
    };
  }

  /** Does work that may end early: `check` is called before each answer of the cells that the work opens, and may throw. */
  checked<T>(check: () => void, work: () => T): T {
    this.check = check;
    try {
      return work();
    } finally {
      this.check = undefined;
    }
  }

  /** Checks the file for writes, and forgets the cells that were written to. */
  refresh(): void {
    this.loaded.refresh();
  }

  cellsOf(category: string, subject: string, filter: EffectFilter): Cell[] {
    this.refresh();
    return this.opened(category, subject, filter);
  }

  /**
   * The known and the recorded time around the cut in which everything that was asked of the cells of a subject has the same answers. Undefined where
   * it is not known: a cell is large, or a vague start passes at `asOf`. Both neighbouring bounds of `asOf` must have been asked of each cell.
   */
  around(cells: readonly OpenedCell[], asOf: Instant): Stretch | undefined {
    const stretch = everywhere();
    for (const { row, filter, reach } of cells) {
      const loaded = this.loaded.cell(row);
      if (loaded === 'large' || !loaded.isFor(filter) || loaded.isStarting(asOf)) return undefined;
      narrow(stretch, loaded, reach, filter);
    }
    return stretch;
  }

  /** The cells of a subject: the same list until a write to the subject. */
  rowsOf(category: string, subject: string): readonly CellRow[] {
    return this.loaded.rowsOf(category, subject);
  }

  /**
   * Reads the cells of some subjects together, for the next questions about each of them. `around`: the instant and the cut of these questions; absent
   * where they have many instants. Does not check the file for writes.
   */
  load(category: string, subjects: readonly string[], around?: Around): void {
    this.loaded.load(category, subjects, around);
  }

  /** Remembers the cells of a subject that were read by `load`. */
  keep(rows: readonly CellRow[]): void {
    this.loaded.keep(rows);
  }

  /** Every subject of a category, in order. */
  subjectsOf(category: string): readonly string[] {
    this.refresh();
    return this.loaded.recent.idsOf(category, () => this.subjectsAfter(category, '', ALL));
  }

  /** The first `most` subjects of a category after `after`, in order. */
  subjectsAfter(category: string, after: string, most: number): string[] {
    this.refresh();
    return this.statements.subjects.all(category, after, most);
  }

  /** The aspects of some subjects, and the values of their registrations, by subject: at any time and under any cut. */
  traitsOf(category: string, subjects: readonly string[]): Map<string, Traits> {
    const found = new Map<string, { aspects: string[]; registrations: unknown[] }>();
    for (const [subject, aspect, value] of this.statements.traits.all(category, JSON.stringify(subjects))) {
      const traits = found.get(subject) ?? { aspects: [], registrations: [] };
      traits.aspects.push(aspect);
      if (value !== null) traits.registrations.push(JSON.parse(value));
      found.set(subject, traits);
    }
    return found;
  }

  /** The last sequence that touched any subject. */
  lastTouched(): number {
    return this.statements.lastTouched.get() ?? 0;
  }

  /** The subjects of a category that were touched after a sequence. */
  touchedSince(category: string, sequence: number): string[] {
    return this.statements.touchedSince.all(sequence, category);
  }

  /** Whether the rows that are read cannot be rolled back. */
  get isSteady(): boolean {
    return this.loaded.recent.mayRemember;
  }

  /** Every instant at which the public learned something about the subject, from any claimant, in order. */
  seams(category: string, subject: string, { recordedAt }: Pick<EffectFilter, 'recordedAt'>): Seam[] {
    return this.statements.seams.all({
      category,
      subject,
      recordedAt: recordedAt ?? Number.MAX_SAFE_INTEGER,
    });
  }

  /** The cells of every subject of a category, or of some subjects, by subject. A cell is read at its first question. */
  cellsOfAll(
    category: string,
    filter: EffectFilter,
    { subjects }: { readonly subjects?: readonly string[] } = {},
  ): Map<string, Cell[]> {
    const ids = subjects ?? this.subjectsOf(category);
    this.refresh();
    return new Map(ids.map((id) => [id, this.opened(category, id, filter)]));
  }

  /** Like `cellsOf`, but without a check of the file for writes. */
  opened(category: string, subject: string, filter: EffectFilter): OpenedCell[] {
    const { check } = this;
    const open = (row: CellRow, asked: EffectFilter): CellSteps => {
      const steps = this.opener.open(row, asked);
      return check ? checkedSteps(steps, check) : steps;
    };
    return this.rowsOf(category, subject).map(
      (row) => new OpenedCell((asked) => open(row, asked), row, filter, this.work),
    );
  }
}

/** The effects of a subject that were recorded at the cut. */
const RECORDED_BY = `FROM cells JOIN effects ON cell = id WHERE category = @category AND subject = @subject
  AND recorded_from <= @recordedAt AND (recorded_until IS NULL OR recorded_until > @recordedAt)`;
