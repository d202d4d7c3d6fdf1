import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Runtime } from '#runtime';
import { Problem } from '../problems/problem.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { type Access, allows, KeyError, KeyStore, type Scope } from '#data-folder';
import { Allowance, countedAs, networkOf } from './allowance.js';
import { accessOf, type KnownCaller } from './needs.js';
import { isToken, Tokens } from './tokens.js';

/** The access of the key in the settings, which is the operator’s. */
export const FROM_SETTINGS: Access = { id: 'settings', name: 'BORDERLINE_KEY', scopes: ['admin'] };

const SETTINGS_CALLER: KnownCaller = { access: FROM_SETTINGS, isValid: () => true, isFromFile: false };

/** Milliseconds between two saves of the last uses of keys. */
const SAVE_USE_MS = 60_000;
/**
 * The least number of bytes to compare: more than a usual key has. So the time of a comparison does not depend on the length of the key.
 */
const LEAST_BYTES = 256;

/**
 * Admits a request if its key or token has the scope that the route needs (RFC 6750), and its client is within its limits. A hook, not a
 * guard of Nest, because a guard would run after the body was read. It reads only the head of a request: the body of a refused request is
 * not read into memory.
 */
@Injectable()
export class KeyHook implements BeforeApplicationShutdown {
  private readonly writes: Allowance;
  private readonly reads: Allowance;
  /** Wrong keys and tokens, by network. */
  private readonly failures: Allowance;
  private readonly tokens: Tokens | undefined;
  /** The key of the settings. */
  private readonly ownKey: SecretText | undefined;
  private isSaving = false;

