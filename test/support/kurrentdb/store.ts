import { checkWrite } from './commit-check.js';
import {
  ANY,
  type ProposedEvent,
  type StoredEvent,
  type StreamWrite,
  type WriteOutcome,
} from './stream-write.js';

export interface StoreOptions {
  /** Milliseconds since the epoch, for the `created` of new records. */
  readonly clock: () => number;
  /** How many ids the server remembers for appends that expect `any` revision; it forgets the oldest. */
  readonly remembers: number;
}

/** The streams that the nodes of a double share, in memory. */
export class Store {
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly tombstones = new Set<string>();
  private readonly recent = new Map<string, StoredEvent>();
  private readonly watchers = new Set<() => void>();
  private next = 0n;

  constructor(private readonly options: StoreOptions) {}

  /** The position at which the next record will begin. */
  get end(): bigint {
    return this.next;
  }

  /** All records that were written to the stream; undefined where there is no record. */
  stream(name: string): readonly StoredEvent[] | undefined {
    return this.streams.get(name);
  }

  /** The records that a read finds before the position: the settings of the stream hide its first records. */
  visible(name: string, before: bigint): readonly StoredEvent[] {
    const all = this.streams.get(name) ?? [];
    let count = all.length;
    while (count > 0 && (all[count - 1]?.position ?? 0n) >= before) count -= 1;
    return all.slice(Math.min(this.cutAt(name, count), count), count);
  }

  isDeleted(stream: string): boolean {
    return this.tombstones.has(stream);
  }

  remembered(id: string): StoredEvent | undefined {
    return this.recent.get(id);
  }

  /** Appends all events, or none of them. */
  append(write: StreamWrite): WriteOutcome {
    const decision = checkWrite(this, write);
    if (decision.kind === 'deleted') return decision;
    if (decision.kind === 'wrongVersion') return decision;
    if (decision.kind === 'idempotent') {
      return { kind: 'committed', position: decision.last.position, revision: decision.last.revision };
    }
    const created = this.options.clock();
    for (const event of write.events) this.record(write.stream, event, created);
    this.told();
    const last = this.streams.get(write.stream)?.at(-1);
    return { kind: 'committed', position: last?.position ?? 0n, revision: last?.revision ?? -1 };
  }

  /** Deletes the stream for ever; returns the position of the tombstone. */
  tombstone(stream: string): bigint {
    this.tombstones.add(stream);
    this.next += 100n;
    this.told();
    return this.next;
  }

  /** Resets the stream to the state in which it had this number of records, as a restore from an old backup does. */
  putBack(stream: string, count: number): void {
    this.streams.get(stream)?.splice(count);
    this.recent.clear();
  }

  /** Sets the metadata of the stream: `$maxCount` and `$tb` hide its first records; without them no records are hidden. */
  setMetadata(stream: string, metadata: Readonly<Record<string, unknown>>): void {
    const data = Buffer.from(JSON.stringify(metadata));
    const event = { id: crypto.randomUUID(), type: '$metadata', json: true, data, metadata: Buffer.alloc(0) };
    this.append({ stream: `$$${stream}`, expected: ANY, events: [event] });
  }

  /** Calls back after every commit; returns a function that ends this. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** The revision before which the metadata of the stream hides records. */
  private cutAt(name: string, count: number): number {
    const last = this.streams.get(`$$${name}`)?.at(-1);
    if (last === undefined) return 0;
    const settings = JSON.parse(Buffer.from(last.data).toString('utf8')) as Record<string, unknown>;
    const { $tb: before = 0, $maxCount: most = Infinity } = settings as { $tb?: number; $maxCount?: number };
    return Math.max(before, count - most, 0);
  }

  private told(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  private record(stream: string, event: ProposedEvent, created: number): void {
    const before = this.streams.get(stream) ?? [];
    const stored: StoredEvent = { ...event, stream, created, revision: before.length, position: this.next };
    before.push(stored);
    this.streams.set(stream, before);
    this.next += BigInt(72 + stream.length + sizeOnDisk(event));
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

/** The bytes that the server counts for an event. */
export const sizeOnDisk = ({ type, data, metadata }: ProposedEvent): number =>
  2 * type.length + data.length + metadata.length;
