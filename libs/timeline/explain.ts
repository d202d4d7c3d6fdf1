/**
 * The fate of each effect in an answer. The answer itself is the overlay's: an effect `holds` or `mayHold` iff it is a
 * candidate of the overlay. The reasons for the other effects follow from the same definitions.
 */
import type { Instant } from '#time';
import { isSurelyActive, mayBeActive, overlay, type CellState } from './overlay.js';
import type { KnowledgeCut, KnownEffect } from './effect.js';
import { compareRank } from './rank.js';

/**
 * The fate at an instant of an effect that the cut sees. `claimsNotAsked`: the facts are not silent in any world, so claims are not read.
 */
export type Fate = 'holds' | 'mayHold' | 'overlaid' | 'notStarted' | 'expired' | 'claimsNotAsked';

/** An effect and its fate; `by`: the effect that overlays it, or the fact that keeps a claim from being read. */
export interface Fated {
  readonly effect: KnownEffect;
  readonly fate: Fate;
  readonly by?: KnownEffect;
}

/** The fates of facts in one overlay, and of claims, which are read in the worlds without facts. */
export function fatesOf(facts: readonly KnownEffect[], claims: readonly KnownEffect[], at: Instant): Fated[] {
  const factual = overlay(facts, at);
  const claimed = overlay(claims, at);
  const asked = factual.silent ? claimed : undefined;
  const holding = new Set([...factual.candidates, ...(asked?.candidates ?? [])].map(({ effect }) => effect));
  const isCertain = holding.size === 1 && !(factual.silent && claimed.silent);
  const ofHolding: Fate = isCertain ? 'holds' : 'mayHold';
  const fateIn = (effect: KnownEffect, answer: CellState): Fated => {
    if (effect.from.earliest > at) return { effect, fate: 'notStarted' };
    if (!mayBeActive(effect, at)) return { effect, fate: 'expired' };
    return holding.has(effect)
      ? { effect, fate: ofHolding }
      : { effect, fate: 'overlaid', ...by(floorOf(answer, at)) };
  };
  return [
    ...facts.map((effect) => fateIn(effect, factual)),
    ...claims.map((effect): Fated => {
      if (asked || !mayBeActive(effect, at)) return fateIn(effect, claimed);
      return { effect, fate: 'claimsNotAsked', ...by(floorOf(factual, at)) };
    }),
  ];
}

/** The fates of a ledger's entries: no entry overlays another. */
export function fatesInLedger(entries: readonly KnownEffect[], at: Instant): Fated[] {
  return entries.map((effect) => {
    if (effect.from.earliest > at) return { effect, fate: 'notStarted' };
    if (!mayBeActive(effect, at)) return { effect, fate: 'expired' };
    return { effect, fate: isSurelyActive(effect, at) ? 'holds' : 'mayHold' };
  });
}

/** The candidate that surely outranks all effects that are no candidates. */
function floorOf({ candidates }: CellState, at: Instant): KnownEffect | undefined {
  let floor: KnownEffect | undefined;
  for (const { effect } of candidates) {
    if (!isSurelyActive(effect, at)) continue;
    if (!floor || compareRank(effect, effect.from.earliest, floor, floor.from.earliest) > 0) floor = effect;
  }
  return floor;
}

function by(effect: KnownEffect | undefined): { readonly by?: KnownEffect } {
  return effect ? { by: effect } : {};
}

/** Why a cut does not see an effect: it was not known yet, or a correction has ended it. */
export type Unseen = 'notYetRecorded' | 'recordEnded' | 'notYetKnown' | 'reportEnded';

/** Why the cut does not see the effect; undefined where it does. The recorded axis comes first: without the record there is no report either. */
export function unseenAs(
  { reported, recorded }: KnownEffect,
  { knownAt, recordedAt }: KnowledgeCut,
): Unseen | undefined {
  if (recordedAt !== undefined && recorded.from > recordedAt) return 'notYetRecorded';
  if (recorded.until !== undefined && (recordedAt === undefined || recorded.until <= recordedAt))
    return 'recordEnded';
  if (knownAt !== undefined && reported.from > knownAt) return 'notYetKnown';
  if (reported.until !== undefined && (knownAt === undefined || reported.until <= knownAt))
    return 'reportEnded';
  return undefined;
}

/**
 * One row for each effect: corrections may give an effect several rows, which differ only in their spans. The row that the cut sees;
 * otherwise the last one that ended before the cut; otherwise the first one after it.
 */
export function nearestRows(rows: readonly KnownEffect[], cut: KnowledgeCut): KnownEffect[] {
  const byVersion = new Map<string, KnownEffect>();
  for (const row of rows) {
    const { aspect, claimant, because, value, from, until, then } = row;
    const key = JSON.stringify([aspect, claimant, because, value, from, until, then]);
    const other = byVersion.get(key);
    if (!other || compareNearness(row, other, cut) > 0) byVersion.set(key, row);
  }
  return [...byVersion.values()];
}

/** From the row that is farthest from the cut to the one that it sees. */
const NEARNESS: readonly (Unseen | undefined)[] = [
  'notYetRecorded',
  'recordEnded',
  'notYetKnown',
  'reportEnded',
  undefined,
];

function compareNearness(a: KnownEffect, b: KnownEffect, cut: KnowledgeCut): number {
  const [ofA, ofB] = [unseenAs(a, cut), unseenAs(b, cut)];
  if (ofA !== ofB) return NEARNESS.indexOf(ofA) - NEARNESS.indexOf(ofB);
  const order = a.recorded.from - b.recorded.from || a.reported.from - b.reported.from;
  return ofA === 'notYetRecorded' || ofA === 'notYetKnown' ? -order : order;
}
