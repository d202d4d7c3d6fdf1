import { Failure } from '../failure.js';
import { printable } from '../terminal.js';
import { entriesOf } from './entries.js';
import { chunksOf, inputName } from './input.js';
import { readLine } from './read-line.js';
import type { Line, Refusal } from './send.js';
import { utf8Of } from './utf8.js';

/** Adjacent lines of a file, few enough for one request. */
export interface Batch {
  readonly lines: readonly Line[];
  /** The entries between these lines that cannot be sent. */
  readonly refused: readonly Refusal[];
}

export interface BatchOptions {
  /** Skip the lines of an export that are not events; otherwise they are a Failure. */
  readonly asNew?: boolean;
  /** Gets the number of bytes of each part of the file as it is read. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * The lines of a batch. The server parses a batch without a pause, then serializes its events without a pause; other requests wait. An export has
 * a line that is not an event among its first 257 lines. A batch is longer, so nothing of an incomplete export is sent.
 */
const MOST_LINES = 300;
const MOST_BYTES = 8 * 1024 * 1024;
/** If none of the first lines, up to this number, is JSON, the file is of another kind. */
const MOST_WITHOUT_JSON = 10;

/**
 * The developments of a file in batches that are small enough for one request. `-` is stdin. Throws Failure where the file is of another
 * kind, and, without `asNew`, at the first line that only an export has. A complete export has such a line among its first 257.
 */
export async function* batchesOf(
  file: string,
  { asNew = false, onRead = () => undefined }: BatchOptions = {},
): AsyncGenerator<Batch> {
  const name = inputName(file);
  let batch = new FillingBatch();
  let hasJson = false;
  for await (const entry of entriesOf(utf8Of(name, counted(chunksOf(file), onRead)))) {
    if (batch.isFull) {
      yield batch;
      batch = new FillingBatch();
    }
    const read = readLine(entry);
    hasJson ||= read.is !== 'not-json';
    if (read.is === 'development') batch.add(read.line);
    else if (read.is !== 'of-export') batch.refused.push(read.refusal);
    else if (!asNew) throw ofExport(name, entry.line);
    if (!hasJson && batch.refused.length === MOST_WITHOUT_JSON) throw noJson(name, batch.refused);
  }
  yield batch;
}

class FillingBatch implements Batch {
  readonly lines: Line[] = [];
  readonly refused: Refusal[] = [];
  private bytes = 0;

  get isFull(): boolean {
    return this.lines.length + this.refused.length === MOST_LINES || this.bytes > MOST_BYTES;
  }

  add(line: Line): void {
    this.lines.push(line);
    this.bytes += line.text.length;
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}

function ofExport(name: string, line: number): Failure {
  return new Failure(
    `${name}:${line}: this is a line of an export, but this file is not a complete, unpacked export: --as-new records its events as new ones`,
  );
}

function noJson(name: string, refused: readonly Refusal[]): Failure {
  const [first] = refused;
  const why = `its first ${refused.length} lines are not JSON (line ${first?.line} ${first?.faults[0]})`;
  return new Failure(printable(`${name} is neither NDJSON nor a JSON array of developments: ${why}`));
}
