import { isObject } from '#json';
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Role } from '#time';
import { Described } from './description.js';
import type { Kind } from './kinds.js';
import { Marks, type Class } from './marks.js';
import { CODES, isCodes, isNames, isTimeAsSent, NAMES, TIME_MEMBERS, type TextMap } from './value.js';

/**
 * The decorators of the data classes. Each one gives validation (class-validator), nested classes (class-transformer; `instanceOf` reads them)
 * and the OpenAPI schema. A member is required unless it also has `@Optional()`, which comes first.
 * `null` is never a value: an unknown member is left out.
 */

export type { Class };

export const ID = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const COUNTRY = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;

/** The most elements that a list may have. */
export const MOST_ELEMENTS = 200;

const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };

const list = (least: number, unique = true): PropertyDecorator =>
  all(
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(least, { message: `must have at least ${least}` }),
    ArrayMaxSize(MOST_ELEMENTS, { message: `must have at most ${MOST_ELEMENTS}` }),
    ...(unique ? [ArrayUnique({ message: 'must not have a member twice' })] : []),
  );

const listOfText = (each: object, minItems: number, description: string): PropertyDecorator =>
  Described({
    type: 'array',
    items: { type: 'string', ...each },
    minItems,
    maxItems: MOST_ELEMENTS,
    uniqueItems: true,
    description,
  });

const isPlainObject = (options: { each: boolean }): PropertyDecorator =>
  ValidateBy(
    { name: 'isPlainObject', validator: { validate: isObject } },
    { ...options, message: 'must be an object' },
  );

const nestedFields = new Marks<Class>();
const timeFields = new Marks<Role>();

/** The members that hold an object, or a list of objects, of a class of their own. */
export const nestedIn = (of: Class) => nestedFields.allOf(of);

/** The members that are times, each with the role in which it is resolved. */
export const timesIn = (of: Class) => timeFields.allOf(of);

/** One condition for all optional members, so that the compiled checker can recognise it. */
export const isPresent = (_object: object, value: unknown): boolean => value !== undefined;

export const Optional = (): PropertyDecorator => all(ValidateIf(isPresent), Described({ required: false }));

/** Like `Optional`, but required for objects of a certain kind. For other objects a value is still checked if it is sent. */
export const NeededWhere = (condition: (object: object) => boolean): PropertyDecorator =>
  all(
    ValidateIf((object: object, value: unknown) => value !== undefined || condition(object)),
    Described({ required: false }),
  );

/** Free text in own words. */
export const Text = (description: string, max = 300): PropertyDecorator =>
  all(
    MinLength(1, { message: 'must be text, not empty' }),
    MaxLength(max, { message: `must be text of at most ${max} characters` }),
    Described({ type: String, minLength: 1, maxLength: max, description }),
  );

export const Texts = (description: string, max = 300): PropertyDecorator =>
  all(
    list(1),
    MinLength(1, { each: true, message: 'must be text, not empty' }),
    MaxLength(max, { each: true, message: `must be text of at most ${max} characters` }),
    listOfText({ minLength: 1, maxLength: max }, 1, description),
  );

/** A short text of a fixed form. */
export const Formed = (description: string, pattern: RegExp, form: string): PropertyDecorator =>
  all(
    Matches(pattern, { message: `must be ${form}` }),
    Described({ type: String, pattern: pattern.source, description }),
  );

const ID_FORM = 'an id: lower-case letters, digits, dots and dashes, at most 100';

const kindsOfFields = new Marks<Kind>();

/** The members that hold the id of a subject, or a list of them, each with the kind of the subject. */
export const subjectsIn = (of: Class) => kindsOfFields.allOf(of);

/** An id, such as `lt-by.medininkai`; where a kind is given, the id of a subject of this kind. */
export const Id = (description: string, of?: Kind): PropertyDecorator =>
  all(
    (target, key) => {
      if (of !== undefined) kindsOfFields.set(target, key, of);
    },
    Formed(description, ID, ID_FORM),
  );

/** A list of ids of subjects of one kind. */
export const Ids = (description: string, of: Kind, least = 1): PropertyDecorator =>
  all(
    (target, key) => kindsOfFields.set(target, key, of),
    list(least),
    Matches(ID, { each: true, message: `must be ${ID_FORM}` }),
    listOfText({ pattern: ID.source }, least, description),
  );

/** ISO 3166-1 alpha-2, or 3166-2 for a region of a country (RU-KGD). */
export const Country = (description: string): PropertyDecorator =>
  Formed(description, COUNTRY, 'an ISO 3166 code, such as LT or RU-KGD');

export const Countries = (description: string): PropertyDecorator =>
  all(
    list(1),
    Matches(COUNTRY, { each: true, message: 'must be an ISO 3166 code, such as LT or RU-KGD' }),
    listOfText({ pattern: COUNTRY.source }, 1, description),
  );

