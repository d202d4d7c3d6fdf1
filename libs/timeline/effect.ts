import type { Instant, Range } from '#time';

/**
 * The id of an event.
 * @format uuid
 */
export type EventId = string;

/** The ids of the events behind it. */
export type Because = readonly EventId[];

/**
 * Admiralty code: the source A–F, the information 1–6.
 * @pattern ^[A-F][1-6]$
 */
export type Reliability = string;

/** What kind of act of speech a development is. */
export type Standing = 'act' | 'observation' | 'claim' | 'denial' | 'estimate' | 'plan' | 'reference';

/**
 * How the effects on an aspect share cells:
 * - `authority`: one cell for acts, observations and reference data, one for claims, read only where the first is silent;
 * - `perClaimant`: a cell per claimant, never merged;
 * - `contested`: a cell per claimant, whose values are stances on one proposition;
 * - `ledger`: no entry overlays another, every entry stays listed.
 */
export type AspectRule = 'authority' | 'perClaimant' | 'contested' | 'ledger';

/** The assertion of a development: `value` holds over [from, until) unless overlaid. Bounds may be vague. */
export interface Effect<V = unknown> {
  /** The stream of its subject. */
  readonly subject: string;
  readonly aspect: string;
  readonly rule: AspectRule;
  readonly value: V;
  readonly from: Range;
  /** The range of the end; missing: no end is known. */
  readonly until?: Range;
  /**
   * The value that holds from `until` on, at the rank of this effect: a warning lapses, a measure expires, a closed crossing opens because the act
   * also named the reopening. Missing: the effect ends, and lower effects show again.
   */
  readonly then?: V;
  /** The id of the actor who makes the assertion. */
  readonly claimant: string;
}

/** Half-open [from, until) on the reported (instants) or the recorded (sequences) axis; `until` absent: without end. */
export interface Span {
  readonly from: number;
  readonly until?: number;
}

/** An effect with its spans on the other two axes. */
export interface KnownEffect<V = unknown> extends Effect<V> {
  /** The id of the development, also where a correction gave its present content. It breaks ties of rank. */
  readonly eventId: string;
  /** Its position among the effects of its event, from 0. */
  readonly ordinal: number;
  /** The development, and the corrections that led to this version. */
  readonly because: Because;
  readonly standing: Standing;
  readonly reliability: Reliability;
  /** Set where the effect meets the end of an earlier term (meeting.ts): then it starts at `from.earliest` in every world. Depends on the cut. */
  readonly meets?: true;
  /** Visible to `knownAt = K` iff from ≤ K < until. `from` is the latest instant of the report. */
  readonly reported: Span;
  /** Visible to `recordedAt = @n` iff from ≤ n < until, in sequences. */
  readonly recorded: Span;
}

/** The part of a cut that says what was known: the cut on the reported and on the recorded axis; absent: no cut. */
export interface KnowledgeCut {
  readonly knownAt?: Instant;
  /** A sequence: later events are not seen. */
  readonly recordedAt?: number;
}
