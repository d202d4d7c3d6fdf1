import { streamDeleted, tooSlow } from './errors.js';
import type { Fault } from './faults.js';
import { streams } from './protocol.js';
import { breaks, send, streamName, type ReadCall } from './sending.js';
import { asError, atLeast, type ServingNode } from './serving-node.js';
import type { StoredEvent } from './stream-write.js';
import { readEvent } from './wire-event.js';

/** The most events that a live subscription holds. */
const LIVE_BUFFER = 60;

/**
 * A subscription to a stream: a confirmation, the records after the revision, `caughtUp`, and then new records. Where more records come
 * together than the subscription can hold, a server before version 24 ends the subscription; a later server reads the log again and sends
 * `caughtUp` once more, without `fellBehind`.
 */
export async function subscribe(
  node: ServingNode,
  call: ReadCall,
  options: streams.ReadReq.Options,
  fault: Fault | undefined,
): Promise<void> {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(crypto.randomUUID());
  await send(call, new streams.ReadResp().setConfirmation(confirmation));
  await new Feed(node, call, options, fault).run();
}

class Feed {
  private readonly stream: string;
  private after: number;
  private live = false;
  private sent = 0;

  constructor(
    private readonly node: ServingNode,
    private readonly call: ReadCall,
    private readonly options: streams.ReadReq.Options,
    private readonly fault: Fault | undefined,
  ) {
    this.stream = streamName(options);
    const asked = options.getStream();
    this.after = asked?.hasRevision() === true ? Number(asked.getRevision()) : -1;
    if (asked?.hasEnd() === true) this.after = this.last;
  }

  async run(): Promise<void> {
    const { node, call, stream } = this;
    while (!call.cancelled) {
      if (node.store.isDeleted(stream)) return void call.emit('error', asError(streamDeleted(stream)));
      const events = this.next();
      if (this.live && events.length > LIVE_BUFFER) {
        if (!atLeast(node.version, '24.2')) return void call.emit('error', asError(tooSlow()));
        this.live = false;
      }
      if (!(await this.sendAll(events))) return;
      if (!this.live) await send(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
      this.live = true;
      if (await breaks(node, call, this.fault, this.sent)) return;
      await more(node, call, () => this.last > this.after || node.store.isDeleted(stream));
    }
  }

  private get last(): number {
    return this.node.store.visible(this.stream, this.node.has()).at(-1)?.revision ?? -1;
  }

  private next(): readonly StoredEvent[] {
    const all = this.node.store.visible(this.stream, this.node.has());
    return all.slice(Math.max(0, this.after + 1 - (all[0]?.revision ?? 0)));
  }

  /** Sends the events. Returns whether the subscription continues. */
  private async sendAll(events: readonly StoredEvent[]): Promise<boolean> {
    const structured = this.options.getUuidOption()?.hasString() !== true;
    for (const event of events) {
      if (this.call.cancelled || (await breaks(this.node, this.call, this.fault, this.sent))) return false;
      await send(this.call, readEvent(event, structured));
      this.after = event.revision;
      this.sent += 1;
    }
    return true;
  }
}

/** Waits until there is something to send, or the client has gone. */
function more(node: ServingNode, call: ReadCall, isThere: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      if (!call.cancelled && !isThere()) return;
      stop();
      call.off('cancelled', settle);
      resolve();
    };
    const stop = node.watch(settle);
    call.on('cancelled', settle);
    settle();
  });
}
