import type { handleClientStreamingCall } from '@grpc/grpc-js';
import {
  alreadyInSession,
  busy,
  exhausted,
  notLeaderNode,
  notReady,
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
import { write } from './writing.js';
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
        const written = await write(node, call, 'multiStreamAppend', writes);
        switch (written.kind) {
          case 'committed':
            return callback(null, success(writes, written.revisions, written.position));
          case 'wrongVersion': {
            const [first] = written.failures;
            const wrong = writes[first?.write ?? -1];
            return wrong === undefined || first === undefined
              ? fail(unknown('Exception was thrown by handler.'))
              : fail(revisionConflict(wrong.stream, wrong.expected, first.current));
          }
          case 'deleted':
            return fail(streamTombstoned(writes[written.write]?.stream ?? ''));
          case 'tooLarge':
            return fail(transactionSizeExceeded(written.size, node.maxAppendSize));
          case 'notLeader':
            return fail(notLeaderNode(written.leader));
          case 'busy':
            return fail(busy());
          case 'exhausted':
            return fail(exhausted());
          case 'unavailable':
            return fail(notReady());
          case 'timedOut':
            return fail(operationTimeout());
          case 'silent':
            return undefined;
        }
      })();
    });
  };

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
