import { number, words } from './words/index.js';

/** A number as a report gives it. */
interface Given {
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly qualifier?: string;
}

/** `about 280`, `more than 1,800`, `1,100–1,200`: as the report has it, never more exact. */
export function quantityText({ value, min, max, qualifier }: Given): string {
  const { qualifiers } = words.value;
  const before = qualifiers[qualifier ?? ''];
  const figure =
    value === undefined
      ? [min, max]
          .filter((bound) => bound !== undefined)
          .map((bound) => number(bound))
          .join('–')
      : number(value);
  if (before !== undefined) return before(figure);
  if (value === undefined && max === undefined) return qualifiers['atLeast']!(figure);
  if (value === undefined && min === undefined) return qualifiers['atMost']!(figure);
  return figure;
}

export const unitText = (unit: string | undefined): string => words.value.units[unit ?? ''] ?? unit ?? '';
