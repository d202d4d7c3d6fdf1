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

const NOTHING_FOUND = { found: [], all: true };

const YEAR = 366 * 24 * 3_600_000;

/** The number of cells that are searched for registered subjects. */
const MOST_CELLS = 20_000;
const CELLS_REMEMBERED = 50_000;

/** The look-ups of the second look at new developments. Each is bounded, for a log of any length. */
export class SecondLookReader {
  private readonly statements;
  private readonly cells = new Map<string, number>();

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

  /** The present effects of the same cell and claimant that may begin in the range. It reads `most` effects; `all`: there are no more. */
  beginningIn(
    beginning: Beginning,
    { earliest, latest }: Range,
    most: number,
  ): { readonly found: readonly RecordedBeginning[]; readonly all: boolean } {
    const cell = this.cellOf(beginning);
    if (cell === undefined) return NOTHING_FOUND;
    const rows = this.statements.beginning.all({ cell, earliest, latest, most });
    if (rows.length === 0) return NOTHING_FOUND;
    const found = rows.filter(
      ({ claimant, isPresent }) => isPresent === 1 && claimant === beginning.claimant,
    );
    return { found, all: rows.length < most };
  }

  private cellOf({ group, subject, aspect, key }: Beginning): number | undefined {
    const known = this.cells.get(group);
    if (known !== undefined) return known;
    const { category, id } = subjectNamed(subject);
    const cell = this.statements.cell.get(category, id, aspect, key);
    if (this.cells.size >= CELLS_REMEMBERED) this.cells.clear();
    if (cell !== undefined) this.cells.set(group, cell);
    return cell;
  }
}
