/** One development of a file, as text. `line`: where it begins, from 1. */
export interface Entry {
  readonly line: number;
  /** Undefined where the entry cannot be read: `fault` has the reason. */
  readonly text?: string;
  readonly fault?: string;
}

/** The longest entry that is read, in bytes; the log accepts events of at most 60,000. */
export const LONGEST_ENTRY = 1_000_000;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/**
 * The developments of a file: the lines of NDJSON, or the elements of a JSON array; the first character decides. Uses bounded memory for any
 * file. Only blank lines are skipped: an entry that is too long or is not UTF-8 has a fault.
 */
export async function* entriesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry, void, undefined> {
  let splitter: Splitter | undefined;
  let line = 1;
  for await (let bytes of withoutMark(chunks)) {
    if (splitter === undefined) {
      const first = bytes.findIndex((byte) => !isSpace(byte));
      line += newlinesIn(first < 0 ? bytes : bytes.subarray(0, first));
      if (first < 0) continue;
      bytes = bytes.subarray(first);
      splitter = bytes[0] === 0x5b ? new ArraySplitter(line) : new LineSplitter(line);
    }
    yield* splitter.take(bytes);
  }
  if (splitter) yield* splitter.end();
}

interface Splitter {
  take(bytes: Buffer): Iterable<Entry>;
  end(): Iterable<Entry>;
}

/** Collects the bytes of one entry, up to the longest. */
class Collector {
  private parts: Buffer[] = [];
  private length = 0;

  add(part: Buffer): void {
    this.length += part.length;
    if (this.length <= LONGEST_ENTRY) this.parts.push(part);
    else this.parts = [];
  }

  /** Returns the collected entry, or undefined if it is only space; then starts the next entry. */
  entry(line: number): Entry | undefined {
    const { parts, length } = this;
    this.parts = [];
    this.length = 0;
    if (length > LONGEST_ENTRY) {
      return { line, fault: `is longer than ${LONGEST_ENTRY} bytes; an event has at most 60,000` };
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).trim();
      return text === '' ? undefined : { line, text };
    } catch {
      return { line, fault: 'is not UTF-8' };
    }
  }
}

class LineSplitter implements Splitter {
  private readonly collector = new Collector();

  constructor(private line: number) {}

  *take(bytes: Buffer): Generator<Entry> {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.collector.add(bytes.subarray(start, end));
      yield* this.end();
      this.line += 1;
      start = end + 1;
    }
    this.collector.add(bytes.subarray(start));
  }

  *end(): Generator<Entry> {
    const entry = this.collector.entry(this.line);
    if (entry) yield entry;
  }
}

/** Splits `[ a, b ]` at the commas of its own level, by its brackets and strings alone: one broken element does not hide the next. */
class ArraySplitter implements Splitter {
  private readonly collector = new Collector();
  private start: number;
  private begun = false;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private closed = false;

  constructor(private line: number) {
    this.start = line;
  }

  *take(bytes: Buffer): Generator<Entry> {
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === NEWLINE) this.line += 1;
      const edge = this.isEdge(byte);
      if (edge) {
        if (this.depth <= 1) this.collector.add(bytes.subarray(from, at));
        from = at + 1;
        yield* this.finished();
      } else if (!this.begun && !isSpace(byte)) {
        this.begun = true;
        this.start = this.line;
      }
    }
    this.collector.add(bytes.subarray(from));
  }

  *end(): Generator<Entry> {
    const rest = this.collector.entry(this.begun ? this.start : this.line);
    if (this.closed) {
      if (rest) yield { line: rest.line, fault: 'is after the end of the array' };
      return;
    }
    if (rest) yield rest;
    yield { line: this.line, fault: 'the array has no end: the file is incomplete' };
  }

  private *finished(): Generator<Entry> {
    const entry = this.collector.entry(this.begun ? this.start : this.line);
    this.begun = false;
    if (entry) yield entry;
  }

  /** Whether an element ends here, or the array begins. */
  private isEdge(byte: number): boolean {
    if (this.closed) return false;
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) this.inString = false;
      return false;
    }
    if (byte === QUOTE) this.inString = true;
    else if (OPEN.includes(byte)) {
      this.depth += 1;
      return this.depth === 1;
    } else if (CLOSE.includes(byte)) {
      this.depth -= 1;
      this.closed = this.depth === 0;
      return this.closed;
    }
    return byte === COMMA && this.depth === 1;
  }
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes after a byte order mark, which has no meaning in UTF-8. The mark may be in several chunks. */
async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (head === undefined) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < MARK.length && MARK.subarray(0, head.length).equals(head)) continue;
    yield head.subarray(0, MARK.length).equals(MARK) ? head.subarray(MARK.length) : head;
    head = undefined;
  }
  if (head) yield head;
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === NEWLINE) count += 1;
  return count;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === 0x0d;
}
