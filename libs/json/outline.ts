import { isExact } from './find-faults.js';
import { excessive, JsonError } from './json-error.js';
import {
  BACKSLASH,
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  continuesNumber,
  isExponent,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './scan.js';

/** Deeper JSON is refused, because readers of a value may recurse. */
export const DEEPEST = 64;

/** An object with more members is refused before it is parsed: no event needs as many, and parsing them is slow. */
export const MOST_MEMBERS = 10_000;

/** A text with more bytes between two commas is refused: no event needs a text as long, and such a part can only be parsed in one piece. */
export const LONGEST_STRETCH = 1024 * 1024;

/** Every double holds 15 digits (DBL_DIG of C), so a number of at most 15 characters without an exponent is exact. */
const SURELY_EXACT = 15;

/** The index of the closing quote; of the last byte where there is none, or where the string is too long. */
function closingQuote(bytes: Uint8Array, start: number): number {
  const last = Math.min(bytes.length - 1, start + LONGEST_STRETCH + 1);
  for (let at = start + 1; at < last; at += 1) {
    const code = bytes[at];
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return last;
}

/** Of a number, whose characters are ASCII. */
const latin = new TextDecoder('latin1');

/** Where a text may be cut, and how long its parts are. */
export interface CutAt {
  /** The bytes of a part that ends at a comma of a container that is open already. */
  readonly least: number;
  /** The bytes of a part that ends at any comma. */
  readonly most: number;
}

/** A container that is open at a cut, and was not open at the cut before. */
export interface OpenedContainer {
  /** The comma before it, or the bracket of its parent; -1 where it is the whole text. */
  readonly after: number;
  /** Its bracket. */
  readonly begin: number;
}

/** The end of a part: a comma, or the bracket that closes a container of an earlier cut. */
export interface Cut {
  readonly at: number;
  readonly closes: boolean;
  /** From the outermost to the innermost. */
  readonly opened: readonly OpenedContainer[];
}

/**
 * Scans JSON in UTF-8 outside its strings, whether it is JSON or not, and cuts it into parts. `scan` throws JsonError where the text is too deep, an object
 * is too large, a stretch without a comma is too long, or there are too many values.
 */
export class Outline {
  /** The number of members, by their colons. */
  members = 0;
  /** Whether the text may have a number that cannot be stored. */
  doubtful = false;
  readonly cuts: Cut[] = [];

  private at = 0;
  private depth = 0;
  /** A value begins the text, an object or a list, or follows a comma. An empty object or list counts as one value more. */
  private values = 1;
  /** The last comma of all. */
  private comma = -1;
  /** Containers that are open at the last cut, and still open. */
  private open = 0;
  private lastCut = 0;
  /** By depth: the number of members so far, the opening bracket, and the last comma or else the bracket. */
  private readonly counts: number[] = [0];
  private readonly begins: number[] = [-1];
  private readonly commas: number[] = [-1];

  constructor(
    private readonly bytes: Uint8Array,
    private readonly mostValues: number,
    private readonly cutAt: CutAt,
  ) {}

  get isComplete(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Scans this number of bytes, and the rest of the token in which they end. */
  scan(count: number): void {
    const { bytes } = this;
    const end = Math.min(bytes.length, this.at + count);
    let at = this.at;
    for (; at < end; at += 1) {
      const code = bytes[at]!;
      if (code === QUOTE) at = closingQuote(bytes, at);
      else if (code === COMMA) this.atComma(at);
      else if (code === COLON) this.atColon();
      else if (code === OPEN_OBJECT || code === OPEN_LIST) this.atOpening(at);
      else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.atClosing(at);
      else if (beginsNumber(code)) at = this.endOfNumber(at);
    }
    this.checkStretch(at);
    this.at = at;
  }

  private atComma(at: number): void {
    const { depth, cutAt } = this;
    this.oneMore();
    this.checkStretch(at);
    const length = at - this.lastCut;
    if (length >= cutAt.least && depth > 0 && (depth <= this.open || length >= cutAt.most)) this.cut(at);
    this.comma = at;
    this.commas[depth] = at;
  }

  private atColon(): void {
    this.members += 1;
    const count = (this.counts[this.depth] = (this.counts[this.depth] ?? 0) + 1);
    if (count > MOST_MEMBERS) throw excessive(`an object of more than ${MOST_MEMBERS} members`);
  }

  private atOpening(at: number): void {
    this.oneMore();
    this.depth += 1;
    const { depth } = this;
    if (depth > DEEPEST) throw new JsonError('malformed', `nests more than ${DEEPEST} levels deep`);
    this.counts[depth] = 0;
    this.begins[depth] = this.commas[depth] = at;
  }

  private atClosing(at: number): void {
    if (this.depth === 0) return;
    if (this.depth === this.open) {
      this.cuts.push({ at, closes: true, opened: [] });
      this.lastCut = at;
      this.open -= 1;
    }
    this.depth -= 1;
  }

  private cut(at: number): void {
    const opened: OpenedContainer[] = [];
    for (let depth = this.open + 1; depth <= this.depth; depth += 1)
      opened.push({ after: this.commas[depth - 1]!, begin: this.begins[depth]! });
    this.cuts.push({ at, closes: false, opened });
    this.open = this.depth;
    this.lastCut = at;
  }

  private oneMore(): void {
    if (this.values >= this.mostValues) throw excessive(`more than ${this.mostValues} values`);
    this.values += 1;
  }

  private checkStretch(at: number): void {
    if (at - this.comma > LONGEST_STRETCH)
      throw excessive(`more than ${LONGEST_STRETCH} bytes without a comma`);
  }

  /** The index of the last byte of the number. */
  private endOfNumber(start: number): number {
    const { bytes } = this;
    const last = Math.min(bytes.length - 1, start + LONGEST_STRETCH + 1);
    let end = start;
    let hasExponent = false;
    while (end < last && continuesNumber(bytes[end + 1]!)) {
      end += 1;
      hasExponent ||= isExponent(bytes[end]!);
    }
    if (!this.doubtful && (hasExponent || end - start >= SURELY_EXACT))
      this.doubtful = !isExact(latin.decode(bytes.subarray(start, end + 1)));
    return end;
  }
}
