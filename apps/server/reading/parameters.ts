import {
  createParamDecorator,
  Inject,
  Injectable,
  type ExecutionContext,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { assertZone, parseInstantOrDay, parseDuration, resolve, TimeError, type Instant } from '#time';
import type { Settings } from '../../settings.js';
import { ApiQuery } from '../docs/api.js';
import { SETTINGS_TOKEN } from '../provided.js';
import { formFor, formNames, JSON_FORM, type AnswerForm } from './answer-form.js';
import { badParameter, one, oneOf, refuseUnknown, several, severalOf, whole, type Query } from './query.js';

/** One parameter of a query: how it is read, and how the document describes it. */
export interface Parameter<T = unknown> {
  readonly description?: string | undefined;
  readonly schema: {
    readonly type: 'string' | 'integer';
    readonly enum?: string[];
    readonly example?: string;
    readonly minimum?: number;
    readonly maximum?: number;
  };
  readonly isNeeded?: boolean;
  /** Throws Problem `invalid-parameter`. `zone`: for times without an offset, where the query has no zone. */
  read(query: Query, name: string, zone: string): T;
}

/** The parameters of an operation, by name. Any other is refused. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

/** The values of a query: undefined where a parameter is absent. */
export type Parsed<T extends ParameterTable> = { readonly [K in keyof T]: ReturnType<T[K]['read']> };

/**
 * Reads a query by a table. Throws Problem `unknown-parameter` for a parameter outside the table, which would silently change the question, and
 * `invalid-parameter` for the first that cannot be used.
 */
export function parsed<T extends ParameterTable>(table: T, query: Query, zone: string): Parsed<T> {
  const names = Object.keys(table);
  refuseUnknown(query, names);
  const values: Record<string, unknown> = {};
  for (const name of names) values[name] = table[name]!.read(query, name, zone);
  return values as Parsed<T>;
}

/** A query with the form of the answer. */
export type InForm<T, Form extends AnswerForm> = T & { readonly form: Form };

/**
 * A parameter of a handler: the query, read by a table. The table also describes the operation in the document. `forms`: the possible forms
 * of the answer, the default first. The handler gets the form to answer in as `form` (`InForm`), chosen by `?format=` and `Accept`. Without
 * `forms` the answer is JSON, and `Accept` must allow JSON; with `ONE_FORM` nothing is chosen.
 */
export const QueryParameters =
  (table: ParameterTable, forms: readonly AnswerForm[] = [JSON_FORM]): ParameterDecorator =>
  (target, key, index) => {
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    const all = forms.length === 0 ? table : { ...table, format: formatOf(forms) };
    for (const [name, { description, schema, isNeeded = false }] of Object.entries(all)) {
      ApiQuery({ name, required: isNeeded, ...(description !== undefined && { description }), schema })(
        target,
        key,
        method,
      );
    }
    Asked(pipeOf(all, forms))(target, key, index);
  };

interface AskedQuery {
  readonly query: Query;
  readonly accept: string | undefined;
}

const Asked = createParamDecorator((_: unknown, context: ExecutionContext): AskedQuery => {
  const { query, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return { query: query as Query, accept: headers.accept };
});

const formatOf = (forms: readonly AnswerForm[]): Optional<string> =>
  choice(formNames(forms), 'the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1)');

function pipeOf(table: ParameterTable, forms: readonly AnswerForm[]): Type<PipeTransform> {
  @Injectable()
  class ParametersPipe implements PipeTransform<AskedQuery> {
    constructor(@Inject(SETTINGS_TOKEN) private readonly settings: Settings) {}

    transform({ query, accept }: AskedQuery): unknown {
      const values = parsed(table, query, this.settings.zone);
      if (forms.length === 0) return values;
      const { format } = values as { readonly format?: string };
      return Object.assign(values, { form: formFor(forms, { format, accept }) });
    }
  }
  return ParametersPipe;
}

type Optional<T> = Parameter<T | undefined>;

const described = (description?: string, example?: string): Pick<Parameter, 'description' | 'schema'> => ({
  description,
  schema: { type: 'string', ...(example !== undefined && { example }) },
});

export const text = (description?: string, example?: string): Optional<string> => ({
  ...described(description, example),
  read: one,
});

export const choice = <T extends string>(choices: readonly T[], description?: string): Optional<T> => ({
  description,
  schema: { type: 'string', enum: [...choices] },
  read: (query, name) => oneOf(query, name, choices),
});

/** Comma-separated. */
export const list = (description?: string, example?: string): Optional<readonly string[]> => ({
  ...described(description, example),
  read: several,
});

/** Comma-separated, each one of the choices. */
export const choices = <T extends string>(
  known: readonly T[],
  description?: string,
  example?: string,
): Optional<readonly T[]> => ({
  ...described(description, example),
  read: (query, name) => severalOf(query, name, known),
});

/** A whole number; without bounds, from 0. */
export const number = (
  description?: string,
  { least = 0, most }: { readonly least?: number; readonly most?: number } = {},
): Optional<number> => ({
  description,
  schema: { type: 'integer', minimum: least, ...(most !== undefined && { maximum: most }) },
  read: (query, name) => whole(query, name, least, most),
});

/** An instant with its offset, or a date: the end of that day in the zone. */
export const instant = (description?: string, example?: string): Optional<Instant> => ({
  ...described(description, example),
  read(query, name, zone) {
    const given = one(query, name);
    return given === undefined ? undefined : instantIn(name, given, zoneUnder(query, name, zone));
  },
});

/** A duration, in milliseconds. */
export const duration = (description?: string, example?: string): Optional<number> => ({
  ...described(description, example),
  read(query, name) {
    const given = one(query, name);
    return given === undefined ? undefined : orBadParameter(name, () => parseDuration(given));
  },
});

/** A date. */
export const date = (description?: string, example?: string): Optional<string> => ({
  ...described(description, example),
  read(query, name, zone) {
    const given = one(query, name);
    if (given === undefined) return undefined;
    if (given.length !== 10) throw badParameter(name, 'It must be a date, such as 2025-11-05.');
    instantIn(name, given, zoneUnder(query, name, zone));
    return given;
  },
});

/** An instant with its offset, or a date: the start of that day in the zone. For the beginning of an interval. */
export const start = (description?: string, example?: string): Optional<Instant> => ({
  ...described(description, example),
  read(query, name, zone) {
    const given = one(query, name);
    return given === undefined ? undefined : startIn(name, given, zoneUnder(query, name, zone));
  },
});

/** A place on the recorded axis: up to and including a sequence, or an instant. */
export type RecordedBound =
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'instant'; readonly instant: Instant };

/** A sequence, `@120`, or an instant; a date is its end, or its start at the beginning of an interval. */
export const recorded = (
  description?: string,
  example?: string,
  edge: 'start' | 'end' = 'end',
): Optional<RecordedBound> => ({
  ...described(description, example),
  read(query, name, zone) {
    const given = one(query, name);
    if (given === undefined) return undefined;
    if (!given.startsWith('@')) {
      const read = edge === 'start' ? startIn : instantIn;
      return { kind: 'instant', instant: read(name, given, zoneUnder(query, name, zone)) };
    }
    const sequence = /^@\d{1,15}$/.test(given) ? Number(given.slice(1)) : undefined;
    if (sequence === undefined) throw badParameter(name, 'Write a sequence as @ and a whole number: @120.');
    return { kind: 'sequence', sequence };
  },
});

/** The name of a zone of the IANA database. */
export const zoneName = (description = 'the IANA zone of dates'): Optional<string> => ({
  ...described(description, 'Europe/Vilnius'),
  read(query, name) {
    const zone = one(query, name);
    if (zone !== undefined) orBadParameter(name, () => assertZone(zone));
    return zone;
  },
});

/** An Admiralty code, `A1`…`F6`. */
export const reliability = (description?: string): Optional<string> => ({
  ...described(description, 'B2'),
  read(query, name) {
    const code = one(query, name);
    if (code === undefined || /^[A-F][1-6]$/.test(code)) return code;
    throw badParameter(name, 'It must be an Admiralty code from A1 to F6, such as B2.');
  },
});

export const needed = <T>(parameter: Parameter<T>): Parameter<Exclude<T, undefined>> => ({
  ...parameter,
  isNeeded: true,
  read(query, name, zone) {
    const value = parameter.read(query, name, zone);
    if (value === undefined) throw badParameter(name, 'It is required.');
    return value as Exclude<T, undefined>;
  },
});

/** The parameters of a table under a prefix: `asOf` → `from.asOf`. */
export const under = <P extends string, T extends ParameterTable>(
  prefix: P,
  table: T,
): { readonly [K in keyof T & string as `${P}${K}`]: T[K] } =>
  Object.fromEntries(Object.entries(table).map(([name, one]) => [`${prefix}${name}`, one])) as never;

/** Throws Problem `invalid-parameter`, which names the parameter. */
export function instantIn(name: string, given: string, zone: string): Instant {
  return orBadParameter(name, () => parseInstantOrDay(withPlus(given), zone));
}

function startIn(name: string, given: string, zone: string): Instant {
  const end = instantIn(name, given, zone);
  return /^\d{4}-\d{2}-\d{2}$/.test(given) ? resolve(given, zone, 'start').earliest : end;
}

/** The zone that the query names beside the parameter: `from.zone` beside `from.asOf`. */
const zoneUnder = (query: Query, name: string, otherwise: string): string =>
  one(query, name.replace(/[^.]*$/, 'zone')) ?? otherwise;

/** A `+` that was not escaped arrives as a space: 12:00+02:00 → 12:00 02:00. */
const withPlus = (given: string): string => given.replace(/ (?=\d\d(:?\d\d)?$)/, '+');

/** The value that `read` returns. A TimeError becomes the Problem `invalid-parameter` of this parameter. */
function orBadParameter<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TimeError) throw badParameter(name, error.message);
    throw error;
  }
}