  constructor(
    private readonly keys: KeyStore,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {
    this.writes = new Allowance(settings.writeLimit, runtime);
    this.reads = new Allowance(settings.readLimit, runtime);
    this.failures = new Allowance(settings.failedLimit, runtime);
    this.ownKey = settings.key === undefined ? undefined : new SecretText(settings.key);
    this.tokens = settings.tokens && new Tokens(settings.tokens, runtime);
  }

  /** Applies to routes that are added later. */
  addTo(fastify: FastifyInstance): void {
    fastify.decorateRequest('caller', undefined);
    fastify.addHook('onRequest', (request, _reply, done) => {
      const admitted = request.is404 ? undefined : this.admit(request);
      if (admitted) admitted.then(() => done(), done);
      else done();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.saveUse();
  }

  /** Throws, or rejects with, Problem `key-needed`, `scope-missing`, `too-many-requests`, `unavailable`. */
  private admit(request: FastifyRequest): Promise<void> | undefined {
    const { needs, isOpen } = this.neededBy(request);
    if (needs === 'nothing') return undefined;
    const header = request.headers.authorization ?? '';
    const text = textIn(header);
    if (isOpen) {
      // No key is needed here. A request with a key counts for this key; a token is not verified.
      const caller = text === undefined ? undefined : this.byKey(text);
      if (caller) this.rememberCaller(request, caller);
      this.count(request, needs);
      return undefined;
    }
    if (!this.failures.isUnused) this.refuseAfterFailures(networkOf(request.ip));
    const caller = text === undefined ? undefined : this.byKey(text);
    if (caller) {
      this.admitCaller(request, caller, needs);
      return undefined;
    }
    const network = networkOf(request.ip);
    if (this.tokens && text !== undefined && isToken(text)) {
      return this.byToken(this.tokens, text, network).then((known) =>
        this.admitCaller(request, known, needs),
      );
    }
    const isBearer = /^bearer\b/i.test(header);
    if (isBearer) this.failures.take(network);
    // No error code where no Bearer token was sent (RFC 6750 §3).
    const invalid = isBearer ? ', error="invalid_token"' : '';
    throw new Problem('key-needed', 'Send a valid key: Authorization: Bearer <key>.', {
      headers: { 'www-authenticate': `Bearer realm="borderline"${invalid}` },
    });
  }

  private admitCaller(request: FastifyRequest, caller: KnownCaller, needs: Scope): void {
    const { access } = caller;
    if (!allows(access, needs)) {
      throw new Problem('scope-missing', `${named(access)} lacks the scope ${needs}.`, {
        headers: {
          'www-authenticate': `Bearer realm="borderline", error="insufficient_scope", scope="${needs}"`,
        },
      });
    }
    this.rememberCaller(request, caller);
    this.count(request, needs);
  }

  /** Remembers the caller for the handler of the request, and the time of use of the key. */
  private rememberCaller(request: FastifyRequest, caller: KnownCaller): void {
    request.caller = caller;
    if (!caller.isFromFile) return;
    this.keys.use.add(caller.access.id, this.runtime.now());
    void this.saveUseLater();
  }

  private neededBy({ method, route }: FastifyRequest): {
    readonly needs: Scope | 'nothing';
    readonly isOpen: boolean;
  } {
    const { needs = method === 'GET' || method === 'HEAD' ? 'read' : 'admin', isOwned = false } = route;
    const isOpen = this.settings.read === 'open' && !isOwned && (needs === 'read' || needs === 'audit');
    return { needs, isOpen };
  }

  private count(request: FastifyRequest, needs: Scope): void {
    const isRead = needs === 'read' || needs === 'audit';
    const client = countedAs(request);
    const wait = (isRead ? this.reads : this.writes).take(client);
    if (wait === 0) return;
    const often = isRead ? `ask ${this.settings.readLimit}` : `write ${this.settings.writeLimit}`;
    throw new Problem('too-many-requests', `${clientNamed(request, client)} may ${often} times a minute.`, {
      retryAfter: Math.ceil(wait / 1_000),
    });
  }

  private refuseAfterFailures(network: string): void {
    const wait = this.failures.wait(network);
    if (wait === 0) return;
    const detail = `${network} has sent ${this.settings.failedLimit} wrong keys or tokens within a minute.`;
    throw new Problem('too-many-requests', detail, { retryAfter: Math.ceil(wait / 1_000) });
  }

  private byKey(text: string): KnownCaller | undefined {
    if (this.ownKey?.is(text) === true) return SETTINGS_CALLER;
    try {
      const access = this.keys.find(text);
      return access && { access, isValid: () => this.keys.holds(access.id), isFromFile: true };
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      throw new Problem('unavailable', 'The keys cannot be read now.', { cause: error });
    }
  }

  private async byToken(tokens: Tokens, text: string, network: string): Promise<KnownCaller> {
    try {
      const { access, expires } = await tokens.verified(text);
      return { access, isValid: () => this.runtime.now() < expires, isFromFile: false };
    } catch (error) {
      if (error instanceof Problem && error.code === 'key-needed') this.failures.take(network);
      throw error;
    }
  }

  private async saveUseLater(): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    await this.runtime.sleep(SAVE_USE_MS);
    this.isSaving = false;
    await this.saveUse();
  }

  /** A failure to write does not fail a request; the next use of a key tries again. */
  private async saveUse(): Promise<void> {
    await this.keys.use.save().catch(() => undefined);
  }
}

/** The credentials in `Authorization: Bearer …` (RFC 6750 §2.1); undefined where they can be neither a key nor a token. */
const textIn = (header: string): string | undefined => /^bearer +([\x21-\x7e]{1,8000}) *$/i.exec(header)?.[1];

const named = ({ id }: Access): string => (id.includes('#') ? `The token of ${id}` : `The key ${id}`);

const clientNamed = (request: FastifyRequest, client: string): string => {
  const access = accessOf(request);
  return access ? named(access) : `The address ${client}`;
};

/** A secret that the server knows as text. A comparison takes equally long for every wrong text. */
class SecretText {
  /** Filled up with zeros, which no key has. */
  private readonly bytes: Buffer;
  private readonly sent: Buffer;

  constructor(text: string) {
    this.bytes = Buffer.alloc(Math.max(LEAST_BYTES, Buffer.byteLength(text)));
    this.bytes.write(text);
    this.sent = Buffer.alloc(this.bytes.length);
  }

  /** `text`: without zeros. */
  is(text: string): boolean {
    if (text.length > this.sent.length) return false;
    this.sent.fill(0);
    this.sent.write(text);
    return timingSafeEqual(this.sent, this.bytes);
  }
}
