import type { Db } from '#sqlite';
import type { Instant } from '#time';
import type { Parameters } from './database.js';
import type { PartBounds } from './loaded-cell.js';
import type { EffectFilter } from './effect-filter.js';
import { EFFECTS_TABLE_COLUMNS } from './table-columns.js';
import { HIGHEST_ROW_FIRST, ROW_KEY } from './rank-keys.js';
import { positionsIn, selected, type RowOf } from './sql-columns.js';
import { filterShape, parametersOf, seenBy } from './walk.js';

/** The instant and the cut of a question for which parts of cells are read. */
export interface Around extends Pick<EffectFilter, 'knownAt' | 'recordedAt'> {
  readonly asOf: Instant;
}

const PART_COLUMNS = [
  ...EFFECTS_TABLE_COLUMNS,
  { name: 'low', sql: 'INTEGER NOT NULL' },
  { name: 'high', sql: 'INTEGER NOT NULL' },
  { name: 'run', sql: 'INTEGER NOT NULL' },
  { name: 'since', sql: 'INTEGER NOT NULL' },
  { name: 'knownTo', sql: 'INTEGER NOT NULL' },
] as const;

/** A row of an effect in a part, with the bounds of the part. */
export type PartRow = RowOf<typeof PART_COLUMNS>;

const PART_AT = positionsIn(PART_COLUMNS);

/** The part that the rows of a cell are of. */
export const partBoundsOf = (row: PartRow): PartBounds => ({
  from: row[PART_AT.low],
  to: row[PART_AT.high],
  runFrom: row[PART_AT.run],
  beforeRunFrom: row[PART_AT.since],
  knownTo: row[PART_AT.knownTo],
});

/** Reads parts of cells (`PartBounds`): the effects around an instant that a cut sees, and every other effect there. */
export class CellParts {
  private readonly statements = new Map<string, ReturnType<typeof prepare>>();

  constructor(private readonly db: Db) {}

  /** The rows of the cells, at most `limit`, in the order of cell and rank. `cells`: their ids as JSON. */
  read(cells: string, { asOf, knownAt, recordedAt }: Around, limit: number): PartRow[] {
    const cut: EffectFilter = {
      ...(knownAt !== undefined && { knownAt }),
      ...(recordedAt !== undefined && { recordedAt }),
    };
    const shape = filterShape(cut);
    const statement = this.statements.get(shape) ?? prepare(this.db, cut);
    this.statements.set(shape, statement);
    return statement.all({ cells, asOf, limit, ...parametersOf(cut) });
  }
}

/** In SQL: a value of the first effect of a cell that meets a condition, in an order. */
const first = (value: string, condition: string, order: string, skip = 0): string =>
  `(SELECT ${value} FROM effects WHERE cell = id AND ${condition} ${order} LIMIT 1 OFFSET ${skip})`;

/**
 * `last`: the latest start that the cut can see, because of the longest time from a report to a start. `top`: the earlier one of `last` and the
 * instant. A part has the present effect, the one before it, the next two, and all other effects with a bound between these; of a cell
 * with vague bounds, two effects before the present one. `beforeRun`: the start of the effect before the run. 9e999 is infinity.
 */
function prepare(db: Db, cut: EffectFilter) {
  const seen = seenBy(cut);
  const hasCut = cut.knownAt !== undefined;
  const last = hasCut ? '@knownAt + lead' : '9e999';
  const down = 'ORDER BY from_latest DESC';
  const upTo = (skip: number): string =>
    first('content', `from_latest <= top AND ${seen}`, HIGHEST_ROW_FIRST, skip);
  const startOfLast = (count: number): string =>
    `(SELECT iif(count(*) = ${count}, min(from_earliest), NULL) FROM (
       SELECT from_earliest FROM effects WHERE cell = id AND from_latest <= top AND ${seen} ${down} LIMIT ${count}))`;
  const columns = selected(PART_COLUMNS);
  return db
    .prepare<[Parameters], PartRow>(
      `WITH
       cut AS MATERIALIZED (SELECT cells.id, vague, lead, ${last} AS last, min(@asOf, ${last}) AS top
         FROM json_each(@cells) CROSS JOIN cells ON cells.id = value),
       around AS MATERIALIZED (SELECT *,
         ifnull(iif(vague = 0, ${startOfLast(2)}, ${startOfLast(3)}), -9e999) AS low,
         iif(last <= @asOf, 9e999, ifnull(${first('from_latest', `from_latest > @asOf AND from_latest <= last AND ${seen}`, 'ORDER BY from_latest', 1)}, 9e999)) AS high,
         ${hasCut ? `ifnull(${first('from_latest', 'from_latest > last', 'ORDER BY from_latest')} - lead, 9e999)` : '9e999'} AS known_to,
         iif(vague = 0, ${upTo(0)}, NULL) AS said FROM cut),
       runs AS MATERIALIZED (SELECT *,
         iif(said = ${upTo(1)}, ifnull(${first(
           'from_latest',
           `from_latest <= top AND
             (content <> said OR until_latest IS NOT NULL OR reported_until IS NOT NULL OR recorded_until IS NOT NULL)`,
           down,
         )}, -9e999), 9e999) AS beforeRun FROM around),
       parts AS MATERIALIZED (SELECT *,
         iif(beforeRun < low, ifnull(${first('from_latest', 'from_latest > beforeRun', 'ORDER BY from_latest')}, 9e999), 9e999) AS run,
         iif(beforeRun < low AND NOT EXISTS (SELECT 1 FROM effects WHERE cell = id AND from_latest < beforeRun), -9e999, beforeRun) AS since
         FROM runs)
       SELECT ${columns} FROM parts CROSS JOIN effects
         ON cell = id AND from_latest BETWEEN low AND min(high, last)
       UNION ALL
       SELECT ${columns} FROM parts CROSS JOIN effects
         ON cell = id AND from_latest IN (run, beforeRun) WHERE beforeRun < low AND from_latest < low
       UNION ALL
       SELECT ${columns} FROM parts CROSS JOIN effects INDEXED BY vague_starts
         ON cell = id AND from_latest > high AND from_latest <= min(high + vague, last) AND from_earliest < from_latest
         WHERE vague > 0 AND from_earliest <= high
       UNION ALL
       SELECT ${columns} FROM parts CROSS JOIN effects INDEXED BY ends
         ON cell = id AND until_latest BETWEEN low AND high + vague AND from_latest < low AND from_latest NOT IN (run, beforeRun)
         WHERE until_earliest <= high
       ORDER BY cell, ${ROW_KEY.join(', ')} LIMIT (SELECT @limit)`,
    )
    .raw();
}
