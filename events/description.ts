import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Marks, type Class } from './marks.js';

/**
 * The description of a member in the OpenAPI document, in the terms of @nestjs/swagger. Here it is only stored: that package
 * is large, and the document is made at the first request for it.
 */
export type Description = ApiPropertyOptions;

const descriptions = new Marks<Description>();

/** Describes a member. Parts that it does not give stay as an earlier decorator gave them. */
export const Described =
  (description: Description): PropertyDecorator =>
  (target, key) =>
    descriptions.set(target, key, Object.assign({}, descriptions.get(target, key), description));

/** The descriptions of a class and its ancestors, by member. */
export const descriptionsIn = (of: Class): ReadonlyMap<string, Description> => descriptions.allOf(of);

/** Every described prototype, with its own members. */
export const described = (): Iterable<[object, ReadonlyMap<string, Description>]> => descriptions;
