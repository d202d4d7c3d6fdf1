interface WaitingRequest {
  readonly host: string;
  readonly hasFailed: boolean;
  readonly grant: () => void;
}

export interface RequestLimits {
  /** Requests under way at the same time. */
  readonly all: number;
  /** Requests under way to one host at the same time. */
  readonly ofHost: number;
  /** Requests under way at the same time for webhooks whose last attempt failed. */
  readonly afterFailure: number;
}

const LIMITS: RequestLimits = { all: 64, ofHost: 4, afterFailure: 16 };

/**
 * Limits the requests under way. Callers are served in the order of their arrival; a caller whose host already has `ofHost` requests waits
 * longer. No track waits for two requests, so the tracks take turns. Receivers that fail, often by silence until the deadline, leave most
 * requests to the others.
 */
export class RequestSemaphore {
  private readonly waiting = new Set<WaitingRequest>();
  private readonly ofHosts = new Map<string, number>();
  private all = 0;
  private afterFailure = 0;

  constructor(private readonly limits: RequestLimits = LIMITS) {}

  /** The number of requests. */
  get underWay(): number {
    return this.all;
  }

  /** Resolves to the function that ends the request here; to undefined where the signal is aborted first. */
  acquire(host: string, hasFailed: boolean, signal: AbortSignal): Promise<(() => void) | undefined> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(undefined);
      const leave = (): void => {
        this.waiting.delete(waiting);
        resolve(undefined);
      };
      const waiting: WaitingRequest = {
        host,
        hasFailed,
        grant: () => {
          signal.removeEventListener('abort', leave);
          resolve(this.begin(host, hasFailed));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.add(waiting);
      return this.serve();
    });
  }

  private begin(host: string, hasFailed: boolean): () => void {
    const add = (count: number): void => {
      const ofHost = (this.ofHosts.get(host) ?? 0) + count;
      if (ofHost === 0) this.ofHosts.delete(host);
      else this.ofHosts.set(host, ofHost);
      this.all += count;
      if (hasFailed) this.afterFailure += count;
    };
    add(1);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      add(-1);
      this.serve();
    };
  }

  private serve(): void {
    for (const waiting of this.waiting) {
      if (this.all >= this.limits.all) return;
      if (!this.fits(waiting)) continue;
      this.waiting.delete(waiting);
      waiting.grant();
    }
  }

  private fits({ host, hasFailed }: WaitingRequest): boolean {
    if (hasFailed && this.afterFailure >= this.limits.afterFailure) return false;
    return (this.ofHosts.get(host) ?? 0) < this.limits.ofHost;
  }
}
