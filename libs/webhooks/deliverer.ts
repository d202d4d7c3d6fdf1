import { setMaxListeners } from 'node:events';
import { backoff } from '#runtime';
import { LeaseLostError } from './delivery-lease.js';
import { Track, type TrackTools } from './track.js';
import { withoutOwner, type TrackName, type Subscription } from './subscription.js';

/** How often a deliverer reads changes by other processes, and asks for the lease. */
const POLL_MS = 1_000;
/** How often the owners of idle subscriptions are checked. */
const OWNERS_MS = 15_000;
/** The time for requests under way when the process stops. */
const LAST_REQUESTS_MS = 3_000;
/** Waits after a failure of the disk or of the log. */
const RESTART = { first: 1_000, most: 60_000 };

interface RunningTrack {
  readonly version: number;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export interface DelivererOptions extends Omit<TrackTools, 'hardStop'> {
  readonly onError: (error: unknown, subscription: Subscription) => void;
  /** Called when nothing can be delivered now. The deliverer tries again by itself. */
  readonly onTrouble?: (error: unknown) => void;
  /** Milliseconds between two reads of changes by other processes (default 1,000). */
  readonly pollEvery?: number;
}

/**
 * Runs the tracks of all active subscriptions, in one process at a time. Of several processes over one store, the process that has the lease
 * delivers; when it ends, in any way, another continues.
 */
export class Deliverer {
  private readonly running = new Map<string, RunningTrack>();
  private readonly stopping = new AbortController();
  private readonly hardStop = new AbortController();
  private readonly tools: TrackTools;
  /** Whether this process delivers. */
  private delivers = false;
  /** A track ended because the lease was not held. */
  private isInterrupted = false;
  private polling: Promise<void> | undefined;

  constructor(private readonly options: DelivererOptions) {
    this.tools = { ...options, hardStop: this.hardStop.signal };
    // Each request under way listens to this signal.
    setMaxListeners(0, this.hardStop.signal);
  }

  start(): void {
    this.polling ??= this.poll();
  }

  /** Applies changes of the store. */
  refresh(): void {
    if (!this.delivers || this.stopping.signal.aborted) return;
    const { store } = this.options;
    const wanted = new Set<string>();
    for (const { id, version, track } of store.activeTracks()) {
      const key = `${id} ${track}`;
      wanted.add(key);
      const before = this.running.get(key);
      if (before?.version === version && !before.stop.signal.aborted) continue;
      before?.stop.abort();
      const subscription = store.find(id);
      if (subscription) this.run(key, subscription, track, before?.ended);
    }
    for (const [key, { stop }] of this.running) if (!wanted.has(key)) stop.abort();
  }

  /** Ends the tracks; requests under way have a moment to end. Idempotent. */
  async stop(): Promise<void> {
    const { runtime } = this.options;
    this.stopping.abort();
    await this.polling;
    this.stopTracks();
    const ended = new AbortController();
    const all = Promise.all([...this.running.values()].map((track) => track.ended)).then(() => ended.abort());
    await runtime.sleep(LAST_REQUESTS_MS, ended.signal);
    this.hardStop.abort();
    await all;
    this.delivers = false;
    await this.options.lease.letGo();
  }

  private stopTracks(): void {
    for (const { stop } of this.running.values()) stop.abort();
  }

  private run(key: string, subscription: Subscription, name: TrackName, previous?: Promise<void>): void {
    const stop = new AbortController();
    const ended = (async () => {
      await previous;
      await this.runTrack(subscription, name, stop.signal);
      if (this.running.get(key)?.stop === stop) this.running.delete(key);
    })();
    this.running.set(key, { version: subscription.version, stop, ended });
  }

  private async runTrack(subscription: Subscription, name: TrackName, signal: AbortSignal): Promise<void> {
    const { runtime, onError, lease } = this.options;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        if (lease.isHeld) await lease.takeOver(subscription.id);
        if (lease.isHeld) await new Track(subscription, name, this.tools).run(signal);
        this.isInterrupted ||= !lease.isHeld;
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof LeaseLostError) {
          this.isInterrupted = true;
          return;
        }
        onError(error, subscription);
      }
      await runtime.sleep(backoff(runtime, failures, RESTART), signal);
    }
  }

  private async poll(): Promise<void> {
    const { runtime, pollEvery = POLL_MS } = this.options;
    const { signal } = this.stopping;
    let seen: number | undefined;
    let ownersAt = runtime.elapsed();
    while (!signal.aborted) {
      try {
        const wasDelivering = this.delivers;
        await this.holdLease();
        const version = await this.options.store.refresh();
        if (version !== seen || !wasDelivering || this.isInterrupted) {
          seen = version;
          this.isInterrupted = false;
          this.refresh();
        }
        if (this.delivers && runtime.elapsed() - ownersAt >= OWNERS_MS) {
          ownersAt = runtime.elapsed();
          await this.pauseWithoutOwner();
        }
      } catch (error) {
        this.options.onTrouble?.(error);
      }
      await runtime.sleep(pollEvery, signal);
    }
  }

  private async holdLease(): Promise<void> {
    const { lease } = this.options;
    try {
      await lease.hold();
    } finally {
      this.delivers = lease.isHeld;
      if (!this.delivers) this.stopTracks();
    }
  }

  private async pauseWithoutOwner(): Promise<void> {
    const { store, isEntitled, onState } = this.options;
    const lost = new Set(store.activeOwners().filter((owner) => !isEntitled(owner)));
    if (lost.size === 0) return;
    for (const subscription of store.list()) {
      const { id, owner, state } = subscription;
      if (state !== 'active' || !lost.has(owner)) continue;
      const reason = withoutOwner(owner);
      await store.change(id, { state: 'paused', reason });
      onState(subscription, 'paused', reason);
    }
    this.refresh();
  }
}
