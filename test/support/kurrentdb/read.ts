import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { accessDenied, notLeader, streamDeleted, type Failure } from './errors.js';
import type { Fault } from './faults.js';
import { shared, streams } from './protocol.js';
import { breaks, send, streamName, type ReadCall } from './sending.js';
import { asError, failureOf, isAllowed, requiresLeader, sleep, type ServingNode } from './serving-node.js';
import { subscribe } from './subscription.js';
import { readEvent } from './wire-event.js';

type Options = streams.ReadReq.Options;

/** `Read`: a stream, forwards or backwards, once or as a subscription. */
export const read =
  (node: ServingNode): handleServerStreamingCall<streams.ReadReq, streams.ReadResp> =>
  (call) => {
    answer(node, call).catch((error: unknown) => call.emit('error', error));
  };

async function answer(node: ServingNode, call: ReadCall): Promise<void> {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  const fault = node.faults.take(options.hasSubscription() ? 'subscribe' : 'read');
  const failure = refuse(node, call, streamName(options), fault);
  if (failure !== undefined) return void call.emit('error', asError(failure));
  if (fault?.kind === 'slow') await sleep(fault.milliseconds);
  if (options.hasSubscription()) return subscribe(node, call, options, fault);
  return readOnce(node, call, options, fault);
}

function refuse(
  node: ServingNode,
  call: ReadCall,
  stream: string,
  fault: Fault | undefined,
): Failure | undefined {
  if (!isAllowed(node, call, 'read')) return accessDenied();
  if (fault?.kind === 'notLeader' || (requiresLeader(call) && !node.isLeader()))
    return notLeader(node.leader());
  if (node.store.isDeleted(stream)) return streamDeleted(stream);
  return failureOf(fault);
}

/** The events once; in both directions the revision itself is included. */
async function readOnce(
  node: ServingNode,
  call: ReadCall,
  options: Options,
  fault: Fault | undefined,
): Promise<void> {
  const all = node.store.visible(streamName(options), node.has());
  if (all.length === 0) {
    await send(call, notFound(options));
    return void call.end();
  }
  const asked = options.getStream();
  const forwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;
  const from = asked?.hasRevision() === true ? Number(asked.getRevision()) : forwards ? 0 : Infinity;
  const events = forwards
    ? all.slice(Math.max(0, from - (all[0]?.revision ?? 0)))
    : all.filter(({ revision }) => revision <= from).reverse();
  const structured = options.getUuidOption()?.hasString() !== true;
  let sent = 0;
  for (const event of events.slice(0, options.hasCount() ? Number(options.getCount()) : undefined)) {
    if (call.cancelled || (await breaks(node, call, fault, sent))) return;
    await send(call, readEvent(event, structured));
    sent += 1;
  }
  if (!(await breaks(node, call, fault, Infinity))) call.end();
}

function notFound(options: Options): streams.ReadResp {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(streamName(options)));
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier);
  return new streams.ReadResp().setStreamNotFound(missing);
}
