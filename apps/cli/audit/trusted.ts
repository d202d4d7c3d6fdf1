import { existsSync, readFileSync } from 'node:fs';
import {
  formatKeyId,
  openCheckpoint,
  parseCheckpoint,
  parseVerifierKey,
  type Checkpoint,
  type Verifier,
} from '#audit';
import { Failure, messageOf } from '../failure.js';

/** The keys whose signatures count. */
export interface Trusted {
  readonly verifiers: readonly Verifier[];
  /** Whether the keys come from the verified file or server: its maker could have made them too. */
  readonly itsOwn: boolean;
}

/**
 * The given keys, in signed-note form or as a file with a key in each line; where none is given, the keys of the verified file or server
 * itself. Throws Failure.
 */
export function trusted(given: string | undefined, own: readonly string[]): Trusted {
  const keys = given === undefined ? own : keysIn(given);
  try {
    return { verifiers: keys.map(parseVerifierKey), itsOwn: given === undefined };
  } catch (error) {
    const what = given === undefined ? 'its own key' : '--key';
    throw new Failure(`${what} is not a verifier key (origin+id+base64): ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** A checkpoint that one of the keys signed. Throws Failure. */
export function openTrusted(what: string, note: string, { verifiers, itsOwn }: Trusted): Checkpoint {
  try {
    return openCheckpoint(note, verifiers[0]?.name ?? '', verifiers).checkpoint;
  } catch (error) {
    const hint = itsOwn ? '' : `; it is a checkpoint of ${originOf(note)}`;
    throw new Failure(`${what} is not signed by the key: ${messageOf(error)}${hint}`, { cause: error });
  }
}

/** Whether one of the signatures of a note is by this key. */
export function isSigner(key: string, note: string): boolean {
  try {
    const verifier = parseVerifierKey(key);
    openCheckpoint(note, verifier.name, [verifier]);
    return true;
  } catch {
    return false;
  }
}

/** The `name+id` of each key. */
export const namesOf = ({ verifiers }: Trusted): string =>
  verifiers.map(({ name, keyId }) => `${name}+${formatKeyId(keyId)}`).join(', ');

function keysIn(given: string): string[] {
  const text = !given.includes('+') || existsSync(given) ? contentOf(given) : given;
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '');
  if (keys.length === 0) throw new Failure(`--key: there is no key in ${given}`);
  return keys;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`--key is neither a verifier key nor a file: ${messageOf(error)}`, { cause: error });
  }
}

function originOf(note: string): string {
  try {
    return parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).origin;
  } catch {
    return 'an unknown log';
  }
}
