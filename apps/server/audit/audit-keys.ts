import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  formatSignerKey,
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  type Signer,
  type Verifier,
} from '#audit';

/** The name of a log that was given none. */
export const DEFAULT_ORIGIN = 'borderline.local/log';

/** The key file cannot be used. The message is one line, for the terminal. */
export class AuditKeyError extends Error {
  override readonly name = 'AuditKeyError';
}

/** The keys of a log, all under its origin: the newest signs, and all of them verify. */
export interface AuditKeys {
  readonly origin: string;
  readonly signer: Signer;
  readonly verifiers: readonly Verifier[];
  /** In signed-note form, the newest first. */
  readonly verifierKeys: readonly string[];
}

/**
 * Reads the key file: Ed25519 signer keys (`PRIVATE+KEY+origin+id+base64`), one a line, the newest first. Where there is no
 * file, one with a new key is made that its owner alone may read. To rotate, put a new key on top: what the older ones
 * signed still counts. Throws AuditKeyError.
 */
export function auditKeys(file: string, origin: string | undefined): AuditKeys {
  try {
    if (!existsSync(file)) makeKey(file, origin ?? DEFAULT_ORIGIN);
    const signers = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(parseSignerKey);
    const [signer] = signers;
    if (signer === undefined) throw new Error('it has no key');
    const other = signers.find(({ name }) => name !== (origin ?? signer.name));
    if (other !== undefined)
      throw new Error(`it has a key of ${other.name}, not of ${origin ?? signer.name}`);
    const verifierKeys = signers.map(({ verifierKey }) => verifierKey);
    return { origin: signer.name, signer, verifiers: verifierKeys.map(parseVerifierKey), verifierKeys };
  } catch (error) {
    throw new AuditKeyError(`the key file ${file} cannot be used: ${String((error as Error).message)}`, {
      cause: error,
    });
  }
}

/** Another process may do so at the same moment: the first one wins. */
function makeKey(file: string, origin: string): void {
  if (!isKeyName(origin)) throw new Error(`${origin} cannot name a key`);
  try {
    writeFileSync(file, `${formatSignerKey(origin, randomBytes(32))}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
