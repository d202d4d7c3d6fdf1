import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileVersion, replaceFile, whileLocked } from './files.js';

/**
 * What a key may do: `read` state and events (asked only where the server is told to), `report` developments, `edit` what
 * was reported (corrections and retractions), `admin` everything.
 */
export const SCOPES = ['read', 'report', 'edit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: unknown): text is Scope => SCOPES.some((scope) => scope === text);

/** Who is asking, by their key. Kept with what they record. */
export interface Access {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

export const allows = (access: Access, scope: Scope): boolean =>
  access.scopes.includes(scope) || access.scopes.includes('admin');

/** The stored form of a key: its hash, never the key itself. */
export interface KeyRecord extends Access {
  /** SHA-256 of the key, hex. */
  readonly sha256: string;
  readonly created: string;
  readonly revoked?: string;
}

/** The key file, or what was asked of it, cannot be used. One line, for people. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/**
 * The keys of one data folder, in a file that only its owner may read. The file is the truth: what another process writes
 * to it counts from the next look-up on. Every method throws, or rejects with, KeyError where the file cannot be read or written.
 */
export class KeyStore {
  private known: { readonly version: string; readonly records: readonly KeyRecord[] } = {
    version: '',
    records: [],
  };

  constructor(
    private readonly file: string,
    private readonly now: () => number,
  ) {}

  exists(): boolean {
    return existsSync(this.file);
  }

  /** Makes a key of 256 random bits. It is answered this once; only its hash is kept. */
  async create(
    name: string,
    scopes: readonly Scope[],
  ): Promise<{ readonly key: string; readonly record: KeyRecord }> {
    if (name.trim() === '') throw new KeyError('a key needs a name');
    if (scopes.length === 0) throw new KeyError('a key needs a scope');
    const key = `borderline_${randomBytes(32).toString('base64url')}`;
    const sha256 = keyHash(key).toString('hex');
    const created = new Date(this.now()).toISOString();
    const record: KeyRecord = { id: sha256.slice(0, 8), name, scopes: [...new Set(scopes)], sha256, created };
    await this.change((records) => [...records, record]);
    return { key, record };
  }

  /** Revoked ones too. */
  list(): readonly KeyRecord[] {
    const version = fileVersion(this.file);
    if (version !== this.known.version) this.known = { version, records: version === '' ? [] : this.read() };
    return this.known.records;
  }

  /** By id. From now on the key opens nothing; its record stays. */
  async revoke(id: string): Promise<KeyRecord> {
    const revoked = new Date(this.now()).toISOString();
    const records = await this.change((known) => {
      if (!known.some((record) => record.id === id)) throw new KeyError(`there is no key with the id ${id}`);
      return known.map((record) => (record.id === id ? { revoked, ...record } : record));
    });
    return records.find((record) => record.id === id)!;
  }

  /** The access that a key gives; undefined where the key is unknown or revoked. Takes equally long for every wrong key. */
  find(key: string): Access | undefined {
    const hash = keyHash(key);
    let found: KeyRecord | undefined;
    for (const record of this.list()) {
      if (sameKeyHash(hash, Buffer.from(record.sha256, 'hex')) && record.revoked === undefined)
        found = record;
    }
    return found && { id: found.id, name: found.name, scopes: found.scopes };
  }

  private read(): KeyRecord[] {
    try {
      const content: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      if (!isRecord(content) || !Array.isArray(content['keys'])) throw new Error('it has no list of keys');
      return content['keys'].map(recordFrom);
    } catch (error) {
      throw new KeyError(`${this.file} cannot be used: ${messageOf(error)}`);
    }
  }

  /** Changes of two processes at the same moment are made one after the other. */
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

export const keyHash = (key: string): Buffer => createHash('sha256').update(key).digest();

export const sameKeyHash = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

function recordFrom(value: unknown): KeyRecord {
  if (!isRecord(value)) throw new Error('a key is not an object');
  const { id, name, scopes, sha256, created, revoked } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof created !== 'string') {
    throw new Error('a key lacks its id, name or time');
  }
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`key ${id} has no hash`);
  if (!Array.isArray(scopes) || !scopes.every(isScope)) throw new Error(`key ${id} has an unknown scope`);
  if (revoked !== undefined && typeof revoked !== 'string')
    throw new Error(`key ${id} is revoked at no time`);
  const end = revoked === undefined ? {} : { revoked };
  return { id, name, scopes, sha256, created, ...end };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
