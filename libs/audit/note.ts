import { isUtf8 } from 'node:buffer';
import { AuditError, malformed } from './audit-error.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { formatKeyId, isKeyName, type Signer, type Verifier } from './note-key.js';

/** One signature line. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  /** The four bytes of the key id, then the signature. */
  readonly base64: string;
}

export interface Note {
  /** The signed text, with its final newline. */
  readonly text: string;
  /** The signatures by known keys, each checked; one for each key. */
  readonly signatures: readonly NoteSignature[];
  /** The signatures by unknown keys: they prove nothing. */
  readonly unverified: readonly NoteSignature[];
}

/** More lines than this are not read. C2SP signed-note asks for 16 at least. */
export const MAX_NOTE_SIGNATURES = 100;

/**
 * Reads a note and checks every signature with a known key. Signatures of unknown keys, by name and id, are
 * ignored; a repeated one counts once. All rules of C2SP signed-note: valid UTF-8, no control characters except
 * newlines, the text up to the last blank line, then one line or more.
 *
 * Throws AuditError `malformed`; `invalid-signature` where the signature of one known key is wrong, even if others are right; `unverified`
 * where no known key signed it; `ambiguous-key` where two verifiers of a signature have the same name and id. Proven by the vectors of
 * golang.org/x/mod/sumdb/note in note.spec.ts.
 */
export function openNote(message: string | Uint8Array, verifiers: readonly Verifier[]): Note {
  const { text, lines } = split(textOf(message));
  const signatures = new Map<string, NoteSignature>();
  const unverified = new Map<string, NoteSignature>();
  for (const line of lines) {
    const { signature, bytes } = parseLine(line);
    const key = keyOf(signature);
    const verifier = verifierFor(signature, verifiers);
    if (verifier === undefined) {
      unverified.set(`${key} ${signature.base64}`, signature);
    } else if (!signatures.has(key)) {
      if (!verifier.verify(Buffer.from(text), bytes)) {
        throw new AuditError('invalid-signature', `The signature of ${key} on this text is wrong`);
      }
      signatures.set(key, signature);
    }
  }
  if (signatures.size === 0) throw new AuditError('unverified', 'No known key signed the note');
  return { text, signatures: [...signatures.values()], unverified: [...unverified.values()] };
}

/**
 * Signs a text with each of the signers and writes the note. It begins with the `kept` signatures of an opened note; a kept signature
 * of the same key is replaced. Throws AuditError `malformed` for a text that does not end in a newline or has
 * another control character, an invalid kept signature, and a note without signatures.
 * Proven by the vectors of golang.org/x/mod/sumdb/note in note.spec.ts.
 */
export function signNote(
  text: string,
  signers: readonly Signer[],
  kept: readonly NoteSignature[] = [],
): string {
  if (!isNoteText(text) || !text.endsWith('\n')) {
    throw malformed('The text of a note must end in a newline, and have no other control characters');
  }
  const fresh = signers.map((signer): NoteSignature => {
    const { name, keyId } = signer;
    const id = Buffer.alloc(4);
    id.writeUInt32BE(keyId);
    return { name, keyId, base64: encodeBase64(Buffer.concat([id, signer.sign(Buffer.from(text))])) };
  });
  const replaced = new Set(fresh.map(keyOf));
  const lines = [...kept.filter((signature) => !replaced.has(keyOf(signature))), ...fresh].map(formatLine);
  if (lines.length === 0) throw malformed('A note must have a signature');
  return `${text}\n${lines.join('')}`;
}

const keyOf = ({ name, keyId }: { readonly name: string; readonly keyId: number }): string =>
  `${name}+${formatKeyId(keyId)}`;

function textOf(message: string | Uint8Array): string {
  if (typeof message !== 'string' && !isUtf8(message)) throw malformed('A note must be UTF-8');
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('utf8');
  if (!isNoteText(text)) throw malformed('A note must have no control characters except newlines');
  return text;
}

/** Well-formed, and without ASCII control characters (below U+0020) except newline. */
function isNoteText(text: string): boolean {
  return !/[\0-\t\v-\x1f]|\p{Surrogate}/u.test(text);
}

function split(message: string): { readonly text: string; readonly lines: readonly string[] } {
  const blank = message.lastIndexOf('\n\n');
  if (blank < 0 || !message.endsWith('\n') || blank + 2 === message.length) {
    throw malformed('A note must end with a blank line and signature lines');
  }
  const lines = message.slice(blank + 2, -1).split('\n', MAX_NOTE_SIGNATURES + 1);
  if (lines.length > MAX_NOTE_SIGNATURES) {
    throw malformed(`A note has ${MAX_NOTE_SIGNATURES} signatures at most`);
  }
  return { text: message.slice(0, blank + 1), lines };
}

function parseLine(line: string): { readonly signature: NoteSignature; readonly bytes: Uint8Array } {
  const [, name, base64] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = base64 === undefined ? undefined : decodeBase64(base64);
  if (
    name === undefined ||
    base64 === undefined ||
    bytes === undefined ||
    bytes.length < 5 ||
    !isKeyName(name)
  ) {
    throw malformed('A signature line must have the form “— name base64”');
  }
  const keyId = Buffer.from(bytes).readUInt32BE();
  return { signature: { name, keyId, base64 }, bytes: bytes.subarray(4) };
}

/** Throws AuditError `malformed` for a signature that `parseLine` would not read back. */
function formatLine({ name, keyId, base64 }: NoteSignature): string {
  const line = `— ${name} ${base64}`;
  if (parseLine(line).signature.keyId !== keyId)
    throw malformed('A signature must begin with the id of its key');
  return `${line}\n`;
}

function verifierFor({ name, keyId }: NoteSignature, verifiers: readonly Verifier[]): Verifier | undefined {
  const [verifier, second] = verifiers.filter((known) => known.name === name && known.keyId === keyId);
  if (second !== undefined) {
    throw new AuditError('ambiguous-key', `Two known keys have the same name and id: ${keyOf(second)}`);
  }
  return verifier;
}
