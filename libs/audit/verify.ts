import { NotJsonError } from '#json';
import { AuditError } from './audit-error.js';
import type { Checkpoint } from './checkpoint.js';
import { leafOf } from './entry.js';
import { EMPTY_FRONTIER, grow, rootOf, type Frontier } from './frontier.js';
import { EMPTY_ROOT, HASH_BYTES, leafHashOfText, sameHash, type Hash } from './hash.js';
import type { TileReader } from './tile-reader.js';
import { TILE_WIDTH } from './tile.js';

/** One event of the log as it is now. */
export interface LogLine {
  readonly sequence: number;
  /** The event, `sequence` among its members; undefined where it cannot be read. */
  readonly event: object | undefined;
  /** The text of its entry, where the source has it; otherwise the entry is made from the event. */
  readonly entry?: string;
}

/**
 * The fault of the events `from` to `to`.
 * - `missing`: they were recorded, and the log no longer has them;
 * - `unreadable`: the line is not an event;
 * - `changed`: the event is not the recorded one;
 * - `moved`: the event was recorded with the sequence `was`;
 * - `not-signed`: the events up to `to` are not the signed ones; the events before `from` are. No tree has the signed root, so
 *   the differing events are unknown;
 * - `extra`: after `from` there is a line that was never recorded.
 */
export interface LogFault {
  readonly kind: 'missing' | 'unreadable' | 'changed' | 'moved' | 'not-signed' | 'extra';
  readonly from: number;
  readonly to: number;
  readonly was?: number;
  /** The id of the one event at `from`, where it has one. */
  readonly id?: string;
}

export interface Verification {
  /** Events read. */
  readonly events: number;
  /** The size of the last checkpoint whose root the log, or the stored tree, has. */
  readonly signed: number;
  /** In the order of the log. */
  readonly faults: readonly LogFault[];
  /** The log has the signed root and the stored tree has another. The log is sound. */
  readonly treeDiffers: boolean;
}

export interface ToVerify {
  /** Rising sequences, from the first. */
  readonly log: AsyncIterable<LogLine>;
  /** Verified signatures, sizes rising. */
  readonly checkpoints: readonly Checkpoint[];
  /** The stored tree, which identifies the differing events. It counts only where a checkpoint has its root. */
  readonly tree?: StoredLeaves;
  readonly onProgress?: (sequence: number) => void;
}

export interface StoredLeaves {
  readonly size: number;
  readonly tiles: TileReader;
}

/**
 * Hashes the whole log and compares it with the checkpoints, and every event with its stored leaf where there is one. Two trees grow: one
 * of the log as it is now, and one of the stored leaves. Each checkpoint shows which of the two is the signed one (`Findings`). Memory is
 * constant, except for faults. Proven by “tampering” in verify.spec.ts.
 */
export async function verifyLog({ log, checkpoints, tree, onProgress }: ToVerify): Promise<Verification> {
  const trees = new TreePair();
  const stored = new LeafReader(tree);
  const findings = new Findings();
  const due = [...checkpoints];
  const end = Math.max(checkpoints.at(-1)?.size ?? 0, tree?.size ?? 0);

  const compare = (line: LogLine | undefined): void => {
    const at = trees.size;
    const leaf = line && leafIn(line);
    const recorded = stored.at(at);
    if (line === undefined) findings.add({ kind: 'missing', from: at + 1, to: at + 1 });
    else if (leaf === undefined) findings.add({ kind: 'unreadable', from: at + 1, to: at + 1 });
    else if (recorded && !sameHash(leaf, recorded)) findings.changed(at + 1, line.event ?? {}, recorded);
    trees.append(leaf ?? EMPTY_ROOT, recorded ?? leaf ?? EMPTY_ROOT);
    while (due[0] !== undefined && due[0].size <= trees.size) {
      const { size, root } = due.shift()!;
      if (size === trees.size) findings.checkpoint(size, trees.whichHas(root));
    }
  };
  /** Mostly at once; a promise where a tile must be read first. */
  const next = (line?: LogLine): Promise<void> | undefined => {
    const reading = stored.load(trees.size);
    if (reading) return reading.then(() => compare(line));
    compare(line);
    return undefined;
  };

  let events = 0;
  for await (const line of log) {
    while (trees.size + 1 < line.sequence && trees.size < end) await next();
    if (trees.size + 1 < line.sequence) {
      // No event after the end was signed or stored, and a gap may have any width.
      findings.add({ kind: 'missing', from: trees.size + 1, to: line.sequence - 1 });
      break;
    }
    const reading = next(line);
    if (reading) await reading;
    events += 1;
    if (events % 1_000 === 0) onProgress?.(line.sequence);
  }
  while (trees.size < end) await next();
  return { events, ...findings.result() };
}

