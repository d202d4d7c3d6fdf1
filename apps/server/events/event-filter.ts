import type { LogFilter, RecordedEvent } from '#log';
import { several, type Query } from '../reading/query.js';
import { subjectOf } from './cloud-event.js';

/** Which events a reader wants: what the log can select by itself, and what is left to look at here. */
export interface EventFilter {
  readonly log: LogFilter;
  readonly wants: (event: RecordedEvent) => boolean;
}

export const FILTER_PARAMETERS = ['type', 'subject', 'category'] as const;

/**
 * `type`, `subject` and `category`, comma-separated. A subject is an id (`lt-by.medininkai`) or a whole stream
 * (`crossing-lt-by.medininkai`): with the categories given or whole streams the log selects, else we look.
 */
export function eventFilterFrom(query: Query): EventFilter {
  const types = several(query, 'type');
  const subjects = several(query, 'subject');
  const categories = several(query, 'category');
  const wanted = subjects && new Set(subjects);
  return {
    log: { ...(types ? { types } : {}), ...(categories ? { categories } : {}) },
    wants: (event) => !wanted || wanted.has(event.stream) || wanted.has(subjectOf(event)),
  };
}
