import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import { exhausted, notLeader, notReady, type Failure } from './errors.js';
import { any, empty, shared, status, streams } from './protocol.js';
import { asError, type ServingNode } from './serving-node.js';
import { ANY, NO_STREAM, STREAM_EXISTS, type ProposedEvent } from './stream-write.js';
import { write, type Written } from './writing.js';
import { proposed, uuid } from './wire-event.js';

type Options = streams.BatchAppendReq.Options;

interface Pending {
  readonly options: Options;
  readonly events: ProposedEvent[];
}

/**
 * `BatchAppend`: many appends in one call. The parts of each append share a correlation id, and each append has its own answer. The answer that
 * another node leads ends the call, and with it all other appends.
 */
export const batchAppend =
  (node: ServingNode): handleBidiStreamingCall<streams.BatchAppendReq, streams.BatchAppendResp> =>
  (call) => {
    const pending = new Map<string, Pending>();
    let underWay = 0;
    let ended = false;
    const endIfDone = (): void => {
      if (ended && underWay === 0) call.end();
    };
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = uuid(correlation);
      const options = request.getOptions();
      if (options !== undefined) pending.set(key, { options, events: [] });
      const batch = pending.get(key);
      if (batch === undefined) return;
      batch.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal()) return;
      pending.delete(key);
      underWay += 1;
      void (async () => {
        const stream = Buffer.from(batch.options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(
          'utf8',
        );
        const expected = expectedOf(batch.options);
        const written = await write(node, call, { stream, expected, events: batch.events });
        underWay -= 1;
        const ending = endsCall(written);
        if (ending !== undefined) {
          call.emit('error', asError(ending));
          return;
        }
        if (written.kind === 'silent' || call.cancelled) return;
        const answer = answerTo(written, node.maxAppendSize, expected);
        answer.setCorrelationId(correlation);
        answer.setStreamIdentifier(batch.options.getStreamIdentifier());
        call.write(answer);
        endIfDone();
      })();
    });
    call.on('end', () => {
      ended = true;
      endIfDone();
    });
  };

function expectedOf(options: Options): number {
  if (options.hasNoStream()) return NO_STREAM;
  if (options.hasStreamExists()) return STREAM_EXISTS;
  return options.hasStreamPosition() ? Number(options.getStreamPosition()) : ANY;
}

function endsCall(written: Written): Failure | undefined {
  if (written.kind === 'notLeader' && written.leader !== undefined) return notLeader(written.leader);
  if (written.kind === 'exhausted') return exhausted();
  return written.kind === 'unavailable' ? notReady() : undefined;
}

function answerTo(written: Written, maximum: number, expected: number): streams.BatchAppendResp {
  const answer = new streams.BatchAppendResp();
  switch (written.kind) {
    case 'committed':
      return answer.setSuccess(success(written.position, written.revision));
    case 'wrongVersion':
      return answer.setError(
        packed('WrongExpectedVersion', wrongVersion(expected, written.current), 'WrongExpectedVersion'),
      );
    case 'deleted':
      return answer.setError(packed('StreamDeleted', new shared.StreamDeleted(), 'StreamDeleted'));
    case 'tooLarge':
      return answer.setError(
        packed(
          'MaximumAppendSizeExceeded',
          new shared.MaximumAppendSizeExceeded().setMaxappendsize(maximum),
          'Maximum Append Size Exceeded',
        ),
      );
    case 'denied':
      return answer.setError(packed('AccessDenied', new shared.AccessDenied(), 'Access Denied'));
    case 'timedOut':
      return answer.setError(packed('Timeout', new shared.Timeout(), 'Timeout'));
    default:
      return answer.setError(unrecognised(WORDS[written.kind] ?? 'No leader info available in response'));
  }
}

/** The messages of the server for writes that it has not begun. */
const WORDS: Readonly<Partial<Record<Written['kind'], string>>> = {
  busy: 'Server Is Busy',
  notReady: 'Server Is Not Ready',
};

function success(position: bigint, revision: number): streams.BatchAppendResp.Success {
  const at = new shared.AllStreamPosition();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  return new streams.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
}

function wrongVersion(expected: number, current: number): shared.WrongExpectedVersion {
  const wrong = new shared.WrongExpectedVersion();
  if (current === NO_STREAM) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === ANY) wrong.setExpectedAny(new empty.Empty());
  else if (expected === STREAM_EXISTS) wrong.setExpectedStreamExists(new empty.Empty());
  else if (expected === NO_STREAM) wrong.setExpectedNoStream(new empty.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return wrong;
}

function packed(type: string, details: { serializeBinary(): Uint8Array }, message: string): status.Status {
  const wrapped = new any.Any();
  wrapped.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new status.Status().setMessage(message).setDetails(wrapped);
}

/** An error of the server itself, in which the client can recognise only the message. */
function unrecognised(message: string): status.Status {
  const wrapped = new any.Any();
  wrapped.pack(new empty.Empty().serializeBinary(), 'google.protobuf.Empty');
  return new status.Status().setMessage(message).setDetails(wrapped);
}
