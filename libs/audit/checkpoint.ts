import { AuditError, malformed, outOfRange } from './audit-error.js';
import { formatHash, isHash, parseHash, type Hash } from './hash.js';
import { openNote, type Note } from './note.js';
import type { Verifier } from './note-key.js';
import { assertSize } from './subtree.js';

/** A log's statement about itself at a moment: its first `size` entries have this root. C2SP tlog-checkpoint. */
export interface Checkpoint {
  /** The log: a URL without its scheme, such as `example.com/log42`, which is also the name of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Opaque lines; monitors do not audit them. Usually none. */
  readonly extensions: readonly string[];
}

/**
 * The note's text: origin, size in decimal, root in base64, then the extensions, each on a line. Sign it with
 * `signNote`. Throws AuditError `malformed` for lines that are empty, or of more than one line; `out-of-range`.
 * Proven by “checkpoints” in checkpoint.spec.ts.
 */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  assertSize(size);
  if (!isHash(root)) throw malformed('The root of a checkpoint must be a hash');
  if (![origin, ...extensions].every(isLine)) {
    throw malformed('The lines of a checkpoint are not empty and have no control characters');
  }
  return [origin, String(size), formatHash(root), ...extensions].map((line) => `${line}\n`).join('');
}

/**
 * The inverse of `formatCheckpoint`, for the text of a note that has been verified. Throws AuditError `malformed` for
 * every text that it does not write, `out-of-range` for a size past 2^53 - 1.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...extensions] = text.split('\n').slice(0, -1);
  if (origin === undefined || size === undefined || root === undefined || !text.endsWith('\n')) {
    throw malformed('A checkpoint must have an origin, a size and a root, each on a line');
  }
  if (!/^(?:0|[1-9]\d*)$/.test(size)) throw malformed('The size of a checkpoint must be a decimal number');
  if (!Number.isSafeInteger(Number(size))) throw outOfRange('The tree of the checkpoint is too large');
  if (![origin, ...extensions].every(isLine)) {
    throw malformed('The lines of a checkpoint are not empty and have no control characters');
  }
  return { origin, size: Number(size), root: parseHash(root), extensions };
}

/** A checkpoint and its signed note. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

/**
 * Opens a signed checkpoint of the log `origin`: one of the verifiers must have signed it. All verifiers must be keys of that log; after a
 * rotation, include the old key. Throws AuditError as `openNote` and `parseCheckpoint`, and `wrong-origin`.
 */
export function openCheckpoint(
  message: string | Uint8Array,
  origin: string,
  verifiers: readonly Verifier[],
): OpenedCheckpoint {
  const note = openNote(message, verifiers);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== origin) {
    throw new AuditError('wrong-origin', `The checkpoint is of ${checkpoint.origin}, not of ${origin}`);
  }
  return { checkpoint, note };
}

function isLine(line: string): boolean {
  return line.length > 0 && !/[\0-\x1f]|\p{Surrogate}/u.test(line);
}
