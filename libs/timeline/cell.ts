import { EARLIEST, LATEST, type Instant } from '#time';
import type { AspectRule, KnowledgeCut, Effect, KnownEffect, Standing } from './effect.js';
import { combine, type Steps } from './steps.js';
import { meet } from './meeting.js';
import { latestStart, mayBeActive, overlay, SILENT, type CellState } from './overlay.js';
import { compareRank } from './rank.js';

/** The part of a cell's key after subject and aspect. Effects with one key share a cell. */
export type CellKey = 'facts' | 'claims' | `by:${string}`;

/** Acts, observations and reference data are the facts; claims, denials, estimates and plans are not. */
const FACTUAL: ReadonlySet<Standing> = new Set(['act', 'observation', 'reference']);

/** The cell of an effect, by its aspect's rule. A ledger's entries share one cell, but do not overlay each other. */
export function cellKey(rule: AspectRule, standing: Standing, claimant: string): CellKey {
  switch (rule) {
    case 'authority':
      return FACTUAL.has(standing) ? 'facts' : 'claims';
    case 'perClaimant':
    case 'contested':
      return `by:${claimant}`;
    case 'ledger':
      return 'facts';
  }
}

/** Whether the cut sees the effect. */
export function isVisible(
  { reported, recorded }: KnownEffect,
  { knownAt, recordedAt }: KnowledgeCut,
): boolean {
  return spans(reported, knownAt) && spans(recorded, recordedAt);
}

/** Without a cut, a question sees the present knowledge: the effects whose span has no end. */
function spans({ from, until }: KnownEffect['reported'], at: number | undefined): boolean {
  return at === undefined ? until === undefined : from <= at && (until === undefined || at < until);
}

/**
 * Every instant at which a cell with these effects may change its answer, ascending. `from.earliest + 1` is such an instant too: of two effects
 * that may start at the same instant s, one can outrank the other by a later start only from s + 1 on, the next millisecond.
 */
export function boundsOf(effects: readonly Pick<Effect, 'from' | 'until'>[]): Instant[] {
  const bounds = new Set<Instant>();
  for (const { from, until } of effects) {
    bounds
      .add(from.earliest)
      .add(from.earliest + 1)
      .add(from.latest);
    if (until) bounds.add(until.earliest).add(until.latest);
  }
  return [...bounds].filter((bound) => bound > EARLIEST && bound < LATEST).sort((a, b) => a - b);
}

/** A cell over effects held in memory: all visible at the cut, in any order. `at` costs O(n), `next` and `previous` O(log n). */
export function cellOf<V>(effects: readonly KnownEffect<V>[]): Steps<CellState<V>> {
  const bounds = boundsOf(effects);
  const met = meet(effects);
  return {
    at: (v) => overlay(met, v),
    next: (v) => bounds[boundsUpTo(bounds, v)],
    previous: (v) => bounds[boundsUpTo(bounds, v) - 1],
  };
}

/**
 * Several cells as one overlay. Exact, although it reads only the candidates of each cell: an effect that cannot hold in its own cell
 * cannot hold among more effects, and the candidates of a cell include its floor.
 */
export function mergeCells<V>(cells: readonly Steps<CellState<V>>[]): Steps<CellState<V>> {
  const [only] = cells;
  if (only === undefined) return NOTHING;
  if (cells.length === 1) return only;
  const parts = combine(cells, (...states: readonly CellState<V>[]) => states);
  const effectsAt = (v: Instant): KnownEffect<V>[] => [
    ...new Set(parts.at(v).flatMap(({ candidates }) => candidates.map(({ effect }) => effect))),
  ];
  // Where an effect starts in one cell, a vague effect of another cell may outrank it one millisecond later. A cell without vague effects has no such bound.
  const changesAfter = (bound: Instant): boolean =>
    effectsAt(bound).some((effect) => mayStartAfter(effect, bound));
  return {
    at: (v) => overlay(effectsAt(v), v),
    next: (v) => (parts.previous(v) === v && changesAfter(v) ? v + 1 : parts.next(v)),
    previous(v) {
      const bound = parts.previous(v);
      return bound !== undefined && bound < v && changesAfter(bound) ? bound + 1 : bound;
    },
  };
}

const mayStartAfter = (effect: KnownEffect, v: Instant): boolean =>
  effect.from.earliest <= v && v < latestStart(effect);

const NOTHING: Steps<CellState<never>> = {
  at: () => SILENT,
  next: () => undefined,
  previous: () => undefined,
};

/** A cell whose entries do not overlay each other: at each instant all entries that may have started and may not have ended, earliest first. */
export function ledgerOf<V>(effects: readonly KnownEffect<V>[]): Steps<CellState<V>> {
  const entries = [...effects].sort((a, b) => compareRank(a, a.from.earliest, b, b.from.earliest));
  return {
    ...cellOf(effects),
    at(v) {
      const candidates = entries
        .filter((effect) => mayBeActive(effect, v))
        .map((effect) => ({ value: effect.value, effect }));
      return { candidates, silent: candidates.length === 0 };
    },
  };
}

/** The number of the ascending `bounds` that are ≤ v. */
export function boundsUpTo(bounds: readonly Instant[], v: Instant): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle]! <= v) low = middle + 1;
    else high = middle;
  }
  return low;
}
