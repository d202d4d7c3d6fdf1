/** The calls of a client. */
export type Call = 'append' | 'read' | 'subscribe' | 'gossip' | 'features';

/** The failures. With `committed`, the events are written, but the client cannot know it. */
export type Fault =
  /** The node says that another node leads. */
  | { readonly kind: 'notLeader' }
  /** Overload, in the message of the server: too busy. */
  | { readonly kind: 'busy' }
  /** Overload, in the status of gRPC. */
  | { readonly kind: 'exhausted' }
  /** The server is starting or stopping. */
  | { readonly kind: 'unavailable' }
  /** The server is starting or stopping. It says so in its own message where it can answer in a batch: nothing was written. */
  | { readonly kind: 'notReady' }
  /** The user does not have the right for the call now. */
  | { readonly kind: 'denied' }
  /** The server stopped waiting for its own followers or disk. */
  | { readonly kind: 'timedOut'; readonly committed?: boolean }
  /** The TCP connection is cut, after this number of events of a read. */
  | { readonly kind: 'lost'; readonly committed?: boolean; readonly after?: number }
  /** The answer never comes: the client's deadline passes, if it has one. */
  | { readonly kind: 'silent'; readonly committed?: boolean; readonly after?: number }
  /** The answer comes late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The server ends the call with an error, after this number of events. */
  | { readonly kind: 'dropped'; readonly after?: number };

/** The faults that will happen, in the order in which they were requested. */
export class Faults {
  private readonly queues = new Map<Call, Fault[]>();
  private readonly calls = new Map<Call, number>();

  failNext(call: Call, fault: Fault, times = 1): void {
    const queue = this.queues.get(call) ?? [];
    for (let time = 0; time < times; time += 1) queue.push(fault);
    this.queues.set(call, queue);
  }

  /** The number of requested faults of this call that have not happened yet. */
  pending(call: Call): number {
    return this.queues.get(call)?.length ?? 0;
  }

  /** The number of calls of this kind. */
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
