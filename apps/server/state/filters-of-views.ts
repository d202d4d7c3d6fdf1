import { VIEWS, type View } from '#views';
import { text, type Parameter } from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';

/**
 * The filters of all views as parameters of one operation, except a filter that has the name of another parameter. `filtersAsked` checks
 * whether the view has a filter.
 */
export function filtersBeside(
  others: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Parameter>> {
  const names = new Set(VIEWS.flatMap((view) => Object.keys(view.filters)));
  return Object.fromEntries(
    [...names]
      .filter((name) => !(name in others))
      .map((name) => {
        const having = VIEWS.filter((view) => name in view.filters);
        return [
          name,
          text(`as in the list; for the views ${having.map((view) => view.name).join(', ')}`),
        ] as const;
      }),
  );
}

/** The values of the filters, by name. Throws Problem `invalid-parameter`. */
export function filtersAsked(
  filters: ReturnType<typeof filtersBeside>,
  view: View,
  asked: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(filters)) {
    const value = asked[name] as string | undefined;
    if (value === undefined) continue;
    const filter = view.filters[name];
    if (filter === undefined) throw badParameter(name, `The view ${view.name} has no such filter.`);
    if (filter.choices && !filter.choices.includes(value))
      throw badParameter(name, `It must be one of: ${filter.choices.join(', ')}.`);
    const fault = filter.fault?.(value);
    if (fault !== undefined) throw badParameter(name, fault);
    values[name] = value;
  }
  return values;
}
