import type { handleClientStreamingCall } from '@grpc/grpc-js';
import {
  alreadyInSession,
  busy,
  exhausted,
  invalid,
  notLeaderNode,
  notReady,
  operationDenied,
  operationTimeout,
  revisionConflict,
  streamTombstoned,
  transactionSizeExceeded,
  unknown,
  type Failure,
} from './errors.js';
import { streamsV2 } from './protocol.js';
import { asError, type ServingNode } from './serving-node.js';
import { ANY, type StreamWrite } from './stream-write.js';
import { write, type Written } from './writing.js';
import { proposedRecord } from './wire-event.js';

type Session = handleClientStreamingCall<streamsV2.AppendRequest, streamsV2.AppendSessionResponse>;

/** `AppendSession` of the second protocol (server 25.1): a message a stream, written all or nothing; each stream once. */
export const appendSession =
  (node: ServingNode): Session =>
  (call, callback) => {
    const writes: StreamWrite[] = [];
    call.on('data', (request: streamsV2.AppendRequest) => {
      writes.push({
        stream: request.getStream(),
        expected: request.hasExpectedRevision() ? Number(request.getExpectedRevision()) : ANY,
        events: request.getRecordsList().map(proposedRecord),
      });
    });
    call.on('end', () => {
      void (async () => {
        const fail = (failure: Failure): void => callback(asError(failure));
        const names = writes.map(({ stream }) => stream.toLowerCase());
        const twice = writes.find(({ stream }, index) => names.indexOf(stream.toLowerCase()) < index);
        if (twice !== undefined) return fail(alreadyInSession(twice.stream));
        const fault = faultOf(writes);
        if (fault !== undefined) return fail(invalid(fault));
        const written = await write(node, call, 'multiStreamAppend', writes);
        if (written.kind === 'committed')
          callback(null, success(writes, written.revisions, written.position));
        else if (written.kind !== 'silent') fail(refusal(written, writes, node.maxAppendSize));
        return undefined;
      })();
    });
  };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the server looks at before it writes: the second protocol takes no other ids, and no empty request. */
function faultOf(writes: readonly StreamWrite[]): string | undefined {
  if (writes.some(({ stream, events }) => stream === '' || events.length === 0))
    return 'A stream append request must name a stream, and contain at least one record';
  const odd = writes.flatMap(({ events }) => events).find(({ id, type }) => !UUID.test(id) || type === '');
  return odd === undefined ? undefined : 'A record must have a UUID and a schema name';
}

function refusal(
  written: Exclude<Written, { readonly kind: 'committed' | 'silent' }>,
  writes: readonly StreamWrite[],
  maximum: number,
): Failure {
  switch (written.kind) {
    case 'wrongVersion':
      return conflict(writes, written.failures[0]);
    case 'deleted':
      return streamTombstoned(writes[written.write]?.stream ?? '');
    case 'tooLarge':
      return transactionSizeExceeded(written.size, maximum);
    case 'notLeader':
      return notLeaderNode(written.leader);
    case 'busy':
      return busy();
    case 'exhausted':
      return exhausted();
    case 'unavailable':
      return notReady();
    case 'timedOut':
      return operationTimeout();
    case 'denied':
      return operationDenied();
  }
}

/** The first stream that is at a wrong revision. Where a write was there in part the server has none to name, and trips over that. */
function conflict(
  writes: readonly StreamWrite[],
  failure: { readonly write: number; readonly current: number } | undefined,
): Failure {
  const wrong = writes[failure?.write ?? -1];
  return wrong === undefined || failure === undefined
    ? unknown('Exception was thrown by handler.')
    : revisionConflict(wrong.stream, wrong.expected, failure.current);
}

function success(
  writes: readonly StreamWrite[],
  revisions: readonly number[],
  position: bigint,
): streamsV2.AppendSessionResponse {
  const answer = new streamsV2.AppendSessionResponse();
  for (const [index, { stream }] of writes.entries()) {
    const output = new streamsV2.AppendResponse();
    output.setStream(stream);
    output.setStreamRevision(String(revisions[index] ?? 0));
    answer.addOutput(output);
  }
  return answer.setPosition(String(position));
}
