import { outOfRange } from './audit-error.js';
import { isHash, nodeHash, sameHash, type Hash } from './hash.js';
import { readRuns, type HashReader } from './hash-reader.js';
import { assertSize, isSize, splitPoint, type Leaves, sidesOf } from './subtree.js';

/** States that the leaf with this hash is number `index`, from 0, of the tree of `size` leaves with this root. */
export interface InclusionStatement {
  readonly leafHash: Hash;
  readonly index: number;
  readonly size: number;
  readonly root: Hash;
}

/**
 * PATH(index, D[size]) of RFC 9162 §2.1.3.1: the siblings on the way from the leaf to the root, the lowest first; at
 * most 53. Asks the reader once. `size` may be smaller than the stored tree: the proof is for the tree as it was.
 *
 * Throws AuditError `out-of-range` unless 0 <= index < size, and `incomplete` where the reader's answer does not fit. Proven by
 * “an inclusion proof is the one of RFC 9162” in inclusion.spec.ts, for every leaf of every tree up to 300.
 */
export async function proveInclusion(index: number, size: number, reader: HashReader): Promise<Hash[]> {
  assertSize(size);
  if (!isSize(index) || index >= size) {
    throw outOfRange(`A tree of ${size} leaves has no leaf number ${index}`);
  }
  return readRuns(siblings(index, size), reader);
}

/**
 * True iff the path leads from the leaf to the root (RFC 9162 §2.1.3.2). Never throws.
 *
 * Take the root and the size from one signed checkpoint. A path says on which side each sibling is, not how many leaves are below it: with
 * a wrong size, it may be valid for leaf 1 of 2 and for leaf 2 of 3. With the root's own size it is valid for one index only. Proven by “an
 * inclusion proof fails when anything is changed” in inclusion.spec.ts.
 */
export function verifyInclusion(
  { leafHash, index, size, root }: InclusionStatement,
  path: readonly Hash[],
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  if (!isHash(leafHash) || !path.every(isHash)) return false;
  const sides = sidesOf(index, size - 1, path.length);
  if (sides === undefined) return false;
  const top = path.reduce((r, p, at) => (sides[at] === 'left' ? nodeHash(p, r) : nodeHash(r, p)), leafHash);
  return sameHash(top, root);
}

function siblings(index: number, size: number): Leaves[] {
  const found: Leaves[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const split = from + splitPoint(to - from);
    if (index < split) {
      found.push({ from: split, to });
      to = split;
    } else {
      found.push({ from, to: split });
      from = split;
    }
  }
  return found.reverse();
}
