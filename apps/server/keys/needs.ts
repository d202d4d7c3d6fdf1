import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { ApiSecurity } from '../docs/api.js';
import type { Access, Scope } from '#data-folder';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the key of a request must allow: it is looked at before Nest has the request. */
    readonly needs?: Scope | 'nothing';
  }
}

/** The name of the scheme in the document of the API. */
export const BEARER = 'bearer';

/** The scope that a handler needs. Without it: GET needs `read`, all else `admin`. `more`: the rest of the configuration of its route. */
export const Needs = (scope: Scope, more: FastifyContextConfig = {}): MethodDecorator =>
  applyDecorators(RouteConfig({ ...more, needs: scope }), ApiSecurity(BEARER, [scope]));

/** Open to everyone, also where reading needs a key: health, documentation. */
export const NeedsNothing = (): MethodDecorator =>
  applyDecorators(RouteConfig({ needs: 'nothing' }), ApiSecurity({}));

/** The same, for a route that is no controller's. */
export const OPEN = { config: { needs: 'nothing' } } as const;

const accesses = new WeakMap<FastifyRequest, Access>();

export const remember = (request: FastifyRequest, access: Access): void => void accesses.set(request, access);

/** Whose key the request came with; undefined where none was needed. */
export const accessOf = (request: FastifyRequest): Access | undefined => accesses.get(request);

/** A parameter: whose key the request came with. Never undefined in a handler that `Needs` a scope to write. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  accessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
