import type { Beginning, Kind } from '#events';
import type { Instant, Range } from '#time';
import type { Db } from './database.js';
import { subjectNamed } from './effects-table.js';

/** A recorded effect in the same cell. */
export interface RecordedBeginning {
  readonly event: string;
  readonly earliest: Instant;
  readonly latest: Instant;
  /** JSON. */
  readonly value: string;
  /** The ids of the events that it rests on, as JSON; null: its own event alone. */
  readonly because: string | null;
}

interface Row extends RecordedBeginning {
  readonly claimant: string;
  readonly isPresent: number;
}

type TouchedRow = readonly [category: string, subject: string, lastStart: Instant];

const NOTHING_FOUND = { found: [], all: true };

const YEAR = 366 * 24 * 3_600_000;

/** The number of cells that are searched for registered subjects. */
const MOST_CELLS = 20_000;
const SUBJECTS_REMEMBERED = 50_000;
/** Events at a time whose subjects are looked at; after more, all are forgotten. */
const MOST_TOUCHED = 10_000;

/** The look-ups of the second look at new developments. Each is bounded, for a log of any length. */
export class SecondLookReader {
  private readonly statements;
  /** By subject, an instant after which none of its effects starts: most reports are of something later, and need no look-up. */
  private readonly lastStarts = new Map<string, Instant>();
  private sequence = 0;

  constructor(db: Db) {
    const rows = (index: string, where: string): string => `SELECT * FROM (
      SELECT event_id AS event, from_earliest AS earliest, from_latest AS latest, value, because, claimant,
        recorded_until IS NULL AND reported_until IS NULL AS isPresent
      FROM effects ${index} WHERE cell = @cell AND ${where} ORDER BY from_latest LIMIT @most
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
          `SELECT DISTINCT subject FROM (SELECT subject, aspect FROM cells WHERE category = ? ORDER BY subject LIMIT ?)
           WHERE aspect = 'registration'`,
        )
        .pluck(),
      lastStart: db
        .prepare<[string, string], Instant | null>(
          `SELECT max((SELECT max(from_latest) FROM effects WHERE cell = cells.id)) FROM cells
           WHERE category = ? AND subject = ?`,
        )
        .pluck(),
      touched: db
        .prepare<[number], TouchedRow>('SELECT category, subject, last_start FROM touched WHERE sequence > ?')
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

  /** Call it before look-ups, with the sequence that the file has now. */
  at(sequence: number): this {
    if (Math.abs(sequence - this.sequence) > MOST_TOUCHED) this.lastStarts.clear();
    if (sequence !== this.sequence && this.lastStarts.size > 0) {
      for (const [category, subject, last] of this.statements.touched.all(this.sequence)) {
        const name = `${category}-${subject}`;
        const known = this.lastStarts.get(name);
        if (known !== undefined && known < last) this.lastStarts.set(name, last);
      }
    }
    this.sequence = sequence;
    return this;
  }

  /** Whether an effect of the subject may start at the instant or later. */
  mayStart(subject: string, at: Instant): boolean {
    return (this.lastStarts.get(subject) ?? this.lastStartOf(subject)) >= at;
  }

  /** The present effects of the same cell and claimant that may begin in the range. It reads `most` effects; `all`: there are no more. */
  beginningIn(
    { subject, aspect, key, claimant }: Beginning,
    { earliest, latest }: Range,
    most: number,
  ): { readonly found: readonly RecordedBeginning[]; readonly all: boolean } {
    if (!this.mayStart(subject, earliest)) return NOTHING_FOUND;
    const { category, id } = subjectNamed(subject);
    const cell = this.statements.cell.get(category, id, aspect, key);
    if (cell === undefined) return NOTHING_FOUND;
    const rows = this.statements.beginning.all({ cell, earliest, latest, most });
    const found = rows.filter((row) => row.isPresent === 1 && row.claimant === claimant);
    return { found, all: rows.length < most };
  }

  private lastStartOf(subject: string): Instant {
    const { category, id } = subjectNamed(subject);
    const last = this.statements.lastStart.get(category, id) ?? -Infinity;
    if (this.lastStarts.size >= SUBJECTS_REMEMBERED) this.lastStarts.clear();
    this.lastStarts.set(subject, last);
    return last;
  }
}
