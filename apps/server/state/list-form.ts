import type { Interruptible } from '#runtime';
import { csvColumns, type Item, type RememberedItem, type View } from '#views';
import {
  answeredAs,
  listInParts,
  rendered,
  renderedTexts,
  tagOf,
  type Answer,
  type Rendered,
} from '../reading/answer.js';
import { JSON_FORM } from '../reading/answer-form.js';
import type { Basis } from '../reading/basis.js';
import { CSV_FORM, CSV_TYPE, csvOf } from '../reading/csv.js';

/** RFC 7946. */
const GEOJSON_FORM = { name: 'geojson', type: 'application/geo+json' } as const;

export type ListForm = typeof JSON_FORM | typeof CSV_FORM | typeof GEOJSON_FORM;

/** The forms of the list of a view; only crossings have places. */
export const listForms = ({ name }: View): readonly ListForm[] =>
  name === 'crossings' ? [JSON_FORM, CSV_FORM, GEOJSON_FORM] : [JSON_FORM, CSV_FORM];

/** The selected members of an item, and its id; without `fields` all members. */
export function picked<I extends Item>(item: I, fields: readonly string[] | undefined): object {
  if (fields === undefined) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => name === 'id' || fields.includes(name)));
}

/** The items of the answer. `more`: there is a next page, which changes the tag. */
export function* listRendered(
  view: View,
  found: readonly RememberedItem[],
  form: ListForm,
  fields: readonly string[] | undefined,
  more: boolean,
): Interruptible<Rendered> {
  if (form.name === 'json' && fields === undefined) {
    const { content, tag } = renderedTexts(['{"items":', ...jsonOf(found), '}']);
    return { content, tag: more ? tagOf(`more ${tag}`) : tag };
  }
  const items = found.map(({ item }) => item);
  if (form.name === 'csv') {
    const content = yield* csvOf(csvColumns(view.columns, fields), items);
    return { content, tag: tagOf(more ? `more ${String(content)}` : content) };
  }
  const { content, tag } = rendered(
    form.name === 'geojson'
      ? { type: 'FeatureCollection', features: items.map((item) => featureOf(item, fields)) }
      : { items: items.map((item) => picked(item, fields)) },
  );
  return { content, tag: more ? tagOf(`more ${tag}`) : tag };
}

/** The JSON of a list, in parts. */
export const jsonOf = (items: readonly RememberedItem[]): string[] =>
  listInParts(items.map(({ json }) => json));

/** A feature (RFC 7946 §3.2); its geometry is null where its place is unknown. */
function featureOf(
  item: Item & { readonly location?: object },
  fields: readonly string[] | undefined,
): object {
  const { id, location = null, ...properties } = item;
  const { id: _, ...some } = picked({ ...properties, id }, fields) as typeof item;
  return { type: 'Feature', id, geometry: location, properties: some };
}

/** The answer with a list. `next`: the address of the next page; also in a Link header (RFC 8288), because a table has no member for it. */
export function listAnswered(
  found: Rendered,
  form: ListForm,
  basis: Basis,
  pinned: boolean,
  next: string | undefined,
): Answer {
  const isCsv = form.name === 'csv';
  const head = { basis, ...(next !== undefined && { next }) };
  return {
    ...answeredAs(found, isCsv ? undefined : head, pinned),
    type: isCsv ? CSV_TYPE : form.type,
    headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
  };
}
