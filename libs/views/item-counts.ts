import type { RememberedItem } from './remembered-items.js';

/** The number of items at an instant. */
export interface ItemCounts {
  readonly total: number;
  /** The number of items whose status is not certain. */
  readonly uncertain: number;
  /** The number of items by status, or by verdict. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Counts one more item. */
export function count(
  counted: { total: number; uncertain: number; counts: Map<string, number> },
  { status, isUncertain }: RememberedItem,
): void {
  counted.total += 1;
  if (status === undefined) return;
  counted.counts.set(status, (counted.counts.get(status) ?? 0) + 1);
  if (isUncertain) counted.uncertain += 1;
}
