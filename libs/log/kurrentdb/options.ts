export interface KurrentLogOptions {
  /** `kurrentdb://…`, `kurrentdb+discover://…`, `esdb://…`. */
  readonly connectionString: string;
  /** Where this instance keeps its replica of the log. Disposable; not to be shared with another instance. */
  readonly replica: string;
  /** The name of the log in the cluster, `borderline` where absent: its streams are called `<name>.<stream>`. No dots. */
  readonly name?: string;
  /** How long an append may take, and how long the cluster may be silent at the start, before `unavailable`; 8,000 ms where absent. */
  readonly patience?: number;
  /** Told every few seconds how far a start has got that has a lot to read. */
  readonly onProgress?: (sequence: number) => void;
  /** Told of what goes wrong with following the cluster and is tried again: once, until all is well. */
  readonly onTrouble?: (error: unknown) => void;
}

/** With what was left out filled in. */
export type InstanceOptions = Omit<KurrentLogOptions, 'connectionString'> &
  Required<Pick<KurrentLogOptions, 'name' | 'patience'>>;
