import {
  createLocalJWKSet,
  errors,
  type CryptoKey,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import type { Runtime } from '#runtime';

/** How long a set of keys is used before it is fetched again. */
const MOST_AGE_MS = 600_000;
/** After a fetch, how long an unknown key causes no other fetch. */
const COOL_DOWN_MS = 30_000;
/** After a failed fetch, how long no other fetch is tried. */
const AFTER_FAILURE_MS = 5_000;
const FETCH_TIMEOUT_MS = 5_000;
/** Characters; a set of keys has a few kilobytes. */
const LARGEST_SET = 1_000_000;

/** The keys cannot be fetched now, so no token can be verified. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/**
 * The keys of an issuer of tokens (JWK Set, RFC 7517 §5), fetched from its address when they are first needed, after ten minutes, and when
 * a token names a key that the set lacks: the issuer may have rotated. They are fetched at most once in 30 s, and after a failure once in 5
 * s, for any number of tokens; callers at the same time share a fetch.
 */
export class RemoteKeys {
  private known: { readonly find: ReturnType<typeof createLocalJWKSet>; readonly at: number } | undefined;
  private failedAt = -Infinity;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly runtime: Runtime,
  ) {}

  /** The key that the header of a token names. Rejects with KeysUnavailableError, or with an error of jose where the set lacks it. */
  async keyOf(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    if (this.age() >= MOST_AGE_MS) await this.fetched();
    try {
      return await this.known!.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.age() < COOL_DOWN_MS) throw error;
    }
    await this.fetched();
    return this.known!.find(header, token);
  }

  private age(): number {
    return this.known === undefined ? Infinity : this.runtime.elapsed() - this.known.at;
  }

  private fetched(): Promise<void> {
    if (this.runtime.elapsed() - this.failedAt < AFTER_FAILURE_MS) {
      return Promise.reject(new KeysUnavailableError(`${this.url} failed within the last seconds`));
    }
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async fetch(): Promise<void> {
    const ended = new AbortController();
    void this.runtime.sleep(FETCH_TIMEOUT_MS, ended.signal).then(() => ended.abort());
    try {
      const init = {
        signal: ended.signal,
        redirect: 'error',
        headers: { accept: 'application/json' },
      } as const;
      const response = await fetch(this.url, init);
      if (!response.ok || !response.body) throw new Error(`${this.url} answered ${response.status}`);
      let text = '';
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
        text += part;
        if (text.length > LARGEST_SET)
          throw new Error(`the answer of ${this.url} is too large for a set of keys`);
      }
      const find = createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      this.known = { find, at: this.runtime.elapsed() };
    } catch (error) {
      this.failedAt = this.runtime.elapsed();
      throw new KeysUnavailableError(`${this.url} cannot be used`, { cause: error });
    } finally {
      ended.abort();
    }
  }
}
