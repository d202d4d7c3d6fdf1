import { AuditError } from './audit-error.js';
import type { Checkpoint } from './checkpoint.js';
import { leafOf } from './entry.js';
import { EMPTY_FRONTIER, grow, rootOf, type Frontier } from './frontier.js';
import { EMPTY_ROOT, HASH_BYTES, sameHash, type Hash } from './hash.js';
import type { TileReader } from './tile-reader.js';
import { TILE_WIDTH } from './tile.js';

/** What stands in the log now. */
export interface LogLine {
  readonly sequence: number;
  /** What its entry is made of, `sequence` among its members; undefined where it cannot be read. */
  readonly event: object | undefined;
}

/**
 * What is wrong with the events `from` to `to`.
 * - `missing`: they were recorded, and are gone;
 * - `unreadable`: what stands there is not an event;
 * - `changed`: it is not what was recorded;
 * - `moved`: it was recorded with the sequence `was`;
 * - `not-signed`: the events up to `to` are not those that were signed. Those before `from` are. There is no tree that the
 *   signature vouches for, so which of them cannot be told.
 */
export interface LogFault {
  readonly kind: 'missing' | 'unreadable' | 'changed' | 'moved' | 'not-signed';
  readonly from: number;
  readonly to: number;
  readonly was?: number;
}

export interface Verification {
  /** Events read. */
  readonly events: number;
  /** The size of the last checkpoint that the log, or the stored tree, was found to have the root of. */
  readonly signed: number;
  /** In the order of the log. */
  readonly faults: readonly LogFault[];
  /** The stored tree is not that of the log, which is the signed one. Nothing is wrong with the log. */
  readonly treeDiffers: boolean;
}

export interface ToVerify {
  /** Rising sequences, from the first. */
  readonly log: AsyncIterable<LogLine>;
  /** Verified signatures, sizes rising. */
  readonly checkpoints: readonly Checkpoint[];
  /** The stored tree, which tells one event from another. It is believed only where a checkpoint has its root. */
  readonly tree?: { readonly size: number; readonly tiles: TileReader };
  readonly onProgress?: (sequence: number) => void;
}

/** Among so many changed events it is looked for those that have changed places. */
const MOST_MOVED = 100;

/**
 * Hashes the whole log and holds it to the checkpoints; holds every event to its stored leaf, where there is one. It keeps
 * two trees, of what stands there and of what was stored: each checkpoint tells which is the signed one.
 * Constant memory, but for faults. Proven by “tampering” in verify.spec.ts.
 */
export async function verifyLog({ log, checkpoints, tree, onProgress }: ToVerify): Promise<Verification> {
  const held = new Held(checkpoints, tree);
  const due = Math.max(checkpoints.at(-1)?.size ?? 0, tree?.size ?? 0);
  let events = 0;
  for await (const line of log) {
    while (held.size + 1 < line.sequence && held.size < due) await held.take(held.size + 1, 'missing');
    // Nobody vouches for what is beyond, and a gap may be of any width.
    if (held.size + 1 < line.sequence) {
      held.gap(line.sequence - 1);
      break;
    }
    await held.take(line.sequence, line.event);
    events += 1;
    if (events % 1_000 === 0) onProgress?.(line.sequence);
  }
  while (held.size < due) await held.take(held.size + 1, 'missing');
  return { events, ...held.result() };
}

class Held {
  size = 0;
  private now: Frontier = EMPTY_FRONTIER;
  private stored: Frontier = EMPTY_FRONTIER;
  private signed = 0;
  /** The first checkpoint still to come. */
  private next = 0;
  private readonly certain: LogFault[] = [];
  /** Since the last checkpoint. */
  private open: LogFault[] = [];
  private changed: { readonly at: number; readonly event: object; readonly stored: Hash }[] = [];
  private treeDiffers = false;
  private broken = false;
  private tile: Uint8Array = new Uint8Array();

  constructor(
    private readonly checkpoints: readonly Checkpoint[],
    private readonly tree: ToVerify['tree'],
  ) {}

