import type { JSX } from 'preact';
import type { Crossing, DryRun } from '../api.js';
import { crossings } from '../crossings.js';
import type { Marked } from '../marked.js';
import { asOfInstant, cellAt, ALL_KNOWN, planes } from '../planes.js';
import { TwoMaps } from '../two-maps.js';
import { instant, words } from '../words/index.js';

type Over = NonNullable<DryRun['over']>[number];

const isAt = ({ from, to }: Over, at: number): boolean =>
  (from === null || Date.parse(from) <= at) && (to === null || at < Date.parse(to));

/** The time of the page where the report changes something at that time; or else the latest start of a change. */
function momentOf(over: readonly Over[]): number {
  const { value: at } = asOfInstant;
  if (over.some((one) => isAt(one, at))) return at;
  return Math.max(...over.map(({ from }) => (from === null ? -Infinity : Date.parse(from))));
}

/** The crossings that the report would change, on two maps: without the report and with it. */
export function Preview({ over }: { readonly over: readonly Over[] }): JSX.Element | null {
  const { value: w } = words;
  const ofCrossings = over.filter(({ view }) => view === 'crossings');
  if (ofCrossings.length === 0) return null;
  const at = momentOf(ofCrossings);
  const moved = new Map(
    ofCrossings.flatMap((one) => (isAt(one, at) ? [[one.subject, marked(one.after)]] : [])),
  );
  const items = crossings.value.map((item): Crossing => {
    const cell = cellAt(planes.value.get(item.id), at, ALL_KNOWN);
    return { ...item, ...marked(cell) };
  });
  const then = items.map((item) => ({ ...item, ...moved.get(item.id) }));
  const moment = instant(new Date(at).toISOString());
  return (
    <TwoMaps
      sides={[
        { title: `${moment}: ${w.record.without}`, items },
        { title: `${moment}: ${w.record.with}`, items: then },
      ]}
      moved={new Set(moved.keys())}
    />
  );
}

const NOTHING: Marked = { status: 'unknown', certain: true };

/** The mark of a value of a timeline or of a plane. Without a value the status is unknown. */
const marked = (one: Partial<Readonly<Record<keyof Marked, unknown>>> = NOTHING): Marked => {
  const { status = 'unknown', certain = true, possible, claimed } = one as Partial<Marked>;
  return { status, certain, ...(possible && { possible }), ...(claimed && { claimed }) };
};
