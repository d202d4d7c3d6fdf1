import { incomplete } from './audit-error.js';
import { foldRight, isHash, type Hash } from './hash.js';
import { nodesOf, type Leaves, type TreeNode } from './subtree.js';

/**
 * The storage of the hashes: a table, files, a server. Returns one hash for each node, in the order of the nodes, or throws. Each operation
 * calls it once, for all hashes that it needs. `tileHashReader` makes one from tiles.
 */
export interface HashReader {
  readHashes(nodes: readonly TreeNode[]): readonly Hash[] | Promise<readonly Hash[]>;
}

/**
 * The hash (MTH) of each run of leaves, from one call of the reader. Throws AuditError `incomplete` where the reader's answer does not fit.
 */
export async function readRuns(runs: readonly Leaves[], reader: HashReader): Promise<Hash[]> {
  const parts = runs.map(nodesOf);
  const hashes = await readNodes(parts.flat(), reader);
  let at = 0;
  return parts.map(({ length }) => foldRight(hashes.slice(at, (at += length))));
}

/** Throws AuditError `incomplete` where the reader's answer does not fit. */
export async function readNodes(nodes: readonly TreeNode[], reader: HashReader): Promise<readonly Hash[]> {
  if (nodes.length === 0) return [];
  const hashes = await reader.readHashes(nodes);
  if (hashes.length !== nodes.length || !hashes.every(isHash)) {
    throw incomplete(`The reader returned ${hashes.filter(isHash).length} hashes, not ${nodes.length}`);
  }
  return hashes;
}