/** The number of leaves that a tree gains at once. */
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
  whichHas(root: Hash): 'stored' | 'now' | 'neither' {
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

  /** Reads the tile that begins at the index; undefined where none begins there. */
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

/** A changed event is compared with at most this many others, to distinguish a changed event from a moved one. */
const MOST_MOVED = 100;

interface ChangedEvent {
  readonly at: number;
  readonly event: object;
  readonly stored: Hash;
}

/**
 * The faults, as far as they are known. Comparison with the stored leaves finds them, so they are `open` until a checkpoint shows which
 * tree was signed: the stored tree makes them `certain`, the log's own tree drops them. Where neither was signed, the log is `broken`
 * from there on: no later checkpoint can say more, and only missing and surplus events are reported.
 */
class Findings {
  private state: 'sound' | 'broken' = 'sound';
  private signed = 0;
  private treeDiffers = false;
  private readonly certain: LogFault[] = [];
  private open: LogFault[] = [];
  private readonly changedEvents: ChangedEvent[] = [];

  add(fault: LogFault): void {
    this.open.push(fault);
  }

  changed(at: number, event: object, stored: Hash): void {
    const id = idOf(event);
    if (this.state === 'sound')
      this.add({ kind: 'changed', from: at, to: at, ...(id !== undefined && { id }) });
    if (this.changedEvents.length < MOST_MOVED) this.changedEvents.push({ at, event, stored });
  }

  checkpoint(size: number, signed: 'stored' | 'now' | 'neither'): void {
    if (this.state === 'broken') return;
    if (signed === 'stored') this.settle(this.open);
    else if (signed === 'now') this.treeDiffers = true;
    else {
      this.state = 'broken';
      const absent = this.open.filter(({ kind }) => kind !== 'changed');
      this.settle([...absent, { kind: 'not-signed', from: this.signed + 1, to: size }]);
    }
    this.open = [];
    if (signed !== 'neither') this.signed = size;
  }

  result(): Omit<Verification, 'events'> {
    const { signed, treeDiffers } = this;
    const faults = [...this.certain, ...this.open].map((fault) => this.movedOrChanged(fault));
    return { signed, treeDiffers, faults: joined(faults) };
  }

  private settle(faults: readonly LogFault[]): void {
    for (const fault of faults) this.certain.push(fault);
  }

  private movedOrChanged(fault: LogFault): LogFault {
    if (fault.kind !== 'changed') return fault;
    const found = this.changedEvents.find(({ at }) => at === fault.from);
    const was =
      found &&
      this.changedEvents.find(
        ({ at, stored }) => at !== found.at && isLeaf({ ...found.event, sequence: at }, stored),
      );
    return was === undefined ? fault : { ...fault, kind: 'moved', was: was.at };
  }
}

function leafIn({ event, entry }: Pick<LogLine, 'event' | 'entry'>): Hash | undefined {
  if (event === undefined) return undefined;
  try {
    return entry === undefined ? leafOf(event) : leafHashOfText(entry);
  } catch (error) {
    if (error instanceof AuditError || error instanceof NotJsonError) return undefined;
    throw error;
  }
}

function idOf(event: object): string | undefined {
  const { id } = event as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

function isLeaf(event: object, hash: Hash): boolean {
  const leaf = leafIn({ event });
  return leaf !== undefined && sameHash(leaf, hash);
}

/** Adjacent faults of one kind become one fault. */
function joined(faults: readonly LogFault[]): LogFault[] {
  const result: LogFault[] = [];
  for (const fault of faults) {
    const last = result.at(-1);
    if (last?.kind === fault.kind && last.to + 1 === fault.from && fault.kind !== 'moved') {
      result[result.length - 1] = { kind: last.kind, from: last.from, to: fault.to };
    } else {
      result.push(fault);
    }
  }
  return result;
}
