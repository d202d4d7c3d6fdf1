import { streamDeleted, tooSlow } from './errors.js';
import type { Fault } from './faults.js';
import { streams } from './protocol.js';
import { streamName } from './read.js';
import { breaks, send, type ReadCall } from './sending.js';
import { asError, atLeast, type ServingNode } from './serving-node.js';
import { readEvent } from './wire-event.js';

/** A live subscription is given no more than so many events at once. */
const LIVE_BUFFER = 60;

/**
 * A subscription to a stream: a confirmation, what there is after the revision, `caughtUp`, and then what comes. Where more comes at once
 * than it holds, a server before 24 gives it up; a later one reads the log again and says `caughtUp` once more, without `fellBehind`.
 */
export async function subscribe(
  node: ServingNode,
  call: ReadCall,
  options: streams.ReadReq.Options,
  fault: Fault | undefined,
): Promise<void> {
  const stream = streamName(options);
  const asked = options.getStream();
  const structured = options.getUuidOption()?.hasString() !== true;
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(crypto.randomUUID());
  await send(call, new streams.ReadResp().setConfirmation(confirmation));
  let after = asked?.hasRevision() === true ? Number(asked.getRevision()) : -1;
  if (asked?.hasEnd() === true) after = node.store.visible(stream, node.has()).at(-1)?.revision ?? -1;
  let live = false;
  for (let sent = 0; !call.cancelled;) {
    if (node.store.isDeleted(stream)) return void call.emit('error', asError(streamDeleted(stream)));
    const all = node.store.visible(stream, node.has());
    const events = all.slice(Math.max(0, after + 1 - (all[0]?.revision ?? 0)));
    if (live && events.length > LIVE_BUFFER) {
      if (!atLeast(node.version, '24.2')) return void call.emit('error', asError(tooSlow()));
      live = false;
    }
    for (const event of events) {
      if (call.cancelled || (await breaks(node, call, fault, sent))) return;
      await send(call, readEvent(event, structured));
      after = event.revision;
      sent += 1;
    }
    if (!live) await send(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
    live = true;
    if (await breaks(node, call, fault, sent)) return;
    const last = after;
    await more(
      node,
      call,
      () =>
        (node.store.visible(stream, node.has()).at(-1)?.revision ?? -1) > last ||
        node.store.isDeleted(stream),
    );
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
