import { isObject } from '#json';
import { ValidateBy } from 'class-validator';
import { Amount, Nested, OneOf, Optional } from './field.js';

export const QUALIFIERS = [
  'exactly',
  'about',
  'moreThan',
  'lessThan',
  'atLeast',
  'atMost',
  'several',
  'dozens',
  'hundreds',
  'thousands',
] as const;

/** A number as a report gives it: exact, rounded, bounded, or only an order of magnitude. */
export class Quantity {
  @Optional()
  @Amount('The only number that the report gives.')
  value?: number;

  @Optional()
  @Amount('The smallest possible number.')
  min?: number;

  @Optional()
  @Amount('The greatest possible number.')
  max?: number;

  @Optional()
  @OneOf(QUALIFIERS, 'How the report means the number; absent: exactly.')
  qualifier?: (typeof QUALIFIERS)[number];
}

const saysSomething = (value: unknown): boolean => {
  if (!isObject(value)) return true;
  const { value: v, min, max } = value;
  if (v === undefined && min === undefined && max === undefined) return false;
  return !(typeof min === 'number' && typeof max === 'number' && min > max);
};

/** A nested `Quantity` with at least one number, its `min` not over its `max`. */
export const CountOf =
  (description: string): PropertyDecorator =>
  (target, key) => {
    Nested(Quantity, description)(target, key);
    ValidateBy(
      { name: 'saysSomething', validator: { validate: saysSomething } },
      { message: 'must have value, min or max, and min not over max' },
    )(target, key);
  };
