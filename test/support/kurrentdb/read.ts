import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { accessDenied, notLeader, type Failure } from './errors.js';
import type { Fault } from './faults.js';
import { shared, streams } from './protocol.js';
import { ofAll, ofStream, streamName } from './selection.js';
import { breaks, send, type ReadCall } from './sending.js';
import { asError, failureOf, isAllowed, requiresLeader, sleep, type ServingNode } from './serving-node.js';
import type { StoredEvent } from './stream-write.js';
import { subscribe } from './subscription.js';
import { readEvent } from './wire-event.js';

/** `Read`: a stream or `$all`, forwards or backwards, once or from now on. */
export const read =
  (node: ServingNode): handleServerStreamingCall<streams.ReadReq, streams.ReadResp> =>
  (call) => {
    answer(node, call).catch((error: unknown) => call.emit('error', error));
  };

async function answer(node: ServingNode, call: ReadCall): Promise<void> {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  const fault = node.faults.take(options.hasSubscription() ? 'subscribe' : 'read');
  const failure = refuse(node, call, fault);
  if (failure !== undefined) return void call.emit('error', asError(failure));
  if (fault?.kind === 'slow') await sleep(fault.milliseconds);
  if (options.hasSubscription()) return subscribe(node, call, options, fault);
  const events = options.hasAll() ? ofAll(node, options) : ofStream(node, options);
  if (events === undefined) await send(call, notFound(options));
  else if ('code' in events) return void call.emit('error', asError(events));
  else if (!(await sendAll(node, call, options, events, fault))) return;
  call.end();
}

function refuse(node: ServingNode, call: ReadCall, fault: Fault | undefined): Failure | undefined {
  if (!isAllowed(node, call)) return accessDenied();
  if (fault?.kind === 'notLeader' || (requiresLeader(call) && !node.isLeader()))
    return notLeader(node.leader());
  return failureOf(fault);
}

/** Answers whether it came to its proper end. */
async function sendAll(
  node: ServingNode,
  call: ReadCall,
  options: streams.ReadReq.Options,
  events: Iterable<StoredEvent>,
  fault: Fault | undefined,
): Promise<boolean> {
  const structured = options.getUuidOption()?.hasString() !== true;
  const count = options.hasCount() ? Number(options.getCount()) : Infinity;
  let sent = 0;
  for (const event of events) {
    if (sent >= count || call.cancelled) break;
    if (await breaks(node, call, fault, sent)) return false;
    await send(call, readEvent(event, structured));
    sent += 1;
  }
  return !(await breaks(node, call, fault, Infinity));
}

function notFound(options: streams.ReadReq.Options): streams.ReadResp {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(streamName(options)));
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier);
  return new streams.ReadResp().setStreamNotFound(missing);
}
