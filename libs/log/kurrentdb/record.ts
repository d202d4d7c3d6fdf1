import { isObject } from '#json';
import {
  jsonEvent,
  type BinaryEventData,
  type JSONEventData,
  type RecordedEvent,
} from '@kurrent/kurrentdb-client';
import type { Append } from '../decide.js';
import { LogError } from '../errors.js';
import type { ExpectedRevisions } from '../event-log.js';
import type { Beat, Fragment } from '../replica/index.js';
import type { SerializedEvent } from '../serialized-event.js';

/** Version of the record's format. A change of it, or of the rules by which appends are decided, gets the next number. */
const VERSION = 3;

/** The content of a record, in its metadata and as its type. */
const EVENTS = 'events';
const BEAT = 'beat';

/** Bytes of an event in a record beside its names and its content, its part of the record's own frame included, at most. */
const FRAME_BYTES = 300;

const UTF8 = new TextEncoder();

/** An event of an append, ready to be written, and an upper bound of the bytes that it takes in a record. */
export interface EventToWrite extends Pick<Fragment, 'append' | 'index' | 'count' | 'expected'> {
  readonly template: string;
  /** Its JSON before the number of the template, and after it. */
  readonly before: string;
  readonly behind: string;
  readonly bytes: number;
}

export function eventsToWrite(append: string, { events, expected }: Append): EventToWrite[] {
  const count = events.length;
  return events.map((event, index) => {
    const { id, stream, type, schemaVersion, recordedAt, content } = event;
    const { template, values } = content;
    const names = JSON.stringify([id, stream, type, schemaVersion]);
    const before = names.slice(0, -1);
    const behind = recordedAt === undefined ? `${values}]` : `${values},${recordedAt}]`;
    const own = index === 0 ? expected : {};
    const bytes =
      [before, behind, template, index === 0 ? JSON.stringify(expected) : '']
        .map((text) => Buffer.byteLength(text))
        .reduce((sum, length) => sum + length) + FRAME_BYTES;
    return { append, index, count, expected: own, template, before, behind, bytes };
  });
}

/**
 * One record for everything that is written together, because the cluster takes as long for a record of a hundred events as for a record of
 * one. Its data is JSON in UTF-8: the templates of its events, each once, and the appends or parts of appends, in order:
 *
 *     {"templates":[{"payload":{"status":0},"metadata":1}],
 *      "appends":[{"id":"…","first":0,"count":2,"expected":{"crossing-x":4},
 *                  "events":[["…","crossing-x","crossing.closed",2,0,["closed",{}]], …]}]}
 *
 * `count` is the number of events of the whole append, `first` the number of its first event here. An event is its id, stream, type, schema
 * version, the number of its template, its values, and its `recordedAt` where it has one. The record is sent as bytes, because the client
 * would serialize an object again. The cluster's own id of a record is new at every write, so that the cluster's memory of ids decides
 * nothing.
 *
 * `at`: the time of the write by this instance's clock, in milliseconds since the epoch.
 */
export function recordToWrite(
  parts: readonly (readonly EventToWrite[])[],
  id: string,
  at: number,
): BinaryEventData {
  const templates = new Map<string, number>();
  const numberOf = (template: string): number => {
    const known = templates.get(template);
    if (known !== undefined) return known;
    templates.set(template, templates.size);
    return templates.size - 1;
  };
  const appends = parts.flatMap((part) => {
    const [first] = part;
    if (first === undefined) return [];
    const events = part.map(({ before, behind, template }) => `${before},${numberOf(template)},${behind}`);
    const { append, index, count, expected } = first;
    const own = Object.keys(expected).length === 0 ? '' : `,"expected":${JSON.stringify(expected)}`;
    return `{"id":${JSON.stringify(append)},"first":${index},"count":${count}${own},"events":[${events.join()}]}`;
  });
  const text = `{"templates":[${[...templates.keys()].join()}],"appends":[${appends.join()}]}`;
  return {
    id,
    type: EVENTS,
    contentType: 'application/octet-stream',
    data: UTF8.encode(text),
    metadata: UTF8.encode(JSON.stringify({ v: VERSION, of: EVENTS, at })),
  };
}

/** A record without an event. Its time seals the past of the log. */
export const beatRecord = (id: string): JSONEventData =>
  jsonEvent({ id, type: BEAT, data: {}, metadata: { v: VERSION, of: BEAT } });

/**
 * The content of a record for a replica, in order; nothing where another program wrote the record into the stream. Throws LogError
 * `newer-format` for a record of another version, also of an earlier one: it cannot be skipped, because later decisions depend on it.
 */
