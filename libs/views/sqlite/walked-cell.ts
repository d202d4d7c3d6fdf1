import type { Instant } from '#time';
import { overlay, type Answer, type AspectRule, type Cut, type KnownEffect, type Steps } from '#timeline';
import type { Db } from './database.js';
import { EFFECT_COLUMNS, effectOf, type CellName, type EffectRow } from './effects-table.js';

/** Which effects count: the cut, and the voices that are listened to. */
export interface Scope extends Cut {
  readonly accordingTo?: string;
  /** Drops what is graded worse on either axis. F and 6, "cannot be judged", pass only where they are asked for. */
  readonly minReliability?: string;
}

/** What distinguishes the statements of one scope from those of another. */
export function shapeOf(scope: Scope): string {
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

interface Place {
  readonly from_latest: number;
  readonly recorded_from: number;
  readonly ordinal: number;
}

const PLACE = '(from_latest, recorded_from, ordinal)';
const DESCENDING = 'ORDER BY from_latest DESC, recorded_from DESC, ordinal DESC';
const ASCENDING = 'ORDER BY from_latest, recorded_from, ordinal';
const BELOW_ALL: Place = { from_latest: -Number.MAX_SAFE_INTEGER, recorded_from: 0, ordinal: 0 };
const ABOVE_ALL: Place = { from_latest: Number.MAX_SAFE_INTEGER, recorded_from: 0, ordinal: 0 };

/** The condition under which a scope sees an effect; `parametersOf` gives what it binds. */
export function seenBy({ knownAt, recordedAt, accordingTo, minReliability }: Scope): string {
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

export function parametersOf({ knownAt, recordedAt, accordingTo, minReliability }: Scope): Parameters {
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
export function prepareWalk(db: Db, scope: Scope) {
  const { knownAt, recordedAt } = scope;
  const seen = seenBy(scope);
  const mayHold = [
    ...(knownAt === undefined ? [] : ['min_reported <= @knownAt']),
    ...(recordedAt === undefined ? [] : ['min_recorded <= @recordedAt']),
  ];
  const node = (conditions: readonly string[], order: string) =>
    db.prepare<[Parameters], Place>(
      `SELECT from_latest, recorded_from, ordinal FROM skips
       WHERE ${['cell = @cell', ...conditions].join(' AND ')} ${order} LIMIT 1`,
    );
  const bound = (expression: string, conditions: string, index = '') =>
    db
      .prepare<[Parameters], Instant | null>(
        `SELECT ${expression} FROM effects ${index} WHERE cell = @cell AND ${conditions} AND ${seen}`,
      )
      .pluck();
  const effects = (sql: string) => db.prepare<[Parameters], EffectRow>(sql).raw();
  const upper = `${PLACE} < (@upFrom, @upRecorded, @upOrdinal)`;
  const lower = `${PLACE} >= (@lowFrom, @lowRecorded, @lowOrdinal)`;
  return {
    rows: effects(
      `SELECT ${EFFECT_COLUMNS} FROM effects e WHERE cell = @cell AND ${upper} AND ${lower} AND ${seen}
         AND ${ACTIVE} ${DESCENDING} LIMIT @limit`,
    ),
    straddling: effects(
      `SELECT ${EFFECT_COLUMNS} FROM effects e INDEXED BY vague_starts WHERE cell = @cell AND from_earliest < from_latest AND from_latest > @v
         AND from_earliest <= @v AND ${seen}`,
    ),
    nodeBelow: node([upper, ...mayHold, 'max_until > @endAfter'], DESCENDING),
    nodeAbove: node([lower, ...mayHold], ASCENDING),
    firstNode: node([], ASCENDING),
    followingNode: node([`${PLACE} > (@lowFrom, @lowRecorded, @lowOrdinal)`], ASCENDING),
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

/**
 * A cell too large to read whole. `at` walks its effects from the latest start not after V downwards and stops at the first
 * that no other can outrank; stretches in which nothing can be seen are passed over (see skip-list.ts).
 */
export class WalkedCell implements Steps<Answer> {
  private readonly scoped: Parameters;

  constructor(
    private readonly cell: CellRow,
    scope: Scope,
    private readonly walk: Walk,
  ) {
    this.scoped = { cell: cell.id, ...parametersOf(scope) };
  }

  at(v: Instant): Answer {
    const found: KnownEffect[] = this.cell.vague
      ? this.walk.straddling.all({ ...this.scoped, v }).map((row) => effectOf(row, this.cell))
      : [];
    /** No effect that starts before it can hold. */
    let floor = -Infinity;
    for (const row of this.candidates(v, () => floor)) {
      const effect = effectOf(row, this.cell);
      found.push(effect);
      const isSure = effect.then !== undefined || !effect.until || effect.until.earliest > v;
      if (isSure) floor = Math.max(floor, effect.from.earliest);
    }
    return overlay(found, v);
  }

  /** The effects that have started by `v` and may be active, latest start first, down to the floor. */
  private *candidates(v: Instant, floor: () => Instant): Generator<EffectRow> {
    for (const { low, high } of this.stretchesBelow(v, v)) {
      let up = high;
      for (let limit = 2; ; limit *= 8) {
        if (up.from_latest < floor()) return;
        const rows = this.walk.rows.all({ ...this.scoped, v, ...ending(up), ...starting(low), limit });
        for (const row of rows) {
          if (row[0] < floor()) return;
          yield row;
        }
        if (rows.length < limit) break;
        const [from_latest, recorded_from, ordinal] = rows.at(-1)!;
        up = { from_latest, recorded_from, ordinal };
      }
    }
  }

  /** The stretches up to `v` that may hold something the scope sees and that ends after `endAfter`, downwards. */
  private *stretchesBelow(v: Instant, endAfter: Instant): Generator<{ low: Place; high: Place }> {
    let high: Place = { ...BELOW_ALL, from_latest: v + 1 };
    for (;;) {
      const low = this.walk.nodeBelow.get({ ...this.scoped, endAfter, ...ending(high) });
      if (!low) break;
      yield { low, high: least(high, this.following(low)) };
      high = low;
    }
    // Below the first node nothing is summed up.
    yield { low: BELOW_ALL, high: least(high, this.walk.firstNode.get(this.scoped) ?? ABOVE_ALL) };
  }

  private following(node: Place): Place {
    return this.walk.followingNode.get({ ...this.scoped, ...starting(node) }) ?? ABOVE_ALL;
  }

  next(v: Instant): Instant | undefined {
    const at = { ...this.scoped, v };
    if (this.cell.vague && (this.walk.startsAt.get(at) ?? this.walk.vagueStartsAt.get(at))) return v + 1;
    return extreme(Math.min, [
      this.nextStart(v),
      this.walk.nextEnd.get(at),
      ...(this.cell.vague ? [this.walk.nextVagueStart.get(at)] : []),
      this.walk.nextVagueEnd.get(at),
    ]);
  }

  private nextStart(v: Instant): Instant | undefined {
    let low: Place = { ...BELOW_ALL, from_latest: v + 1 };
    const first = this.walk.firstNode.get(this.scoped) ?? ABOVE_ALL;
    // The stretch `v` lies in is read to its end; from the next node on, only those that may hold something are.
    let high = isBefore(low, first) ? first : this.following(low);
    for (;;) {
      const found = this.walk.nextStart.get({ ...this.scoped, v, ...starting(low), ...ending(high) });
      if (found !== undefined) return found;
      const node = this.walk.nodeAbove.get({ ...this.scoped, ...starting(high) });
      if (!node) return undefined;
      low = node;
      high = this.following(node);
    }
  }

  previous(v: Instant): Instant | undefined {
    const at = { ...this.scoped, v };
    if (this.cell.vague) {
      const before = { ...this.scoped, v: v - 1 };
      if (this.walk.startsAt.get(before) ?? this.walk.vagueStartsAt.get(before)) return v;
    }
    return extreme(Math.max, [
      this.previousStart(v),
      this.walk.previousEnd.get(at),
      ...(this.cell.vague ? [this.walk.previousVagueStart.get(at)] : []),
      this.walk.previousVagueEnd.get(at),
    ]);
  }

  private previousStart(v: Instant): Instant | undefined {
    // An effect that has ended changed the answer when it started: nothing may be passed over for its end.
    for (const { low, high } of this.stretchesBelow(v, -Infinity)) {
      const found = this.walk.previousStart.get({ ...this.scoped, ...starting(low), ...ending(high) });
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function starting({ from_latest, recorded_from, ordinal }: Place): Parameters {
  return { lowFrom: from_latest, lowRecorded: recorded_from, lowOrdinal: ordinal };
}

function ending({ from_latest, recorded_from, ordinal }: Place): Parameters {
  return { upFrom: from_latest, upRecorded: recorded_from, upOrdinal: ordinal };
}

function isBefore(a: Place, b: Place): boolean {
  return (a.from_latest - b.from_latest || a.recorded_from - b.recorded_from || a.ordinal - b.ordinal) < 0;
}

function least(a: Place, b: Place): Place {
  return isBefore(a, b) ? a : b;
}

function extreme(
  pick: (a: Instant, b: Instant) => Instant,
  bounds: readonly (Instant | null | undefined)[],
): Instant | undefined {
  return bounds.reduce<Instant | undefined>(
    (found, bound) => (bound == null ? found : found === undefined ? bound : pick(found, bound)),
    undefined,
  );
}
