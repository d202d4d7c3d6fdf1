import { Problem, type Fault } from '../problems/problem.js';

/** A query as Fastify parses it: a parameter given twice is an array. */
export type Query = Readonly<Record<string, unknown>>;

/** A parameter that cannot be used; the detail says what it must look like. */
export function badParameter(parameter: string, detail: string): Problem {
  return new Problem('invalid-parameter', `${parameter}: ${detail}`, { errors: [{ parameter, detail }] });
}

/** Throws Problem `unknown-parameter` naming each that is not among the known. */
export function refuseUnknown(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const there = known.length === 0 ? 'There are none here.' : `There are ${known.join(', ')}.`;
  const named = unknown.slice(0, MOST_NAMED).map(shown);
  const errors = named.map((name): Fault => ({ parameter: name, detail: `Unknown. ${there}` }));
  const more = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : '';
  throw new Problem('unknown-parameter', `No such parameter: ${named.join(', ')}${more}.`, { errors });
}

/** Unknown parameters that are named: the body of a question for a receipt may have many. */
const MOST_NAMED = 100;

/** The text of a parameter; undefined where it is absent. Throws where it is empty or given more than once. */
export function one(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw badParameter(name, 'Give it once.');
  if (value.trim() === '') throw badParameter(name, 'It is empty; leave it out instead.');
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
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw badParameter(name, `It must be one of ${choices.join(', ')}.`);
  return found;
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

/** Names come from outside and go into an answer. */
const shown = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
