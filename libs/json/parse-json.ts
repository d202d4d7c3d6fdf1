import { Faults, pointerToken, type JsonFault } from './fault.js';

/** Deeper JSON is refused, because readers of a value may recurse. */
export const DEEPEST = 64;

/** An object with more members is refused before it is parsed: no event needs as many, and parsing them is slow. */
export const MOST_MEMBERS = 10_000;

/**
 * `malformed`: not UTF-8 (RFC 3629), not JSON (RFC 8259), a member twice (RFC 7493 §2.3), or nested too deep. `inexact`: JSON with a value that
 * cannot be kept as it was sent: half of a surrogate pair (RFC 7493 §2.1), a number that a double cannot represent (§2.2). `excessive`: an object
 * with more than `MOST_MEMBERS`. The message continues “The body …”, “Line 3 …”.
 */
export class JsonError extends Error {
  override readonly name = 'JsonError';

  constructor(
    readonly code: 'malformed' | 'excessive' | 'inexact',
    message: string,
    /** Each with its place; empty where the text has no place because it is not JSON. */
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
 * A number is taken if the nearest double, written out again (as JSON.stringify and RFC 8785 do: the shortest decimal that gives this
 * double), is the same decimal number. So 0.1, 1.10, 1e21 and -0 are taken; 9007199254740993, 0.10000000000000000555 and 1e400 are not.
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

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Every double holds 15 digits (DBL_DIG of C), so a number of at most 15 characters without an exponent is exact. */
const SURELY_EXACT = 15;

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

interface Outline {
  /** The number of members in the text, counted by their colons. */
  readonly members: number;
  /** Whether the text may have a number or a character that cannot be kept. */
  readonly doubtful: boolean;
}

/** Scans a text outside its strings, whether it is JSON or not. Throws JsonError where it is too deep or an object is too large. */
function outlineOf(text: string): Outline {
  /** The number of members so far in each open object or list, by depth. */
  const counts = new Uint32Array(DEEPEST + 1);
  let depth = 0;
  let members = 0;
  let doubtful = SURROGATE_ESCAPE.test(text);
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
      doubtful ||= end - at >= SURELY_EXACT || hasExponent(text, at, end);
      at = end;
    }
  }
  return { members, doubtful };
}

function excessive(): JsonError {
  const detail = `has an object of more than ${MOST_MEMBERS} members`;
  return new JsonError('excessive', detail, [{ pointer: '', detail }]);
}

/** The index of the closing quote; of the last character where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length - 1;
}

const beginsNumber = (code: number): boolean => (code >= 0x30 && code <= 0x39) || code === MINUS;

const isExponent = (code: number): boolean => (code | 0x20) === 0x65;

const continuesNumber = (code: number): boolean =>
  beginsNumber(code) || code === 0x2e || code === 0x2b || isExponent(code);

/** The index of its last character. */
function endOfNumber(text: string, start: number): number {
  let end = start;
  while (continuesNumber(text.charCodeAt(end + 1))) end += 1;
  return end;
}

function hasExponent(text: string, start: number, end: number): boolean {
  for (let at = start; at <= end; at += 1) if (isExponent(text.charCodeAt(at))) return true;
  return false;
}

/** Of members with one name JSON.parse keeps the last, so that the value has fewer members than the text. */
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

/** An object or a list that is being read. */
interface Open {
  /** The names of an object so far; undefined for a list. */
  readonly names: Set<string> | undefined;
  key: string | number;
}

/** Reads a JSON text token by token, for its faults. */
class FaultFinder {
  readonly malformed = new Faults();
  readonly inexact = new Faults();
  private readonly open: Open[] = [];
  /** Whether the next string is the name of a member. */
  private isName = false;

  constructor(private readonly text: string) {
    for (let at = 0; at < text.length; at += 1) at = this.token(at);
  }

  /** Gives the index of its last character. */
  private token(at: number): number {
    const code = this.text.charCodeAt(at);
    if (code === QUOTE) return this.string(at);
    if (beginsNumber(code)) return this.number(at);
    this.mark(code);
    return at;
  }

  private mark(code: number): void {
    switch (code) {
      case OPEN_OBJECT:
      case OPEN_LIST:
        this.isName = code === OPEN_OBJECT;
        this.open.push({ names: this.isName ? new Set() : undefined, key: this.isName ? '' : 0 });
        return;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        this.isName = false;
        this.open.pop();
        return;
      case COLON:
        this.isName = false;
        return;
      case COMMA:
        this.next();
    }
  }

  private next(): void {
    const inner = this.open.at(-1);
    this.isName = inner?.names !== undefined;
    if (typeof inner?.key === 'number') inner.key += 1;
  }

  private string(at: number): number {
    const end = endOfString(this.text, at);
    const string = stringAt(this.text, at, end);
    if (this.isName) this.name(string);
    if (/\p{Surrogate}/u.test(string)) {
      this.inexact.add(this.pointer, 'has half of a surrogate pair, which is no character');
    }
    return end;
  }

  private name(name: string): void {
    const inner = this.open.at(-1);
    if (!inner?.names) return;
    inner.key = name;
    if (inner.names.has(name)) this.malformed.add(this.pointer, 'is there twice');
    inner.names.add(name);
  }

  private number(at: number): number {
    const end = endOfNumber(this.text, at);
    const number = this.text.slice(at, end + 1);
    if (!isExact(number)) {
      this.inexact.add(this.pointer, `is ${shown(number)}, which a double cannot represent exactly`);
    }
    return end;
  }

  private get pointer(): string {
    return this.open.map(({ key }) => pointerToken(key)).join('');
  }
}

/** Throws JsonError with the faults of a JSON text, if it has any. */
function refuseFaults(text: string): void {
  const found = new FaultFinder(text);
  for (const code of ['malformed', 'inexact'] as const) {
    const { count, all } = found[code];
    const [first] = all;
    if (!first) continue;
    const more = count === 1 ? '' : ` (and ${count - 1} more faults)`;
    throw new JsonError(code, `has a fault at ${first.pointer}: it ${first.detail}${more}`, all);
  }
}

function stringAt(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : raw;
}

function isExact(number: string): boolean {
  const double = Number(number);
  return Number.isFinite(double) && decimalOf(number) === decimalOf(String(double));
}

/** One text for each absolute value: the digits without zeros at either end, and the power of ten of the first. */
function decimalOf(number: string): string {
  const [mantissa = '', exponent = '0'] = number.replace(/^-/, '').split(/e/i);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  let start = 0;
  while (digits[start] === '0') start += 1;
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return start === end ? '0' : `${digits.slice(start, end)}e${Number(exponent) + whole.length - start}`;
}

const shown = (number: string): string => (number.length > 40 ? `${number.slice(0, 40)}…` : number);
