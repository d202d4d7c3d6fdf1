import { Faults, pointerToken } from './fault.js';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfNumber,
  endOfString,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './scan.js';

/** An object or a list that is being read. */
interface Open {
  /** The names of an object so far; undefined for a list. */
  readonly names: Set<string> | undefined;
  key: string | number;
}

/**
 * Reads a JSON text token by token and collects its faults: members that are there twice (`malformed`), and values that cannot be stored as
 * they were sent (`inexact`). Reads no more once one of the lists is full.
 */
export class FaultFinder {
  readonly malformed = new Faults();
  readonly inexact = new Faults();
  private readonly open: Open[] = [];
  /** Whether the next string is the name of a member. */
  private isName = false;

  /** Whether everything was read. */
  isComplete = true;
  private text = '';

  /** Reads the next piece of the text; no token is in two pieces. */
  read(text: string): void {
    if (!this.isComplete) return;
    this.text = text;
    let at = 0;
    for (; at < text.length && !this.isFull; at += 1) at = this.token(at);
    this.isComplete = at >= text.length;
  }

  private get isFull(): boolean {
    return this.malformed.isFull || this.inexact.isFull;
  }

  /** Reads a token, and gives the index of its last character. */
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

function stringAt(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : raw;
}

/** Every normal double holds this number of decimal digits (DBL_DIG of C). */
const SURE_DIGITS = 15;
/** The least normal double (DBL_MIN of C). */
const LEAST_NORMAL = 2 ** -1022;

/** Whether a double holds the number of a JSON text. False for a text that is no number. */
export function isExact(number: string): boolean {
  const double = Number(number);
  const size = Math.abs(double);
  if (number.length <= SURE_DIGITS && size > LEAST_NORMAL && size < Infinity) return true;
  const shortest = String(double);
  return shortest === number || (Number.isFinite(double) && decimalOf(number) === decimalOf(shortest));
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
