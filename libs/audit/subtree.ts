import { outOfRange } from './audit-error.js';

/**
 * A complete subtree: the `index`-th run of 2^level leaves, both from 0. Its hash is
 * MTH(D[index * 2^level : (index + 1) * 2^level]). It never changes when the tree grows, so it can be stored.
 */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** The leaves `from` (inclusive) to `to` (exclusive): D[from:to] of RFC 9162 §2.1. */
export interface Leaves {
  readonly from: number;
  readonly to: number;
}

export const half = (n: number): number => Math.floor(n / 2);

export const isOdd = (n: number): boolean => n % 2 === 1;

/** Sizes and indexes are exact numbers, so a tree has at most 2^53 - 1 leaves. Do not use 32-bit operators on them. */
export const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

/** Throws AuditError `out-of-range` unless it is a whole number from 0 to 2^53 - 1. */
export function assertSize(size: number): void {
  if (!isSize(size)) throw outOfRange(`The size of a tree must be a whole number from 0, not ${size}`);
}

/** The k of RFC 9162 §2.1.1: the greatest power of two smaller than `count`, for a count of at least 2. */
export function splitPoint(count: number): number {
  let k = 1;
  while (2 * k < count) k *= 2;
  return k;
}

/**
 * The complete subtrees of a run of leaves, the greatest first; the run must come from the splits of the tree. At most 53. Their hashes,
 * folded from the right, give the hash of the run (`foldRight`).
 */
export function nodesOf({ from, to }: Leaves): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let start = from; start < to;) {
    let level = 0;
    let width = 1;
    while (2 * width <= to - start) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

export type Side = 'left' | 'right';

/**
 * The side of each of `count` siblings on the way to the root, from node `fn` of a level whose last node is `sn`:
 * the loop that RFC 9162 §2.1.3.2 and §2.1.4.2 share. Undefined where the way is not `count` siblings long.
 */
export function sidesOf(fn: number, sn: number, count: number): readonly Side[] | undefined {
  const sides: Side[] = [];
  while (sides.length < count) {
    if (sn === 0) return undefined;
    if (isOdd(fn) || fn === sn) {
      sides.push('left');
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sides.push('right');
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 ? sides : undefined;
}
