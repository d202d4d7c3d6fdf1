import { CATEGORIES, eventTypes } from '#events';
import type { LogFilter } from '#log';
import { several, severalOf, type Query } from '../reading/query.js';

const TYPES = eventTypes.map(({ type }) => type);

export const FILTER_PARAMETERS = ['type', 'subject', 'category'] as const;

export const typesFrom = (query: Query): readonly string[] | undefined => severalOf(query, 'type', TYPES);

export const categoriesFrom = (query: Query): readonly string[] | undefined =>
  severalOf(query, 'category', CATEGORIES);

/**
 * `type`, `subject` and `category`, comma-separated. A subject is an id (`lt-by.medininkai`), which may be one of any category, or a whole
 * stream (`crossing-lt-by.medininkai`). Throws Problem `invalid-parameter`.
 */
export function eventFilterFrom(query: Query): LogFilter {
  return filterOf({
    types: typesFrom(query),
    categories: categoriesFrom(query),
    subjects: several(query, 'subject'),
  });
}

export interface Wanted {
  readonly types?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly subjects?: readonly string[] | undefined;
}

/** What the log itself can select by. */
export function filterOf({ types, categories, subjects }: Wanted): LogFilter {
  return {
    ...(types && { types }),
    ...(categories && { categories }),
    ...(subjects && { streams: streamsOf(subjects, categories ?? CATEGORIES) }),
  };
}

function streamsOf(subjects: readonly string[], categories: readonly string[]): string[] {
  const named = subjects.flatMap((subject) => [subject, ...categories.map((name) => `${name}-${subject}`)]);
  return [...new Set(named)];
}
