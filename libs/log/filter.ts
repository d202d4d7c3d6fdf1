import type { LogFilter, RecordedEvent } from './event-log.js';
import { categoryOf } from './serialized-event.js';

/** The filter as a predicate. */
export function matching(filter: LogFilter): (event: RecordedEvent) => boolean {
  const types = filter.types && new Set(filter.types);
  const streams = filter.streams && new Set(filter.streams);
  const categories = filter.categories && new Set(filter.categories);
  return ({ type, stream }) =>
    (types?.has(type) ?? true) &&
    (streams?.has(stream) ?? true) &&
    (categories?.has(categoryOf(stream)) ?? true);
}
