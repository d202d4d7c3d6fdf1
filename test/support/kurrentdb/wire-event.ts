import { shared, streams } from './protocol.js';
import type { ProposedEvent, StoredEvent } from './stream-write.js';

const JSON_TYPE = 'application/json';
const TICKS = 10_000n;

/** An event as the client proposes it in the first protocol, one by one or in batches. */
export function proposed(
  message: streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage,
): ProposedEvent {
  return {
    id: uuid(message.getId()),
    type: message.getMetadataMap().get('type') ?? '',
    json: message.getMetadataMap().get('content-type') === JSON_TYPE,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** An event as the answer of a read or a subscription. With `structured`, the id is two numbers instead of text. */
export function readEvent(stored: StoredEvent, structured: boolean): streams.ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const stream = new shared.StreamIdentifier();
  stream.setStreamName(Buffer.from(stored.stream));
  recorded.setId(structured ? structuredUuid(stored.id) : new shared.UUID().setString(stored.id));
  recorded.setStreamIdentifier(stream);
  recorded.setStreamRevision(String(stored.revision));
  recorded.setCommitPosition(String(stored.position));
  recorded.setPreparePosition(String(stored.position));
  recorded.getMetadataMap().set('type', stored.type);
  recorded.getMetadataMap().set('content-type', stored.json ? JSON_TYPE : 'application/octet-stream');
  recorded.getMetadataMap().set('created', String(BigInt(Math.trunc(stored.created)) * TICKS));
  recorded.setData(stored.data);
  recorded.setCustomMetadata(stored.metadata);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(stored.position));
  return new streams.ReadResp().setEvent(event);
}

export function uuid(message: shared.UUID | undefined): string {
  const structured = message?.getStructured();
  if (structured === undefined) return message?.getString() ?? '';
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function structuredUuid(id: string): shared.UUID {
  const hex = id.replaceAll('-', '');
  const half = (from: number): string => String(BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)));
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(half(0));
  structured.setLeastSignificantBits(half(16));
  return new shared.UUID().setStructured(structured);
}
