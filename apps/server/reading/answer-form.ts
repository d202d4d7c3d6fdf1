import Negotiator from 'negotiator';
import { Problem } from '../problems/problem.js';
import { chosen } from './query.js';

/** A form that an answer can have: its name in `?format=`, and its media type. Two forms of one name differ in their media type. */
export interface AnswerForm {
  readonly name: string;
  readonly type: string;
}

export const JSON_FORM = { name: 'json', type: 'application/json' } as const;

/**
 * One form for any `Accept`, which RFC 9110 §12.5.1 allows: for writes, where the client must get the outcome, for probes, and for notes,
 * tiles and lines in a standard form.
 */
export const ONE_FORM: readonly AnswerForm[] = [];

/** The wishes of the query and the header. */
export interface AskedForm {
  readonly format?: string | undefined;
  readonly accept?: string | undefined;
}

/** The names of the forms, each once: the values of `?format=`. */
export const formNames = (forms: readonly AnswerForm[]): string[] => [
  ...new Set(forms.map(({ name }) => name)),
];

/**
 * The form to answer in: one of the forms of the operation, which lists its preferred form first. `format` names it; `Accept` (RFC 9110 §12.5.1) decides
 * where there is no `format`, or where several forms have that name. A `format` wins over an `Accept` that it does not fit.
 *
 * Throws Problem `invalid-parameter` where no form has the name, `not-acceptable` where `Accept` fits none.
 */
export function formFor<Form extends AnswerForm>(
  forms: readonly Form[],
  { format, accept = '' }: AskedForm,
): Form {
  if (format === undefined) {
    const form = accepted(forms, accept);
    if (form) return form;
    const types = [...new Set(forms.map(({ type }) => type))].join(', ');
    throw new Problem('not-acceptable', `There is ${types}.`, { headers: { vary: 'accept' } });
  }
  const name = chosen('format', format, formNames(forms));
  const named = forms.filter((form) => form.name === name);
  return accepted(named, accept) ?? named[0]!;
}

/** An empty header equals none. */
function accepted<Form extends AnswerForm>(forms: readonly Form[], accept: string): Form | undefined {
  if (accept.trim() === '') return forms[0];
  const types = forms.flatMap(({ type }) => [type, `${type}; charset=utf-8`]);
  const [best] = new Negotiator({ headers: { accept } }).mediaTypes(types);
  return best === undefined ? undefined : forms[Math.floor(types.indexOf(best) / 2)];
}
