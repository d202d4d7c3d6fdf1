import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { ApiSecurity } from '../docs/api.js';
import type { Access, Scope } from '#data-folder';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the key or token of a request must allow: it is looked at before Nest has the request. */
    readonly needs?: Scope | 'nothing';
    /** What is asked about belongs to a key: one is needed also where reading is open. */
    readonly isOwned?: boolean;
  }
}

/** The name of the scheme in the document of the API. */
export const BEARER = 'bearer';

/** The scope that a handler needs. Without it: GET needs `read`, all else `admin`. Where reading is open, `read` and `audit` need no key. `more`: the rest of the configuration of its route. */
export const Needs = (scope: Scope, more: FastifyContextConfig = {}): MethodDecorator =>
  applyDecorators(RouteConfig({ ...more, needs: scope }), ApiSecurity(BEARER, [scope]));

/** The scope `read`, of a key in any case: what is asked about belongs to one. */
export const NeedsOwner = (): MethodDecorator =>
  applyDecorators(RouteConfig({ needs: 'read', isOwned: true }), ApiSecurity(BEARER, ['read', OWNED]));

/** Beside the scope of an operation in the document: reading without a key does not open it. */
export const OWNED = 'owned';

/** Open to everyone, also where reading needs a key: health, documentation. */
export const NeedsNothing = (): MethodDecorator =>
  applyDecorators(RouteConfig({ needs: 'nothing' }), ApiSecurity({}));

/** The same, for a route that is no controller's. */
export const OPEN = { config: { needs: 'nothing' } } as const;

/** Whose key or token a request came with. */
export interface KnownCaller {
  readonly access: Access;
  /** Whether it still opens what it did. Throws KeyError. */
  readonly holds: () => boolean;
  /** It is a key of the key file. */
  readonly isKept: boolean;
}

const callers = new WeakMap<FastifyRequest, KnownCaller>();

export const remember = (request: FastifyRequest, caller: KnownCaller): void =>
  void callers.set(request, caller);

export const callerOf = (request: FastifyRequest): KnownCaller | undefined => callers.get(request);

/** Undefined where no key was needed, and none was sent. */
export const accessOf = (request: FastifyRequest): Access | undefined => callers.get(request)?.access;

/** A parameter: whose key or token the request came with. Never undefined in a handler that `Needs` a scope to write. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  accessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
