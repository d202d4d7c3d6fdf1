import type { JsonFault } from './fault.js';
import { FaultFinder, isExact } from './find-faults.js';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
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

/**
 * `malformed`: not UTF-8 (RFC 3629), not JSON (RFC 8259), a member twice (RFC 7493 §2.3), or nested too deep. `inexact`: JSON with a value
 * that cannot be stored as it was sent: half of a surrogate pair (RFC 7493 §2.1), a number that a double cannot represent (§2.2).
 * `excessive`: an object with more than `MOST_MEMBERS`. The message continues “The body …”, “Line 3 …”.
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
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    throw new JsonError('malformed', 'is not UTF-8', [], { cause: error });
  }
  return parseJsonText(text);
}

/** The same, for a decoded text. */
export function parseJsonText(text: string): unknown {
  const { members, doubtful } = outlineOf(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonError('malformed', syntaxFault(text, error), [], { cause: error });
  }
  if (doubtful || membersIn(value) !== members) refuseFaults(text);
  return value;
}

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
  /** Whether the text may have a number or a character that cannot be stored. */
  readonly doubtful: boolean;
}

/** The number of members so far in each open object or list, by depth; of one scan at a time. */
const counts = new Uint32Array(DEEPEST + 1);

/** Scans a text outside its strings, whether it is JSON or not. Throws JsonError where it is too deep or an object is too large. */
function outlineOf(text: string): Outline {
  counts[0] = 0;
  let depth = 0;
  let members = 0;
  let doubtful = HALF_ESCAPE.test(text);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) {
      members += 1;
      counts[depth] = (counts[depth] ?? 0) + 1;
      if (counts[depth]! > MOST_MEMBERS) throw excessive();
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

function excessive(): JsonError {
  const detail = `has an object of more than ${MOST_MEMBERS} members`;
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
