import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isOfExport } from './as-sent.js';

const NEWLINE = 0x0a;

/** The longest first or last line that is read, in bytes. */
const LONGEST = 131_072;

/** An input that can be read only once: the bytes read for its first line, and the rest. */
interface Begun {
  readonly taken: Uint8Array[];
  readonly rest: AsyncIterator<Uint8Array>;
}

const begun = new Map<string, Begun>();

/** The name of a file in messages. */
export const inputName = (file: string): string => (file === '-' ? 'stdin' : file);

/** Neither stdin (`-`) nor a pipe: it can be read again. */
export function isRegular(file: string): boolean {
  return file !== '-' && statSync(file).isFile();
}

/** The bytes from the beginning, also after the first line was read. An irregular file can be read only once. */
export function chunksOf(file: string): AsyncIterable<Uint8Array> {
  return isRegular(file) ? streamOf(file) : restOf(beginning(file));
}

/**
 * Whether the input is an export (`borderline export`) or a part of an export: the first line is an entry of the audit, or the last line of a file is
 * a checkpoint.
 */
export async function isExport(file: string): Promise<boolean> {
  return (await beginsAsExport(file)) || (isRegular(file) && (await endsAsExport(file)));
}

async function beginsAsExport(file: string): Promise<boolean> {
  const line = await firstLine(file);
  const { entryOf, parseExportLine } = await import('#audit');
  const parsed = parseExportLine(line);
  if (parsed.kind !== 'event') return parsed.kind === 'checkpoint';
  if (parsed.sequence !== 1 || !('recordedAt' in parsed.event)) return false;
  try {
    return Buffer.compare(entryOf(parsed.event), Buffer.from(line)) === 0;
  } catch {
    // The line cannot be written as an entry, so it was never an entry.
    return false;
  }
}

async function endsAsExport(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, LONGEST));
    await handle.read(bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString('utf8').split('\n');
    return isOfExport(parsed(lines.findLast((line) => line.trim() !== '')));
  } finally {
    await handle.close();
  }
}

function parsed(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function firstLine(file: string): Promise<string> {
  const { taken, rest } = isRegular(file) ? begin(streamOf(file)) : beginning(file);
  for (let length = 0; length < LONGEST;) {
    const next = await rest.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
    if (next.value.includes(NEWLINE)) break;
  }
  if (isRegular(file)) await rest.return?.();
  const bytes = Buffer.concat(taken);
  const end = bytes.indexOf(NEWLINE);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
}

function streamOf(file: string): AsyncIterable<Uint8Array> {
  return file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
}

const begin = (chunks: AsyncIterable<Uint8Array>): Begun => ({
  taken: [],
  rest: chunks[Symbol.asyncIterator](),
});

function beginning(file: string): Begun {
  const known = begun.get(file) ?? begin(streamOf(file));
  begun.set(file, known);
  return known;
}

async function* restOf({ taken, rest }: Begun): AsyncGenerator<Uint8Array> {
  yield* taken.splice(0);
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
