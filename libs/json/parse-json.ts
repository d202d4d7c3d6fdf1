import type { JsonFault } from './fault.js';
import { FaultFinder, isExact } from './find-faults.js';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfNumber,
  endOfString,
  isExponent,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './scan.js';

/** Deeper JSON is refused, because readers of a value may recurse. */
export const DEEPEST = 64;

/** An object with more members is refused before it is parsed: no event needs as many, and parsing them is slow. */
export const MOST_MEMBERS = 10_000;

/** A text with more values is refused before it is parsed: 10,000 developments have fewer, and parsing takes a microsecond or more for each. */
export const MOST_VALUES = 1_000_000;

/** What a text may have, besides I-JSON. */
export interface JsonBounds {
  /** The most values: elements of lists, and members. Default: `MOST_VALUES`. */
  readonly values?: number;
  /** Refuses a list at the top, before anything else is read. */
  readonly noList?: boolean;
}

/**
 * `malformed`: not UTF-8 (RFC 3629), not JSON (RFC 8259), a member twice (RFC 7493 §2.3), or nested too deep. `inexact`: JSON with a value
 * that cannot be stored as it was sent: half of a surrogate pair (RFC 7493 §2.1), a number that a double cannot represent (§2.2).
 * `excessive`: an object with more than `MOST_MEMBERS`, or a text with too many values. The message continues “The body …”, “Line 3 …”.
 */
export class JsonError extends Error {
  override readonly name = 'JsonError';

  constructor(
    readonly code: 'malformed' | 'excessive' | 'inexact',
    message: string,
    /** The faults, each with its pointer; empty where the text is not JSON and so has no pointers. */
    readonly faults: readonly JsonFault[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The value of a JSON text in UTF-8, as it was sent: I-JSON (RFC 7493), with any type at the top. A byte order mark is ignored
 * (RFC 8259 §8.1). Linear in time and memory. Throws JsonError.
 *
 * A number is accepted if the nearest double, written out again (as JSON.stringify and RFC 8785 do: the shortest decimal that gives this
 * double), is the same decimal number. So 0.1, 1.10, 1e21 and -0 are accepted; 9007199254740993, 0.10000000000000000555 and 1e400 are not.
 */
export function parseJson(bytes: Uint8Array, bounds: JsonBounds = {}): unknown {
  if (bounds.noList === true && beginsList(bytes)) {
    throw new JsonError('malformed', 'is a list, but must be an object');
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    throw new JsonError('malformed', 'is not UTF-8', [], { cause: error });
  }
  return parseJsonText(text, bounds);
}

/** The same, for a decoded text. */
export function parseJsonText(text: string, { values = MOST_VALUES }: JsonBounds = {}): unknown {
  const { members, doubtful } = outlineOf(text, values);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonError('malformed', syntaxFault(text, error), [], { cause: error });
  }
  if (doubtful || HALF_ESCAPE.test(text) || membersIn(value) !== members) refuseFaults(text);
  return value;
}

/** The characters that JSON allows before a value (RFC 8259 §2), and the bytes of a byte order mark. */
const BEFORE_VALUE = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

const beginsList = (bytes: Uint8Array): boolean =>
  bytes.find((byte) => !BEFORE_VALUE.has(byte)) === OPEN_LIST;

const syntaxFault = (text: string, error: unknown): string =>
  text.trim() === '' ? 'is empty' : `is not JSON: ${error instanceof Error ? error.message : String(error)}`;

/** Every double holds 15 digits (DBL_DIG of C), so a number of at most 15 characters without an exponent is exact. */
const SURELY_EXACT = 15;

/**
 * An escape of one half of a surrogate pair without the other half beside it. An escaped backslash before `ud…` matches too, although it is
 * not such an escape; the search for faults then finds no fault.
 */
const HALF_ESCAPE =
  /\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F]|\\\\u[dD][89a-fA-F]/;

interface Outline {
  /** The number of members in the text, counted by their colons. */
  readonly members: number;
  /** Whether the text may have a number that cannot be stored. */
  readonly doubtful: boolean;
}

/** The number of members so far in each open object or list, by depth; of one scan at a time. */
const counts = new Uint32Array(DEEPEST + 1);

/**
 * Scans a text outside its strings, whether it is JSON or not. Throws JsonError where it is too deep, an object is too large, or there are more values
 * than `mostValues`.
 */
function outlineOf(text: string, mostValues: number): Outline {
  counts[0] = 0;
  let depth = 0;
  let members = 0;
  // A value begins the text, an object or a list, or follows a comma. An empty object or list counts as one value more.
  let values = 1;
  let doubtful = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (precedesValue(code)) values = oneMore(values, mostValues);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) {
      members += 1;
      counts[depth] = (counts[depth] ?? 0) + 1;
      if (counts[depth]! > MOST_MEMBERS) throw excessive(`an object of more than ${MOST_MEMBERS} members`);
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth += 1;
      if (depth > DEEPEST) throw new JsonError('malformed', `nests more than ${DEEPEST} levels deep`);
      counts[depth] = 0;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      if (depth > 0) depth -= 1;
    } else if (beginsNumber(code)) {
      const end = endOfNumber(text, at);
      doubtful ||= isInexact(text, at, end);
      at = end;
    }
  }
  return { members, doubtful };
}

const precedesValue = (code: number): boolean => code === COMMA || code === OPEN_OBJECT || code === OPEN_LIST;

function oneMore(values: number, most: number): number {
  if (values >= most) throw excessive(`more than ${most} values`);
  return values + 1;
}

function excessive(what: string): JsonError {
  const detail = `has ${what}`;
  return new JsonError('excessive', detail, [{ pointer: '', detail }]);
}

const isInexact = (text: string, start: number, end: number): boolean =>
  (end - start >= SURELY_EXACT || hasExponent(text, start, end)) && !isExact(text.slice(start, end + 1));

function hasExponent(text: string, start: number, end: number): boolean {
  for (let at = start; at <= end; at += 1) if (isExponent(text.charCodeAt(at))) return true;
  return false;
}

/** The number of members in a value. Of several members with the same name, JSON.parse keeps only the last. */
function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const element of value) members += membersIn(element);
  } else {
    for (const name in value) members += 1 + membersIn((value as Readonly<Record<string, unknown>>)[name]);
  }
  return members;
}

/** Throws JsonError with the faults of a JSON text, if it has any. */
function refuseFaults(text: string): void {
  const found = new FaultFinder(text);
  for (const code of ['malformed', 'inexact'] as const) {
    const { count, all } = found[code];
    const [first] = all;
    if (!first) continue;
    const more = count === 1 ? '' : ` (and ${found.isComplete ? '' : 'at least '}${count - 1} more faults)`;
    if (!found.isComplete) all.push({ pointer: '', detail: 'was not checked after these faults' });
    throw new JsonError(code, `has a fault at ${first.pointer}: it ${first.detail}${more}`, all);
  }
}
