import { TimeSlices, type Runtime } from '#runtime';
import { LogError } from './errors.js';
import type { NewEvent } from './event-log.js';
import { pack, unpackOf, type Packed } from './template.js';

/**
 * The longest event that the log accepts: bytes of its JSON (id, stream, type, schemaVersion, payload, metadata) in UTF-8, the
 * stream's name counted twice. An entry of the audit tree has 65,535 bytes at most. It repeats a part of that name;
 * its sequence, revision, times and the names of its members take at most 256 bytes more.
 */
export const MAX_EVENT_BYTES = 65_535 - 256;

/** The last instant of a Date, in milliseconds since the epoch. */
const LAST_INSTANT = 8.64e15;

/** The greatest depth of nested arrays and objects. The code that writes the audit's entries recurses, so there is a bound. */
const MAX_NESTING = 1_000;

/** A new event with its JSON, written once, before it waits for its commit. Later changes to the object have no effect. */
export interface SerializedEvent {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Its payload and its metadata. */
  readonly content: Packed;
  /** Milliseconds since the epoch; undefined: now. */
  readonly recordedAt: number | undefined;
}

/** What `SerializedEvent.content` packs. */
export interface EventContent {
  readonly payload: unknown;
  readonly metadata: Record<string, unknown>;
}

/** The content as values again. */
export const unpackedContent = ({ template, values }: Packed): EventContent =>
  unpackOf(template)(JSON.parse(values) as unknown[]) as EventContent;

/** The part before the first dash. */
export function categoryOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}

/** Throws LogError `invalid` or `too-large`. */
export function serialize(event: NewEvent): SerializedEvent {
  const { id, stream, type, schemaVersion, recordedAt } = event;
  if (!isName(id)) throw new LogError('invalid', 'An event needs an id: a well-formed text, not empty');
  if (!isName(stream) || stream.indexOf('-') < 1) {
    throw new LogError(
      'invalid',
      `Event ${id}: the name of a stream must be category-id, not ${String(stream)}`,
      {
        id,
      },
    );
  }
  if (!isName(type)) throw new LogError('invalid', `Event ${id} has no type`, { id });
  if (!Number.isSafeInteger(schemaVersion) || schemaVersion < 1) {
    throw new LogError('invalid', `Event ${id}: the schema version must be a whole number from 1`, { id });
  }
  if (recordedAt !== undefined && !isInstant(recordedAt)) {
    throw new LogError('invalid', `Event ${id} has no valid recordedAt: ${String(recordedAt)}`, { id });
  }
  const { template, values, atMost } = packed(event);
  const content = { template, values };
  const serialized = { id, stream, type, schemaVersion, content, recordedAt };
  checkSize(serialized, atMost);
  return serialized;
}

/** Milliseconds of the thread that serializing uses before others get their turn. */
const SLICE_MS = 5;

/** Events that are serialized in one piece. */
const FEW = 16;

/** Serializes the events: a few immediately, many in slices; these must not change meanwhile. Fails as `serialize`. */
export const serializeAll = (
  runtime: Runtime,
  events: readonly NewEvent[],
): SerializedEvent[] | Promise<SerializedEvent[]> =>
  events.length <= FEW
    ? events.map(serialize)
    : new TimeSlices(runtime, SLICE_MS).finish(serializing(events));

function* serializing(events: readonly NewEvent[]): Generator<void, SerializedEvent[], void> {
  const serialized: SerializedEvent[] = [];
  for (const event of events) {
    serialized.push(serialize(event));
    yield;
  }
  return serialized;
}

function isName(text: unknown): text is string {
  return typeof text === 'string' && text.length > 0 && !/\p{Surrogate}/u.test(text);
}

function isInstant(time: number): boolean {
  return Number.isSafeInteger(time) && time >= 0 && time <= LAST_INSTANT;
}

function packed({ id, payload, metadata }: NewEvent): ReturnType<typeof pack> {
  let content: ReturnType<typeof pack> | undefined;
  let fault: string | undefined = 'has no payload';
  let cause: unknown;
  try {
    if (payload !== undefined) {
      content = pack({ payload, metadata });
      fault = faultOf(content, [payload, metadata]);
    }
  } catch (error) {
    [fault, cause] = ['is not JSON', error];
  }
  if (content === undefined || fault !== undefined) {
    throw new LogError('invalid', `Event ${id} ${fault}`, { id, cause });
  }
  return content;
}

/** JSON.stringify escapes half characters; RFC 8785, the form of the audit's entries, does not allow them. */
function faultOf({ template, values }: Packed, parts: readonly unknown[]): string | undefined {
  if ([template, values].some(hasHalfCharacter)) return 'has half a character';
  // Only an array, or a value inside an array, can nest so deep, and arrays are among the values.
  const isLong = values.length >= 2 * MAX_NESTING - 100;
  if (isLong && parts.some((part) => isDeep(JSON.stringify(part)))) {
    return `nests more than ${MAX_NESTING} levels deep`;
  }
  return undefined;
}

const hasHalfCharacter = (json: string): boolean =>
  json.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json);

function isDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{}\]]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

/** `atMost`: UTF-16 units of its content. Each is at most 3 bytes of UTF-8, or 6 where JSON escapes it, so short events need no exact count. */
function checkSize(event: SerializedEvent, atMost: number): void {
  const names = event.id.length + 2 * event.stream.length + event.type.length;
  if (6 * names + 3 * atMost + 100 <= MAX_EVENT_BYTES) return;
  const { content, recordedAt: _, ...rest } = event;
  const { payload, metadata } = unpackedContent(content);
  const text = JSON.stringify({ ...rest, payload, metadata });
  const bytes = Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(rest.stream)) - 2;
  if (bytes > MAX_EVENT_BYTES) {
    throw new LogError(
      'too-large',
      `Event ${rest.id} has ${bytes} bytes, more than the limit of ${MAX_EVENT_BYTES}`,
      { id: rest.id },
    );
  }
}
