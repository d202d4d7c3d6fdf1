import { lockAlone } from '#sqlite';

/** The right to deliver: one process at a time has it. */
export interface DeliveryLease {
  /**
   * Takes the right where no process has it, and renews it; call it again and again. Resolves to `isHeld`. Rejects where that cannot be
   * known.
   */
  hold(): Promise<boolean>;
  /** Whether this process surely has the right: no other process can have it by now. */
  readonly isHeld: boolean;
  /**
   * Call before a subscription is delivered: from then on no process that had the right before can keep a place of it. Rejects with LeaseLostError
   * where another process has the right.
   */
  takeOver(subscription: string): Promise<void>;
  /** Gives up the right: another process may take it immediately. */
  letGo(): Promise<void>;
}

/** Another process delivers. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor() {
    super('another instance delivers the webhooks now');
  }
}

/**
 * The right to deliver what is in a file: a lock of the system, which the system releases when the process dies. So there is nothing to
 * take over.
 */
export class FileLease implements DeliveryLease {
  private release: (() => void) | undefined;

  /** `lock`: a file for the lock alone. */
  constructor(private readonly lock: string) {}

  get isHeld(): boolean {
    return this.release !== undefined;
  }

  async hold(): Promise<boolean> {
    this.release ??= lockAlone(this.lock);
    return this.isHeld;
  }

  async takeOver(): Promise<void> {
    // The lock of an earlier holder has ended with its process.
  }

  async letGo(): Promise<void> {
    this.release?.();
    this.release = undefined;
  }
}
