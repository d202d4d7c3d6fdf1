interface Waiting {
  readonly host: string;
  readonly hasFailed: boolean;
  readonly grant: () => void;
}

export interface PlaceLimits {
  /** Requests under way at once. */
  readonly all: number;
  /** The same to one host. */
  readonly ofHost: number;
  /** The same for webhooks whose last attempt failed. */
  readonly afterFailure: number;
}

const LIMITS: PlaceLimits = { all: 64, ofHost: 4, afterFailure: 16 };

/**
 * The places for requests under way. Callers are served in the order of their arrival, without those whose host has its share; as no track waits
 * for two places, they take turns. Receivers that fail, often by silence until the deadline, leave most places to the others.
 */
export class Places {
  private readonly waiting = new Set<Waiting>();
  private readonly ofHosts = new Map<string, number>();
  private all = 0;
  private afterFailure = 0;

  constructor(private readonly limits: PlaceLimits = LIMITS) {}

  get taken(): number {
    return this.all;
  }

  /** Resolves to the function that returns the place; to undefined where the signal is aborted first. */
  take(host: string, hasFailed: boolean, signal: AbortSignal): Promise<(() => void) | undefined> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(undefined);
      const leave = (): void => {
        this.waiting.delete(waiting);
        resolve(undefined);
      };
      const waiting: Waiting = {
        host,
        hasFailed,
        grant: () => {
          signal.removeEventListener('abort', leave);
          resolve(this.taking(host, hasFailed));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.add(waiting);
      return this.serve();
    });
  }

  private taking(host: string, hasFailed: boolean): () => void {
    const add = (count: number): void => {
      const ofHost = (this.ofHosts.get(host) ?? 0) + count;
      if (ofHost === 0) this.ofHosts.delete(host);
      else this.ofHosts.set(host, ofHost);
      this.all += count;
      if (hasFailed) this.afterFailure += count;
    };
    add(1);
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
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

  private fits({ host, hasFailed }: Waiting): boolean {
    if (hasFailed && this.afterFailure >= this.limits.afterFailure) return false;
    return (this.ofHosts.get(host) ?? 0) < this.limits.ofHost;
  }
}
