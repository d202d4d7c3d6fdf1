import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isObject } from '#json';
import { fileVersion, replaceFile, whileLocked } from './files.js';
import { KeyUse } from './key-use.js';

/**
 * The permissions of a key: `read` everything that can be read, `report` developments, `edit` reports (corrections and retractions), `audit` the
 * log (read events, the audit tree and its proofs), `admin` everything. `read` and `audit` are needed only where the server requires a key for
 * reading.
 */
export const SCOPES = ['read', 'report', 'edit', 'audit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: unknown): text is Scope => SCOPES.some((scope) => scope === text);

/** The caller, by a key or token. The id is stored with each event that the caller records. */
export interface Access {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** `read` includes `audit`. */
export const allows = ({ scopes }: Access, scope: Scope): boolean =>
  scopes.includes(scope) || scopes.includes('admin') || (scope === 'audit' && scopes.includes('read'));

/** The stored form of a key: its hash, never the key itself. */
export interface KeyRecord extends Access {
  /** SHA-256 of the key, hex. */
  readonly sha256: string;
  readonly created: string;
  /** From then on the key is refused. */
  readonly expires?: string;
  readonly revoked?: string;
}

/** The key file, or a value for it, cannot be used. One line, for people. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/**
 * The keys of one data folder, in a file that only its owner may read. A change by another process counts from the next call on. Every
 * method throws, or rejects with, KeyError where the file cannot be read or written.
 */
export class KeyStore {
  private known: { readonly version: string; readonly records: readonly KeyRecord[] } = {
    version: '',
    records: [],
  };

  /** When keys were last used. */
  readonly use: KeyUse;

  constructor(
    private readonly file: string,
    private readonly now: () => number,
  ) {
    this.use = new KeyUse(file.replace(/(\.json)?$/, '-used.json'));
  }

  exists(): boolean {
    return existsSync(this.file);
  }

  /** Makes a key of 256 random bits. It is returned only here; the file has only its hash. `expires`: milliseconds since the epoch. */
  async create(
    name: string,
    scopes: readonly Scope[],
    { expires: end }: { readonly expires?: number } = {},
  ): Promise<{ readonly key: string; readonly record: KeyRecord }> {
    if (name.trim() === '') throw new KeyError('a key needs a name');
    if (scopes.length === 0) throw new KeyError('a key needs a scope');
    const key = `borderline_${randomBytes(32).toString('base64url')}`;
    const sha256 = keyHash(key).toString('hex');
    const created = new Date(this.now()).toISOString();
    if (end !== undefined && end <= this.now()) throw new KeyError('a key cannot expire in the past');
    const expires = end === undefined ? {} : { expires: new Date(end).toISOString() };
    const id = sha256.slice(0, 8);
    const record: KeyRecord = { id, name, scopes: [...new Set(scopes)], sha256, created, ...expires };
    await this.change((records) => [...records, record]);
    return { key, record };
  }

  /** All keys, also revoked and expired keys. */
  list(): readonly KeyRecord[] {
    const version = fileVersion(this.file);
    if (version !== this.known.version) this.known = { version, records: version === '' ? [] : this.read() };
    return this.known.records;
  }

  /** Revokes the key with the id. From now on the key is refused; its record stays. */
  async revoke(id: string): Promise<KeyRecord> {
    const revoked = new Date(this.now()).toISOString();
    const records = await this.change((known) => {
      if (!known.some((record) => record.id === id)) throw new KeyError(`there is no key with the id ${id}`);
      return known.map((record) => (record.id === id ? { revoked, ...record } : record));
    });
    return records.find((record) => record.id === id)!;
  }

  /** The access that a key gives; undefined where the key is unknown, revoked or expired. Takes equally long for every wrong key. */
  find(key: string): Access | undefined {
    const sha256 = keyHash(key);
    let found: KeyRecord | undefined;
    for (const record of this.list()) {
      if (sameKeyHash(sha256, Buffer.from(record.sha256, 'hex')) && this.opens(record)) found = record;
    }
    return found && { id: found.id, name: found.name, scopes: found.scopes };
  }

  /** Whether the key with the id is still valid. */
  holds(id: string): boolean {
    return this.list().some((record) => record.id === id && this.opens(record));
  }

  private opens({ revoked, expires }: KeyRecord): boolean {
    return revoked === undefined && (expires === undefined || this.now() < Date.parse(expires));
  }

  private read(): KeyRecord[] {
    try {
      const content: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      if (!isObject(content) || !Array.isArray(content['keys'])) throw new Error('it has no list of keys');
      return content['keys'].map(recordFrom);
    } catch (error) {
      throw new KeyError(`${this.file} cannot be used: ${messageOf(error)}`);
    }
  }

  /** Two processes that change the file at the same time do so one after the other. */
  private async change(
    to: (records: readonly KeyRecord[]) => readonly KeyRecord[],
  ): Promise<readonly KeyRecord[]> {
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      return await whileLocked(this.file, () => {
        const keys = to(existsSync(this.file) ? this.read() : []);
        replaceFile(this.file, `${JSON.stringify({ keys }, undefined, 2)}\n`);
        return keys;
      });
    } catch (error) {
      if (error instanceof KeyError) throw error;
      throw new KeyError(`${this.file} cannot be written: ${messageOf(error)}`);
    }
  }
}

const keyHash = (key: string): Buffer => hash('sha256', key, 'buffer');

const sameKeyHash = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

function recordFrom(value: unknown): KeyRecord {
  if (!isObject(value)) throw new Error('a key is not an object');
  const { id, name, scopes, sha256, created, expires, revoked } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof created !== 'string') {
    throw new Error('a key lacks its id, name or time');
  }
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`key ${id} has no hash`);
  if (!Array.isArray(scopes) || !scopes.every(isScope)) throw new Error(`key ${id} has an unknown scope`);
  return { id, name, scopes, sha256, created, ...endsFrom(id, expires, revoked) };
}

function endsFrom(id: string, expires: unknown, revoked: unknown): Pick<KeyRecord, 'expires' | 'revoked'> {
  if (revoked !== undefined && typeof revoked !== 'string')
    throw new Error(`key ${id} has no valid time of revocation`);
  if (expires !== undefined && (typeof expires !== 'string' || Number.isNaN(Date.parse(expires))))
    throw new Error(`key ${id} has no valid time of expiry`);
  return { ...(expires !== undefined && { expires }), ...(revoked !== undefined && { revoked }) };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
