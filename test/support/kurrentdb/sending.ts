import type { ServerWritableStream } from '@grpc/grpc-js';
import { notReady } from './errors.js';
import type { Fault } from './faults.js';
import type { streams } from './protocol.js';
import { asError, sleep, type ServingNode } from './serving-node.js';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** The name of the stream that a read is about. */
export const streamName = (options: streams.ReadReq.Options): string =>
  Buffer.from(options.getStream()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

/** Sends a message, and waits where the client reads more slowly. */
export async function send(call: ReadCall, message: streams.ReadResp): Promise<void> {
  if (call.cancelled || call.destroyed || call.write(message)) return;
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      call.off('drain', settle);
      call.off('cancelled', settle);
      resolve();
    };
    call.on('drain', settle);
    call.on('cancelled', settle);
  });
}

/**
 * Whether the fault ends the call here, after this number of events. Before a cut there is a short wait, so that the data sent before it can arrive,
 * as far as a network promises that.
 */
export async function breaks(
  node: ServingNode,
  call: ReadCall,
  fault: Fault | undefined,
  sent: number,
): Promise<boolean> {
  if (fault?.kind !== 'lost' && fault?.kind !== 'dropped' && fault?.kind !== 'silent') return false;
  if (sent < (fault.after ?? 0)) return false;
  if (fault.kind === 'lost') {
    await sleep(50);
    node.cut(call.getPeer());
  }
  if (fault.kind === 'dropped') call.emit('error', asError(notReady()));
  return true;
}
