/**
 * The verdict of each effect in an answer. The answer itself is the overlay's: an effect `holds` or `mayHold` iff it is a
 * candidate of the overlay. The reasons for the other effects follow from the same definitions.
 */
import type { Instant } from '#time';
import { isSurelyActive, mayBeActive, overlay, type CellState } from './overlay.js';
import type { KnowledgeCut, KnownEffect } from './effect.js';
import { compareRank } from './rank.js';

/**
 * The verdict at an instant of an effect that the cut sees. `claimsNotAsked`: the facts are not silent in any world, so claims are not read.
 */
export type SeenVerdict = 'holds' | 'mayHold' | 'overlaid' | 'notStarted' | 'expired' | 'claimsNotAsked';

/** An effect and its verdict; `by`: the effect that overlays it, or the fact because of which a claim is not read. */
export interface VerdictOnSeen {
  readonly effect: KnownEffect;
  readonly verdict: SeenVerdict;
  readonly by?: KnownEffect;
}

/** The verdicts of facts in one overlay, and of claims, which are read in the worlds without facts. */
export function verdictsOf(
  facts: readonly KnownEffect[],
  claims: readonly KnownEffect[],
  at: Instant,
): VerdictOnSeen[] {
  const factual = overlay(facts, at);
  const claimed = overlay(claims, at);
  const asked = factual.silent ? claimed : undefined;
  const holding = new Set([...factual.candidates, ...(asked?.candidates ?? [])].map(({ effect }) => effect));
  const isCertain = holding.size === 1 && !(factual.silent && claimed.silent);
  const ofHolding: SeenVerdict = isCertain ? 'holds' : 'mayHold';
  const verdictIn = (effect: KnownEffect, answer: CellState): VerdictOnSeen => {
    if (effect.from.earliest > at) return { effect, verdict: 'notStarted' };
    if (!mayBeActive(effect, at)) return { effect, verdict: 'expired' };
    return holding.has(effect)
      ? { effect, verdict: ofHolding }
      : { effect, verdict: 'overlaid', ...by(floorOf(answer, at)) };
  };
  return [
    ...facts.map((effect) => verdictIn(effect, factual)),
    ...claims.map((effect): VerdictOnSeen => {
      if (asked || !mayBeActive(effect, at)) return verdictIn(effect, claimed);
      return { effect, verdict: 'claimsNotAsked', ...by(floorOf(factual, at)) };
    }),
  ];
}

/** The verdicts of a ledger's entries: no entry overlays another. */
export function verdictsInLedger(entries: readonly KnownEffect[], at: Instant): VerdictOnSeen[] {
  return entries.map((effect) => {
    if (effect.from.earliest > at) return { effect, verdict: 'notStarted' };
    if (!mayBeActive(effect, at)) return { effect, verdict: 'expired' };
    return { effect, verdict: isSurelyActive(effect, at) ? 'holds' : 'mayHold' };
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
