import type { Checkpoint } from './checkpoint.js';
import { LogFaults, leafIn, type FoundFaults, type LogLine, type SignedTree } from './log-faults.js';
import { EMPTY_FRONTIER, grow, rootOf, type Frontier } from './frontier.js';
import { EMPTY_ROOT, HASH_BYTES, sameHash, type Hash } from './hash.js';
import type { TileReader } from './tile-reader.js';
import { TILE_WIDTH } from './tile.js';

export interface StoredLeaves {
  readonly size: number;
  readonly tiles: TileReader;
}

/**
 * Compares the events of a log, one after another, with their stored leaves, and with each checkpoint as soon as all its events are there.
 * Two trees grow: one of the log as it is now, and one of the stored leaves. Each checkpoint shows which of the two is the signed one.
 */
export class LogComparison {
  private readonly trees = new TreePair();
  private readonly faults = new LogFaults();
  private readonly stored: LeafReader;
  private readonly due: Checkpoint[];

  /** `checkpoints`: in the order of their sizes. */
  constructor(checkpoints: readonly Checkpoint[], stored: StoredLeaves | undefined) {
    this.due = [...checkpoints];
    this.stored = new LeafReader(stored);
  }

  /** Events compared so far, including missing ones. */
  get size(): number {
    return this.trees.size;
  }

  /** Compares the next event; undefined: it is missing. Returns a promise only where it must read a tile first. */
  next(line?: LogLine): Promise<void> | undefined {
    const reading = this.stored.load(this.size);
    if (reading) return reading.then(() => this.compare(line));
    this.compare(line);
    return undefined;
  }

  /** Skips the events up to the sequence. All of them are missing, and none was signed or stored. */
  missingUpTo(sequence: number): void {
    this.faults.add({ kind: 'missing', from: this.size + 1, to: sequence });
  }

  result(): FoundFaults {
    return this.faults.result();
  }

  private compare(line: LogLine | undefined): void {
    const sequence = this.size + 1;
    const leaf = line && leafIn(line);
    const recorded = this.stored.at(this.size);
    if (line === undefined) this.faults.add({ kind: 'missing', from: sequence, to: sequence });
    else if (leaf === undefined) this.faults.add({ kind: 'unreadable', from: sequence, to: sequence });
    else if (recorded && !sameHash(leaf, recorded)) this.faults.changed(sequence, line.event ?? {}, recorded);
    this.trees.append(leaf ?? EMPTY_ROOT, recorded ?? leaf ?? EMPTY_ROOT);
    this.compareCheckpoints();
  }

  private compareCheckpoints(): void {
    for (let [next] = this.due; next && next.size <= this.size; [next] = this.due) {
      this.due.shift();
      if (next.size === this.size) this.faults.checkpoint(next.size, this.trees.whichHas(next.root));
    }
  }
}

/** The number of leaves that are added to a tree together. */
const GROW_BY = 256;

/** The tree of the log as it is now, and the tree of the stored leaves. While they are equal, it is one tree. */
class TreePair {
  private now: Frontier = EMPTY_FRONTIER;
  private stored: Frontier = EMPTY_FRONTIER;
  private leaves: { readonly now: Hash; readonly stored: Hash }[] = [];

  get size(): number {
    return this.now.size + this.leaves.length;
  }

  append(now: Hash, stored: Hash): void {
    this.leaves.push({ now, stored });
    if (this.leaves.length === GROW_BY) this.grow();
  }

  /** Which of the two trees has the root. */
  whichHas(root: Hash): SignedTree {
    this.grow();
    if (sameHash(rootOf(this.stored), root)) return 'stored';
    return sameHash(rootOf(this.now), root) ? 'now' : 'neither';
  }

  private grow(): void {
    const { leaves } = this;
    if (leaves.length === 0) return;
    const areOne =
      this.now === this.stored && leaves.every(({ now, stored }) => now === stored || sameHash(now, stored));
    this.now = grow(
      this.now,
      leaves.map(({ now }) => now),
    ).frontier;
    this.stored = areOne
      ? this.now
      : grow(
          this.stored,
          leaves.map(({ stored }) => stored),
        ).frontier;
    this.leaves = [];
  }
}

/** The stored leaves one by one; holds one tile in memory. */
class LeafReader {
  private tile: Uint8Array = new Uint8Array();

  constructor(private readonly tree: StoredLeaves | undefined) {}

  /** Reads the tile that begins at the index; undefined where no tile begins there. */
  load(index: number): Promise<void> | undefined {
    const { tree } = this;
    if (tree === undefined || index >= tree.size || index % TILE_WIDTH !== 0) return undefined;
    return this.read(tree, index);
  }

  /** The leaf, from the tile that was loaded last; undefined where the tree has none. */
  at(index: number): Hash | undefined {
    if (this.tree === undefined || index >= this.tree.size) return undefined;
    const offset = (index % TILE_WIDTH) * HASH_BYTES;
    const leaf = this.tile.subarray(offset, offset + HASH_BYTES);
    return leaf.length === HASH_BYTES ? leaf : undefined;
  }

  private async read({ size, tiles }: StoredLeaves, index: number): Promise<void> {
    const width = Math.min(TILE_WIDTH, size - index);
    const [tile] = await tiles.readTiles([{ level: 0, index: index / TILE_WIDTH, width }]);
    this.tile = tile ?? new Uint8Array();
  }
}
