import type { handleClientStreamingCall } from '@grpc/grpc-js';
import {
  accessDenied,
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
import { write, type Written } from './writing.js';
import { proposed } from './wire-event.js';

/**
 * `Append`: one append in each call, sent as a message of options and then one message for each event. The client uses it for credentials of its own.
 */
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
        const written = await write(node, call, { stream, expected, events });
        if (written.kind === 'committed') callback(null, success(written.position, written.revision));
        else if (written.kind === 'wrongVersion') callback(null, wrongVersion(expected, written.current));
        else if (written.kind !== 'silent') callback(asError(refusal(written, stream, node.maxAppendSize)));
      })();
    });
  };

function refusal(
  written: Exclude<Written, { readonly kind: 'committed' | 'wrongVersion' | 'silent' }>,
  stream: string,
  maximum: number,
): Failure {
  switch (written.kind) {
    case 'deleted':
      return streamDeleted(stream);
    case 'tooLarge':
      return maximumAppendSizeExceeded(maximum);
    case 'notLeader':
      return notLeader(written.leader);
    case 'busy':
      return busy();
    case 'exhausted':
      return exhausted();
    case 'unavailable':
    case 'notReady':
      return notReady();
    case 'timedOut':
      return timedOut();
    case 'denied':
      return accessDenied();
  }
}

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
