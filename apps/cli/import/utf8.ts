import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Failure, messageOf } from '../failure.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** The most bytes of a file that are searched for the end of its first line. */
const LONGEST_LOOK = 1_000_000;

/** First bytes that no text has, and the kind of such a file. */
const OTHER_FILES: readonly (readonly [bytes: string, name: string, advice: string])[] = [
  ['504b0304', 'a ZIP file (also .xlsx)', 'unpack it, or save the sheet as JSON'],
  ['d0cf11e0', 'a file of an office program', 'save its data as JSON'],
  ['25504446', 'a PDF file', 'save its data as JSON'],
  ['28b52ffd', 'packed with zstd', 'unpack it first (zstd -d)'],
  ['fd377a58', 'packed with xz', 'unpack it first (xz -d)'],
  ['425a68', 'packed with bzip2', 'unpack it first (bzip2 -d)'],
  ['53514c69', 'an SQLite database', 'give a data folder with --data, or copy it with "borderline copy"'],
];

/**
 * The text of a file, as UTF-8 in lines that end in LF. The file may be UTF-8, or UTF-16 with a byte order mark, and either may be packed with gzip.
 * Its lines may end in CR alone. Memory is bounded. Throws Failure where the file is not text, with the kind of the file in one line. `name`: the
 * name of the file in messages.
 */
export async function* utf8Of(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const rest = chunks[Symbol.asyncIterator]();
  const start = await readUntil(rest, (bytes) => bytes.length >= 4);
  const whole = following(start, rest);
  const hex = start.subarray(0, 4).toString('hex');
  const other = OTHER_FILES.find(([bytes]) => hex.startsWith(bytes));
  if (other) throw new Failure(`${name} is ${other[1]}, not NDJSON or a JSON array: ${other[2]}`);
  if (hex.startsWith('1f8b')) yield* utf8Of(name, unzipped(name, whole));
  else if (hex.startsWith('fffe')) yield* linesOfBytes(decoded(name, 'utf-16le', whole));
  else if (hex.startsWith('feff')) yield* linesOfBytes(decoded(name, 'utf-16be', whole));
  else if (start.subarray(0, 4).includes(0)) {
    throw new Failure(`${name} is not UTF-8: if it is UTF-16, save it with a byte order mark, or as UTF-8`);
  } else yield* linesOfBytes(whole);
}

/** Reads until there is enough, or the file ends. */
async function readUntil(
  chunks: AsyncIterator<Uint8Array>,
  isEnough: (bytes: Buffer) => boolean,
): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  while (!isEnough(bytes)) {
    const next = await chunks.next();
    if (next.done === true) break;
    bytes = Buffer.concat([bytes, next.value]);
  }
  return bytes;
}

async function* following(start: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* unzipped(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const piping = pipeline(Readable.from(chunks), gunzip).catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Failure(`${name} is packed with gzip, but damaged: ${messageOf(error)}`, { cause: error });
  } finally {
    gunzip.destroy();
    await piping;
  }
}

async function* decoded(
  name: string,
  encoding: 'utf-16le' | 'utf-16be',
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Uint8Array): Buffer => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch (error) {
      throw new Failure(`${name} is UTF-16, but damaged: it has half of a character`, { cause: error });
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** CR becomes LF where the first lines have no LF at all. A JSON string cannot have CR or LF in it. */
async function* linesOfBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const rest = chunks[Symbol.asyncIterator]();
  const start = await readUntil(rest, (bytes) => bytes.includes(NEWLINE) || bytes.length >= LONGEST_LOOK);
  const endInReturn = !start.includes(NEWLINE) && start.includes(RETURN);
  for await (const chunk of following(start, rest)) {
    yield endInReturn ? chunk.map((byte) => (byte === RETURN ? NEWLINE : byte)) : chunk;
  }
}
