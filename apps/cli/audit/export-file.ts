import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parseExportLine, type ExportCheckpoint } from '#audit';
import { Failure, messageOf } from '../failure.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** The longest line that is read, in bytes: an event has at most 65,535. */
const LONGEST = 131_072;

/** The lines, exactly as they are, without their newlines; undefined for a line that is too long or is not UTF-8. Memory is bounded. */
export async function* linesIn(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string | undefined, void, undefined> {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    length += part.length;
    if (length <= LONGEST) parts.push(part);
    else parts = [];
  };
  const line = (): string | undefined => {
    const [only, ...more] = parts;
    const bytes = only !== undefined && more.length === 0 ? only : Buffer.concat(parts);
    const readable = length <= LONGEST && isUtf8(bytes);
    parts = [];
    length = 0;
    return readable ? bytes.toString('utf8') : undefined;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      add(bytes.subarray(start, end));
      yield line();
      start = end + 1;
    }
    if (start < bytes.length) add(bytes.subarray(start));
  }
  if (length > 0) yield line();
}

export function linesOf(file: string): AsyncGenerator<string | undefined, void, undefined> {
  return linesIn(createReadStream(file, { highWaterMark: 256 * 1024 }));
}

/** The last line of an export. Throws Failure where the file cannot be read, or has no such line. */
export async function checkpointIn(file: string): Promise<ExportCheckpoint> {
  const end = await endOf(file);
  const last = end.at(-1) === NEWLINE ? end.subarray(end.lastIndexOf(NEWLINE, -2) + 1, -1) : end;
  const line = parseExportLine(last.toString('utf8'));
  if (line.kind === 'checkpoint' && last !== end) return line;
  if (
    last.at(-1) === RETURN &&
    parseExportLine(last.subarray(0, -1).toString('utf8')).kind === 'checkpoint'
  ) {
    throw new Failure(`${file} has line ends CRLF instead of LF, so its lines are not the signed lines`);
  }
  throw new Failure(`${file} does not end with its checkpoint: it is incomplete, or is not an export`);
}

async function endOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch((error: unknown) => {
    const code = (error as { readonly code?: unknown }).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw new Failure(`${file}: ${reason}`, { cause: error });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Failure(`${file} is not a file`);
    const bytes = Buffer.alloc(Math.min(stat.size, LONGEST));
    await handle.read(bytes, 0, bytes.length, stat.size - bytes.length);
    return bytes;
  } finally {
    await handle.close();
  }
}
