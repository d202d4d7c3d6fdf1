import { AuditError, malformed } from './audit-error.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { canonicalJson, isObject } from '#json';
import { HASH_BYTES } from './hash.js';
import { parseTilePath, tilePath, type Tile } from './tile.js';

/**
 * A log written out: NDJSON, every line canonical JSON (RFC 8785) and in UTF-8. For one size and key it is the same, byte for byte.
 *
 *     <an event>                                   its entry in the tree, as it is; in the order of the log
 *     {"hashes":"<base64>","tile":"tile/0/000"}    after every 256 events, and after the last one: the hashes of their leaves
 *     {"checkpoint":"<note>","keys":["<key>"]}     the last line: the signed checkpoint of exactly these events, and its signers
 *
 * The checkpoint alone proves the file; the hashes show which event differs from the recorded one. Proven by “the lines of an
 * export” in export-line.spec.ts.
 */
export type ExportLine =
  | { readonly kind: 'event'; readonly sequence: number; readonly event: object }
  | { readonly kind: 'leaves'; readonly tile: Tile; readonly hashes: Uint8Array }
  | ({ readonly kind: 'checkpoint' } & ExportCheckpoint)
  /** The line is none of these three kinds. */
  | { readonly kind: 'unknown' };

/** The last line of an export. */
export interface ExportCheckpoint {
  /** A signed note (`openCheckpoint`). */
  readonly note: string;
  /** The keys of the note's signatures, in signed-note form. Trust them only if they are known from another source. */
  readonly keys: readonly string[];
}

/** The line after the events of a tile of level 0. Without a newline. */
export function leavesLine(tile: Tile, hashes: Uint8Array): string {
  if (tile.level !== 0 || hashes.length !== tile.width * HASH_BYTES) throw malformed('Not a tile of leaves');
  return canonicalJson({ tile: tilePath(tile), hashes: encodeBase64(hashes) });
}

/** The last line. Without a newline. */
export function checkpointLine({ note, keys }: ExportCheckpoint): string {
  return canonicalJson({ checkpoint: note, keys });
}

/** The content of a line of an export; hashes and the checkpoint must be exactly in the form written here. Never throws. */
export function parseExportLine(text: string): ExportLine {
  const value = objectIn(text);
  if (value === undefined) return { kind: 'unknown' };
  const { sequence, tile, hashes, checkpoint, keys } = value as Readonly<Record<string, unknown>>;
  if (Number.isSafeInteger(sequence) && Number(sequence) >= 1) {
    return { kind: 'event', sequence: Number(sequence), event: value };
  }
  if (typeof checkpoint === 'string' && Array.isArray(keys) && keys.every((key) => typeof key === 'string')) {
    const last = { note: checkpoint, keys };
    return isWritten(text, () => checkpointLine(last))
      ? { kind: 'checkpoint', ...last }
      : { kind: 'unknown' };
  }
  const leaves = typeof tile === 'string' && typeof hashes === 'string' ? leavesIn(tile, hashes) : undefined;
  if (leaves === undefined) return { kind: 'unknown' };
  return isWritten(text, () => leavesLine(leaves.tile, leaves.hashes)) ? leaves : { kind: 'unknown' };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the line has exactly this form, without additions. */
function isWritten(text: string, write: () => string): boolean {
  try {
    return text === write();
  } catch (error) {
    if (error instanceof AuditError) return false;
    throw error;
  }
}

function leavesIn(path: string, base64: string): (ExportLine & { readonly kind: 'leaves' }) | undefined {
  const hashes = decodeBase64(base64);
  const tile = tileAt(path);
  if (tile === undefined || hashes?.length !== tile.width * HASH_BYTES) return undefined;
  return { kind: 'leaves', tile, hashes };
}

function tileAt(path: string): Tile | undefined {
  try {
    const tile = parseTilePath(path);
    return tile.level === 0 ? { ...tile, level: 0 } : undefined;
  } catch (error) {
    if (error instanceof AuditError) return undefined;
    throw error;
  }
}
