import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import { SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../settings.js';
import { hashOf, KeyError, KeyStore, sameHash } from './key-store.js';
import { NEEDS, remember } from './needs.js';
import { allows, type Access, type Scope } from './scope.js';

const FROM_SETTINGS: Access = { id: 'settings', name: 'BORDERLINE_KEY', scopes: ['admin'] };

/** Lets a request through when its key has the scope that the handler needs (RFC 6750). */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: KeyStore,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const needed = this.neededBy(context, request.method);
    if (needed === 'nothing') return true;
    const access = this.accessBy(request.headers.authorization);
    if (!access) {
      const invalid = request.headers.authorization === undefined ? '' : ', error="invalid_token"';
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
    remember(request, access);
    return true;
  }

  private neededBy(context: ExecutionContext, method: string): Scope | 'nothing' {
    const said = this.reflector.getAllAndOverride<Scope | 'nothing' | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const needed = said ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'admin');
    return needed === 'read' && this.settings.read === 'open' ? 'nothing' : needed;
  }

  private accessBy(header: string | undefined): Access | undefined {
    const key = /^bearer +([\x21-\x7e]{1,200}) *$/i.exec(header ?? '')?.[1];
    if (key === undefined) return undefined;
    if (this.settings.key !== undefined && sameHash(hashOf(key), hashOf(this.settings.key)))
      return FROM_SETTINGS;
    try {
      return this.keys.find(key);
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      throw new Problem('unavailable', 'The keys cannot be read now.', { cause: error });
    }
  }
}
