import { FaultFinder } from './find-faults.js';
import { JsonError } from './json-error.js';
import { Outline, type Cut, type CutAt } from './outline.js';
import { membersIn, Parts } from './parts.js';
import { OPEN_LIST } from './scan.js';

/** A text with more values is refused before it is parsed: 10,000 developments have fewer, and parsing takes a microsecond or more for each. */
export const MOST_VALUES = 1_000_000;

/** What a text may have, besides I-JSON. */
export interface JsonBounds {
  /** The most values: elements of lists, and members. Default: `MOST_VALUES`. */
  readonly values?: number;
  /** Refuses a list at the top, before anything else is read. */
  readonly noList?: boolean;
}

/** Bytes of a text that is parsed in one piece. */
const SMALL = 64 * 1024;
/** Longer texts are decoded and scanned in pieces of this length, and parsed in parts. A part of 3,000 members with new names takes some 7 ms. */
const PIECE = 64 * 1024;
const PARTS: CutAt = { least: 16 * 1024, most: 32 * 1024 };

/**
 * The value of a JSON text in UTF-8, as it was sent: I-JSON (RFC 7493), with any type at the top. A byte order mark is ignored
 * (RFC 8259 §8.1). Linear in time and memory. Throws JsonError.
 *
 * A number is accepted if the nearest double, written out again (as JSON.stringify and RFC 8785 do: the shortest decimal that gives this
 * double), is the same decimal number. So 0.1, 1.10, 1e21 and -0 are accepted; 9007199254740993, 0.10000000000000000555 and 1e400 are not.
 */
export const parseJson = (bytes: Uint8Array, bounds: JsonBounds = {}): unknown =>
  last(parsingJson(bytes, bounds));

/** The same, for a decoded text. */
export function parseJsonText(text: string, bounds: JsonBounds = {}): unknown {
  const bytes = new TextEncoder().encode(text);
  return inOnePiece(text, last(outlining(bytes, { bounds, cutAt: NOWHERE })));
}

/** The same computation in steps: a text of any length is decoded, scanned and parsed in pieces of some milliseconds, with a step after each. */
export function* parsingJson(
  bytes: Uint8Array,
  bounds: JsonBounds = {},
  small = SMALL,
  cutAt = PARTS,
): Generator<void, unknown, void> {
  if (bounds.noList === true && beginsList(bytes)) {
    throw new JsonError('malformed', 'is a list, but must be an object');
  }
  if (bytes.length <= small) {
    const text = decoded(bytes);
    return inOnePiece(text, last(outlining(bytes, { bounds, cutAt: NOWHERE })));
  }
  yield* checkingUtf8(bytes);
  const outline = yield* outlining(bytes, { bounds, cutAt });
  const start = hasByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
  if (outline.cuts.length === 0) return inOnePiece(decoded(bytes), outline);
  const parts = new Parts(bytes, start, (text) => HALF_ESCAPE.test(text));
  for (const cut of outline.cuts) {
    parts.add(cut);
    yield;
  }
  const value = parts.finish();
  if (outline.doubtful || parts.doubtful || parts.members !== outline.members)
    yield* refusingFaults(textsOf(bytes, start, outline.cuts));
  return value;
}

function last<T>(computation: Generator<void, T, void>): T {
  let next = computation.next();
  while (next.done !== true) next = computation.next();
  return next.value;
}

const NOWHERE: CutAt = { least: Infinity, most: Infinity };

function* outlining(
  bytes: Uint8Array,
  { bounds: { values = MOST_VALUES }, cutAt }: { readonly bounds: JsonBounds; readonly cutAt: CutAt },
): Generator<void, Outline, void> {
  const outline = new Outline(bytes, values, cutAt);
  for (;;) {
    outline.scan(PIECE);
    if (outline.isComplete) return outline;
    yield;
  }
}

function inOnePiece(text: string, { doubtful, members }: Outline): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonError('malformed', syntaxFault(text, error), [], { cause: error });
  }
  if (doubtful || HALF_ESCAPE.test(text) || membersIn(value) !== members) last(refusingFaults([text]));
  return value;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const hasByteOrderMark = (bytes: Uint8Array): boolean =>
  BYTE_ORDER_MARK.every((byte, n) => bytes[n] === byte);

/** The characters that JSON allows before a value (RFC 8259 §2), and the bytes of a byte order mark. */
const BEFORE_VALUE = new Set([0x20, 0x09, 0x0a, 0x0d, ...BYTE_ORDER_MARK]);

const beginsList = (bytes: Uint8Array): boolean =>
  bytes.find((byte) => !BEFORE_VALUE.has(byte)) === OPEN_LIST;

const decoder = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw noUtf8(error);
  }
}

function* checkingUtf8(bytes: Uint8Array): Generator<void, void, void> {
  const ofAll = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      ofAll.decode(bytes.subarray(at, at + PIECE), { stream: true });
      yield;
    }
    ofAll.decode();
  } catch (error) {
    throw noUtf8(error);
  }
}

const noUtf8 = (cause: unknown): JsonError => new JsonError('malformed', 'is not UTF-8', [], { cause });

const syntaxFault = (text: string, error: unknown): string =>
  text.trim() === '' ? 'is empty' : `is not JSON: ${error instanceof Error ? error.message : String(error)}`;

/**
 * An escape of one half of a surrogate pair without the other half beside it. An escaped backslash before `ud…` matches too, although it is
 * not such an escape; the search for faults then finds no fault.
 */
const HALF_ESCAPE =
  /\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F]|\\\\u[dD][89a-fA-F]/;

/** The text between each two cuts. No token is in two of them. */
function* textsOf(bytes: Uint8Array, start: number, cuts: readonly Cut[]): Generator<string, void, void> {
  let from = start;
  for (const { at } of cuts) {
    yield decoder.decode(bytes.subarray(from, at));
    from = at;
  }
  yield decoder.decode(bytes.subarray(from));
}

/** Throws JsonError with the faults of a JSON text, if it has any. */
function* refusingFaults(texts: Iterable<string>): Generator<void, void, void> {
  const found = new FaultFinder();
  for (const text of texts) {
    found.read(text);
    yield;
  }
  for (const code of ['malformed', 'inexact'] as const) {
    const { count, all } = found[code];
    const [first] = all;
    if (!first) continue;
    const more = count === 1 ? '' : ` (and ${found.isComplete ? '' : 'at least '}${count - 1} more faults)`;
    if (!found.isComplete) all.push({ pointer: '', detail: 'was not checked after these faults' });
    throw new JsonError(code, `has a fault at ${first.pointer}: it ${first.detail}${more}`, all);
  }
}
