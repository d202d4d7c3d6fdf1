import { setTimeout as pause } from 'node:timers/promises';
import type { KurrentDBClient, Position } from '@kurrent/kurrentdb-client';
import type { Decision } from '../decide.js';
import type { Replica } from '../sqlite/replica.js';
import { backoff } from './backoff.js';
import { Batches, type Batch } from './batches.js';
import type { Connection } from './connection.js';
import { Feed, type Page } from './feed.js';
import { Passed } from './passed.js';
import { placeAfter, readPlace, writtenPlace, type Place } from './place.js';
import { partOf } from './record.js';

export interface Following {
  readonly connection: Connection;
  readonly replica: Replica;
  /** What the names of our streams begin with. */
  readonly prefix: string;
  readonly onDecided: (batch: string, decided: Decision) => void;
  /** Something went wrong, and is tried again: told once, until all is well. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Follows our streams in the order of `$all`, and gives the appends in it to the replica, one after the other. It goes on from where the
 * replica is, also after any failure, and never gives up until it is stopped.
 */
export class Follower {
  readonly passed = new Passed();
  private place: Place | undefined;
  private running: Promise<void> | undefined;
  private feed: Feed | undefined;
  private stopped = false;
  private wake: () => void = () => undefined;
  private failures = 0;
  private live = false;
  private told = false;
  private lastLive = performance.now();

  constructor(private readonly parts: Following) {}

  /** Where it is; undefined at the very beginning. */
  get position(): Position | undefined {
    return this.place?.position;
  }

  /** Milliseconds since it last had everything that the cluster had; 0 while it has. */
  get behind(): number {
    return this.live ? 0 : performance.now() - this.lastLive;
  }

  start(): void {
    const written = this.parts.replica.checkpoint;
    this.place = written === undefined ? undefined : readPlace(written);
    if (this.place !== undefined) this.passed.advance(this.place.position);
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.feed?.stop();
    this.passed.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      let client: KurrentDBClient | undefined;
      try {
        client = this.parts.connection.client;
        await this.follow(client);
      } catch (error) {
        if (client !== undefined) this.parts.connection.failed(client, error);
        this.tell(error);
      }
      this.isLive(false);
      await this.rest();
    }
  }

  /** Once, until it has had everything again. */
  private tell(error: unknown): void {
    if (this.stopped || this.told) return;
    this.told = true;
    this.parts.onTrouble(error);
  }

  /** Before the next attempt; not once it is stopped. */
  private async rest(): Promise<void> {
    if (this.stopped) return;
    const woken = new Promise<void>((resolve) => (this.wake = resolve));
    await Promise.race([pause(backoff(this.failures), undefined, { ref: false }), woken]);
    this.failures += 1;
  }

  /** Resolves when the subscription ends; rejects when it fails, or the replica does. */
  private async follow(client: KurrentDBClient): Promise<void> {
    const batches = new Batches();
    this.feed = new Feed(client, {
      prefix: this.parts.prefix,
      from: this.position,
      onPage: (page) => {
        if (this.stopped) return;
        this.failures = 0;
        this.take(batches, page);
      },
      onFellBehind: () => this.isLive(false),
    });
    try {
      await this.feed.ended;
    } finally {
      this.feed.stop();
    }
  }

  private take(batches: Batches, { events, checkpoint, caughtUp }: Page): void {
    const complete: Batch[] = [];
    const strays = new Map<string, number>();
    let { place } = this;
    for (const { event } of events) {
      if (event === undefined) continue;
      const part = partOf(event, this.parts.prefix);
      const batch = part && batches.add(part);
      if (batch !== undefined) complete.push(batch);
      const after = placeAfter(event, this.parts.prefix);
      if (part === undefined) strays.set(after.witness.stream, after.witness.revision);
      // Never in the middle of an append: where it goes on, it has to see the whole of it.
      if (!batches.isOpen) place = after;
    }
    // Until there is something of ours to know the cluster by, its beginning is as good as a checkpoint.
    if (checkpoint && place && !batches.isOpen) place = { ...place, position: checkpoint };
    if (place !== undefined && place !== this.place) this.store(complete, place, strays);
    if (caughtUp) this.isLive(true);
  }

  private store(complete: readonly Batch[], place: Place, strays: ReadonlyMap<string, number>): void {
    const decided = this.parts.replica.apply(complete, writtenPlace(place), strays);
    this.place = place;
    for (const [index, one] of decided.entries()) this.parts.onDecided(complete[index]?.batch ?? '', one);
    this.passed.advance(place.position);
  }

  private isLive(live: boolean): void {
    if (this.live && !live) this.lastLive = performance.now();
    this.live = live;
    if (!live) return;
    this.told = false;
    this.passed.caughtUp();
  }
}
