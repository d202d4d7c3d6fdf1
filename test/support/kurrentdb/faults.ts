/** The calls of a client. */
export type Call = 'append' | 'read' | 'subscribe' | 'gossip' | 'features';

/** The failures. `committed`: the events are written nevertheless; the client cannot know. */
export type Fault =
  /** The node says that another leads. */
  | { readonly kind: 'notLeader' }
  /** Overload, in the server's words: too busy. */
  | { readonly kind: 'busy' }
  /** Overload, in gRPC's words. */
  | { readonly kind: 'exhausted' }
  /** The server is starting or stopping. */
  | { readonly kind: 'unavailable' }
  /** The server is starting or stopping, in its own words where it can answer in a batch: nothing was written. */
  | { readonly kind: 'notReady' }
  /** The user has no right to it now. */
  | { readonly kind: 'denied' }
  /** The server gave up on its own followers or disk. */
  | { readonly kind: 'timedOut'; readonly committed?: boolean }
  /** The TCP connection is cut, after this number of events of a read. */
  | { readonly kind: 'lost'; readonly committed?: boolean; readonly after?: number }
  /** No answer, ever: the client's deadline runs out, if it has one. */
  | { readonly kind: 'silent'; readonly committed?: boolean; readonly after?: number }
  /** Answers late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The server ends the call with an error, after this number of events. */
  | { readonly kind: 'dropped'; readonly after?: number };

/** Faults to come, in the order they were asked for. */
export class Faults {
  private readonly queues = new Map<Call, Fault[]>();
  private readonly calls = new Map<Call, number>();

  failNext(call: Call, fault: Fault, times = 1): void {
    const queue = this.queues.get(call) ?? [];
    for (let time = 0; time < times; time += 1) queue.push(fault);
    this.queues.set(call, queue);
  }

  /** Faults of that call that have not happened yet. */
  pending(call: Call): number {
    return this.queues.get(call)?.length ?? 0;
  }

  /** How many calls of that kind there were. */
  asked(call: Call): number {
    return this.calls.get(call) ?? 0;
  }

  take(call: Call): Fault | undefined {
    this.calls.set(call, this.asked(call) + 1);
    return this.queues.get(call)?.shift();
  }

  clear(): void {
    this.queues.clear();
  }
}
