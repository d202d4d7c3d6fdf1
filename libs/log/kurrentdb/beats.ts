import { NO_STREAM } from '@kurrent/kurrentdb-client';
import type { Gate, Runtime } from '#runtime';
import type { Replica } from '../replica/index.js';
import type { ClusterStream } from './cluster-stream.js';
import type { Connection } from './connection.js';
import { beatRecord } from './record.js';

export interface BeatsOptions {
  readonly runtime: Runtime;
  /** The name of the log's stream. */
  readonly name: string;
  readonly replica: Replica;
  readonly stream: ClusterStream;
  readonly writing: Connection;
  /** Its value is the position of the replica. */
  readonly gate: Gate;
  /** Lets the replica read the stream now. */
  readonly wake: () => void;
}

/** The longest random wait before a beat, in milliseconds: instances that see the same instant due do not all write at the same time. */
const JITTER_MS = 100;
/** Milliseconds for the leader to take a beat, and for the replica to have it. */
const WRITE_MS = 1_500;
const ARRIVAL_MS = 500;
/** The longest time for which the leader's clock is not asked again, in milliseconds: somebody may set that clock. */
const LONGEST_REST_MS = 30_000;

/**
 * Seals the past of a log in a cluster. A *beat* is a record in the stream of the log, without an event: it has no sequence. Its position
 * in the stream and the second that the leader gives it are the same on every instance: nothing after it is recorded before that second. An
 * instance writes it only as the next record after the last record that it has: so of several instances that see the same instant due, one
 * succeeds. An instance whose clock is ahead seals nothing early: the beat gets the leader's time, and the instance waits for the
 * difference.
 */
export class Beats {
  private underWay: Promise<void> | undefined;
  /** A time by `elapsed`. Before it, nothing is due by the leader's clock, although an instant is due by the clock of this instance. */
  private early = -Infinity;

  constructor(private readonly options: BeatsOptions) {}

  /** Tries to seal up to an instant that is due by this instance's clock. Resolves to the instant up to which the replica is sealed then. */
  async seal(at: number): Promise<number> {
    const { runtime, replica, stream } = this.options;
    const isEarly = runtime.now() < wholeSecond(at) || runtime.elapsed() < this.early;
    if (replica.sealed < at && !isEarly && stream.failure === undefined) {
      this.underWay ??= this.beat(at).finally(() => (this.underWay = undefined));
      await this.underWay;
    }
    return replica.sealed;
  }

  /** Tries once to write a beat. Where the cluster does not take the beat, the next call tries again. */
  private async beat(at: number): Promise<void> {
    const { runtime, replica, gate, wake } = this.options;
    await runtime.sleep(runtime.random() * JITTER_MS);
    // Another instance has written a beat, or an event was recorded.
    if (replica.sealed >= at) return;
    const { position } = replica.checkpoint;
    const begun = runtime.elapsed();
    const isWritten = await this.write(position);
    wake();
    const isHere = await gate.reached(position + 1, { timeout: ARRIVAL_MS });
    if (!isWritten || !isHere || replica.sealed >= at) return;
    this.early = begun + Math.min(wholeSecond(at) - replica.sealed, LONGEST_REST_MS);
  }

  /** `false`: another record follows the position, or the outcome is unknown. */
  private async write(position: number): Promise<boolean> {
    const { runtime, name, writing } = this.options;
    const streamState = position === 0 ? NO_STREAM : BigInt(position - 1);
    try {
      await writing.call(WRITE_MS, (client) =>
        client.appendToStream(name, [beatRecord(runtime.id())], { streamState, requiresLeader: true }),
      );
      return true;
    } catch {
      return false;
    }
  }
}

/** A read gives whole seconds of the leader's time, so a beat seals up to the beginning of its second. */
const wholeSecond = (at: number): number => Math.ceil(at / 1_000) * 1_000;
