import type { JSX } from 'preact';
import type { Crossing } from '../api.js';
import { crossings } from '../crossings.js';
import type { Marked } from '../marked.js';
import { TwoMaps } from '../two-maps.js';
import { words } from '../words/index.js';
import type { Outcome } from './send.js';

/** What would change of crossings, on the map: as they are, and as they would be with the report. */
export function Preview({
  changes,
}: {
  readonly changes: NonNullable<Outcome['changes']>;
}): JSX.Element | null {
  const { value: w } = words;
  const moved = new Map<string, Marked>();
  for (const { view, subject, aspect, after } of changes)
    if (view === 'crossings' && aspect === 'status') moved.set(subject, marked(after));
  if (moved.size === 0) return null;
  const then: readonly Crossing[] = crossings.value.map((item) => {
    const mark = moved.get(item.id);
    return mark ? { ...item, ...mark } : item;
  });
  return (
    <TwoMaps
      sides={[
        { title: w.record.without, items: crossings.value },
        { title: w.record.with, items: then },
      ]}
      moved={new Set(moved.keys())}
    />
  );
}

function marked(value: unknown): Marked {
  const { status = 'unknown', possible } = (value ?? {}) as Partial<Marked>;
  return { status, certain: possible === undefined, ...(possible && { possible }) };
}
