import { hash as digest } from 'node:crypto';
import { AuditError, malformed } from './audit-error.js';
import { canonicalJson, isObject, NotJsonError } from '#json';
import { openCheckpoint, type Checkpoint } from './checkpoint.js';
import { openNote, signNote, type Note } from './note.js';
import type { Signer, Verifier } from './note-key.js';

/** A question: the address of an answer, and its parameters as the client gave them. */
export interface ReceiptQuestion {
  /**
   * Without a query.
   * @example "/v1/crossings/lt-by.medininkai"
   */
  readonly path: string;
  /** The parameters of the address, each a text. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The question with every instant resolved, and pinned to a sequence, so that its answer never changes. */
export interface ReceiptBasis {
  /** @format date-time */
  readonly asOf: string;
  /** @format date-time */
  readonly knownAt: string | null;
  /**
   * The sequence to which the question is pinned: `@120`.
   * @pattern ^@\d+$
   */
  readonly recordedAt: string;
  /**
   * The last sequence that the answer takes into account.
   * @asType integer
   * @minimum 0
   */
  readonly sequence: number;
  /** The IANA zone in which dates were read. */
  readonly zone: string;
}

/** A log's statement of its answer to a question. */
export interface Receipt {
  /** The name of the log; its checkpoint and its key have the same name. */
  readonly origin: string;
  /**
   * By the clock of the service: RFC 3339, UTC.
   * @format date-time
   */
  readonly issuedAt: string;
  readonly question: ReceiptQuestion;
  readonly basis: ReceiptBasis;
  /**
   * SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of the answer.
   * @pattern ^[0-9a-f]{64}$
   */
  readonly answerSha256: string;
  /** The program that answered, and its version; another version may phrase the same answer differently. */
  readonly software: string;
  /** The signed checkpoint of at least `basis.sequence` events: a note (C2SP). */
  readonly checkpoint: string;
}

/**
 * The first line of the text. The same key signs checkpoints, but no text can be both: the second line of a checkpoint is a number, the
 * second line of a receipt begins with a brace.
 */
const HEADER = 'borderline receipt v1';

/** SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of an answer. Throws NotJsonError. */
export function answerDigest(answer: unknown): string {
  return digest('sha256', canonicalJson(answer), 'hex');
}

/** Whether the answer has the digest of the receipt; false for a value that JSON cannot express. */
export function isSignedAnswer(answer: unknown, { answerSha256 }: Pick<Receipt, 'answerSha256'>): boolean {
  try {
    return answerDigest(answer) === answerSha256;
  } catch (error) {
    if (error instanceof NotJsonError) return false;
    throw error;
  }
}

/**
 * A receipt as a signed note (C2SP signed-note). The text is two lines: `borderline receipt v1`, and the receipt in canonical
 * JSON. Throws AuditError `malformed` for a receipt that `openReceipt` would not read back.
 * Proven by “receipts” in receipt.spec.ts.
 */
export function signReceipt(receipt: Receipt, signers: readonly Signer[]): string {
  const text = `${HEADER}\n${canonicalJson(receipt)}\n`;
  parseReceipt(text);
  return signNote(text, signers);
}

export interface OpenedReceipt {
  readonly receipt: Receipt;
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

/**
 * Opens a receipt, offline: one of the verifiers signed it, and one of them signed the checkpoint in it; both are of one log, and
 * the checkpoint covers the events behind the answer. Only the log can say whether the answer is right: ask the question
 * again, compute `answerDigest` of the answer, and compare.
 *
 * Throws AuditError: `malformed`, `unverified`, `invalid-signature`, `ambiguous-key` as `openNote`; `malformed` for every text
 * that `signReceipt` does not write; `wrong-origin` where the receipt, its key or its checkpoint is of another log;
 * `not-covered`. Proven by “no member of a receipt can be changed” in receipt.spec.ts.
 */
export function openReceipt(message: string | Uint8Array, verifiers: readonly Verifier[]): OpenedReceipt {
  const note = openNote(message, verifiers);
  const receipt = parseReceipt(note.text);
  const foreign = note.signatures.find(({ name }) => name !== receipt.origin);
  if (foreign !== undefined) {
    throw new AuditError(
      'wrong-origin',
      `The receipt is of ${receipt.origin}, but ${foreign.name} signed it`,
    );
  }
  const { checkpoint } = openCheckpoint(receipt.checkpoint, receipt.origin, verifiers);
  if (checkpoint.size < receipt.basis.sequence) {
    const { size } = checkpoint;
    throw new AuditError(
      'not-covered',
      `The basis of the answer is @${receipt.basis.sequence}, but the checkpoint has ${size} events`,
    );
  }
  return { receipt, checkpoint, note };
}

/** The receipt in the text of a note. It does not check signatures. Throws AuditError `malformed`. */
function parseReceipt(text: string): Receipt {
  const [header, json, end, ...more] = text.split('\n');
  if (header !== HEADER || json === undefined || end !== '' || more.length > 0) {
    throw malformed(`The text of a receipt must be two lines, the first of them “${HEADER}”`);
  }
  const value = jsonOf(json);
  if (!isReceipt(value)) throw malformed('A member of the receipt is missing, unknown, or has another form');
  if (canonicalJson(value) !== json) throw malformed('A receipt must be in canonical JSON (RFC 8785)');
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AuditError('malformed', 'The second line of a receipt must be JSON', error);
  }
}

type Members = Readonly<Record<string, unknown>>;
type Form = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
const isSha256 = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isSequence = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const QUESTION: Form = {
  path: isText,
  parameters: (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string'),
};
const BASIS: Form = {
  asOf: isInstant,
  knownAt: (value) => value === null || isInstant(value),
  recordedAt: isText,
  sequence: isSequence,
  zone: isText,
};
const RECEIPT: Form = {
  origin: isText,
  issuedAt: isInstant,
  question: (value) => has(value, QUESTION),
  basis: (value) => has(value, BASIS) && value['recordedAt'] === `@${String(value['sequence'])}`,
  answerSha256: isSha256,
  software: isText,
  checkpoint: isText,
};

/** Has every member, each in its form, and no other member. */
function has(value: unknown, form: Form): value is Members {
  return (
    isObject(value) &&
    Object.keys(value).length === Object.keys(form).length &&
    Object.entries(form).every(([name, fits]) => Object.hasOwn(value, name) && fits(value[name]))
  );
}

const isReceipt = (value: unknown): value is Receipt => has(value, RECEIPT);
