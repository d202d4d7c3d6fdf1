import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { isClientUsable } from './failure.js';
import { within } from './within.js';

/** The client, and another in its place when it is of no more use. */
export class Connection {
  private current: KurrentDBClient | undefined;

  constructor(private readonly make: () => KurrentDBClient) {}

  get client(): KurrentDBClient {
    return (this.current ??= this.make());
  }

  /** Does the work with a client, within so many milliseconds. Rejects with NoAnswer, or what the client said. */
  async call<T>(milliseconds: number, work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    const client = this.client;
    try {
      return await within(milliseconds, work(client));
    } catch (error) {
      this.failed(client, error);
      throw error;
    }
  }

  /** The client met this error. */
  failed(client: KurrentDBClient, error: unknown): void {
    if (client !== this.current || isClientUsable(error)) return;
    this.current = undefined;
    void client.dispose().catch(() => undefined);
  }

  /** Cancels whatever is under way. */
  async close(): Promise<void> {
    const client = this.current;
    this.current = undefined;
    if (client !== undefined) await within(1_000, client.dispose()).catch(() => undefined);
  }
}
