import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { AuditError, openCheckpoint, type Checkpoint } from '#audit';
import type { AuditKeys } from './audit-keys.js';

/**
 * An extension line, signed with the rest: the operator accepted the log as it was (`--accept-log`). Earlier checkpoints no longer
 * bind.
 */
export const ACCEPTED = 'accepted-by-operator';

/** The bytes at the end of the file that have the last checkpoint. */
const TAIL_BYTES = 16_384;

/**
 * The checkpoints that this log has signed, in a file that only grows: NDJSON of `{ keptAt, checkpoint }`, where `checkpoint` is the signed
 * note. Each line is fsynced. A line that a crash has left incomplete does not count.
 */
export class KeptCheckpoints {
  constructor(
    readonly file: string,
    private readonly keys: Pick<AuditKeys, 'origin' | 'verifiers'>,
    /** What to do with a checkpoint that none of the keys signed. */
    private readonly foreign: 'refuse' | 'skip' = 'refuse',
  ) {}

  keep(note: string, now: number): void {
    const descriptor = openSync(this.file, 'a+', 0o644);
    try {
      const { size } = fstatSync(descriptor);
      const last = Buffer.alloc(1);
      const torn = size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
      const line = JSON.stringify({ keptAt: new Date(now).toISOString(), checkpoint: note });
      writeSync(descriptor, `${torn ? '\n' : ''}${line}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** The greatest checkpoint that binds. Throws AuditError where our keys did not sign it, or it is not a checkpoint. */
  last(): Checkpoint | undefined {
    return this.binding(this.tail()).reduce<Checkpoint | undefined>(
      (greatest, next) => (greatest !== undefined && greatest.size > next.size ? greatest : next),
      undefined,
    );
  }

  /** All checkpoints that bind, in the order of their sizes. Throws as `last`. */
  all(): Checkpoint[] {
    const text = existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
    return this.binding(text).sort((one, other) => one.size - other.size);
  }

  private binding(text: string): Checkpoint[] {
    const checkpoints: Checkpoint[] = [];
    const lines = text.split('\n').slice(0, -1);
    for (const line of lines.toReversed()) {
      const note = noteIn(line);
      if (note === undefined) continue;
      const checkpoint = this.opened(note);
      if (checkpoint === undefined) continue;
      checkpoints.unshift(checkpoint);
      if (checkpoint.extensions.includes(ACCEPTED)) break;
    }
    if (this.foreign === 'refuse' && lines.length > 0 && checkpoints.length === 0)
      throw new AuditError('malformed', 'None of its lines is a checkpoint');
    return checkpoints;
  }

  private opened(note: string): Checkpoint | undefined {
    try {
      return openCheckpoint(note, this.keys.origin, this.keys.verifiers).checkpoint;
    } catch (error) {
      if (this.foreign === 'skip' && error instanceof AuditError) return undefined;
      throw error;
    }
  }

  /** Whole lines. */
  private tail(): string {
    if (!existsSync(this.file)) return '';
    const descriptor = openSync(this.file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
      readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
      const text = bytes.toString('utf8');
      return size > TAIL_BYTES ? text.slice(text.indexOf('\n') + 1) : text;
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Undefined for an incomplete line. */
function noteIn(line: string): string | undefined {
  try {
    const { checkpoint } = JSON.parse(line) as { readonly checkpoint?: unknown };
    return typeof checkpoint === 'string' ? checkpoint : undefined;
  } catch {
    return undefined;
  }
}
