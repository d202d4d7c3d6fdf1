import type { Command } from 'commander';
import type { QueryValues } from '#client';
import { Failure } from '../failure.js';

/** Any filter of a view, by its name; may be repeated. */
export function withFilter(command: Command, help: string): Command {
  return command.option('--filter <name=value>', help, (text: string, before: readonly string[] = []) => [
    ...before,
    text,
  ]);
}

/** Throws Failure for a text that is not `name=value`. */
export function filtersIn(filter: readonly string[] = []): QueryValues {
  const pairs = filter.map((text) => {
    const [name = '', ...value] = text.split('=');
    if (value.length === 0) throw new Failure(`write --filter as name=value, not ${JSON.stringify(text)}`);
    return [name, value.join('=')];
  });
  return Object.fromEntries(pairs) as QueryValues;
}
