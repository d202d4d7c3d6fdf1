import type { Instant } from '#time';
import type { View } from '#views';
import { instantFrom, startFrom } from '../reading/cut.js';
import { badParameter, one, oneOf, type Query } from '../reading/query.js';

/** What the filters of a view are asked for, by name. Throws Problem `invalid-parameter`. */
export function filtersFrom(view: View, query: Query): Readonly<Record<string, string>> {
  const wanted = Object.entries(view.filters).flatMap(([name, { choices }]) => {
    const value = choices ? oneOf(query, name, choices) : one(query, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(wanted);
}

export const INTERVAL_PARAMETERS = ['from', 'to'] as const;

/** The stretch of a timeline that is asked for. Throws Problem `invalid-parameter`. */
export function intervalFrom(query: Query, zone: string): { readonly from?: Instant; readonly to?: Instant } {
  const from = startFrom(query, 'from', zone);
  const to = instantFrom(query, 'to', zone);
  if (from !== undefined && to !== undefined && from >= to)
    throw badParameter('to', 'It must be after `from`.');
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
