import { Validator, type ValidationError } from 'class-validator';
import { Faults, isObject, type JsonFault, pointerToken } from '#json';
import { shapeOf, type Field, type Shape } from './checker.js';
import { MOST_ELEMENTS, type Class } from './field.js';
import { TIME_MEMBERS } from './value.js';

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true };

/** Longer than any text may be. class-validator sees only the beginning of a longer text. */
const LONGEST_TEXT = 10_000;

/** Every fault of a value as an instance of the class, in the words of class-validator, and every unknown member. */
export const faultsOf = (of: Class, value: unknown, pointer: string): JsonFault[] => {
  const faults = new Faults();
  addFaultsOf(of, value, pointer, faults);
  return faults.all;
};

/** Adds these faults to other faults. Linear in the size of the value: class-validator sees no unknown member, long list or long text. */
export const addFaultsOf = (of: Class, value: unknown, pointer: string, faults: Faults): void => {
  if (!isObject(value)) return faults.add(pointer, 'must be an object');
  const shape = shapeOf(of);
  const instance = instantiate(shape, value, pointer, faults);
  reportAll(shape, instance, pointer, faults);
};

const reportAll = (shape: Shape, instance: object, pointer: string, faults: Faults): void => {
  for (const error of new Validator().validateSync(instance, OPTIONS))
    report(error, shape, instance, pointer, faults);
};

/** The value as an instance, with its nested values as instances. Unknown members are left out and added to the faults. */
const instantiate = (shape: Shape, value: object, pointer: string, faults: Faults): object => {
  const instance = new shape.of();
  let known: string | undefined;
  for (const [key, member] of Object.entries(value)) {
    const at = pointer + pointerToken(key);
    const field = shape.fields.get(key);
    if (field) Reflect.set(instance, key, hydrated(field, member, at, faults));
    else {
      known ??= [...shape.fields.keys()].sort().join(', ');
      faults.add(at, `is not a member here; the members are ${known}`);
    }
  }
  return instance;
};

const hydrated = ({ nested, time }: Field, member: unknown, pointer: string, faults: Faults): unknown => {
  if (typeof member === 'string') return member.slice(0, LONGEST_TEXT);
  if (Array.isArray(member)) {
    const some: unknown[] = member.slice(0, MOST_ELEMENTS + 1);
    if (!nested) return some;
    return some.map((element, index) =>
      isObject(element) ? instantiate(nested, element, pointer + pointerToken(index), faults) : element,
    );
  }
  if (!isObject(member)) return member;
  if (nested) return instantiate(nested, member, pointer, faults);
  return time ? knownOfTime(member, pointer, faults) : member;
};

const knownOfTime = (member: Record<string, unknown>, pointer: string, faults: Faults): object => {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(member)) {
    if (TIME_MEMBERS.has(key)) kept[key] = value;
    else faults.add(pointer + pointerToken(key), 'is not a member of a time');
  }
  return kept;
};

const report = (
  error: ValidationError,
  shape: Shape,
  object: object,
  pointer: string,
  faults: Faults,
): void => {
  const at = pointer + pointerToken(error.property);
  const field = shape.fields.get(error.property);
  for (const [name, detail] of Object.entries(error.constraints ?? {})) {
    const indices = field ? elements(field, name, error.value, object) : [];
    if (error.value === undefined) faults.add(at, 'is missing');
    else if (indices.length === 0) faults.add(at, detail);
    else for (const index of indices) faults.add(at + pointerToken(index), detail);
  }
  const { nested } = field ?? {};
  if (!nested) return;
  if (Array.isArray(error.value)) reportElements(error.value, error.children ?? [], nested, at, faults);
  else {
    const inner = isObject(error.value) ? error.value : {};
    for (const child of error.children ?? []) report(child, nested, inner, at, faults);
  }
};

const reportElements = (
  value: readonly unknown[],
  children: readonly ValidationError[],
  nested: Shape,
  pointer: string,
  faults: Faults,
): void => {
  for (const child of children) reportElement(child, nested, pointer, faults);
  if (children.length > 0) return;
  // Where some element is no object, class-validator does not check the members of the others.
  for (const [index, element] of value.entries())
    if (element instanceof nested.of) reportAll(nested, element, pointer + pointerToken(index), faults);
};

/** class-validator reports on an element of a list as a child named by its index. */
const reportElement = (child: ValidationError, nested: Shape, pointer: string, faults: Faults): void => {
  const at = pointer + pointerToken(child.property);
  for (const detail of Object.values(child.constraints ?? {})) faults.add(at, detail);
  const element: object = isObject(child.value) ? child.value : {};
  for (const inner of child.children ?? []) report(inner, nested, element, at, faults);
};

/** The indices of the elements that break a rule for each. */
const elements = ({ rules }: Field, name: string, value: unknown, object: object): number[] => {
  const rule = rules.find((r) => r.name === name && r.each);
  if (!rule || !Array.isArray(value)) return [];
  return value.flatMap((element, i) => (rule.holds(element, object) ? [] : [i]));
};
