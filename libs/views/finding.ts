import type { Instant, Range } from '#time';
import { canonicalJson } from '#json';
import { combine, mergeCells, type CellState, type Standing, type Steps } from '#timeline';
import { without } from './without.js';

/** One value an aspect may have, and what it rests on. */
export interface Outcome<V = unknown> {
  /** Undefined: nothing is said. */
  readonly value: V | undefined;
  readonly because: readonly string[];
  /** Nobody acted or observed; somebody claims it. */
  readonly claimed: boolean;
  /** When its event says it began, whichever of the values that event names holds. */
  readonly from?: Range;
  /** The end its event announced. */
  readonly until?: Range;
  readonly claimant?: string;
  readonly standing?: Standing;
  readonly reliability?: string;
}

/** What an aspect is found to be: every value that some possible world gives it, the likeliest to hold first. Never empty. */
export interface Finding<V = unknown> {
  readonly outcomes: readonly Outcome<V>[];
}

const UNKNOWN: Outcome<never> = { value: undefined, because: [], claimed: false };

/** Reads the facts and, in the worlds where they are silent, the claims. */
export function findingOf<V>(facts: CellState<V>, claims: CellState<V>): Finding<V> {
  const outcomes = outcomesOf(facts, false);
  if (facts.silent) {
    outcomes.push(...outcomesOf(claims, true));
    if (claims.silent) outcomes.push(UNKNOWN);
  }
  return { outcomes: distinct(outcomes) };
}

function outcomesOf<V>(answer: CellState<V>, claimed: boolean): Outcome<V>[] {
  return answer.candidates.map(({ value, effect }) => ({
    value,
    because: effect.because,
    claimed,
    from: effect.from,
    ...(effect.until && value === effect.value && { until: effect.until }),
    claimant: effect.claimant,
    standing: effect.standing,
    reliability: effect.reliability,
  }));
}

/** Equal values once each, with all they rest on. */
export function distinct<V>(outcomes: readonly Outcome<V>[]): readonly Outcome<V>[] {
  if (outcomes.length < 2) return outcomes;
  const byValue = new Map<string, Outcome<V>>();
  for (const outcome of outcomes) {
    const key = canonicalJson(outcome.value ?? null);
    const known = byValue.get(key);
    byValue.set(key, known ? joined(known, outcome) : outcome);
  }
  return [...byValue.values()];
}

function joined<V>(one: Outcome<V>, other: Outcome<V>): Outcome<V> {
  const because = union(one.because, other.because);
  return { ...one, because, claimed: one.claimed && other.claimed };
}

export function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

/** What two parts say alike: it rests on both, and is announced to end when the later of them is, if both are. */
export function bothOf<V>(one: Outcome<V>, other: Outcome<V>): Outcome<V> {
  const both = without(joined(one, other), 'until');
  if (!one.until || !other.until) return both;
  return { ...both, until: one.until.latest >= other.until.latest ? one.until : other.until };
}

export function isCertain(finding: Finding): boolean {
  return finding.outcomes.length === 1;
}

/** The finding with every value replaced, and values that became equal joined. */
export function mapFinding<V, W>(
  finding: Finding<V>,
  map: (value: V | undefined) => W | undefined,
): Finding<W> {
  return {
    outcomes: distinct(finding.outcomes.map((outcome) => ({ ...outcome, value: map(outcome.value) }))),
  };
}

export function sameFinding(a: Finding, b: Finding): boolean {
  return valuesOf(a) === valuesOf(b);
}

function valuesOf({ outcomes }: Finding): string {
  return outcomes
    .map(({ value }) => canonicalJson(value ?? null))
    .sort()
    .join();
}

/** Facts and claims of one aspect, or of several laid over each other. */
export function findingSteps<V>(
  facts: readonly Steps<CellState<V>>[],
  claims: readonly Steps<CellState<V>>[],
): Steps<Finding<V>> {
  return combine([mergeCells(facts), mergeCells(claims)] as const, findingOf<V>);
}

/** The first value that can hold, the likeliest first; undefined where nothing is said. */
export function likeliest<V>({ outcomes }: Finding<V>): V | undefined {
  return outcomes.find(({ value }) => value !== undefined)?.value;
}

/**
 * Going back from `at`, the first value that passes: what an act said and the later ones leave unsaid (a renewal does not
 * repeat who issued the measure).
 */
export function lastSaid<V>(
  steps: Steps<Finding<V>>,
  at: Instant,
  passes: (value: V) => boolean,
): Outcome<V> | undefined {
  for (let v: Instant | undefined = at; v !== undefined;) {
    const found = steps.at(v).outcomes.find(({ value }) => value !== undefined && passes(value));
    if (found) return found;
    const start: Instant | undefined = steps.previous(v);
    v = start === undefined ? undefined : start - 1;
  }
  return undefined;
}
