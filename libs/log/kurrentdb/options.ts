import type { Runtime } from '#runtime';

export interface KurrentLogOptions {
  /** `kurrentdb://…`, `kurrentdb+discover://…`, `esdb://…`. */
  readonly connectionString: string;
  /** Where this instance keeps its replica of the log. Disposable; not to be shared with another instance. */
  readonly replica: string;
  /** The name of the log in the cluster, and of its stream; `borderline` where absent. No dots. */
  readonly name?: string;
  /** Milliseconds that an append may take before `unavailable`; 15,000 where absent. */
  readonly timeout?: number;
  /**
   * Milliseconds that the cluster may be silent at the start where there is no replica yet, before `unavailable`; 8,000 where absent. With a
   * replica, nobody waits for the cluster.
   */
  readonly startTimeout?: number;
  /** Whether to throw the replica away, and take the log as the cluster has it. */
  readonly anew?: boolean;
  /** Called every few seconds while a start has a lot to read. */
  readonly onProgress?: (sequence: number) => void;
  /** Called when the cluster fails, once until all is well again. It is tried again by itself. */
  readonly onTrouble?: (error: unknown) => void;
  readonly runtime?: Runtime;
}
