import { holdAlone } from './sqlite/webhook-file.js';

/** The right to deliver: one process at a time has it. */
export interface DeliveryLease {
  /** Takes the right where nobody has it, and keeps it; to be called again and again. Resolves to `isHeld`. Rejects where it cannot be known. */
  hold(): Promise<boolean>;
  /** Whether this process has the right, and nobody else can have it by now. */
  readonly isHeld: boolean;
  /**
   * Call before a subscription is delivered: from then on no process that had the right before can keep a place of it. Rejects with LeaseLostError
   * where another process has the right.
   */
  takeOver(subscription: string): Promise<void>;
  /** Another process may take the right at once. */
  letGo(): Promise<void>;
}

/** Another process delivers. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor() {
    super('another instance delivers the webhooks now');
  }
}

/** The right to deliver what is in a file: a lock of the system, which lets go of it when the process dies, so no place needs to be taken over. */
export class FileLease implements DeliveryLease {
  private release: (() => void) | undefined;

  /** `lock`: a file for the lock alone. */
  constructor(private readonly lock: string) {}

  get isHeld(): boolean {
    return this.release !== undefined;
  }

  async hold(): Promise<boolean> {
    this.release ??= holdAlone(this.lock);
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
