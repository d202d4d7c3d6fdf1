import type { WholeNumber } from '#views';

/**
 * SHA-256 in base64.
 * @pattern ^[A-Za-z0-9+/]{43}=$
 */
type HashText = string;

/** The proof that an event is in the tree: PATH of RFC 9162 §2.1.3. */
export interface InclusionProof {
  /** From 0: one less than the sequence of the event. */
  readonly leafIndex: WholeNumber;
  /** The number of leaves of the tree. */
  readonly treeSize: WholeNumber;
  readonly leafHash: HashText;
  /** From the leaf to the root. */
  readonly path: readonly HashText[];
}

/** The proof that a later tree begins with all leaves of an earlier one: PROOF of RFC 9162 §2.1.4. */
export interface ConsistencyProof {
  /** The number of leaves of the earlier tree. */
  readonly from: WholeNumber;
  /** The number of leaves of the later tree. */
  readonly to: WholeNumber;
  readonly path: readonly HashText[];
}
