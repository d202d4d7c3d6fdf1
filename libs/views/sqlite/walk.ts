import type { Db } from '#sqlite';
import type { Instant } from '#time';
import { effectsWithContents } from './contents.js';
import type { Parameters } from './database.js';
import type { EffectFilter } from './effect-filter.js';
import { EFFECT_COLUMNS, type EffectRow } from './table-columns.js';
import {
  ABOVE,
  AT_LEAST,
  BELOW,
  HIGHEST_FIRST,
  LOWEST_FIRST,
  RANK_COLUMNS,
  type RankKey,
} from './rank-keys.js';
import { selected } from './sql-columns.js';

/** Filters of one shape share their statements. */
export function filterShape(filter: EffectFilter): string {
  return (['knownAt', 'recordedAt', 'accordingTo', 'minReliability'] as const)
    .filter((name) => filter[name] !== undefined)
    .join();
}

export type Walk = ReturnType<typeof prepareWalk>;

/** The condition under which a filter sees an effect; `parametersOf` gives the parameters of the condition. */
export function seenBy({ knownAt, recordedAt, accordingTo, minReliability }: EffectFilter): string {
  return [
    knownAt === undefined
      ? 'reported_until IS NULL'
      : 'reported_from <= @knownAt AND (reported_until IS NULL OR reported_until > @knownAt)',
    recordedAt === undefined
      ? 'recorded_until IS NULL'
      : 'recorded_from <= @recordedAt AND (recorded_until IS NULL OR recorded_until > @recordedAt)',
    ...(accordingTo === undefined ? [] : ['claimant = @accordingTo']),
    ...(minReliability === undefined
      ? []
      : ['substr(reliability, 1, 1) <= @minSource AND substr(reliability, 2, 1) <= @minCredibility']),
  ].join(' AND ');
}

export function parametersOf({ knownAt, recordedAt, accordingTo, minReliability }: EffectFilter): Parameters {
  return {
    ...(knownAt !== undefined && { knownAt }),
    ...(recordedAt !== undefined && { recordedAt }),
    ...(accordingTo !== undefined && { accordingTo }),
    ...(minReliability !== undefined && {
      minSource: minReliability.slice(0, 1),
      minCredibility: minReliability.slice(1),
    }),
  };
}

/** The result for an effect with an end. The numbers of contents are never negative. */
export const HAS_END = -1;

/** The condition that an effect has not ended by `v`, or has a `then`. */
export const ACTIVE = '(until_latest IS NULL OR until_latest > @v OR then_value IS NOT NULL)';

/**
 * The scans of a walk down one cell, for filters of one shape: a statement has only the conditions that its filters need. Parameters: `@cell`, `@v`
 * the instant, `@low…` and `@up…` the stretch (rank-keys.ts), and the parameters of `parametersOf`.
 *
 * Rows of effects lie in the order of rank (the primary key); zones in the same order in `zone_map`. The other indexes are partial: few effects have
 * a vague bound.
 */
