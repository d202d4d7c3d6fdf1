import { AuditError } from './audit-error.js';
import type { Checkpoint } from './checkpoint.js';
import { leafOf } from './entry.js';
import { EMPTY_FRONTIER, grow, rootOf, type Frontier } from './frontier.js';
import { EMPTY_ROOT, HASH_BYTES, leafHashOfText, sameHash, type Hash } from './hash.js';
import type { TileReader } from './tile-reader.js';
import { TILE_WIDTH } from './tile.js';

/** What stands in the log now. */
export interface LogLine {
  readonly sequence: number;
  /** What its entry is made of, `sequence` among its members; undefined where it cannot be read. */
  readonly event: object | undefined;
  /** The entry as it stands there, where it does; else it is made of the event. */
  readonly entry?: string;
}

/**
 * What is wrong with the events `from` to `to`.
 * - `missing`: they were recorded, and are gone;
 * - `unreadable`: what stands there is not an event;
 * - `changed`: it is not what was recorded;
 * - `moved`: it was recorded with the sequence `was`;
 * - `not-signed`: the events up to `to` are not those that were signed. Those before `from` are. There is no tree that the
 *   signature vouches for, so which of them cannot be told;
 * - `extra`: after it stands something that was never recorded.
 */
export interface LogFault {
  readonly kind: 'missing' | 'unreadable' | 'changed' | 'moved' | 'not-signed' | 'extra';
  readonly from: number;
  readonly to: number;
  readonly was?: number;
  /** Of the one event that stands there, if it has one. */
  readonly id?: string;
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
    while (held.size + 1 < line.sequence && held.size < due) await held.next('missing');
    // Nobody vouches for what is beyond, and a gap may be of any width.
    if (held.size + 1 < line.sequence) {
      held.gap(line.sequence - 1);
      break;
    }
    const reading = held.next(line);
    if (reading !== undefined) await reading;
    events += 1;
    if (events % 1_000 === 0) onProgress?.(line.sequence);
  }
  while (held.size < due) await held.next('missing');
  return { events, ...held.result() };
}

/** Leaves that a tree is grown by at once. */
const MOST_LEAVES = 256;

class Held {
  size = 0;
  private now: Frontier = EMPTY_FRONTIER;
  /** The very same object as `now` until the two differ. */
  private stored: Frontier = EMPTY_FRONTIER;
  /** The last leaves of both, not yet in them. */
  private leaves: Hash[] = [];
  private storedLeaves: Hash[] = [];
  private differ = false;
  private signed = 0;
  /** The first checkpoint still to come. */
  private at = 0;
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

  /** Takes what stands at the next place. Mostly at once; a promise where a tile must be read first. */
  next(line: LogLine | 'missing'): Promise<void> | undefined {
    if (this.tree === undefined || this.size >= this.tree.size || this.size % TILE_WIDTH !== 0) {
      this.take(line);
      return undefined;
    }
    return this.readTile(this.size / TILE_WIDTH, this.tree).then(() => this.take(line));
  }

  private take(line: LogLine | 'missing'): void {
    const stored = this.storedLeaf();
    const leaf = line === 'missing' ? undefined : leafIn(line);
    this.size += 1;
    this.note(line, leaf, stored);
    this.leaves.push(leaf ?? EMPTY_ROOT);
    this.storedLeaves.push(stored ?? leaf ?? EMPTY_ROOT);
    const due = this.due();
    if (due.length > 0 || this.leaves.length === MOST_LEAVES) this.grow();
    for (const { size, root } of due) this.compare(size, root);
  }

  /** Notes what is wrong at this place, if the stored leaf is the signed one. */
  private note(line: LogLine | 'missing', leaf: Hash | undefined, stored: Hash | undefined): void {
    if (line === 'missing') this.fault('missing');
    else if (leaf === undefined) this.fault('unreadable');
    else if (stored === undefined || sameHash(leaf, stored)) return;
    else this.changedTo(line.event ?? {}, stored);
    this.differ ||= stored !== undefined;
  }

  private changedTo(event: object, stored: Hash): void {
    this.fault('changed', idOf(event));
    if (this.changed.length < MOST_MOVED) this.changed.push({ at: this.size, event, stored });
  }

  private grow(): void {
    const same = this.now === this.stored && !this.differ;
    this.now = grow(this.now, this.leaves).frontier;
    this.stored = same ? this.now : grow(this.stored, this.storedLeaves).frontier;
    this.leaves = [];
    this.storedLeaves = [];
    this.differ = false;
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
    for (
      let next = this.checkpoints[this.at];
      next && next.size <= this.size;
      next = this.checkpoints[this.at]
    ) {
      if (next.size === this.size) due.push(next);
      this.at += 1;
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
  private fault(kind: LogFault['kind'], id?: string): void {
    if (kind === 'changed' && this.broken) return;
    this.open.push({ kind, from: this.size, to: this.size, ...(id !== undefined && { id }) });
  }

  private movedOrNot(fault: LogFault): LogFault {
    const found = this.changed.find(({ at }) => fault.kind === 'changed' && at === fault.from);
    const was =
      found &&
      this.changed.find(
        ({ at, stored }) => at !== found.at && isLeaf({ ...found.event, sequence: at }, stored),
      );
    return was === undefined ? fault : { ...fault, kind: 'moved', was: was.at };
  }

  private async readTile(index: number, { size, tiles }: NonNullable<ToVerify['tree']>): Promise<void> {
    const width = Math.min(TILE_WIDTH, size - this.size);
    const [tile] = await tiles.readTiles([{ level: 0, index, width }]);
    this.tile = tile ?? new Uint8Array();
  }

  /** Of the next place. */
  private storedLeaf(): Hash | undefined {
    if (this.tree === undefined || this.size >= this.tree.size) return undefined;
    const within = this.size % TILE_WIDTH;
    const leaf = this.tile.subarray(within * HASH_BYTES, (within + 1) * HASH_BYTES);
    return leaf.length === HASH_BYTES ? leaf : undefined;
  }
}

function leafIn({ event, entry }: Pick<LogLine, 'event' | 'entry'>): Hash | undefined {
  if (event === undefined) return undefined;
  try {
    return entry === undefined ? leafOf(event) : leafHashOfText(entry);
  } catch (error) {
    if (error instanceof AuditError) return undefined;
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

/** Neighbours of a kind are one fault. */
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
