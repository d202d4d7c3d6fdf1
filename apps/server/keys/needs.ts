import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiBearerAuth } from '../docs/api.js';
import type { Access, Scope } from './scope.js';

export const NEEDS = 'borderline:needs';

/** The scope that a handler, or every handler of a controller, needs. Without it: GET needs `read`, all else `admin`. */
export const Needs = (scope: Scope): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(NEEDS, scope), ApiBearerAuth());

/** Open to everyone, also where reading needs a key: health, documentation. */
export const NeedsNothing = (): MethodDecorator & ClassDecorator => SetMetadata(NEEDS, 'nothing');

const accesses = new WeakMap<FastifyRequest, Access>();

export const remember = (request: FastifyRequest, access: Access): void => void accesses.set(request, access);

/** Whose key the request came with; undefined where none was needed. */
export const accessOf = (request: FastifyRequest): Access | undefined => accesses.get(request);

/** A parameter: whose key the request came with. Never undefined in a handler that `Needs` a scope to write. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  accessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
