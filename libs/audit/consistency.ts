import { outOfRange } from './audit-error.js';
import { EMPTY_ROOT, isHash, nodeHash, sameHash, type Hash } from './hash.js';
import { readRuns, type HashReader } from './hash-reader.js';
import { assertSize, half, isOdd, isSize, splitPoint, type Leaves, sidesOf } from './subtree.js';

/** States that the tree of `to` leaves begins with exactly the leaves of the tree of `from`: no leaf was changed or removed. */
export interface ConsistencyStatement {
  readonly from: number;
  readonly fromRoot: Hash;
  readonly to: number;
  readonly toRoot: Hash;
}

/**
 * PROOF(from, D[to]) of RFC 9162 §2.1.4.1; at most 54 hashes, none where from = to or from = 0. Asks the reader once.
 * `to` may be smaller than the stored tree.
 *
 * Throws AuditError `out-of-range` unless 0 <= from <= to, and `incomplete` where the reader's answer does not fit. Proven by
 * “a consistency proof is the one of RFC 9162” in consistency.spec.ts, for every pair of sizes up to 300.
 */
export async function proveConsistency(from: number, to: number, reader: HashReader): Promise<Hash[]> {
  assertSize(to);
  if (!isSize(from) || from > to) throw outOfRange(`A tree of ${to} leaves cannot have had ${from} before`);
  return from === 0 ? [] : readRuns(proofRuns(from, to), reader);
}

/**
 * True iff the path leads to both roots (RFC 9162 §2.1.4.2). Never throws. The RFC has 0 < from < to; here also:
 * - from = to: the roots are equal and the path is empty;
 * - from = 0: the first root is the root of the empty tree and the path is empty. Every tree continues the empty tree.
 *
 * Take each root and its size from one signed checkpoint, as for `verifyInclusion`. Proven by “a consistency proof fails when anything is
 * changed” in consistency.spec.ts.
 */
export function verifyConsistency(
  { from, fromRoot, to, toRoot }: ConsistencyStatement,
  path: readonly Hash[],
): boolean {
  if (!isSize(from) || !isSize(to) || from > to) return false;
  if (![fromRoot, toRoot, ...path].every(isHash)) return false;
  if (from === 0 && !sameHash(fromRoot, EMPTY_ROOT)) return false;
  if (from === to) return path.length === 0 && sameHash(fromRoot, toRoot);
  if (from === 0) return path.length === 0;
  return path.length > 0 && leadsToBoth({ from, fromRoot, to, toRoot }, path);
}

/** Verifies a proof with 0 < from < to and a path that is not empty. */
function leadsToBoth({ from, fromRoot, to, toRoot }: ConsistencyStatement, path: readonly Hash[]): boolean {
  const [start, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...path] : path;
  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  const sides = sidesOf(fn, sn, rest.length);
  if (start === undefined || sides === undefined) return false;
  let fr = start;
  let sr = start;
  rest.forEach((c, at) => {
    if (sides[at] === 'left') fr = nodeHash(c, fr);
    sr = sides[at] === 'left' ? nodeHash(c, sr) : nodeHash(sr, c);
  });
  return sameHash(fr, fromRoot) && sameHash(sr, toRoot);
}

const isPowerOfTwo = (n: number): boolean => n === 1 || splitPoint(n) * 2 === n;

function proofRuns(old: number, size: number): Leaves[] {
  const found: Leaves[] = [];
  let from = 0;
  let to = size;
  while (to !== old) {
    const split = from + splitPoint(to - from);
    if (old <= split) {
      found.push({ from: split, to });
      to = split;
    } else {
      found.push({ from, to: split });
      from = split;
    }
  }
  // The verifier knows the old tree as a whole, and no part of it.
  if (from !== 0) found.push({ from, to });
  return found.reverse();
}
