import { nearest } from '#events';
import { Problem, type ProblemFault } from '../problems/problem.js';

/** A query as `parseQuery` reads it. For a receipt it is a part of the body: its values may be anything. */
export type Query = Readonly<Record<string, unknown>>;

const FAULTS = Symbol('faults of the query');
const NO_QUERY: Query = Object.freeze(Object.create(null) as Query);

/**
 * The parameters after the `?` (application/x-www-form-urlencoded, WHATWG URL §5.1, in UTF-8). Never throws, because the router calls it;
 * `assertWellFormed` throws for the faults that it found.
 */
export function parseQuery(text: string): Query {
  if (text === '') return NO_QUERY;
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  const faults: ProblemFault[] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const [before, after] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const [name, value] = [decoded(before), decoded(after)];
    if (name === undefined) faults.push({ parameter: shown(before), detail: MALFORMED });
    else if (value === undefined) faults.push({ parameter: shown(name), detail: MALFORMED });
    else if (name in query) faults.push({ parameter: shown(name), detail: 'Give it once.' });
    else query[name] = value;
  }
  if (faults.length > 0) Object.defineProperty(query, FAULTS, { value: faults.slice(0, MOST_FAULTS) });
  return query;
}

const MALFORMED = 'It is not percent-encoded UTF-8.';
const MOST_FAULTS = 100;

/** Undefined for an invalid escape, or bytes that are not UTF-8. Unescaped bytes count as if they were escaped. */
function decoded(text: string): string | undefined {
  const escaped = text
    .replaceAll('+', ' ')
    .replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

/** Throws Problem `invalid-parameter` naming each parameter that is malformed or given more than once. */
export function assertWellFormed(query: unknown): void {
  const { [FAULTS]: faults = [] } = query as { readonly [FAULTS]?: readonly ProblemFault[] };
  const [first] = faults;
  if (!first) return;
  throw new Problem('invalid-parameter', `${first.parameter}: ${first.detail}`, { errors: faults });
}

/** A parameter that cannot be used; the detail has the right form. */
export function badParameter(parameter: string, detail: string): Problem {
  return new Problem('invalid-parameter', `${parameter}: ${detail}`, { errors: [{ parameter, detail }] });
}

/** Throws Problem `unknown-parameter` with each unknown parameter. */
export function refuseUnknown(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const there = known.length === 0 ? 'There are none here.' : `There are ${known.join(', ')}.`;
  const named = unknown.slice(0, MOST_NAMED).map(shown);
  const errors = named.map((name): ProblemFault => ({ parameter: name, detail: `Unknown. ${there}` }));
  const more = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : '';
  throw new Problem('unknown-parameter', `No such parameter: ${named.join(', ')}${more}.`, { errors });
}

/** The number of unknown parameters that are named: the body of a question for a receipt may have many. */
const MOST_NAMED = 100;

/** The text of a parameter; undefined where it is absent. Throws where it is empty or given more than once. */
export function one(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw badParameter(name, 'Give it once.');
  if (value.trim() === '') throw badParameter(name, 'It is empty: leave it out.');
  return value;
}

/** The members of a comma-separated parameter; undefined where it is absent. */
export function several(query: Query, name: string): readonly string[] | undefined {
  const members = one(query, name)
    ?.split(',')
    .map((member) => member.trim());
  if (members?.includes('')) throw badParameter(name, 'A member of the list is empty.');
  return members;
}

export function oneOf<T extends string>(query: Query, name: string, choices: readonly T[]): T | undefined {
  const text = one(query, name);
  return text === undefined ? undefined : chosen(name, text, choices);
}

/** The members of a comma-separated parameter, each one of the choices. */
export function severalOf<T extends string>(
  query: Query,
  name: string,
  choices: readonly T[],
): readonly T[] | undefined {
  return several(query, name)?.map((member) => chosen(name, member, choices));
}

/** Throws Problem `invalid-parameter`, which lists the choices. */
export function chosen<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  const meant = nearest(text, choices);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw badParameter(
    name,
    `There is no ${JSON.stringify(shown(text))}.${hint} There are ${choices.join(', ')}.`,
  );
}

/** A whole number from `least` to `most`. */
export function whole(
  query: Query,
  name: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = one(query, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most)) {
    throw badParameter(name, `It must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** Names come from a client and become part of an answer. */
const shown = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
