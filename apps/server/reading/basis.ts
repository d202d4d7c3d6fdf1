import type { InstantText } from '#time';
import type { WholeNumber } from '#views';

/** The question with every instant resolved, so that it can be asked again. */
export interface Basis {
  /** The instant of the question. */
  readonly asOf: InstantText;
  /** Reports that were public later do not count; null: no cut. */
  readonly knownAt: InstantText | null;
  /** Events after this sequence do not count; null: no cut. */
  readonly recordedAt: SequenceText | null;
  /** The last sequence that the answer takes into account. */
  readonly sequence: WholeNumber;
  /** The IANA zone in which dates were read. */
  readonly zone: string;
}

/** An answer with the basis beside its other members. */
export interface WithBasis {
  readonly basis: Basis;
}

/**
 * A sequence as text: `@120`.
 * @pattern ^@\d+$
 */
export type SequenceText = string;
