import { NotJsonError } from '#json';
import { AuditError } from './audit-error.js';
import { leafOf } from './entry.js';
import { leafHashOfText, sameHash, type Hash } from './hash.js';

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
 * - `not-signed`: the events up to `to` are not the signed events; the events before `from` are. No tree has the signed root, so the
 *   differing events are unknown;
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

/** Which tree has a signed root: the tree of the stored leaves, the tree of the log as it is now, or neither. */
export type SignedTree = 'stored' | 'now' | 'neither';

/** A changed event is compared with at most this many others, to distinguish a changed event from a moved one. */
const MOST_MOVED = 100;

interface ChangedEvent {
  readonly at: number;
  readonly event: object;
  readonly stored: Hash;
}

export interface FoundFaults {
  /** The size of the last checkpoint whose root the log, or the stored tree, has. */
  readonly signed: number;
  /** In the order of the log. */
  readonly faults: readonly LogFault[];
  /** The log has the signed root and the stored tree has another. The log is sound. */
  readonly treeDiffers: boolean;
}

/**
 * The faults, as far as they are known. Comparison with the stored leaves finds them, so they are `open` until a checkpoint shows which
 * tree was signed: the stored tree makes them `certain`, the log's own tree drops them. Where neither was signed, the log is `broken`
 * from there on: no later checkpoint can say more, and only missing and surplus events are reported.
 */
export class LogFaults {
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

  checkpoint(size: number, signed: SignedTree): void {
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

  result(): FoundFaults {
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

/** The leaf of a line of the log; undefined where it is not an event. */
export function leafIn({ event, entry }: Pick<LogLine, 'event' | 'entry'>): Hash | undefined {
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