  async take(sequence: number, event: object | 'missing' | undefined): Promise<void> {
    const stored = await this.storedLeaf(sequence - 1);
    const leaf = typeof event === 'object' ? leafIfAny(event) : undefined;
    if (leaf === undefined) {
      this.fault(event === 'missing' ? 'missing' : 'unreadable', sequence);
    } else if (stored !== undefined && !sameHash(leaf, stored)) {
      this.fault('changed', sequence);
      if (this.changed.length < MOST_MOVED)
        this.changed.push({ at: sequence, event: event as object, stored });
    }
    this.size = sequence;
    this.now = grow(this.now, [leaf ?? EMPTY_ROOT]).frontier;
    this.stored = grow(this.stored, [stored ?? leaf ?? EMPTY_ROOT]).frontier;
    for (const { size, root } of this.due()) this.compare(size, root);
  }

  gap(to: number): void {
    this.open.push({ kind: 'missing', from: this.size + 1, to });
  }

  result(): Omit<Verification, 'events'> {
    const { signed, treeDiffers } = this;
    const faults = [...this.certain, ...this.open].map((fault) => this.movedOrNot(fault));
    return { signed, treeDiffers, faults: joined(faults) };
  }

  private due(): Checkpoint[] {
    const due: Checkpoint[] = [];
    for (let at = this.checkpoints[this.next]; at && at.size <= this.size; at = this.checkpoints[this.next]) {
      if (at.size === this.size) due.push(at);
      this.next += 1;
    }
    return due;
  }

  /** Faults are measured by the stored tree, so they stand where that is the signed one. */
  private compare(size: number, root: Hash): void {
    if (this.broken) return;
    if (sameHash(rootOf(this.stored), root)) {
      this.certain.push(...this.open);
    } else if (sameHash(rootOf(this.now), root)) {
      this.treeDiffers = true;
    } else {
      this.broken = true;
      const known = this.open.filter(({ kind }) => kind !== 'changed');
      this.certain.push(...known, { kind: 'not-signed', from: this.signed + 1, to: size });
    }
    this.open = [];
    if (!this.broken) this.signed = size;
  }

  /** After a range that nobody vouches for, only what is plainly not there is told. */
  private fault(kind: LogFault['kind'], sequence: number): void {
    if (kind === 'changed' && this.broken) return;
    this.open.push({ kind, from: sequence, to: sequence });
  }

  private movedOrNot(fault: LogFault): LogFault {
    const found = this.changed.find(({ at }) => fault.kind === 'changed' && at === fault.from);
    const was =
      found && this.changed.find(({ at, stored }) => isLeaf({ ...found.event, sequence: at }, stored));
    return was === undefined ? fault : { ...fault, kind: 'moved', was: was.at };
  }

  private async storedLeaf(index: number): Promise<Hash | undefined> {
    if (this.tree === undefined || index >= this.tree.size) return undefined;
    const within = index % TILE_WIDTH;
    if (within === 0) {
      const width = Math.min(TILE_WIDTH, this.tree.size - index);
      const [tile] = await this.tree.tiles.readTiles([{ level: 0, index: index / TILE_WIDTH, width }]);
      this.tile = tile ?? new Uint8Array();
    }
    const leaf = this.tile.subarray(within * HASH_BYTES, (within + 1) * HASH_BYTES);
    return leaf.length === HASH_BYTES ? leaf : undefined;
  }
}

function leafIfAny(event: object): Hash | undefined {
  try {
    return leafOf(event);
  } catch (error) {
    if (error instanceof AuditError) return undefined;
    throw error;
  }
}

function isLeaf(event: object, hash: Hash): boolean {
  const leaf = leafIfAny(event);
  return leaf !== undefined && sameHash(leaf, hash);
}

/** Neighbours of a kind are one fault. */
function joined(faults: readonly LogFault[]): LogFault[] {
  const result: LogFault[] = [];
  for (const fault of faults) {
    const last = result.at(-1);
    if (last?.kind === fault.kind && last.to + 1 === fault.from && fault.kind !== 'moved') {
      result[result.length - 1] = { ...last, to: fault.to };
    } else {
      result.push(fault);
    }
  }
  return result;
}
