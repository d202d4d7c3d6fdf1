import type { LogFilter } from '../event-log.js';

/** The filter's members as SQL on `events e` and `streams s`, each with one parameter, a JSON array. */
export function conditionsOf(filter: LogFilter): {
  readonly sql: string;
  readonly values: readonly string[];
} {
  const members = [
    ['e.type', filter.types],
    ['s.name', filter.streams],
    ['s.category', filter.categories],
  ] as const;
  const given = members.filter(([, values]) => values !== undefined);
  return {
    sql: given.map(([column]) => `AND ${column} IN (SELECT value FROM json_each(?))`).join(' '),
    values: given.map(([, values]) => JSON.stringify(values)),
  };
}
