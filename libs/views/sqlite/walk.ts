import type { Instant } from '#time';
import type { AspectRule, Cut } from '#timeline';
import type { Db } from './database.js';
import { EFFECT_COLUMNS, type CellName, type EffectRow } from './effects-table.js';

/** Which effects count: the cut, and the voices that are listened to. */
export interface EffectFilter extends Cut {
  readonly accordingTo?: string;
  /** Drops what is graded worse on either axis. F and 6, "cannot be judged", pass only where they are asked for. */
  readonly minReliability?: string;
}

/** What distinguishes the statements of one scope from those of another. */
export function filterShape(scope: EffectFilter): string {
  return (['knownAt', 'recordedAt', 'accordingTo', 'minReliability'] as const)
    .filter((name) => scope[name] !== undefined)
    .join();
}

/** A row of `cells`. */
export interface CellRow extends CellName {
  readonly id: number;
  readonly rule: AspectRule;
  /** 1 where some effect in it has a vague bound. */
  readonly vague: 0 | 1;
}

export type Walk = ReturnType<typeof prepareWalk>;

export type Parameters = Readonly<Record<string, number | string | null>>;

export interface RankKey {
  readonly from_latest: number;
  readonly reported_from: number;
  readonly event_id: string;
}

const PLACE = '(from_latest, reported_from, event_id)';
const DESCENDING = 'ORDER BY from_latest DESC, reported_from DESC, event_id DESC';
const ASCENDING = 'ORDER BY from_latest, reported_from, event_id';
export const BELOW_ALL: RankKey = { from_latest: -Number.MAX_SAFE_INTEGER, reported_from: 0, event_id: '' };
export const ABOVE_ALL: RankKey = { from_latest: Number.MAX_SAFE_INTEGER, reported_from: 0, event_id: '' };

/** The condition under which a scope sees an effect; `parametersOf` gives what it binds. */
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

/** Not ended by `v`. */
export const ACTIVE = '(until_latest IS NULL OR until_latest > @v OR then_value IS NOT NULL)';

/** The statements a walk needs, for scopes of one shape. */
export function prepareWalk(db: Db, scope: EffectFilter) {
  const { knownAt, recordedAt } = scope;
  const seen = seenBy(scope);
  const mayHold = [
    ...(knownAt === undefined ? [] : ['min_reported <= @knownAt']),
    ...(recordedAt === undefined ? [] : ['min_recorded <= @recordedAt']),
  ];
  const node = (conditions: readonly string[], order: string) =>
    db.prepare<[Parameters], RankKey>(
      `SELECT from_latest, reported_from, event_id FROM zone_map
       WHERE ${['cell = @cell', ...conditions].join(' AND ')} ${order} LIMIT 1`,
    );
  const bound = (expression: string, conditions: string, index = '') =>
    db
      .prepare<[Parameters], Instant | null>(
        `SELECT ${expression} FROM effects ${index} WHERE cell = @cell AND ${conditions} AND ${seen}`,
      )
      .pluck();
  const effects = (sql: string) => db.prepare<[Parameters], EffectRow>(sql).raw();
  const upper = `${PLACE} < (@upFrom, @upReported, @upId)`;
  const lower = `${PLACE} >= (@lowFrom, @lowReported, @lowId)`;
  return {
    rows: effects(
      `SELECT ${EFFECT_COLUMNS} FROM effects e WHERE cell = @cell AND ${upper} AND ${lower} AND ${seen}
         AND ${ACTIVE} ${DESCENDING} LIMIT @limit OFFSET @skip`,
    ),
    straddling: effects(
      `SELECT ${EFFECT_COLUMNS} FROM effects e INDEXED BY vague_starts WHERE cell = @cell AND from_earliest < from_latest AND from_latest > @v
         AND from_earliest <= @v AND ${seen}`,
    ),
    nodeBelow: node([upper, ...mayHold, 'max_until > @endAfter'], DESCENDING),
    nodeAbove: node([lower, ...mayHold], ASCENDING),
    firstNode: node([], ASCENDING),
    followingNode: node([`${PLACE} > (@lowFrom, @lowReported, @lowId)`], ASCENDING),
    exactEnd: db
      .prepare<[Parameters], 1>(
        `SELECT 1 FROM effects INDEXED BY ends WHERE cell = @cell AND until_latest = @v AND until_earliest = @v
           AND claimant = @claimant AND ${seen} LIMIT 1`,
      )
      .pluck(),
    startsAt: bound('max(1)', 'from_latest = @v'),
    vagueStartsAt: bound(
      'max(1)',
      'from_earliest < from_latest AND from_latest > @v AND from_earliest = @v',
      'INDEXED BY vague_starts',
    ),
    nextStart: db
      .prepare<[Parameters], Instant>(
        `SELECT from_latest FROM effects WHERE cell = @cell AND from_latest > @v AND ${lower} AND ${upper} AND ${seen}
         ${ASCENDING} LIMIT 1`,
      )
      .pluck(),
    nextVagueStart: bound(
      'min(from_earliest)',
      'from_earliest < from_latest AND from_latest > @v AND from_earliest > @v',
      'INDEXED BY vague_starts',
    ),
    nextEnd: bound('min(until_latest)', 'until_latest > @v'),
    nextVagueEnd: bound(
      'min(until_earliest)',
      'until_earliest < until_latest AND until_latest > @v AND until_earliest > @v',
      'INDEXED BY vague_ends',
    ),
    previousStart: db
      .prepare<[Parameters], Instant>(
        `SELECT from_latest FROM effects WHERE cell = @cell AND ${upper} AND ${lower} AND ${seen} ${DESCENDING} LIMIT 1`,
      )
      .pluck(),
    previousVagueStart: bound(
      'max(from_earliest)',
      'from_earliest < from_latest AND from_earliest <= @v',
      'INDEXED BY vague_starts',
    ),
    previousEnd: bound('max(until_latest)', 'until_latest <= @v'),
    previousVagueEnd: bound(
      'max(until_earliest)',
      'until_earliest < until_latest AND until_earliest <= @v',
      'INDEXED BY vague_ends',
    ),
  };
}
