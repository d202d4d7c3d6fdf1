import { subjectNamed, type Beginning, type Kind } from '#events';
import type { Db } from '#sqlite';
import type { Instant, Range } from '#time';
import { effectsWithContents } from './contents.js';

/** A recorded effect in the same cell as an effect of a new development. */
export interface RecordedBeginning {
  readonly event: string;
  readonly earliest: Instant;
  readonly latest: Instant;
  /** The value as JSON. */
  readonly value: string;
  /** The ids of the events on which the effect rests, as JSON; null where it rests on its own event alone. */
  readonly because: string | null;
}

interface Row extends RecordedBeginning {
  readonly claimant: string;
  readonly isPresent: number;
}

type TouchedRow = readonly [category: string, subject: string, earliest: Instant, lastStart: Instant];

const NOTHING_FOUND = { found: [], all: true };

const YEAR = 366 * 24 * 3_600_000;

/** The number of cells that are searched for registered subjects. */
const MOST_CELLS = 20_000;

/** When the effects of a subject start. */
interface Starts {
  /** No effect of the subject starts after this instant. */
  last: Instant;
  /**
   * The earliest and the latest instant of each start, one after the other. `many`: there are too many starts to remember. Absent until the
   * starts are first needed.
   */
  all?: Instant[] | 'many';
}

const SUBJECTS_REMEMBERED = 50_000;
/** The greatest number of starts that are remembered: `MOST_STARTS` of one subject, `STARTS_REMEMBERED` of all subjects. */
const MOST_STARTS = 4_096;
const STARTS_REMEMBERED = 1_000_000;
/** The greatest number of new events whose starts are added to the remembered starts; after more events, all starts are forgotten. */
const MOST_TOUCHED = 10_000;

/** The look-ups of the second look at new developments. Each is bounded, for a log of any length. */
export class SecondLookReader {
  private readonly statements;
  /** The starts by subject. Most reports have a beginning that no recorded report has: for them the file is not read. */
  private readonly starts = new Map<string, Starts>();
  /** The number of starts that are remembered. */
  private remembered = 0;
  private sequence = 0;

  constructor(db: Db) {
    const rows = (index: string, where: string): string => `SELECT * FROM (
      SELECT event_id AS event, from_earliest AS earliest, from_latest AS latest, value, because, claimant,
        recorded_until IS NULL AND reported_until IS NULL AS isPresent
      FROM ${effectsWithContents(index)} WHERE cell = @cell AND ${where} ORDER BY from_latest LIMIT (SELECT @most)
    )`;
    this.statements = {
      isRegistered: db
        .prepare<[string, string], number>(
          `SELECT 1 FROM cells WHERE category = ? AND subject = ? AND aspect = 'registration'
             AND EXISTS (SELECT 1 FROM effects WHERE cell = cells.id AND recorded_until IS NULL)`,
        )
        .pluck(),
      registered: db
        .prepare<[string, number], string>(
          `SELECT DISTINCT subject FROM (SELECT subject, aspect FROM cells WHERE category = ? ORDER BY subject LIMIT (SELECT ?))
           WHERE aspect = 'registration'`,
        )
        .pluck(),
      lastStart: db
        .prepare<[string, string], Instant | null>(
          `SELECT max((SELECT max(from_latest) FROM effects WHERE cell = cells.id)) FROM cells
           WHERE category = ? AND subject = ?`,
        )
        .pluck(),
      starts: db.prepare<[string, string, number], Range>(
        `SELECT from_earliest AS earliest, from_latest AS latest FROM cells JOIN effects ON cell = cells.id
           WHERE category = ? AND subject = ? LIMIT (SELECT ?)`,
      ),
      touched: db
        .prepare<[number], TouchedRow>(
          'SELECT category, subject, earliest, last_start FROM touched WHERE sequence > ?',
        )
        .raw(),
      cell: db
        .prepare<[string, string, string, string], number>(
          'SELECT id FROM cells WHERE category = ? AND subject = ? AND aspect = ? AND key = ?',
        )
        .pluck(),
      beginning: db.prepare<[object], Row>(`
        ${rows('', 'from_latest BETWEEN @earliest AND @latest')} UNION ALL
        ${rows(
          'INDEXED BY vague_starts',
          `from_latest > @latest AND from_latest <= @latest + ${YEAR}
             AND from_earliest < from_latest AND from_earliest <= @latest`,
        )}`),
    };
  }

  isRegistered(kind: Kind, id: string): boolean {
    return this.statements.isRegistered.get(kind, id) !== undefined;
  }

  /** The registered ids; for a kind with very many subjects, only some. */
  registered(kind: Kind): string[] {
    return this.statements.registered.all(kind, MOST_CELLS);
  }

  /** Brings the remembered starts up to a sequence. Call `at` before look-ups, with the sequence that the file has now. */
  at(sequence: number): this {
    if (Math.abs(sequence - this.sequence) > MOST_TOUCHED || this.remembered > STARTS_REMEMBERED)
      this.forget();
    if (sequence !== this.sequence && this.starts.size > 0)
      for (const [category, subject, earliest, last] of this.statements.touched.all(this.sequence)) {
        const starts = this.starts.get(`${category}-${subject}`);
        if (starts) this.add(starts, { earliest, latest: last });
      }
    this.sequence = sequence;
    return this;
  }

  /**
   * The present effects of the same cell and claimant that may begin in the range. At most `most` effects are read; `all`: there are no more effects.
   */
  beginningIn(
    { subject, aspect, key, claimant }: Beginning,
    { earliest, latest }: Range,
    most: number,
  ): { readonly found: readonly RecordedBeginning[]; readonly all: boolean } {
    if (!this.mayStart(subject, { earliest, latest })) return NOTHING_FOUND;
    const { category, id } = subjectNamed(subject);
    const cell = this.statements.cell.get(category, id, aspect, key);
    if (cell === undefined) return NOTHING_FOUND;
    const rows = this.statements.beginning.all({ cell, earliest, latest, most });
    const found = rows.filter((row) => row.isPresent === 1 && row.claimant === claimant);
    return { found, all: rows.length < most };
  }

  /** Whether an effect of the subject may start in the range. */
  private mayStart(subject: string, { earliest, latest }: Range): boolean {
    const starts = this.starts.get(subject) ?? this.startsOf(subject);
    if (starts.last < earliest) return false;
    const all = (starts.all ??= this.allOf(subject));
    if (all === 'many') return true;
    for (let at = 0; at < all.length; at += 2)
      if (all[at]! <= latest && all[at + 1]! >= earliest) return true;
    return false;
  }

  private startsOf(subject: string): Starts {
    const { category, id } = subjectNamed(subject);
    const starts: Starts = { last: this.statements.lastStart.get(category, id) ?? -Infinity };
    if (this.starts.size >= SUBJECTS_REMEMBERED) this.forget();
    this.starts.set(subject, starts);
    return starts;
  }

  private allOf(subject: string): Instant[] | 'many' {
    const { category, id } = subjectNamed(subject);
    const rows = this.statements.starts.all(category, id, MOST_STARTS);
    if (rows.length === MOST_STARTS) return 'many';
    this.remembered += rows.length;
    return rows.flatMap(({ earliest, latest }) => [earliest, latest]);
  }

  private add(starts: Starts, { earliest, latest }: Range): void {
    starts.last = Math.max(starts.last, latest);
    if (!Array.isArray(starts.all)) return;
    if (starts.all.length >= 2 * MOST_STARTS) starts.all = 'many';
    else starts.all.push(earliest, latest);
    this.remembered += 1;
  }

  private forget(): void {
    this.starts.clear();
    this.remembered = 0;
  }
}
