import type { ValidationError } from 'class-validator';
import { shapeOf, type Field, type Shape } from './checker.js';
import { classPackages } from './class-decorators.js';
import { token, type Fault } from './fault.js';
import type { Class } from './field.js';
import { isObject, TIME_MEMBERS } from './value.js';

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true };

/** Everything class-validator has against a value as an instance of a class, and every unknown member. */
export const faultsOf = (of: Class, value: unknown, pointer: string): Fault[] => {
  const shape = shapeOf(of);
  if (!isObject(value)) return [{ pointer, detail: 'must be an object' }];
  const faults: Fault[] = [];
  const instance = instantiate(shape, value, pointer, faults);
  for (const error of classPackages().validateSync(instance, OPTIONS))
    report(error, shape, instance, pointer, faults);
  return faults;
};

/** The value as an instance, nested ones too, without the unknown members, which are faults. */
const instantiate = (shape: Shape, value: object, pointer: string, faults: Fault[]): object => {
  const instance = new shape.of();
  for (const [key, member] of Object.entries(value)) {
    const at = pointer + token(key);
    const field = shape.fields.get(key);
    if (field) Reflect.set(instance, key, hydrated(field, member, at, faults));
    else
      faults.push({
        pointer: at,
        detail: `is not known here; known are ${[...shape.fields.keys()].sort().join(', ')}`,
      });
  }
  return instance;
};

const hydrated = ({ nested, time }: Field, member: unknown, pointer: string, faults: Fault[]): unknown => {
  if (nested && Array.isArray(member)) {
    return member.map((e: unknown, i) =>
      isObject(e) ? instantiate(nested, e, pointer + token(i), faults) : e,
    );
  }
  if (!isObject(member)) return member;
  if (nested) return instantiate(nested, member, pointer, faults);
  return time ? knownOfTime(member, pointer, faults) : member;
};

const knownOfTime = (member: Record<string, unknown>, pointer: string, faults: Fault[]): object => {
  const kept = Object.entries(member).filter(([key]) => TIME_MEMBERS.has(key));
  for (const key of Object.keys(member)) {
    if (!TIME_MEMBERS.has(key))
      faults.push({ pointer: pointer + token(key), detail: 'is not known in a time' });
  }
  return Object.fromEntries(kept);
};

const report = (
  error: ValidationError,
  shape: Shape,
  object: object,
  pointer: string,
  faults: Fault[],
): void => {
  const at = pointer + token(error.property);
  const field = shape.fields.get(error.property);
  for (const [name, detail] of Object.entries(error.constraints ?? {})) {
    const places = field ? elements(field, name, error.value, object) : [];
    if (error.value === undefined) faults.push({ pointer: at, detail: 'is missing' });
    else if (places.length === 0) faults.push({ pointer: at, detail });
    else for (const place of places) faults.push({ pointer: at + token(place), detail });
  }
  const { nested } = field ?? {};
  if (!nested) return;
  for (const child of error.children ?? []) {
    if (!Array.isArray(error.value))
      report(child, nested, isObject(error.value) ? error.value : {}, at, faults);
    else reportElement(child, nested, at, faults);
  }
};

/** class-validator reports on an element of a list as a child named by its index. */
const reportElement = (child: ValidationError, nested: Shape, pointer: string, faults: Fault[]): void => {
  const at = pointer + token(child.property);
  for (const detail of Object.values(child.constraints ?? {})) faults.push({ pointer: at, detail });
  const element: object = isObject(child.value) ? child.value : {};
  for (const inner of child.children ?? []) report(inner, nested, element, at, faults);
};

/** The places in a list that break a rule for every element. */
const elements = ({ rules }: Field, name: string, value: unknown, object: object): number[] => {
  const rule = rules.find((r) => r.name === name && r.each);
  if (!rule || !Array.isArray(value)) return [];
  return value.flatMap((element, i) => (rule.holds(element, object) ? [] : [i]));
};
