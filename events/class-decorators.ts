import { createRequire } from 'node:module';
import type { ValidationOptions } from 'class-validator';

/** The files of class-validator that are used. Its index also loads the telephone numbers of all countries, which takes 100 ms. */
const FILES = [
  ...['ArrayMaxSize', 'ArrayMinSize', 'ArrayUnique'].map((name) => `decorator/array/${name}`),
  ...['IsArray', 'IsBoolean', 'IsInt', 'IsNumber'].map((name) => `decorator/typechecker/${name}`),
  ...['IsIn', 'ValidateBy', 'ValidateIf', 'ValidateNested'].map((name) => `decorator/common/${name}`),
  ...['Matches', 'MaxLength', 'MinLength'].map((name) => `decorator/string/${name}`),
  ...['Max', 'Min'].map((name) => `decorator/number/${name}`),
  'metadata/MetadataStorage',
  'validation/Validator',
];

/**
 * The decorators of class-validator and class-transformer, applied at the first check: a server that only answers never loads
 * these packages. Import them from here.
 */
type ClassPackages = typeof import('class-validator') & typeof import('class-transformer');

const waiting: ((packages: ClassPackages) => void)[] = [];
let loaded: ClassPackages | undefined;

/** Both packages, after the postponed decorators have run in the order of the code. */
export function classPackages(): ClassPackages {
  if (loaded === undefined) {
    const load = createRequire(import.meta.url);
    const files = FILES.map((file) => load(`class-validator/cjs/${file}.js`) as object);
    loaded = Object.assign({}, load('class-transformer') as object, ...files) as ClassPackages;
  }
  for (const decorate of waiting.splice(0)) decorate(loaded);
  return loaded;
}

const later =
  <Given extends unknown[]>(decorator: (packages: ClassPackages) => (...given: Given) => PropertyDecorator) =>
  (...given: Given): PropertyDecorator =>
  (target, key) =>
    void waiting.push((packages) => decorator(packages)(...given)(target, key));

export const ArrayMaxSize = later((packages) => packages.ArrayMaxSize);
export const ArrayMinSize = later((packages) => packages.ArrayMinSize);
export const ArrayUnique = later((packages) => packages.ArrayUnique);
export const IsArray = later((packages) => packages.IsArray);
export const IsBoolean = later((packages) => packages.IsBoolean);
export const IsIn = later((packages) => packages.IsIn);
export const IsInt = later((packages) => packages.IsInt);
export const IsNumber = later((packages) => packages.IsNumber);
export const Matches = later(
  (packages) => (pattern: RegExp, options?: ValidationOptions) => packages.Matches(pattern, options),
);
export const Max = later((packages) => packages.Max);
export const MaxLength = later((packages) => packages.MaxLength);
export const Min = later((packages) => packages.Min);
export const MinLength = later((packages) => packages.MinLength);
export const Type = later((packages) => packages.Type);
export const ValidateBy = later((packages) => packages.ValidateBy);
export const ValidateIf = later((packages) => packages.ValidateIf);
export const ValidateNested = later((packages) => packages.ValidateNested);
