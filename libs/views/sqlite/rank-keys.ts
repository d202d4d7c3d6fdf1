/**
 * The order of the effects of a cell by rank (`compareRank` of #timeline): latest start, report, id of the event. The tables `effects` and `zone_map`
 * are clustered in this order. Rows of one event in a cell follow by ordinal and sequence.
 */
export interface RankKey {
  readonly from_latest: number;
  readonly reported_from: number;
  readonly event_id: string;
}

const KEY = ['from_latest', 'reported_from', 'event_id'] as const;
/** The key of the rows of `effects`. It gives a total order. */
export const ROW_KEY = [...KEY, 'ordinal', 'recorded_from'] as const;

/** The key in SQL, as a row value and as its columns. */
export const RANK = `(${KEY.join(', ')})`;
export const RANK_COLUMNS = KEY.join(', ');

const equal = (columns: readonly string[]): string => columns.map((column) => `${column} = ?`).join(' AND ');
/** The condition that a row has a rank, and that it is a certain row of a cell. The values are in the order of the columns. */
export const SAME_RANK = equal(KEY);
export const SAME_ROW = equal(ROW_KEY);

const descending = (columns: readonly string[]): string =>
  columns.map((column) => `${column} DESC`).join(', ');

export const LOWEST_FIRST = `ORDER BY ${RANK_COLUMNS}`;
export const HIGHEST_FIRST = `ORDER BY ${descending(KEY)}`;
/** The orders of the rows of `effects`. */
export const HIGHEST_ROW_FIRST = `ORDER BY ${descending(ROW_KEY)}`;

export const LOWEST_ROW_FIRST = `ORDER BY ${ROW_KEY.join(', ')}`;

/** Conditions on the key; `lowerBound` and `upperBound` give the parameters. */
export const AT_LEAST = `${RANK} >= (@lowFrom, @lowReported, @lowId)`;
export const ABOVE = `${RANK} > (@lowFrom, @lowReported, @lowId)`;
export const AT_MOST = `${RANK} <= (@upFrom, @upReported, @upId)`;
export const BELOW = `${RANK} < (@upFrom, @upReported, @upId)`;

export const lowerBound = ({ from_latest, reported_from, event_id }: RankKey) => ({
  lowFrom: from_latest,
  lowReported: reported_from,
  lowId: event_id,
});

export const upperBound = ({ from_latest, reported_from, event_id }: RankKey) => ({
  upFrom: from_latest,
  upReported: reported_from,
  upId: event_id,
});

/** A key below every effect that starts at the instant or later, and above every other effect. A report from before 1970 has a negative number. */
export const startingAt = (from_latest: number): RankKey => ({
  from_latest,
  reported_from: -Number.MAX_SAFE_INTEGER,
  event_id: '',
});

export const BELOW_ALL = startingAt(-Number.MAX_SAFE_INTEGER);
export const ABOVE_ALL = startingAt(Number.MAX_SAFE_INTEGER);

export function compareRankKeys(a: RankKey, b: RankKey): number {
  const difference = a.from_latest - b.from_latest || a.reported_from - b.reported_from;
  return difference || (a.event_id === b.event_id ? 0 : a.event_id < b.event_id ? -1 : 1);
}

export const lowerOf = (a: RankKey, b: RankKey): RankKey => (compareRankKeys(a, b) < 0 ? a : b);
