import { digest, isSameHash, joined } from './hashes.js';

/** The first `size` events of the log have this root (C2SP tlog-checkpoint). */
export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
}

const HASH_BYTES = 32;
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** The hash of a leaf: SHA-256(0x00 || entry), RFC 9162 §2.1.1. */
export const hashOfLeaf = (entry: Uint8Array): Uint8Array => digest(joined(Uint8Array.of(0), entry));
const hashOfNode = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  digest(joined(Uint8Array.of(1), left, right));

const isNumber = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

/** Whether the path leads from leaf `index` to the root (RFC 9162 §2.1.3.2). Never throws. */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  { size, root }: Tree,
  path: readonly Uint8Array[],
): boolean {
  if (!isNumber(index) || !isNumber(size) || index >= size) return false;
  if (![leaf, root, ...path].every(({ length }) => length === HASH_BYTES)) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = hashOfNode(sibling, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = hashOfNode(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && isSameHash(hash, root);
}

/** Whether the later tree begins with all leaves of the earlier tree (RFC 9162 §2.1.4.2); every tree continues the empty tree. Never throws. */
export function isContinued(earlier: Tree, later: Tree, path: readonly Uint8Array[]): boolean {
  if (!isNumber(earlier.size) || !isNumber(later.size) || earlier.size > later.size) return false;
  if (![earlier.root, later.root, ...path].every(({ length }) => length === HASH_BYTES)) return false;
  if (earlier.size === later.size) return path.length === 0 && isSameHash(earlier.root, later.root);
  if (earlier.size === 0) return path.length === 0 && isSameHash(earlier.root, digest(new Uint8Array()));
  return leadsToBothRoots(earlier, later, path);
}

function leadsToBothRoots(earlier: Tree, later: Tree, path: readonly Uint8Array[]): boolean {
  let [fn, sn] = [earlier.size - 1, later.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // Where the earlier tree is a complete node of the later tree, the proof leaves out its first hash, which is the root of the earlier tree.
  const [first, ...rest] = fn === 0 ? [earlier.root, ...path] : path;
  if (first === undefined || path.length === 0) return false;
  let [before, after] = [first, first];
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      [before, after] = [hashOfNode(sibling, before), hashOfNode(sibling, after)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      after = hashOfNode(after, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && isSameHash(before, earlier.root) && isSameHash(after, later.root);
}
