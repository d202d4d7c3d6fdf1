import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  AuditError,
  formatKeyId,
  formatSignerKey,
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  type Signer,
  type Verifier,
} from '#audit';
import { fileVersion, replaceFile, whileLocked } from './files.js';

/** The default name of a log. */
export const DEFAULT_ORIGIN = 'borderline.local/log';

/** The key file cannot be used. The message is one line, for the terminal. */
export class AuditKeyError extends Error {
  override readonly name = 'AuditKeyError';
}

/** The keys of a log, all under its origin, the newest first. */
export interface AuditKeys {
  readonly origin: string;
  /** At least one. Each signs everything: a reader who knows one of them can verify it. */
  readonly signers: readonly Signer[];
  /** Of all keys, also of retired keys: their signatures still count. */
  readonly verifiers: readonly Verifier[];
  /** In signed-note form. */
  readonly verifierKeys: readonly string[];
}

/**
 * Reads the key file, a key a line, the newest first: Ed25519 signer keys (`PRIVATE+KEY+origin+id+base64`) and, for retired keys, verifier
 * keys (`origin+id+base64`). `origin`: the name that all of them must have; the name of the first signer where absent. Throws
 * AuditKeyError.
 */
export function auditKeys(file: string, origin?: string): AuditKeys {
  return usable(file, () => {
    const lines = linesOf(file);
    const parsed = lines.map((line) => (isSigner(line) ? parseSignerKey(line) : line));
    const signers = parsed.filter((key) => typeof key !== 'string');
    const verifierKeys = parsed.map((key) => (typeof key === 'string' ? key : key.verifierKey));
    const verifiers = verifierKeys.map(parseVerifierKey);
    const [signer] = signers;
    if (signer === undefined) throw new Error('it has no key that signs');
    const named = origin ?? signer.name;
    const other = verifiers.find(({ name }) => name !== named);
    if (other !== undefined) throw new Error(`it has a key of ${other.name} instead of ${named}`);
    return { origin: named, signers, verifiers, verifierKeys };
  });
}

/**
 * Creates the key file where there is none, with a new key, readable only by its owner. Where two processes do so at the same time, one of
 * them creates it. Rejects with AuditKeyError.
 */
export async function ensureAuditKey(file: string, origin = DEFAULT_ORIGIN): Promise<void> {
  if (existsSync(file)) return;
  const content = usable(file, () => {
    if (!isKeyName(origin)) throw new AuditError('malformed', `${origin} cannot be the name of a key`);
    return `${formatSignerKey(origin, randomBytes(32))}\n`;
  });
  try {
    await whileLocked(file, () => {
      if (!existsSync(file)) replaceFile(file, content);
    });
  } catch (error) {
    throw unusable(file, error);
  }
}

function usable<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unusable(file, error);
  }
}

const unusable = (file: string, cause: unknown): AuditKeyError =>
  new AuditKeyError(`the key file ${file} cannot be used: ${String((cause as Error).message)}`, { cause });

/** Throws AuditKeyError where there is no key file. */
export function assertKeyFile(file: string): void {
  if (existsSync(file)) return;
  throw new AuditKeyError(`there is no ${file}; the first start of a server makes it`);
}

/** The keys of a file that another process may change meanwhile. */
export class AuditKeyFile {
  private known: { readonly version: string; readonly keys: AuditKeys };

  /** Throws as `auditKeys`. */
  constructor(
    private readonly file: string,
    private readonly origin?: string,
  ) {
    this.known = { keys: auditKeys(file, origin), version: fileVersion(file) };
  }

  /** The present keys of the file. Where the file cannot be used: the keys that were read last; the next start reports the fault. */
  keys(): AuditKeys {
    const version = fileVersion(this.file);
    if (version === this.known.version || version === '') return this.known.keys;
    try {
      this.known = { version, keys: auditKeys(this.file, this.origin) };
    } catch (error) {
      if (!(error instanceof AuditKeyError)) throw error;
      this.known = { version, keys: this.known.keys };
    }
    return this.known.keys;
  }
}

/**
 * Adds a new key as the first. The other keys still sign, until they are retired. Resolves to the keys after the change. Rejects with
 * AuditKeyError, LockedError.
 */
export function rotateAuditKey(file: string): Promise<AuditKeys> {
  return changed(file, (lines, { origin }) => [formatSignerKey(origin, randomBytes(32)), ...lines]);
}

/**
 * Ends signing by a key, given by its id; its earlier signatures stay valid. Rejects with AuditKeyError where the key does not exist or is
 * the last key that signs, and with LockedError.
 */
export function retireAuditKey(file: string, keyId: string): Promise<AuditKeys> {
  return changed(file, (lines, { signers, verifiers }) => {
    const retired = signers.find((signer) => formatKeyId(signer.keyId) === keyId);
    if (retired === undefined) {
      const known = verifiers.some((verifier) => formatKeyId(verifier.keyId) === keyId);
      throw new AuditKeyError(known ? `key ${keyId} is retired already` : `there is no key ${keyId}`);
    }
    if (signers.length === 1)
      throw new AuditKeyError(
        `key ${keyId} is the only one that signs: make another one first, with "borderline audit-key rotate"`,
      );
    return lines.map((line) =>
      isSigner(line) && parseSignerKey(line).keyId === retired.keyId ? retired.verifierKey : line,
    );
  });
}

async function changed(
  file: string,
  to: (lines: readonly string[], keys: AuditKeys) => string[],
): Promise<AuditKeys> {
  assertKeyFile(file);
  return whileLocked(file, () => {
    const lines = to(linesOf(file), auditKeys(file));
    replaceFile(file, lines.map((line) => `${line}\n`).join(''));
    return auditKeys(file);
  });
}

const isSigner = (line: string): boolean => line.startsWith('PRIVATE+KEY+');

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
