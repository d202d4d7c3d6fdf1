import type { Fault } from './faults.js';
import { streams, timestamp } from './protocol.js';
import { filterOf, ofStream, startOf, streamName } from './selection.js';
import { breaks, send, type ReadCall } from './sending.js';
import { asError, atLeast, type ServingNode } from './serving-node.js';
import type { StoredEvent } from './stream-write.js';
import { readEvent } from './wire-event.js';

/** How many events the server looks at before it tells where it is, where the client does not say. */
const SEARCH_WINDOW = 32;

/**
 * A subscription to `$all` or a stream: a confirmation, what there is, `caughtUp`, and then what comes. It begins after the position
 * given. With a filter it also tells, every so many events looked at, and before `caughtUp`, up to where it has looked.
 */
export async function subscribe(
  node: ServingNode,
  call: ReadCall,
  options: streams.ReadReq.Options,
  fault: Fault | undefined,
): Promise<void> {
  const matches = options.hasAll() ? filterOf(options) : inStream(options);
  const start = options.hasAll() ? startAfter(node, options) : startInStream(node, options);
  const failure = typeof start === 'number' ? matches : start;
  if (typeof failure !== 'function') return void call.emit('error', asError(failure));
  if (typeof start !== 'number') return;
  await send(call, confirmation());
  await new Feed(node, call, options, fault, failure, start).run();
}

class Feed {
  private sent = 0;
  private looked = 0;
  private at: StoredEvent | undefined;
  private live = false;
  private readonly interval: number;

  constructor(
    private readonly node: ServingNode,
    private readonly call: ReadCall,
    private readonly options: streams.ReadReq.Options,
    private readonly fault: Fault | undefined,
    private readonly matches: (event: StoredEvent) => boolean,
    private index: number,
  ) {
    const filter = options.getFilter();
    const window = filter?.hasMax() === true ? filter.getMax() : SEARCH_WINDOW;
    this.interval = filter === undefined ? Infinity : window * filter.getCheckpointintervalmultiplier();
    this.at = node.store.events[index - 1];
  }

  async run(): Promise<void> {
    const { node, call } = this;
    for (;;) {
      while (this.index < node.has() && !call.cancelled) if (await this.step()) return;
      if (call.cancelled) return;
      if (!this.live) await this.caughtUp();
      if (await breaks(node, call, this.fault, this.sent)) return;
      if (this.index >= node.has() && !(await this.more())) return;
    }
  }

  /** Looks at one event. Answers whether the subscription ends here. */
  private async step(): Promise<boolean> {
    const { node, call } = this;
    const event = node.store.events[this.index];
    if (event === undefined) return false;
    if (this.matches(event)) {
      if (await breaks(node, call, this.fault, this.sent)) return true;
      if (this.fault?.kind === 'fellBehind' && this.sent === (this.fault.after ?? 0)) await this.fellBehind();
      await send(call, readEvent(event, this.options.getUuidOption()?.hasString() !== true));
      this.sent += 1;
    }
    this.at = event;
    this.index += 1;
    this.looked += 1;
    if (this.looked % this.interval === 0) await this.checkpoint();
    return false;
  }

  private async caughtUp(): Promise<void> {
    await this.checkpoint();
    const message = new streams.ReadResp.CaughtUp();
    this.locate(message);
    await send(this.call, new streams.ReadResp().setCaughtUp(message));
    this.live = true;
  }

  private async fellBehind(): Promise<void> {
    const message = new streams.ReadResp.FellBehind();
    this.locate(message);
    await send(this.call, new streams.ReadResp().setFellBehind(message));
    await this.checkpoint();
    this.live = false;
  }

  private async checkpoint(): Promise<void> {
    if (!this.options.hasFilter() || this.at === undefined) return;
    const message = new streams.ReadResp.Checkpoint();
    message.setCommitPosition(String(this.at.position));
    message.setPreparePosition(String(this.at.position));
    if (atLeast(this.node.version, '25.0')) message.setTimestamp(this.now());
    await send(this.call, new streams.ReadResp().setCheckpoint(message));
  }

  /** Since 25.0 these say when and where; before that, nothing. */
  private locate(message: streams.ReadResp.CaughtUp | streams.ReadResp.FellBehind): void {
    if (!atLeast(this.node.version, '25.0')) return;
    message.setTimestamp(this.now());
    if (this.at === undefined) return;
    if (this.options.hasStream()) {
      message.setStreamRevision(String(this.at.revision));
      return;
    }
    const position = new streams.ReadResp.Position();
    position.setCommitPosition(String(this.at.position));
    position.setPreparePosition(String(this.at.position));
    message.setPosition(position);
  }

  private now(): timestamp.Timestamp {
    return timestamp.Timestamp.fromDate(new Date(this.node.clock()));
  }

  /** Waits until the node has more. Answers whether the client is still there. */
  private more(): Promise<boolean> {
    const { node, call } = this;
    return new Promise((resolve) => {
      const settle = (): void => {
        if (!call.cancelled && this.index >= node.has()) return;
        stop();
        call.off('cancelled', settle);
        resolve(!call.cancelled);
      };
      const stop = node.watch(settle);
      call.on('cancelled', settle);
      settle();
    });
  }
}

function confirmation(): streams.ReadResp {
  const message = new streams.ReadResp.SubscriptionConfirmation();
  message.setSubscriptionId(crypto.randomUUID());
  return new streams.ReadResp().setConfirmation(message);
}

/** The position given is that of the last event the client knows. */
function startAfter(node: ServingNode, options: streams.ReadReq.Options): ReturnType<typeof startOf> {
  const start = startOf(node, options);
  if (typeof start !== 'number' || options.getAll()?.hasPosition() !== true) return start;
  const known = options.getAll()?.getPosition()?.getCommitPosition();
  return String(node.store.events[start]?.position) === known ? start + 1 : start;
}

const inStream = (options: streams.ReadReq.Options): ((event: StoredEvent) => boolean) => {
  const name = streamName(options);
  return (event) => event.stream === name;
};

function startInStream(node: ServingNode, options: streams.ReadReq.Options): ReturnType<typeof startOf> {
  const asked = options.getStream();
  const events = ofStream(node, new streams.ReadReq.Options().setStream(streamFromStart(options)));
  if (events !== undefined && 'code' in events) return events;
  const last = asked?.hasRevision() === true ? events?.[Number(asked.getRevision())] : undefined;
  if (last !== undefined) return node.store.indexAt(last.position) + 1;
  return asked?.hasEnd() === true ? node.has() : 0;
}

function streamFromStart(options: streams.ReadReq.Options): streams.ReadReq.Options.StreamOptions {
  const all = new streams.ReadReq.Options.StreamOptions();
  all.setStreamIdentifier(options.getStream()?.getStreamIdentifier());
  return all;
}
