import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Marks, type Class } from './marks.js';

/**
 * How a member is described in the OpenAPI document, in the words of @nestjs/swagger. It is only noted here: that package
 * is large, and nothing needs it before somebody asks for the document.
 */
export type Description = ApiPropertyOptions;

const descriptions = new Marks<Description>();

/** Describes a member; what an earlier decorator said of it stays where this one is silent. */
export const Described =
  (description: Description): PropertyDecorator =>
  (target, key) =>
    descriptions.set(target, key, Object.assign({}, descriptions.get(target, key), description));

/** The descriptions of a class and its ancestors, by member. */
export const descriptionsIn = (of: Class): ReadonlyMap<string, Description> => descriptions.allOf(of);

/** Everything that was described: prototypes, with their own members. */
export const described = (): Iterable<[object, ReadonlyMap<string, Description>]> => descriptions;
