import { canonicalJson, NotJsonError } from '#json';
import { bytesOf, bytesOfBase64, digest, isSignedBy, joined } from './hashes.js';
import type { Tree } from './tree.js';

/** The fault of a signed text. The page has words for each code. */
export class NoteFault extends Error {
  constructor(readonly code: 'malformed' | 'unknown-key' | 'wrong-signature' | 'other-log' | 'not-covered') {
    super(code);
  }
}

/** A public key of a log: `name+id+base64(0x01 || key)` (C2SP signed-note). */
interface LogKey {
  /** The name and the id of the key: `name+id`. */
  readonly id: string;
  readonly name: string;
  readonly key: Uint8Array;
}

const ED25519 = 1;
const KEY_BYTES = 32;

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Reads a public key. Throws NoteFault `malformed` where the text is no key, or where its id is not the id of the key. */
function keyOf(text: string): LogKey {
  const [, name = '', id = '', base64 = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const typed = bytesOfBase64(base64);
  const computed = typed && hexOf(digest(joined(bytesOf(`${name}\n`), typed)).subarray(0, 4));
  if (typed?.[0] !== ED25519 || typed.length !== 1 + KEY_BYTES || computed !== id)
    throw new NoteFault('malformed');
  return { id: `${name}+${id}`, name, key: typed.subarray(1) };
}

/** A signed text whose signatures of the given keys are right. */
export interface SignedText {
  readonly text: string;
  /** The keys that signed the text, as the caller gave them. */
  readonly signedBy: readonly string[];
  readonly names: readonly string[];
}

/**
 * Reads a note (C2SP signed-note). Throws NoteFault: `unknown-key` where no key signed the note, `wrong-signature` where a key signed something
 * else.
 */
export function readNote(note: string, keys: readonly string[]): SignedText {
  const blank = note.lastIndexOf('\n\n');
  const isText = !/[\0-\t\v-\x1f]|\p{Surrogate}/u.test(note);
  if (blank < 0 || !note.endsWith('\n') || blank + 2 === note.length || !isText)
    throw new NoteFault('malformed');
  const text = note.slice(0, blank + 1);
  const known = new Map(keys.map((one) => [keyOf(one).id, { text: one, ...keyOf(one) }]));
  const signedBy: string[] = [];
  const names: string[] = [];
  for (const line of note.slice(blank + 2, -1).split('\n')) {
    const [, name = '', base64 = ''] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = bytesOfBase64(base64);
    if (!bytes || bytes.length < 5) throw new NoteFault('malformed');
    const key = known.get(`${name}+${hexOf(bytes.subarray(0, 4))}`);
    if (!key || signedBy.includes(key.text)) continue;
    if (!isSignedBy(key.key, bytesOf(text), bytes.subarray(4))) throw new NoteFault('wrong-signature');
    signedBy.push(key.text);
    names.push(name);
  }
  if (signedBy.length === 0) throw new NoteFault('unknown-key');
  return { text, signedBy, names };
}

/** A checkpoint whose signature is right. */
export interface SignedTree extends Tree {
  readonly origin: string;
  readonly signedBy: readonly string[];
}

/** Reads a checkpoint. Throws NoteFault as `readNote`, and `other-log` where a key of another log signed the checkpoint. */
export function readCheckpoint(note: string, keys: readonly string[]): SignedTree {
  const { text, signedBy, names } = readNote(note, keys);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = bytesOfBase64(root);
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)) || bytes?.length !== 32)
    throw new NoteFault('malformed');
  if (names.some((name) => name !== origin)) throw new NoteFault('other-log');
  return { origin, size: Number(size), root: bytes, signedBy };
}

/** The members of a receipt that the page reads. */
export interface ReceiptStatement {
  readonly origin: string;
  readonly issuedAt: string;
  readonly question: { readonly path: string; readonly parameters: Readonly<Record<string, string>> };
  readonly basis: {
    readonly asOf: string;
    readonly knownAt: string | null;
    readonly recordedAt: string;
    readonly sequence: number;
    readonly zone: string;
  };
  readonly answerSha256: string;
  readonly checkpoint: string;
}

const HEADER = 'borderline receipt v1';

/**
 * Reads a receipt that the log signed, and the checkpoint in the receipt. Throws NoteFault as `readCheckpoint`, and `not-covered` where the
 * checkpoint has fewer events than the receipt needs.
 */
export function readReceipt(
  note: string,
  keys: readonly string[],
): { stated: ReceiptStatement; tree: SignedTree } {
  const { text, names } = readNote(note, keys);
  const [header, json = '', ...end] = text.split('\n');
  if (header !== HEADER || end.length !== 1 || end[0] !== '') throw new NoteFault('malformed');
  const stated = statedIn(json);
  if (names.some((name) => name !== stated.origin)) throw new NoteFault('other-log');
  const tree = readCheckpoint(stated.checkpoint, keys);
  if (tree.origin !== stated.origin) throw new NoteFault('other-log');
  if (!(tree.size >= stated.basis.sequence)) throw new NoteFault('not-covered');
  return { stated, tree };
}

function statedIn(json: string): ReceiptStatement {
  try {
    const stated = JSON.parse(json) as ReceiptStatement;
    if (canonicalJson(stated) === json) return stated;
  } catch {
    // The text is no JSON.
  }
  throw new NoteFault('malformed');
}

/** The digest of an answer, as a receipt has it: SHA-256 of its canonical JSON, in hexadecimal. Undefined for half a character: the server sends none. */
export function digestOfAnswer(answer: unknown): string | undefined {
  try {
    return hexOf(digest(bytesOf(canonicalJson(answer))));
  } catch (error) {
    if (error instanceof NotJsonError) return undefined;
    throw error;
  }
}