export function prepareWalk(db: Db, filter: EffectFilter) {
  const { knownAt, recordedAt } = filter;
  const seen = seenBy(filter);
  /** Whether a zone may have an effect that the filter sees. */
  const mayBeSeen = [
    ...(knownAt === undefined ? [] : ['min_reported <= @knownAt']),
    ...(recordedAt === undefined ? [] : ['min_recorded <= @recordedAt']),
  ];
  const zone = (conditions: readonly string[], order: string) =>
    db.prepare<[Parameters], RankKey>(
      `SELECT ${RANK_COLUMNS} FROM zone_map WHERE ${['cell = @cell', ...conditions].join(' AND ')} ${order} LIMIT 1`,
    );
  const effects = (index: string, conditions: string, rest = '') =>
    db
      .prepare<[Parameters], EffectRow>(
        `SELECT ${selected(EFFECT_COLUMNS)} FROM ${effectsWithContents(index)} WHERE cell = @cell AND ${seen} AND ${conditions} ${rest}`,
      )
      .raw();
  const bound = (index: string, expression: string, conditions: string, rest = '') => {
    const where = `${conditions} AND ${seen}`;
    const rows = /claimant|reliability/.test(where) ? effectsWithContents(index) : `effects ${index}`;
    return db
      .prepare<[Parameters], Instant | null>(
        `SELECT ${expression} FROM ${rows} WHERE cell = @cell AND ${where} ${rest}`,
      )
      .pluck();
  };
  return {
    // Scans for effects that may hold.
    /** Effects of a stretch that have not ended by `v`, the highest rank first. */
    rows: effects(
      '',
      `${BELOW} AND ${AT_LEAST} AND ${ACTIVE}`,
      `${HIGHEST_FIRST} LIMIT (SELECT @limit) OFFSET @skip`,
    ),
    /** Effects whose vague start may be before `v` or after `v`. */
    straddling: effects(VAGUE_STARTS, `${IS_VAGUE_START} AND from_latest > @v AND from_earliest <= @v`),
    /** The number of vague bounds in the cell, counted up to a few thousand: a step may read all of them. */
    vagueBounds: db
      .prepare<[Parameters], number>(
        `SELECT count(*) FROM (SELECT 1 FROM effects ${VAGUE_STARTS} WHERE cell = @cell AND ${IS_VAGUE_START}
           UNION ALL SELECT 1 FROM effects ${VAGUE_ENDS} WHERE cell = @cell AND ${IS_VAGUE_END} LIMIT ${MOST_COUNTED})`,
      )
      .pluck(),
    /** Whether a term of the claimant ends exactly at `v`. */
    exactEnd: bound(
      ENDS,
      '1',
      'until_latest = @v AND until_earliest = @v AND claimant = @claimant',
      'LIMIT 1',
    ),

    // Zones: the stretches that must be read.
    firstZone: zone([], LOWEST_FIRST),
    followingZone: zone([ABOVE], LOWEST_FIRST),
    /** The next zone downwards that may have an effect with an end after `endAfter`. */
    zoneBelow: zone([BELOW, ...mayBeSeen, 'max_until > @endAfter'], HIGHEST_FIRST),
    zoneAbove: zone([AT_LEAST, ...mayBeSeen], LOWEST_FIRST),

    // The next instant at which an effect begins or ends.
    startsAt: bound('', 'max(1)', 'from_latest = @v'),
    vagueStartsAt: bound(
      VAGUE_STARTS,
      'max(1)',
      `${IS_VAGUE_START} AND from_latest > @v AND from_earliest = @v`,
    ),
    nextStart: bound(
      '',
      'from_latest',
      `from_latest > @v AND ${AT_LEAST} AND ${BELOW}`,
      `${LOWEST_FIRST} LIMIT 1`,
    ),
    nextVagueStart: bound(
      VAGUE_STARTS,
      'min(from_earliest)',
      `${IS_VAGUE_START} AND from_latest > @v AND from_earliest > @v`,
    ),
    nextEnd: bound('', 'min(until_latest)', 'until_latest > @v'),
    nextVagueEnd: bound(
      VAGUE_ENDS,
      'min(until_earliest)',
      `${IS_VAGUE_END} AND until_latest > @v AND until_earliest > @v`,
    ),

    // The last instant, up to `v`, at which an effect begins or ends.
    previousStart: bound('', 'from_latest', `${BELOW} AND ${AT_LEAST}`, `${HIGHEST_FIRST} LIMIT 1`),
    /** The content of the last effect that starts; `HAS_END` where the effect has an end. */
    previousContent: bound(
      '',
      `iif(until_latest IS NULL, content, ${HAS_END})`,
      `${BELOW} AND ${AT_LEAST}`,
      `${HIGHEST_FIRST} LIMIT 1`,
    ),
    /** The start of the last effect with an end, or with another content. */
    previousOther: bound(
      '',
      'from_latest',
      `${BELOW} AND ${AT_LEAST} AND (content <> @content OR until_latest IS NOT NULL)`,
      `${HIGHEST_FIRST} LIMIT 1`,
    ),
    previousVagueStart: bound(
      VAGUE_STARTS,
      'max(from_earliest)',
      `${IS_VAGUE_START} AND from_earliest <= @v`,
    ),
    previousEnd: bound('', 'max(until_latest)', 'until_latest <= @v'),
    previousVagueEnd: bound(VAGUE_ENDS, 'max(until_earliest)', `${IS_VAGUE_END} AND until_earliest <= @v`),
  };
}

const MOST_COUNTED = 4_096;
const VAGUE_STARTS = 'INDEXED BY vague_starts';
const IS_VAGUE_START = 'from_earliest < from_latest';
const VAGUE_ENDS = 'INDEXED BY vague_ends';
const IS_VAGUE_END = 'until_earliest < until_latest';
const ENDS = 'INDEXED BY ends';
