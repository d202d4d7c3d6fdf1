import { CATEGORIES, eventTypes } from '#events';
import type { LogFilter } from '#log';
import { choices, list, type Parsed } from '../reading/parameters.js';

/** Which events. A subject is an id (`lt-by.medininkai`), of any category, or a whole stream (`crossing-lt-by.medininkai`). */
export const FILTER = {
  type: choices(
    eventTypes.map(({ type }) => type),
    'event types, comma-separated',
    'crossing.closed',
  ),
  subject: list('ids or streams, comma-separated', 'lt-by.medininkai'),
  category: choices(CATEGORIES, 'comma-separated', 'crossing'),
};

/** What the log itself can select by. */
export function filterOf({
  type: types,
  category: categories,
  subject: subjects,
}: Partial<Parsed<typeof FILTER>>): LogFilter {
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
