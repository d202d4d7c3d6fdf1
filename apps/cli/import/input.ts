import { createReadStream } from 'node:fs';

const NEWLINE = 0x0a;

/** The longest first line that is looked at, in bytes. */
const LONGEST = 131_072;

/** What has been read of stdin to look at its first line. */
const taken: Uint8Array[] = [];
let stdin: AsyncIterator<Uint8Array> | undefined;

/** The bytes of a file; `-` is stdin, and can be read once, from its beginning also where its first line was looked at. */
export function chunksOf(file: string): AsyncIterable<Uint8Array> {
  return file === '-' ? restOfStdin() : createReadStream(file, { highWaterMark: 256 * 1024 });
}

/** Whether it is an export (`borderline export`), by its first line: that of a whole log, as the audit writes it. */
export async function isExport(file: string): Promise<boolean> {
  const line = file === '-' ? await firstOfStdin() : await firstOf(createReadStream(file, { end: LONGEST }));
  const { canonicalJson, parseExportLine } = await import('#audit');
  const said = parseExportLine(line);
  if (said.kind !== 'event') return said.kind === 'checkpoint';
  return said.sequence === 1 && 'specversion' in said.event && canonicalJson(said.event) === line;
}

async function firstOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    parts.push(chunk);
    if (chunk.includes(NEWLINE)) break;
  }
  return lineIn(parts);
}

async function firstOfStdin(): Promise<string> {
  stdin ??= process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (let length = 0; length < LONGEST;) {
    const next = await stdin.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
    if (next.value.includes(NEWLINE)) break;
  }
  return lineIn(taken);
}

function lineIn(parts: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(parts);
  const end = bytes.indexOf(NEWLINE);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8');
}

async function* restOfStdin(): AsyncGenerator<Uint8Array> {
  stdin ??= process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  yield* taken.splice(0);
  for (let next = await stdin.next(); next.done !== true; next = await stdin.next()) yield next.value;
}
