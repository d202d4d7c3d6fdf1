/** A change of a subscription, as work on the tables of a `WebhookStore`. */
export interface TableChange<T> {
  /** The subscription; the work changes no other subscription. */
  readonly id: string;
  /** Reads and writes the tables, inside a transaction. It may run several times; before each repetition its changes are undone. */
  readonly run: () => T;
  /** Writes the rows that only this process has. It runs also where the change fails. */
  readonly beside?: (() => void) | undefined;
  /** Only a process that has the right to deliver may make the change. */
  readonly byDeliverer?: boolean;
}

/** Where the changes of a `WebhookStore` become durable: in its file, or in a cluster of which the file is a copy. */
export interface Commits {
  /** Resolves when the change is durable. Rejects with the error of the work, which then has changed nothing. */
  write<T>(change: TableChange<T>): Promise<T>;
  /**
   * Brings the changes of other processes into the tables: new and removed subscriptions, changes by their owners, and everything of the
   * given subscriptions. Resolves to a number that differs where something was changed.
   */
  refresh(ids?: readonly string[]): Promise<number>;
  /** From then on nothing is written. */
  close(): Promise<void>;
}
