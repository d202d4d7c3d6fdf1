import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Runtime } from '#runtime';
import { Problem } from '../problems/problem.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { type Access, allows, KeyError, keyHash, KeyStore, sameKeyHash, type Scope } from '#data-folder';
import { remember } from './needs.js';
import { WriteAllowance } from './write-allowance.js';

const FROM_SETTINGS: Access = { id: 'settings', name: 'BORDERLINE_KEY', scopes: ['admin'] };

/**
 * Lets a request through when its key has the scope that the route needs (RFC 6750), and has not written too often.
 * It looks at the head of a request only: of a request that is refused no body is read into memory.
 */
@Injectable()
export class KeyGuard {
  private readonly writes: WriteAllowance;

  constructor(
    private readonly keys: KeyStore,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) runtime: Runtime,
  ) {
    this.writes = new WriteAllowance(settings.writeLimit, runtime);
  }

  /** From now on, on routes that are added later. */
  guard(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, _reply, done) => {
      if (!request.is404) this.admit(request);
      done();
    });
  }

  /** Throws Problem `key-needed`, `scope-missing`, `too-many-requests`. */
  private admit(request: FastifyRequest): void {
    const needed = this.neededBy(request);
    if (needed === 'nothing') return;
    const access = this.accessBy(request.headers.authorization);
    if (!access) {
      // No error code where no Bearer token was sent (RFC 6750 §3): another scheme, or none.
      const isBearer = /^bearer\b/i.test(request.headers.authorization ?? '');
      const invalid = isBearer ? ', error="invalid_token"' : '';
      throw new Problem('key-needed', 'Send a valid key: Authorization: Bearer <key>.', {
        headers: { 'www-authenticate': `Bearer realm="borderline"${invalid}` },
      });
    }
    if (!allows(access, needed)) {
      throw new Problem('scope-missing', `The key ${access.id} lacks the scope ${needed}.`, {
        headers: {
          'www-authenticate': `Bearer realm="borderline", error="insufficient_scope", scope="${needed}"`,
        },
      });
    }
    if (needed !== 'read') this.countWrite(access);
    remember(request, access);
  }

  private neededBy({ method, routeOptions }: FastifyRequest): Scope | 'nothing' {
    const needed = routeOptions.config.needs ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'admin');
    return needed === 'read' && this.settings.read === 'open' ? 'nothing' : needed;
  }

  private countWrite({ id }: Access): void {
    const wait = this.writes.take(id);
    if (wait === 0) return;
    const limit = this.settings.writeLimit;
    throw new Problem('too-many-requests', `The key ${id} may write ${limit} times a minute.`, {
      retryAfter: Math.ceil(wait / 1_000),
    });
  }

  private accessBy(header: string | undefined): Access | undefined {
    const key = /^bearer +([\x21-\x7e]{1,200}) *$/i.exec(header ?? '')?.[1];
    if (key === undefined) return undefined;
    if (this.settings.key !== undefined && sameKeyHash(keyHash(key), keyHash(this.settings.key)))
      return FROM_SETTINGS;
    try {
      return this.keys.find(key);
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      throw new Problem('unavailable', 'The keys cannot be read now.', { cause: error });
    }
  }
}
