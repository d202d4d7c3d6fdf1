import { openTree, type StoredTree } from '#audit/sqlite';
import {
  Consumer,
  LogError,
  logSource,
  type ConsumerOptions,
  type EventLog,
  type RecordedEvent,
  type RunningConsumer,
  type Sink,
} from '#log';
import type { Runtime } from '#runtime';
import { auditLeafOf } from './event-entry.js';

/** Events in a transaction, which blocks the thread while it runs. */
const BATCH = 1_000;
/** Milliseconds between two reads of the log, while nobody waits: the events in between share a transaction. */
const REST_MS = 50;
/** Milliseconds that the thread of the tree may wait for another process. */
const BUSY_TIMEOUT_MS = 1_000;

/** The Merkle tree as the sink of a consumer: a leaf for each event. Several processes may write one file. */
class TreeSink implements Sink<RecordedEvent> {
  checkpoint: number;

  constructor(private readonly tree: StoredTree) {
    this.checkpoint = tree.frontier().size;
  }

  apply(batch: readonly RecordedEvent[]): void {
    const from = this.checkpoint;
    const leaves = batch.map((event, index) => {
      const due = from + index + 1;
      if (event.sequence !== due) throw new LogError('corrupt', `event @${due} is missing in the log`);
      return auditLeafOf(event);
    });
    this.checkpoint = this.tree.append(from, leaves);
  }
}

/** The consumer that lets a tree grow with the log. It continues from the stored frontier, so that nothing is hashed twice. */
export function treeConsumer(
  runtime: Runtime,
  log: Pick<EventLog, 'read' | 'head' | 'reached'>,
  tree: StoredTree,
  onStatus?: ConsumerOptions['onStatus'],
): Consumer<RecordedEvent> {
  const options = { batch: BATCH, rest: REST_MS, ...(onStatus && { onStatus }) };
  return new Consumer(runtime, logSource(log), new TreeSink(tree), options);
}

/**
 * Begins to let the tree in a file grow; for a separate thread. Throws where the file is damaged: the server has it open, so it is not
 * replaced.
 */
export function writeTree(
  runtime: Runtime,
  file: string,
  log: EventLog,
  onStatus: ConsumerOptions['onStatus'],
): RunningConsumer {
  const tree = openTree(file, { damaged: 'refuse', busyTimeout: BUSY_TIMEOUT_MS });
  const consumer = treeConsumer(runtime, log, tree, onStatus);
  return running(consumer, () => consumer.stop().finally(() => tree.close()));
}

/** Starts the consumer. `stop` comes from its owner, and stops more than the consumer. */
export function running<Stop extends () => Promise<void>>(
  consumer: Consumer<RecordedEvent>,
  stop: Stop,
): RunningConsumer & { readonly stop: Stop } {
  void consumer.run();
  return {
    gate: consumer.gate,
    get status() {
      return consumer.status;
    },
    wake: () => consumer.wake(),
    stop,
  };
}
