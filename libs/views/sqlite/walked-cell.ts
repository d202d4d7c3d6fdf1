import { EARLIEST, type Instant } from '#time';
import { endsAt, isDay, overlay, type CellState, type KnownEffect } from '#timeline';
import type { CellSteps } from './cell.js';
import type { ReadingWork } from './reading-work.js';
import type { Parameters } from './database.js';
import type { EffectFilter } from './effect-filter.js';
import { effectOf, EFFECT_AT, type CellRow, type EffectRow } from './table-columns.js';
import {
  ABOVE_ALL,
  BELOW_ALL,
  compareRankKeys,
  lowerBound,
  lowerOf,
  startingAt,
  upperBound,
  type RankKey,
} from './rank-keys.js';
import { HAS_END, parametersOf, type Walk } from './walk.js';

/** Units of work: of a step, and of a row that it reads. */
const OF_STEP = 60;
const OF_ROW = 10;
/** The greatest number of rows that are read together. */
const MOST_ROWS = 512;

/**
 * A cell that is too large to be read whole. `at` walks its effects downwards, from the latest start that is not after V, and stops at the first
 * effect that no lower effect can outrank. It skips stretches in which no effect is visible (see zone-map.ts).
 */
export class WalkedCell implements CellSteps {
  /** The number of its effects is not known. */
  readonly size = Infinity;
  readonly stepWork: number;
  private readonly parameters: Parameters;
  private readonly walk: Walk;
  /** Whether a term of a claimant ends at an instant, by instant and claimant. */
  private readonly ended = new Map<string, boolean>();

  constructor(
    private readonly cell: CellRow,
    private readonly filter: EffectFilter,
    private readonly walkFor: (filter: EffectFilter) => Walk,
    /** Reads all effects that the cut sees. */
    private readonly readAll: () => KnownEffect[],
    private readonly work: ReadingWork,
  ) {
    this.walk = walkFor(filter);
    this.parameters = { cell: cell.id, ...parametersOf(filter) };
    this.stepWork = OF_STEP + (cell.vague ? OF_ROW * this.walk.vagueBounds.get({ cell: cell.id })! : 0);
  }

  at(v: Instant): CellState {
    return overlay(this.met(this.found(v)), v);
  }

  effects(): KnownEffect[] {
    return this.met(this.readAll());
  }

  private met(effects: readonly KnownEffect[]): KnownEffect[] {
    return effects.map((effect) => (this.meets(effect) ? { ...effect, meets: true as const } : effect));
  }

  /** Every effect that can hold at `v`, and possibly effects that cannot hold. A start that meets an end still counts as a whole day here. */
  private found(v: Instant): KnownEffect[] {
    const found: KnownEffect[] = this.cell.vague
      ? this.walk.straddling.all({ ...this.parameters, v }).map((row) => effectOf(row, this.cell))
      : [];
    /** No effect that starts before this instant can hold. */
    let floor = -Infinity;
    for (const row of this.candidates(v, () => floor)) {
      const effect = effectOf(row, this.cell);
      found.push(effect);
      const isSure = effect.then !== undefined || !effect.until || effect.until.earliest > v;
      if (isSure) floor = Math.max(floor, effect.from.earliest);
    }
    return found;
  }

  private meets({ from, claimant }: KnownEffect): boolean {
    if (!isDay(from)) return false;
    const key = `${from.earliest} ${claimant}`;
    const known = this.ended.get(key);
    if (known !== undefined) return known;
    const ended =
      this.walk.exactEnd.get({ ...this.parameters, v: from.earliest, claimant }) !== undefined &&
      endsAt(this.voice(claimant).found(from.earliest - 1), from.earliest);
    this.ended.set(key, ended);
    return ended;
  }

  /** The value of one claimant in the cell. */
  private voice(claimant: string): WalkedCell {
    if (this.filter.accordingTo === claimant) return this;
    return new WalkedCell(
      this.cell,
      { ...this.filter, accordingTo: claimant },
      this.walkFor,
      this.readAll,
      this.work,
    );
  }

  /** The effects that have started by `v` and may be active, latest start first, down to the floor. */
  private *candidates(v: Instant, floor: () => Instant): Generator<EffectRow> {
    for (const { low, high } of this.stretchesBelow(v, v)) {
      if (high.from_latest < floor()) return;
      const stretch = { ...this.parameters, v, ...upperBound(high), ...lowerBound(low) };
      for (let [skip, limit] = [0, 2]; ; [skip, limit] = [skip + limit, Math.min(limit * 8, MOST_ROWS)]) {
        const rows = this.walk.rows.all({ ...stretch, limit, skip });
        this.work.spend(OF_ROW * rows.length);
        for (const row of rows) {
          if (row[EFFECT_AT.fromLatest] < floor()) return;
          yield row;
        }
        if (rows.length < limit) break;
      }
    }
  }