export function contentOf(record: RecordedEvent): readonly (Fragment | Beat)[] {
  const { metadata, created } = record;
  if (!isObject(metadata) || !Number.isSafeInteger(metadata['v'])) return [];
  const { v, of, at, append } = metadata;
  // Versions 1 and 2 had the id of the append instead of `of`.
  if (typeof of !== 'string' && typeof append !== 'string') return [];
  if (v !== VERSION) {
    const which = `The log in the cluster has records of version ${String(v)}; this version of Borderline reads ${VERSION}`;
    const advice =
      (v as number) > VERSION
        ? 'use a later one'
        : 'copy the log into a file with the version that wrote it, and the file into a new log with this one';
    throw new LogError('newer-format', `${which}: ${advice}`);
  }
  if (of === BEAT) return [{ beatAt: secondOf(created.getTime()) }];
  if (of !== EVENTS || record.isJson || !Number.isSafeInteger(at)) return [];
  const ofRecord = { storedAt: storedAt(created.getTime(), at as number), position: positionOf(record) };
  return fragmentsOf(jsonOf(record.data), ofRecord) ?? [];
}

/**
 * The second comes from the cluster, the millisecond from the writer. The client gives `created` in milliseconds in a subscription and in
 * whole seconds in a read, and every instance must have the same time.
 */
function storedAt(created: number, at: number): number {
  const second = secondOf(created);
  return Math.min(Math.max(at, second), second + 999);
}

const secondOf = (created: number): number => Math.floor(created / 1_000) * 1_000;

/** The number of records of the stream up to this record. */
export const positionOf = ({ revision }: RecordedEvent): number => Number(revision) + 1;

/** The records that follow the position without a gap: a setting of the stream can hide records in between. */
export function withoutGap(records: readonly RecordedEvent[], position: number): number {
  const gap = records.findIndex((record, index) => positionOf(record) !== position + 1 + index);
  return gap < 0 ? records.length : gap;
}

/** A template of a record, and how many values it needs. */
interface TemplateShape {
  readonly template: string;
  readonly values: number;
}

/** Undefined where the content is not as `recordToWrite` writes it. */
function fragmentsOf(
  content: unknown,
  ofRecord: Pick<Fragment, 'storedAt' | 'position'>,
): Fragment[] | undefined {
  if (!isObject(content)) return undefined;
  const { templates, appends } = content;
  if (!Array.isArray(templates) || !Array.isArray(appends)) return undefined;
  const shapes = templates.map(templateShapeOf);
  const fragments: Fragment[] = [];
  for (const part of appends as unknown[]) {
    const frame = frameOf(part);
    if (frame === undefined) return undefined;
    const { append, first, count, expected, events } = frame;
    for (const [n, parts] of events.entries()) {
      const event = eventOf(parts, shapes);
      if (event === undefined) return undefined;
      const { template, values } = event.content;
      fragments.push({
        append,
        index: first + n,
        count,
        expected: n === 0 ? expected : {},
        event,
        // Counted only while an append is incomplete.
        characters: count === 1 ? 0 : template.length + values.length,
        ...ofRecord,
      });
    }
  }
  return fragments;
}

function frameOf(part: unknown):
  | (Pick<Fragment, 'append' | 'count' | 'expected'> & {
      readonly first: number;
      readonly events: readonly unknown[];
    })
  | undefined {
  if (!isObject(part)) return undefined;
  const { id, first, count, expected = {}, events } = part;
  if (typeof id !== 'string' || ![first, count].every(Number.isSafeInteger)) return undefined;
  if (!isObject(expected) || !Array.isArray(events)) return undefined;
  return {
    append: id,
    first: first as number,
    count: count as number,
    expected: expected as ExpectedRevisions,
    events,
  };
}

function eventOf(
  parts: unknown,
  shapes: readonly (TemplateShape | undefined)[],
): SerializedEvent | undefined {
  if (!Array.isArray(parts)) return undefined;
  const [id, stream, type, schemaVersion, template, values, recordedAt] = parts as unknown[];
  const shape = shapes[template as number];
  if (shape === undefined || !Array.isArray(values) || values.length < shape.values) return undefined;
  if (typeof id !== 'string' || typeof stream !== 'string' || typeof type !== 'string') return undefined;
  if (!Number.isSafeInteger(schemaVersion) || !Number.isSafeInteger(recordedAt ?? 0)) return undefined;
  return {
    id,
    stream,
    type,
    schemaVersion: schemaVersion as number,
    content: { template: shape.template, values: JSON.stringify(values) },
    recordedAt: recordedAt as number | undefined,
  };
}

function templateShapeOf(template: unknown): TemplateShape | undefined {
  if (!isObject(template) || !('payload' in template) || !('metadata' in template)) return undefined;
  const values = valuesOf(template);
  return Number.isSafeInteger(values) ? { template: JSON.stringify(template), values } : undefined;
}

/** The number of values that a template needs; NaN where it is no template. */
function valuesOf(template: unknown): number {
  if (isObject(template)) return Math.max(0, ...Object.values(template).map(valuesOf));
  return Number.isSafeInteger(template) && (template as number) >= 0 ? (template as number) + 1 : NaN;
}

function jsonOf(data: RecordedEvent['data']): unknown {
  if (!(data instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
