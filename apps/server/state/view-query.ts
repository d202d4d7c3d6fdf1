import type { View } from '#views';
import { CUT } from '../reading/cuts.js';
import {
  choice,
  instant,
  start,
  text,
  type Parameter,
  type ParameterTable,
  type Parsed,
} from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import type { ListItems, ReadTimeline } from './read-state.js';

/** The stretch of a timeline. */
const INTERVAL = { from: start('an instant or a date'), to: instant('an instant or a date') };

export const TIMELINE = { ...CUT, ...INTERVAL };

/** The parameters of the list of a view: its filters beside the cut. */
export function listParameters(view: View): typeof CUT & ParameterTable {
  const filters = Object.entries(view.filters).map(([name, { description, choices }]) => {
    return [name, choices ? choice(choices, description) : text(description)] as const;
  });
  return { ...CUT, ...Object.fromEntries<Parameter>(filters) };
}

/** What the filters of a view are asked for, by name. */
export function filterValuesIn(view: View, asked: Readonly<Record<string, unknown>>): Filters {
  const wanted = Object.keys(view.filters).map((name) => [name, asked[name]] as const);
  return Object.fromEntries(wanted.filter(([, value]) => value !== undefined)) as Filters;
}

type Filters = ListItems['filters'];

/** Throws Problem `invalid-parameter` where it ends before it begins. */
export function intervalIn({ from, to }: Parsed<typeof INTERVAL>): ReadTimeline['interval'] {
  if (from !== undefined && to !== undefined && from >= to)
    throw badParameter('to', 'It must be after `from`.');
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
