import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { ApiSecurity } from '../docs/api.js';
import type { Access, Scope } from '#data-folder';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The requirements of a route for the key or token of a request; they are checked before Nest has the request. */
    readonly needs?: Scope | 'nothing';
    /** The route is about things of a key: a key is needed also where reading is open. */
    readonly isOwned?: boolean;
  }
  interface FastifyRequest {
    /** The configuration of its route; empty where it has no route. (`routeOptions` has it too, but makes a new object at each use.) */
    route: FastifyContextConfig & { readonly url?: string };
    /** The owner of its key or token, once it is known. */
    caller: KnownCaller | undefined;
  }
}

/** The name of the scheme in the document of the API. */
export const BEARER = 'bearer';

/**
 * The scope that a handler needs. Without it, GET needs `read`, and any other method `admin`. Where reading is open, `read` and `audit`
 * need no key. `more`: the rest of the configuration of its route.
 */
export const Needs = (scope: Scope, more: FastifyContextConfig = {}): MethodDecorator =>
  applyDecorators(RouteConfig({ ...more, needs: scope }), ApiSecurity(BEARER, [scope]));

/** The handler needs the scope `read`, always with a key: the route is about things of a key. */
export const NeedsOwner = (): MethodDecorator =>
  applyDecorators(RouteConfig({ needs: 'read', isOwned: true }), ApiSecurity(BEARER, ['read', OWNED]));

/** Marks an operation in the document that needs a key also where reading is open. */
export const OWNED = 'owned';

/** Opens a route to everyone, also where reading needs a key: health, documentation. */
export const NeedsNothing = (): MethodDecorator =>
  applyDecorators(RouteConfig({ needs: 'nothing' }), ApiSecurity({}));

/** The same as `NeedsNothing`, for a route without a controller. */
export const OPEN = { config: { needs: 'nothing' } } as const;

/** The owner of the key or token of a request. */
export interface KnownCaller {
  readonly access: Access;
  /** Whether it is still valid. Throws KeyError. */
  readonly isValid: () => boolean;
  /** Whether it is a key of the key file. */
  readonly isFromFile: boolean;
}

/** Undefined where no key was needed and none was sent. */
export const accessOf = (request: FastifyRequest): Access | undefined => request.caller?.access;

/** A parameter: the owner of the key or token of the request. Never undefined in a handler that `Needs` a scope to write. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  accessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