export const OneOf = (values: readonly string[], description: string): PropertyDecorator =>
  all(
    IsIn(values, { message: `must be one of ${values.join(', ')}` }),
    Described({ type: String, enum: [...values], description }),
  );

export const SomeOf = (values: readonly string[], description: string): PropertyDecorator =>
  all(
    list(1),
    IsIn(values, { each: true, message: `must be one of ${values.join(', ')}` }),
    Described({
      type: String,
      enum: [...values],
      isArray: true,
      minItems: 1,
      maxItems: MOST_ELEMENTS,
      uniqueItems: true,
      description,
    }),
  );

export const Flag = (description: string): PropertyDecorator =>
  all(IsBoolean({ message: 'must be true or false' }), Described({ type: Boolean, description }));

export const Whole = (description: string, min = 0, max = Number.MAX_SAFE_INTEGER): PropertyDecorator =>
  all(
    IsInt({ message: 'must be a whole number' }),
    Min(min, { message: `must be at least ${min}` }),
    Max(max, { message: `must be at most ${max}` }),
    Described({ type: 'integer', minimum: min, maximum: max, description }),
  );

export const Amount = (description: string): PropertyDecorator =>
  all(IsNumber({}, { message: 'must be a number' }), Described({ type: Number, description }));

export const Nested = (of: Class, description: string): PropertyDecorator =>
  all(
    (target, key) => nestedFields.set(target, key, of),
    Type(() => of),
    isPlainObject({ each: false }),
    ValidateNested({ message: 'must be an object' }),
    Described({ type: () => of, description }),
  );

/** An object of any members. */
export const AnyObject = (description: string, message = 'must be an object'): PropertyDecorator =>
  all(
    ValidateBy({ name: 'isAnyObject', validator: { validate: isObject } }, { message }),
    Described({ type: Object, description }),
  );

export const ListOf = (of: Class, description: string, least = 1): PropertyDecorator =>
  all(
    (target, key) => nestedFields.set(target, key, of),
    Type(() => of),
    list(least, false),
    isPlainObject({ each: true }),
    ValidateNested({ each: true, message: 'must be an object' }),
    Described({ type: () => of, isArray: true, minItems: least, maxItems: MOST_ELEMENTS, description }),
  );

const mapSchema = ({ key, mostKeys, longest }: TextMap) => ({
  type: Object,
  minProperties: 1,
  maxProperties: mostKeys,
  patternProperties: { [key.source]: { type: 'string' as const, minLength: 1, maxLength: longest } },
  additionalProperties: false,
});

/** Names by language: ISO 639-1 code to name; at least one. */
export const NamesByLanguage = (description: string): PropertyDecorator =>
  all(
    ValidateBy(
      { name: 'isNames', validator: { validate: isNames } },
      { message: 'must be names by language, such as { "lt": "Medininkai" }' },
    ),
    Described({ ...mapSchema(NAMES), description }),
  );

/** Codes by scheme, such as `{ "unlocode": "LTMDK" }`. */
export const Codes = (description: string): PropertyDecorator =>
  all(
    ValidateBy(
      { name: 'isCodes', validator: { validate: isCodes } },
      { message: 'must be codes by scheme, such as { "unlocode": "LTMDK" }' },
    ),
    Described({ ...mapSchema(CODES), description }),
  );

const TIME_DESCRIPTIONS: Readonly<Record<string, string>> = {
  edtf: 'EDTF (ISO 8601-2).',
  zone: 'IANA zone; absent: the default zone.',
  text: 'The words of the report.',
  earliest:
    'The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have.',
  latest:
    'The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have.',
};

const timeText = (name: string, description = TIME_DESCRIPTIONS[name]) => ({
  type: 'string',
  minLength: 1,
  maxLength: TIME_MEMBERS.get(name)!,
  ...(description !== undefined && { description }),
});

const timeObject = (names: readonly string[], needed: string) => ({
  type: 'object',
  required: [needed],
  properties: Object.fromEntries(names.map((name) => [name, timeText(name)])),
  additionalProperties: false,
});

/** The form of a time as `isTimeAsSent` checks it. */
export const timeSchema = (orWords: boolean) => ({
  oneOf: [
    timeText('edtf'),
    timeObject([...TIME_MEMBERS.keys()], 'edtf'),
    ...(orWords ? [timeObject(['text'], 'text')] : []),
  ],
});

/** A time, sent as EDTF or in full, stored as a ReportedTime. `end`: the text gives an inclusive end. */
export const Time = (description: string, role: Role = 'start', orWords = false): PropertyDecorator =>
  all(
    (target, key) => timeFields.set(target, key, role),
    ValidateBy(
      {
        name: 'isTime',
        constraints: [orWords],
        validator: { validate: (value) => isTimeAsSent(value, orWords) },
      },
      { message: `must be EDTF text or { edtf, zone?, text? }${orWords ? ', or { text } alone' : ''}` },
    ),
    Described({ ...timeSchema(orWords), description }),
  );
