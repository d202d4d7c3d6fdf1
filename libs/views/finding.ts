import type { Range } from '#time';
import { canonicalJson } from '#json';
import { combine, SILENT, type Because, type CellState, type Standing, type Steps } from '#timeline';
import { without } from './without.js';

/** A possible value of an aspect, and the events behind it. */
export interface Outcome<V = unknown> {
  /** The value; undefined where no event gives a value. */
  readonly value: V | undefined;
  readonly because: Because;
  /** Whether the value is only claimed: no act or observation gives it. */
  readonly claimed: boolean;
  /** The start of the event. The event may have two values, one before and one after its end; both values have this start. */
  readonly from?: Range;
  /** The end that the event announced. */
  readonly until?: Range;
  readonly claimant?: string;
  readonly standing?: Standing;
  readonly reliability?: string;
}

/** The state of an aspect: its value in every possible world, the likeliest first. Never empty. */
export interface Finding<V = unknown> {
  readonly outcomes: readonly Outcome<V>[];
}

const UNKNOWN_OUTCOME: Outcome<never> = { value: undefined, because: [], claimed: false };

/** Reads the facts and, in the worlds where there are no facts, the claims. */
function findingOf<V>(facts: CellState<V>, claims: CellState<V>): Finding<V> {
  const outcomes = outcomesOf(facts, false);
  if (facts.silent) {
    outcomes.push(...outcomesOf(claims, true));
    if (claims.silent) outcomes.push(UNKNOWN_OUTCOME);
  }
  return { outcomes: distinct(outcomes) };
}

function outcomesOf<V>(answer: CellState<V>, claimed: boolean): Outcome<V>[] {
  return answer.candidates.map(({ value, effect }) => {
    const { because, from, until, claimant, standing, reliability } = effect;
    const outcome = { value, because, claimed, from, claimant, standing, reliability };
    return until && value === effect.value ? { ...outcome, until } : outcome;
  });
}

/** The outcomes with each value once. Equal values become one value, with the events of all of them. */
export function distinct<V>(outcomes: readonly Outcome<V>[]): readonly Outcome<V>[] {
  if (outcomes.length < 2) return outcomes;
  const byValue = new Map<string, Outcome<V>[]>();
  // Most equal values are one object: its JSON is made once.
  const keys = new Map<V | undefined, string>();
  for (const outcome of outcomes) {
    const key = keys.get(outcome.value) ?? canonicalJson(outcome.value ?? null);
    keys.set(outcome.value, key);
    const same = byValue.get(key);
    if (same) same.push(outcome);
    else byValue.set(key, [outcome]);
  }
  return [...byValue.values()].map(joinedOutcomes);
}

/** The first of the outcomes, with the events of all of them. It is claimed where all are claimed. */
export function joinedOutcomes<V>(same: readonly Outcome<V>[]): Outcome<V> {
  const [first] = same;
  if (same.length === 1) return first!;
  const because = unionOf(same.map((outcome) => outcome.because));
  return { ...first!, because, claimed: same.every(({ claimed }) => claimed) };
}

/** All ids of the lists, each once. */
export function union(...lists: readonly Because[]): Because {
  return unionOf(lists);
}

/** Like `union`, for any number of lists: a call cannot have a hundred thousand arguments. */
export function unionOf(lists: readonly Because[]): Because {
  const said = lists.filter(({ length }) => length > 0);
  const [only] = said;
  if (said.length === 1 && only?.length === 1) return only;
  return [...new Set(said.flat())];
}

/**
 * Joins two outcomes with the same value. The result has the events of both, and the later of the two announced ends. Where one of them has no
 * announced end, the result has none.
 */
export function bothOf<V>(one: Outcome<V>, other: Outcome<V>): Outcome<V> {
  const both = without(joinedOutcomes([one, other]), 'until');
  if (!one.until || !other.until) return both;
  const earliest = Math.max(one.until.earliest, other.until.earliest);
  return { ...both, until: { earliest, latest: Math.max(one.until.latest, other.until.latest) } };
}

/** The finding with every value replaced; values that became equal are joined. */
export function mapFinding<V, W>(
  finding: Finding<V>,
  map: (value: V | undefined) => W | undefined,
): Finding<W> {
  return {
    outcomes: distinct(finding.outcomes.map((outcome) => ({ ...outcome, value: map(outcome.value) }))),
  };
}

/** The facts and the claims of one aspect, or of several aspects in one overlay. Without claims: undefined. */
export function findingSteps<V>(
  facts: Steps<CellState<V>>,
  claims: Steps<CellState<V>> | undefined,
): Steps<Finding<V>> {
  if (claims !== undefined) return combine([facts, claims] as const, findingOf<V>);
  return {
    at: (v) => findingOf(facts.at(v), SILENT),
    next: (v) => facts.next(v),
    previous: (v) => facts.previous(v),
    sameSince: (v) => facts.sameSince?.(v),
  };
}

/** The likeliest value; undefined where no event gives a value. */
export function likeliest<V>({ outcomes }: Finding<V>): V | undefined {
  return outcomes.find(({ value }) => value !== undefined)?.value;
}
