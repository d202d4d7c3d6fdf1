import type { JSX } from 'preact';
import type { SeriesAnswer } from '../api.js';
import { answerTo, head, pathOf, pinned } from '../data.js';
import { MS_PER_DAY, numberOfDay, shifted } from '../days.js';
import { asOfDay, border, knownAt, STATUSES, today, view } from '../state.js';
import { number, shortDay, words } from '../words/index.js';
import { Key } from './bars.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import type { Tabled } from './tabled.js';
import { Ticks } from './time-frame.js';

/** The picture ends today or on the day of the cut, whichever is later, and shows the year and a half before. */
const until = (): string => (asOfDay.value > today.value ? asOfDay.value : today.value);
const DAYS = 540;

const series = answerTo<SeriesAnswer>(() =>
  head.value === undefined || view.value !== 'charts'
    ? undefined
    : pathOf('/v1/series', {
        view: 'crossings',
        from: shifted(until(), -DAYS),
        to: until(),
        step: 'day',
        border: border.value,
        knownAt: knownAt.value,
        ...pinned(),
      }),
);

const HEIGHT = 290;
const [LEFT, TOP, BOTTOM] = [34, 26, 22];

/** The numbers of crossings that were open, restricted, closed or unknown on each day. */
export function StatusesOverTime(): JSX.Element | null {
  const { value: w } = words;
  const items = series.value?.items ?? [];
  if (items.length === 0) return null;
  const { value: width } = room;
  const most = Math.max(...items.map(({ total }) => total), 1);
  const x = (index: number): number => LEFT + (index / Math.max(1, items.length - 1)) * (width - LEFT - 8);
  const y = (count: number): number => TOP + (1 - count / most) * (HEIGHT - BOTTOM - TOP);
  // A status holds until the day on which another status begins, so the edge has steps, not slopes.
  const edge = (counts: readonly number[]): string[] =>
    counts.flatMap((count, index) => {
      const at = (one: number): string => `${x(index).toFixed(1)} ${y(one).toFixed(1)}`;
      const before = counts[index - 1];
      if (before !== undefined && before !== count) return [at(before), at(count)];
      return index === 0 || index === counts.length - 1 ? [at(count)] : [];
    });
  const below = items.map(() => 0);
  const bands = (['closed', 'restricted', 'unknown', 'open'] as const).map((status) => {
    const base = [...below];
    for (const [index, { counts }] of items.entries()) below[index] = base[index]! + (counts[status] ?? 0);
    const [top, bottom] = [edge(below), edge(base).reverse()];
    return { status, path: `M${[...top, ...bottom].join('L')}z` };
  });
  const cut = items.findIndex(({ date }) => date >= asOfDay.value);
  const at = cut === -1 ? items.length - 1 : cut;
  const counted = STATUSES.map((status) => w.counted(items[at]!.counts[status] ?? 0, w.status[status]));
  const days = items.map(({ date }) => numberOfDay(date) * MS_PER_DAY);
  const [from, to] = [days[0]!, days.at(-1)!];
  const frame = { from, to, x: (instant: number) => x((instant - from) / MS_PER_DAY) };
  return (
    <Figure
      name="statuses"
      alt={`${shortDay(items[at]!.date)}: ${counted.join(', ')}.`}
      table={tabled(items)}
      height={HEIGHT}
    >
      <Key name="statuses" y={0} tones={bands.map(({ status }) => [status, w.status[status]])} />
      <Ticks frame={frame} height={HEIGHT} />
      {bands.map(({ status, path }) => (
        <path key={status} class={`band ${status}`} d={path} />
      ))}
      {[0, most].map((count) => (
        <text key={count} class="tick end" x={LEFT - 6} y={y(count) + 4}>
          {count}
        </text>
      ))}
      <path class="at" d={`M${x(at)} ${TOP - 4}V${HEIGHT - BOTTOM}`} />
    </Figure>
  );
}

type Item = SeriesAnswer['items'][number];

/** Whether the counts of a day differ from the counts of the day before. */
const isChange = ({ counts }: Item, index: number, items: readonly Item[]): boolean =>
  JSON.stringify(items[index - 1]?.counts) !== JSON.stringify(counts);

function tabled(items: readonly Item[]): Tabled {
  const { value: w } = words;
  return {
    columns: [w.axis.asOf, ...STATUSES.map((status) => w.statusTitle[status])],
    rows: items
      .filter(isChange)
      .map(({ date, counts }) => [
        { text: shortDay(date), value: date },
        ...STATUSES.map((status) => ({ text: number(counts[status] ?? 0), value: counts[status] ?? 0 })),
      ]),
  };
}
