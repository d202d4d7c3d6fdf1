import type { Turnstile } from '#runtime';
import { csvColumns, type CsvColumns } from '#views';
import { answeredAs, tagOf, type Answer } from './answer.js';
import { JSON_FORM, type AnswerForm } from './answer-form.js';
import { CSV_FORM, CSV_TYPE, csvOf } from './csv.js';

/** The forms of a table that is not a list of items. */
export const TABLE_FORMS = [JSON_FORM, CSV_FORM] as const;

export type TableForm = (typeof TABLE_FORMS)[number];

/** A table as CSV, written in turns with other work. */
export async function tableAnswered(
  turns: Turnstile,
  columns: CsvColumns,
  rows: readonly object[],
  pinned: boolean,
  signal: AbortSignal,
): Promise<Answer> {
  const content = await turns.finish(csvOf(csvColumns(columns), rows), { lane: 'answers', signal });
  return { ...answeredAs({ content, tag: tagOf(content) }, undefined, pinned), type: CSV_TYPE };
}

/** The header of a page that has a next page. */
export const LINK = {
  Link: {
    description: 'The address of the next page, with `rel="next"` (RFC 8288), if there is one.',
    schema: { type: 'string' as const },
  },
};

/** The description of an answer in these forms. */
export function contentIn(
  forms: readonly AnswerForm[],
  json: object,
  columns: CsvColumns,
): Record<string, { schema: object }> {
  const named = csvColumns(columns).map(({ name }) => `\`${name}\``);
  const schemas: Readonly<Record<string, object>> = {
    csv: {
      type: 'string',
      description: `A header row, then a row for each, in these columns: ${named.join(', ')}. A column is named after its member. The members of a list are separated by \`|\`; a part of a list is \`member=value; member=value\`. A text that begins like a formula gets an apostrophe in front.`,
    },
    geojson: {
      type: 'object',
      description:
        'A FeatureCollection (RFC 7946): a feature for each item, with its `id`, its `location` as geometry (null if it is not known), and its other members as properties. `basis` and `next` are members of the collection.',
    },
  };
  return Object.fromEntries(forms.map(({ name, type }) => [type, { schema: schemas[name] ?? json }]));
}