  /** The stretches up to `v` that may have a visible effect with an end after `endAfter`, downwards. */
  private *stretchesBelow(v: Instant, endAfter: Instant): Generator<{ low: RankKey; high: RankKey }> {
    let high: RankKey = startingAt(v + 1);
    for (;;) {
      const low = this.walk.zoneBelow.get({ ...this.parameters, endAfter, ...upperBound(high) });
      if (!low) break;
      yield { low, high: lowerOf(high, this.following(low)) };
      high = low;
    }
    // The zone map does not cover effects below the first node.
    yield { low: BELOW_ALL, high: lowerOf(high, this.walk.firstZone.get(this.parameters) ?? ABOVE_ALL) };
  }

  private following(node: RankKey): RankKey {
    return this.walk.followingZone.get({ ...this.parameters, ...lowerBound(node) }) ?? ABOVE_ALL;
  }

  next(v: Instant): Instant | undefined {
    const at = { ...this.parameters, v };
    if (this.cell.vague && (this.walk.startsAt.get(at) ?? this.walk.vagueStartsAt.get(at))) return v + 1;
    return extreme(Math.min, [
      this.nextStart(v),
      this.walk.nextEnd.get(at),
      ...(this.cell.vague ? [this.walk.nextVagueStart.get(at)] : []),
      this.walk.nextVagueEnd.get(at),
    ]);
  }

  private nextStart(v: Instant): Instant | undefined {
    let low: RankKey = startingAt(v + 1);
    const first = this.walk.firstZone.get(this.parameters) ?? ABOVE_ALL;
    // The stretch of `v` is read to its end. After the next node, only stretches that may have a visible effect are read.
    let high = compareRankKeys(low, first) < 0 ? first : this.following(low);
    for (;;) {
      const found = this.walk.nextStart.get({
        ...this.parameters,
        v,
        ...lowerBound(low),
        ...upperBound(high),
      });
      if (found !== undefined && found !== null) return found;
      const node = this.walk.zoneAbove.get({ ...this.parameters, ...lowerBound(high) });
      if (!node) return undefined;
      low = node;
      high = this.following(node);
    }
  }

  previous(v: Instant): Instant | undefined {
    const at = { ...this.parameters, v };
    const ends = [this.walk.previousEnd.get(at), this.walk.previousVagueEnd.get(at)];
    if (!this.cell.vague) return extreme(Math.max, [this.previousStart(v), ...ends]);
    const start = extreme(Math.max, [this.previousStart(v), this.walk.previousVagueStart.get(at)]);
    // Where an effect starts at s, a vague effect may outrank it from s + 1 on (see boundsOf).
    return extreme(Math.max, [start === undefined || start === v ? start : start + 1, ...ends]);
  }

  private previousStart(v: Instant): Instant | undefined {
    // An effect that has ended changed the answer when it started: its end may not be skipped.
    return this.last(this.walk.previousStart, v);
  }

  /** As `MemoryCell.sameSince`. */
  sameSince(v: Instant): Instant | undefined {
    if (this.cell.vague) return undefined;
    const content = this.last(this.walk.previousContent, v);
    if (content === undefined || content === HAS_END) return undefined;
    const other = this.last(this.walk.previousOther, v, { content });
    return this.nextStart(other ?? EARLIEST - 1);
  }

  /** The result of a scan of the starts up to `v`, downwards; undefined where it finds none. */
  private last(
    scan: { get(parameters: Parameters): number | null | undefined },
    v: Instant,
    more: Parameters = {},
  ): number | undefined {
    for (const { low, high } of this.stretchesBelow(v, -Infinity)) {
      const found = scan.get({ ...this.parameters, ...more, ...lowerBound(low), ...upperBound(high) });
      if (found !== undefined && found !== null) return found;
    }
    return undefined;
  }
}

function extreme(
  pick: (a: Instant, b: Instant) => Instant,
  bounds: readonly (Instant | null | undefined)[],
): Instant | undefined {
  return bounds.reduce<Instant | undefined>(
    (found, bound) =>
      bound === null || bound === undefined ? found : found === undefined ? bound : pick(found, bound),
    undefined,
  );
}
