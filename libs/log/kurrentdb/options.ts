import type { Runtime } from '#runtime';

export interface KurrentLogOptions {
  /** `kurrentdb://…`, `kurrentdb+discover://…`, `esdb://…`. */
  readonly connectionString: string;
  /** The file of this instance's replica of the log. Disposable; not to be shared with another instance. */
  readonly replica: string;
  /** The name of the log in the cluster, and of its stream; `borderline` where absent. No dots. */
  readonly name?: string;
  /** Milliseconds that an append may take before `unavailable`; 15,000 where absent. */
  readonly timeout?: number;
  /**
   * Milliseconds that a start without a replica waits for the cluster before it fails with `unavailable`; 8,000 where absent. With a replica, a
   * start does not wait for the cluster.
   */
  readonly startTimeout?: number;
  /** Whether to delete the replica, and read the log from the cluster again. */
  readonly discardReplica?: boolean;
  /** Called every few seconds while a start has a lot to read. */
  readonly onProgress?: (sequence: number) => void;
  /** Called once for each outage of the cluster. The log retries by itself. */
  readonly onTrouble?: (error: unknown) => void;
  readonly runtime: Runtime;
}
