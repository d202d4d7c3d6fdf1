import { jsonEvent, type JSONEventData, type RecordedEvent } from '@kurrent/kurrentdb-client';
import type { Append } from '../decide.js';
import { LogError } from '../errors.js';
import type { ExpectedRevisions } from '../event-log.js';
import { unpackedContent } from '../serialized-event.js';
import { pack } from '../template.js';
import type { Fragment } from '../sqlite/incomplete-appends.js';
import type { Beat } from '../sqlite/replica.js';

/** Version of the record's format. A change of it, or of the rules by which appends are decided, gets the next number. */
const VERSION = 1;
/** That of a beat. An instance that reads version 1 only stops at the first one: it would give later events another time. */
const BEAT_VERSION = 2;
/** In place of the id of an append. */
const BEAT = 'beat';

/** Bytes of a record's metadata beside those of the event: names, ids and numbers, at most. */
const FRAME_BYTES = 300;

const UTF8 = new TextEncoder();

/** A record to write, and an upper bound of the bytes that the cluster counts for it. */
export interface NewRecord {
  /** `at`: the time of the write by this instance's clock, in milliseconds since the epoch. */
  readonly data: (id: string, at: number) => JSONEventData;
  readonly bytes: number;
}

/**
 * The events of an append as the cluster stores them: the payload as data, everything else as metadata. The cluster's own id of a record is new
 * at every write, so that the cluster's memory of ids decides nothing.
 */
export function recordsOf(append: string, { events, expected }: Append): NewRecord[] {
  const count = events.length;
  return events.map((event, index) => {
    const { id, stream, type, schemaVersion, recordedAt } = event;
    const { payload, metadata } = unpackedContent(event.content);
    const envelope = {
      v: VERSION,
      append,
      index,
      count,
      id,
      stream,
      schemaVersion,
      metadata: JSON.stringify(metadata),
      ...(recordedAt === undefined ? {} : { recordedAt }),
      ...(index > 0 || Object.keys(expected).length === 0 ? {} : { expected }),
    };
    const text = JSON.stringify(envelope);
    return {
      data: (recordId, at) =>
        jsonEvent({
          id: recordId,
          type,
          data: payload as JSONEventData['data'],
          // As bytes, which the client sends unchanged: an object it would serialise again, through base64.
          metadata: UTF8.encode(`${text.slice(0, -1)},"at":${at}}`),
        }),
      bytes:
        2 * Buffer.byteLength(type) +
        Buffer.byteLength(JSON.stringify(payload)) +
        Buffer.byteLength(text) +
        FRAME_BYTES,
    };
  });
}

/** A record without an event. Its time seals the past of the log. */
export const beatRecord = (id: string): JSONEventData =>
  jsonEvent({ id, type: BEAT, data: {}, metadata: { v: BEAT_VERSION, append: BEAT } });

/** What a record is for a replica; undefined for what somebody else wrote into the stream. Throws as `fragmentOf`. */
export function contentOf(record: RecordedEvent): Fragment | Beat | undefined {
  const { metadata } = record;
  const isBeat =
    record.isJson && isObject(metadata) && metadata['v'] === BEAT_VERSION && metadata['append'] === BEAT;
  return isBeat ? { beatAt: secondOf(record.created.getTime()) } : fragmentOf(record);
}

/**
 * The event of an append in a record; undefined for a record of another program. Throws LogError `newer-format` for a record of a later version:
 * it cannot be skipped, as later decisions depend on it.
 */
function fragmentOf(record: RecordedEvent): Fragment | undefined {
  if (!record.isJson) return undefined;
  const envelope = envelopeOf(record.metadata);
  if (envelope === undefined) return undefined;
  const { append, index, count, expected, id, stream, schemaVersion, metadata, recordedAt, at } = envelope;
  const { template, values } = pack({ payload: record.data, metadata: metadata.value });
  return {
    append,
    index,
    count,
    expected,
    event: { id, stream, type: record.type, schemaVersion, content: { template, values }, recordedAt },
    // Counted only while an append is incomplete.
    characters: count === 1 ? 0 : JSON.stringify(record.data).length + metadata.text.length,
    storedAt: storedAt(record.created.getTime(), at),
    position: positionOf(record),
  };
}

/**
 * The second is that of the cluster, the millisecond that of the writer. The client gives `created` in milliseconds in a subscription and in
 * whole seconds in a read, and every instance must have the same time.
 */
function storedAt(created: number, at: number): number {
  const second = secondOf(created);
  return Math.min(Math.max(at, second), second + 999);
}

const secondOf = (created: number): number => Math.floor(created / 1_000) * 1_000;

/** The number of records of the stream up to this one. */
export const positionOf = ({ revision }: RecordedEvent): number => Number(revision) + 1;

/** How many of the records follow the position one by one: a setting of the stream can hide records that come next. */
export function withoutGap(records: readonly RecordedEvent[], position: number): number {
  const gap = records.findIndex((record, index) => positionOf(record) !== position + 1 + index);
  return gap < 0 ? records.length : gap;
}

type Envelope = Pick<Fragment, 'append' | 'index' | 'count' | 'expected'> &
  Pick<Fragment['event'], 'id' | 'stream' | 'schemaVersion' | 'recordedAt'> & {
    readonly metadata: { readonly text: string; readonly value: object };
    readonly at: number;
  };

/** The members that `recordsOf` has written to the metadata. */
function envelopeOf(metadata: unknown): Envelope | undefined {
  if (!isObject(metadata) || !Number.isSafeInteger(metadata['v'])) return undefined;
  const version = metadata['v'] as number;
  const { append, index, count, id, stream, schemaVersion, recordedAt, at, expected = {} } = metadata;
  if (typeof append !== 'string') return undefined;
  if (version > VERSION) {
    throw new LogError(
      'newer-format',
      `The log in the cluster has records of version ${version}; this version of Borderline reads ${VERSION}`,
    );
  }
  const numbers = [index, count, schemaVersion, at, recordedAt ?? 0];
  const texts = [id, stream];
  if (!numbers.every(Number.isSafeInteger) || !texts.every((text) => typeof text === 'string'))
    return undefined;
  const own = jsonObject(metadata['metadata']);
  if (!isObject(expected) || own === undefined) return undefined;
  return {
    append,
    index: index as number,
    count: count as number,
    id: id as string,
    stream: stream as string,
    schemaVersion: schemaVersion as number,
    metadata: own,
    recordedAt: recordedAt as number | undefined,
    at: at as number,
    expected: expected as ExpectedRevisions,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonObject(text: unknown): Envelope['metadata'] | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { text, value } : undefined;
  } catch {
    return undefined;
  }
}
