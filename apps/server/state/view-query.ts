import type { View } from '#views';
import { CUT, type ReadCut } from '../reading/cuts.js';
import {
  choice,
  choices,
  instant,
  number,
  start,
  text,
  type Parameter,
  type ParameterTable,
  type Parsed,
} from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { JSON_FORM } from '../reading/answer-form.js';
import type { Basis } from '../reading/basis.js';
import type { ListForm } from './list-form.js';
import type { ListItems, ListShape, ReadTimeline } from './read-state.js';

/** The range of a timeline. */
export const INTERVAL = { from: start('an instant or a date'), to: instant('an instant or a date') };

export const TIMELINE = { ...CUT, ...INTERVAL };

/** The page of a list. */
const PAGE = {
  limit: number('the greatest number of items, 1 to 1000; default all', { least: 1, most: 1000 }),
  after: text('an id: only items after it. The `next` of a page has it, with the basis of the first page.'),
};

/** The members of an item to answer with. */
const fieldsOf = (view: View) => ({
  fields: choices(
    Object.keys(view.columns),
    'members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all',
    'because',
  ),
});

/** The parameters of an item of a view. */
export const itemParameters = (view: View) => ({ ...CUT, ...fieldsOf(view) });

/** The parameters of the list of a view: its filters and the page beside the cut. */
export function listParameters(
  view: View,
): typeof CUT & typeof PAGE & ReturnType<typeof fieldsOf> & ParameterTable {
  const filters = Object.entries(view.filters).map(([name, { description, choices: closed }]) => {
    return [name, closed ? choice(closed, description) : text(description)] as const;
  });
  return { ...CUT, ...Object.fromEntries<Parameter>(filters), ...PAGE, ...fieldsOf(view) };
}

/** The parameters of a list besides its cut and its filters. */
export type AskedShape = Pick<ListShape, 'fields' | 'limit' | 'after'>;

/**
 * The address of the page after the id `last`: the same question with its basis, so that all pages are of one answer. Undefined where there is
 * none.
 */
export function nextPage(
  view: View,
  asked: AskedShape & Pick<ReadCut, 'accordingTo' | 'minReliability'> & Readonly<Record<string, unknown>>,
  form: ListForm,
  { asOf, knownAt, sequence, zone }: Basis,
  last: string | undefined,
): string | undefined {
  if (last === undefined) return undefined;
  const { limit, fields, accordingTo, minReliability } = asked;
  const parameters = {
    ...filterValuesIn(view, asked),
    accordingTo,
    minReliability,
    fields: fields?.join(),
    format: form === JSON_FORM ? undefined : form.name,
    asOf,
    knownAt: knownAt ?? undefined,
    recordedAt: `@${sequence}`,
    zone,
    limit: String(limit),
    after: last,
  };
  return addressOf(`/v1/${view.name}`, parameters);
}

/** The address with the defined parameters. */
export function addressOf(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${path}?${new URLSearchParams(given).toString()}`;
}

/** The values of the filters of a view, by name. */
export function filterValuesIn(view: View, asked: Readonly<Record<string, unknown>>): Filters {
  const values: Record<string, string> = {};
  for (const [name, filter] of Object.entries(view.filters)) {
    const value = asked[name] as string | undefined;
    if (value === undefined) continue;
    const fault = filter.fault?.(value);
    if (fault !== undefined) throw badParameter(name, fault);
    values[name] = value;
  }
  return values;
}

type Filters = ListItems['filters'];

/** Throws Problem `invalid-parameter` where it ends before it begins. */
export function intervalIn({ from, to }: Parsed<typeof INTERVAL>): ReadTimeline['interval'] {
  if (from !== undefined && to !== undefined && from >= to)
    throw badParameter('to', 'It must be after `from`.');
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
