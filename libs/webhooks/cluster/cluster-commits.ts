import { isDeepStrictEqual } from 'node:util';
import { backoff, type Runtime } from '#runtime';
import { LeaseLostError } from '../delivery-lease.js';
import type { Commits, TableChange } from '../sqlite/commits.js';
import type { SubscriptionDocument, SubscriptionTables } from '../sqlite/subscription-tables.js';
import { documentIn, indexEntry, indexEntryIn, recordOf, type SharedDocument } from './shared-document.js';
import { STREAM, type SharedStreams } from './shared-streams.js';
import type { TextCipher } from './text-cipher.js';

export interface ClusterCommitsOptions {
  readonly streams: SharedStreams;
  readonly runtime: Runtime;
  readonly cipher: TextCipher;
  /** The epoch of the lease that this instance has or had last; 0: it never had one. */
  readonly epoch: () => number;
  /** The cluster has a later epoch. */
  readonly onLost: () => void;
}

/** Records of a subscription that the cluster keeps. Only the last one is read. */
const MOST_RECORDS = 10;
/** Milliseconds for which a write whose outcome is unknown is tried again. */
const TRYING_MS = 5_000;
const RETRY = { first: 50, most: 1_000 };
/** Documents that are read at the same time. */
const AT_A_TIME = 16;

/**
 * Keeps subscriptions in a cluster; the tables of this instance are a copy. Each subscription is a stream of documents; the last document
 * counts. A change is made on the copy first. Its result is appended if the stream still ends with the document that the copy has;
 * otherwise the copy is brought up to date, and the change is tried again. So changes of all instances come one after another, and none is
 * lost.
 */
export class ClusterCommits implements Commits {
  private readonly known = new Map<string, Omit<SharedDocument, 'document'>>();
  /** The work on each subscription, one after another. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private indexed = -1;
  private news = 0;

  constructor(
    private readonly tables: SubscriptionTables,
    private readonly options: ClusterCommitsOptions,
  ) {}

  /** Makes the copy equal to the cluster. Rejects with the error of the cluster, and with DecryptionError where this instance has another key than the others. */
  async begin(): Promise<void> {
    const there = await this.readIndex();
    for (const id of this.tables.ids()) if (there.get(id) !== false) this.tables.put(id, undefined);
  }

  write<T>(change: TableChange<T>): Promise<T> {
    const { beside } = change;
    if (beside) this.tables.change(beside);
    return this.inTurn(change.id, () => this.commit(change));
  }

  async refresh(ids: readonly string[] = []): Promise<number> {
    await this.readIndex();
    await this.fetchAll(ids);
    return this.news;
  }

  /** Writes the epoch of the lease into the stream of the subscription, and brings its copy up to date. Rejects with LeaseLostError. */
  takeOver(id: string): Promise<void> {
    return this.inTurn(id, async () => {
      for (;;) {
        await this.fetch(id);
        const epoch = this.options.epoch();
        const known = this.known.get(id);
        const document = this.tables.read(id);
        if (!known || !document || known.epoch === epoch) return;
        if (known.epoch > epoch) this.lost();
        if (await this.append(id, document, epoch)) return;
      }
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.turns.values()]);
    await this.options.streams.close();
  }

  private async commit<T>({ id, run, byDeliverer = false }: TableChange<T>): Promise<T> {
    for (;;) {
      const { epoch = 0 } = this.known.get(id) ?? {};
      if (byDeliverer && epoch > this.options.epoch()) this.lost();
      const { result, before, after } = this.tables.tryOut(id, run);
      if (isDeepStrictEqual(before, after)) return result;
      if (await this.append(id, after, epoch)) {
        if (!byDeliverer) await this.publish(id, after === undefined);
        return result;
      }
      await this.fetch(id);
    }
  }

  /** `false`: the stream does not end with the document of the copy. */
  private async append(
    id: string,
    document: SubscriptionDocument | undefined,
    epoch: number,
  ): Promise<boolean> {
    const { runtime, streams, cipher } = this.options;
    const write = runtime.id();
    const { revision = -1 } = this.known.get(id) ?? {};
    const record = recordOf({ epoch, write, document }, cipher);
    const written = await this.persist(STREAM.of(id), record, revision);
    if (written === undefined) return false;
    this.keep(id, { revision: written, epoch, write, document });
    if (written === 0) await streams.keepLast(STREAM.of(id), MOST_RECORDS).catch(() => undefined);
    return true;
  }

  /** As `SharedStreams.append`; where the answer is lost, it finds out whether the record was written. */
  private async persist(
    stream: string,
    record: Pick<SharedDocument, 'write'>,
    revision: number,
  ): Promise<number | undefined> {
    const { runtime, streams } = this.options;
    const end = runtime.elapsed() + TRYING_MS;
    for (let failures = 0; ; failures += 1) {
      try {
        const written = await streams.append(stream, record, revision);
        if (written !== undefined || failures === 0) return written;
        const last = await streams.last(stream);
        const isIt = (last?.data as typeof record | undefined)?.write === record.write;
        return isIt ? last?.revision : undefined;
      } catch (error) {
        if (runtime.elapsed() >= end) throw error;
        await runtime.sleep(backoff(runtime, failures + 1, RETRY));
      }
    }
  }

  /** Tells the other instances that a client has changed a subscription. */
  private async publish(id: string, removed: boolean): Promise<void> {
    const { runtime, streams } = this.options;
    const end = runtime.elapsed() + TRYING_MS;
    for (let failures = 1; ; failures += 1) {
      try {
        await streams.append(STREAM.index, indexEntry(id, removed));
        return;
      } catch (error) {
        if (runtime.elapsed() >= end) throw error;
        await runtime.sleep(backoff(runtime, failures, RETRY));
      }
    }
  }

  /** Reads the subscriptions that the index has named since the last time. Resolves to whether each of them was removed. */
  private async readIndex(): Promise<ReadonlyMap<string, boolean>> {
    const records = await this.options.streams.after(STREAM.index, this.indexed);
    const named = new Map(records.map(indexEntryIn).map(({ id, removed }) => [id, removed]));
    const gone = [...named].flatMap(([id, removed]) => (removed && !this.known.has(id) ? [id] : []));
    await this.fetchAll([...named.keys()].filter((id) => !gone.includes(id)));
    this.indexed = Math.max(this.indexed, records.at(-1)?.revision ?? -1);
    return named;
  }

  private async fetchAll(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += AT_A_TIME)
      await Promise.all(ids.slice(at, at + AT_A_TIME).map((id) => this.inTurn(id, () => this.fetch(id))));
  }

  private async fetch(id: string): Promise<void> {
    const last = await this.options.streams.last(STREAM.of(id));
    if (!last) return;
    const document = documentIn(last, this.options.cipher);
    if (document.write === this.known.get(id)?.write) return;
    this.keep(id, document);
    this.news += 1;
  }

  private keep(id: string, { document, ...known }: SharedDocument): void {
    this.tables.put(id, document);
    this.known.set(id, known);
  }

  private lost(): never {
    this.options.onLost();
    throw new LeaseLostError();
  }

  private inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(id) ?? Promise.resolve()).then(work, work);
    this.turns.set(id, turn);
    const end = (): void => {
      if (this.turns.get(id) === turn) this.turns.delete(id);
    };
    void turn.then(end, end);
    return turn;
  }
}
