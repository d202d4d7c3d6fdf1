import { checkWrite, type Decision } from './commit-check.js';
import type { ProposedEvent, StoredEvent, StreamWrite, WriteOutcome } from './stream-write.js';

export interface StoreOptions {
  /** Milliseconds since the epoch: the `created` of what is written. */
  readonly clock: () => number;
  /** Whether other applications and the server itself write in between. */
  readonly neighbours: boolean;
  /** How many ids the server remembers for appends that expect `any` revision; it forgets the oldest. */
  readonly remembers: number;
}

/** The log that the nodes of a double share, in memory. */
export class Store {
  /** In the order of `$all`. */
  readonly events: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly tombstones = new Set<string>();
  private readonly recent = new Map<string, StoredEvent>();
  private readonly watchers = new Set<() => void>();
  private next = 0n;
  private commits = 0;

  constructor(private readonly options: StoreOptions) {
    this.note('$settings', '$settings');
    this.note('$users', '$UserCreated');
    if (options.neighbours) this.note('orders-1', 'OrderPlaced');
  }

  /** Where the next record will begin. */
  get end(): bigint {
    return this.next;
  }

  stream(name: string): readonly StoredEvent[] | undefined {
    return this.streams.get(name);
  }

  isDeleted(stream: string): boolean {
    return this.tombstones.has(stream);
  }

  remembered(id: string): StoredEvent | undefined {
    return this.recent.get(id);
  }

  /** The index in `events` of the first at or after the position. */
  indexAt(position: bigint): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** All or nothing, across streams. */
  append(writes: readonly StreamWrite[]): WriteOutcome {
    const decisions = writes.map((write) => checkWrite(this, write));
    const refusal = refuse(decisions);
    if (refusal !== undefined) return refusal;
    if (decisions.every((decision) => decision.kind === 'idempotent')) return earlier(decisions);
    this.interleave();
    const created = this.options.clock();
    for (const { stream, events } of writes) for (const event of events) this.record(stream, event, created);
    this.told();
    return {
      kind: 'committed',
      position: this.events.at(-1)?.position ?? 0n,
      revisions: writes.map(({ stream }) => (this.streams.get(stream)?.length ?? 0) - 1),
    };
  }

  /** The stream is gone for good; answers the position of the tombstone. */
  tombstone(stream: string): bigint {
    this.note(stream, '$streamDeleted');
    this.tombstones.add(stream);
    this.told();
    return this.events.at(-1)?.position ?? 0n;
  }

  /** Something that is none of the client's business. */
  note(stream: string, type: string): void {
    this.record(
      stream,
      { id: crypto.randomUUID(), type, json: true, data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
      this.options.clock(),
    );
    this.told();
  }

  /** Calls back after every commit; answers how to stop it. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private told(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  private interleave(): void {
    if (!this.options.neighbours) return;
    this.commits += 1;
    if (this.commits % 3 === 1) this.note(`orders-${this.commits}`, 'OrderPlaced');
    if (this.commits % 5 === 2) this.note('$stats-127.0.0.1:2113', '$statsCollected');
  }

  private record(stream: string, event: ProposedEvent, created: number): void {
    const before = this.streams.get(stream) ?? [];
    const stored: StoredEvent = {
      ...event,
      stream,
      created,
      revision: before.length,
      position: this.next,
    };
    before.push(stored);
    this.streams.set(stream, before);
    this.events.push(stored);
    this.next += BigInt(
      72 + stream.length + 2 * event.type.length + event.data.length + event.metadata.length,
    );
    this.remember(stored);
  }

  private remember(event: StoredEvent): void {
    if (this.options.remembers === 0) return;
    this.recent.delete(event.id);
    this.recent.set(event.id, event);
    const [oldest] = this.recent.keys();
    if (this.recent.size > this.options.remembers && oldest !== undefined) this.recent.delete(oldest);
  }
}

/**
 * Several streams in one write: any that is deleted, any at a wrong revision, or some written before and some not, and none is written.
 * In the last case the server names no stream.
 */
function refuse(decisions: readonly Decision[]): WriteOutcome | undefined {
  const deleted = decisions.findIndex(({ kind }) => kind === 'deleted');
  if (deleted >= 0) return { kind: 'deleted', write: deleted };
  const failures = decisions.flatMap((decision, write) =>
    decision.kind === 'wrongVersion' ? [{ write, current: decision.current }] : [],
  );
  if (failures.length > 0) return { kind: 'wrongVersion', failures };
  const repeated = decisions.filter(({ kind }) => kind === 'idempotent').length;
  const mixed = repeated > 0 && repeated < decisions.length;
  return mixed ? { kind: 'wrongVersion', failures: [] } : undefined;
}

function earlier(decisions: readonly Decision[]): WriteOutcome {
  const last = decisions.flatMap((decision) => (decision.kind === 'idempotent' ? [decision.last] : []));
  return {
    kind: 'committed',
    position: last.reduce((greatest, { position }) => (position > greatest ? position : greatest), 0n),
    revisions: last.map(({ revision }) => revision),
  };
}
