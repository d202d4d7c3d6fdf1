import type { handleClientStreamingCall } from '@grpc/grpc-js';
import {
  busy,
  exhausted,
  maximumAppendSizeExceeded,
  notLeader,
  notReady,
  streamDeleted,
  timedOut,
  type Failure,
} from './errors.js';
import { shared, streams } from './protocol.js';
import { asError, type ServingNode } from './serving-node.js';
import { ANY, NO_STREAM, STREAM_EXISTS, type ProposedEvent } from './stream-write.js';
import { write } from './writing.js';
import { proposed } from './wire-event.js';

/** `Append`: one append a call, sent as options and then an event a message. The client uses it with credentials of its own. */
export const append =
  (node: ServingNode): handleClientStreamingCall<streams.AppendReq, streams.AppendResp> =>
  (call, callback) => {
    let options: streams.AppendReq.Options | undefined;
    const events: ProposedEvent[] = [];
    call.on('data', (request: streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message !== undefined) events.push(proposed(message));
    });
    call.on('end', () => {
      void (async () => {
        const stream = Buffer.from(options?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(
          'utf8',
        );
        const expected = expectedOf(options);
        const written = await write(node, call, 'append', [{ stream, expected, events }]);
        const fail = (failure: Failure): void => callback(asError(failure));
        switch (written.kind) {
          case 'committed':
            return callback(null, success(written.position, written.revisions[0] ?? 0));
          case 'wrongVersion':
            return callback(null, wrongVersion(expected, written.failures[0]?.current ?? NO_STREAM));
          case 'deleted':
            return fail(streamDeleted(stream));
          case 'tooLarge':
            return fail(maximumAppendSizeExceeded(node.maxAppendSize));
          case 'notLeader':
            return fail(notLeader(written.leader));
          case 'busy':
            return fail(busy());
          case 'exhausted':
            return fail(exhausted());
          case 'unavailable':
            return fail(notReady());
          case 'timedOut':
            return fail(timedOut());
          case 'silent':
            return undefined;
        }
      })();
    });
  };

function expectedOf(options: streams.AppendReq.Options | undefined): number {
  if (options?.hasNoStream() === true) return NO_STREAM;
  if (options?.hasStreamExists() === true) return STREAM_EXISTS;
  return options?.hasRevision() === true ? Number(options.getRevision()) : ANY;
}

function success(position: bigint, revision: number): streams.AppendResp {
  const at = new streams.AppendResp.Position();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  const done = new streams.AppendResp.Success();
  done.setCurrentRevision(String(revision));
  done.setPosition(at);
  return new streams.AppendResp().setSuccess(done);
}

function wrongVersion(expected: number, current: number): streams.AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current === NO_STREAM) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === ANY) wrong.setExpectedAny(new shared.Empty());
  else if (expected === STREAM_EXISTS) wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected === NO_STREAM) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}
