import { LogError } from './errors.js';
import type { NewEvent } from './event-log.js';

/**
 * The longest event that the log accepts: bytes of its JSON (id, stream, type, schemaVersion, payload, metadata) in UTF-8, the
 * stream's name counted twice. An entry of the audit tree has 65,535 bytes at most. It repeats a part of that name;
 * its sequence, revision, times and the names of its members take at most 256 bytes more.
 */
export const MAX_EVENT_BYTES = 65_535 - 256;

/** The last instant of a Date, in milliseconds since the epoch. */
const LAST_INSTANT = 8.64e15;

/** Arrays and objects inside each other. The code that writes the audit's entries recurses, so there is a bound. */
const MAX_NESTING = 1_000;

/** A new event with its JSON, written once, before it waits for its commit. Later changes to the object have no effect. */
export interface SerializedEvent {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: string;
  readonly metadata: string;
  /** Milliseconds since the epoch; undefined: now. */
  readonly recordedAt: number | undefined;
}

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
  const payload = json(event, 'payload');
  const metadata = json(event, 'metadata');
  const serialized = { id, stream, type, schemaVersion, payload, metadata, recordedAt };
  checkSize(serialized);
  return serialized;
}

function isName(text: unknown): text is string {
  return typeof text === 'string' && text.length > 0 && !/\p{Surrogate}/u.test(text);
}

function isInstant(time: number): boolean {
  return Number.isSafeInteger(time) && time >= 0 && time <= LAST_INSTANT;
}

function json(event: NewEvent, field: 'payload' | 'metadata'): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = JSON.stringify(event[field]);
  } catch (error) {
    cause = error;
  }
  if (text === undefined) {
    throw new LogError('invalid', `Event ${event.id}: the ${field} is not JSON`, { id: event.id, cause });
  }
  const fault = faultOf(text);
  if (fault !== undefined) {
    throw new LogError('invalid', `Event ${event.id}: the ${field} ${fault}`, { id: event.id });
  }
  return text;
}

/** JSON.stringify escapes half characters; RFC 8785, the form of the audit's entries, does not allow them. */
function faultOf(json: string): string | undefined {
  if (json.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json)) return 'has half a character';
  if (json.length >= 2 * MAX_NESTING && isDeep(json)) return `nests more than ${MAX_NESTING} levels deep`;
  return undefined;
}

function isDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{}\]]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

/** A UTF-16 unit is at most 3 bytes of UTF-8, or 6 where JSON escapes it, so short events need no exact count. */
function checkSize(event: SerializedEvent): void {
  const names = event.id.length + 2 * event.stream.length + event.type.length;
  if (6 * names + 3 * (event.payload.length + event.metadata.length) + 100 <= MAX_EVENT_BYTES) return;
  const { payload, metadata, recordedAt: _, ...rest } = event;
  const frame = Buffer.byteLength(JSON.stringify(rest)) + ',"payload":,"metadata":'.length;
  const stream = Buffer.byteLength(JSON.stringify(event.stream)) - 2;
  const bytes = frame + stream + Buffer.byteLength(payload) + Buffer.byteLength(metadata);
  if (bytes > MAX_EVENT_BYTES) {
    throw new LogError(
      'too-large',
      `Event ${event.id} has ${bytes} bytes, more than the limit of ${MAX_EVENT_BYTES}`,
      {
        id: event.id,
      },
    );
  }
}
