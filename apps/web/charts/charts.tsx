import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { SeriesAnswer } from '../api.js';
import { answerTo, everything, head, pathOf, pinned } from '../data.js';
import { shifted } from '../days.js';
import { nameOf } from '../events.js';
import { asOfDay, border, knownAt, STATUSES, today } from '../state.js';
import { instant, nameIn, number, shortDay, words } from '../words/index.js';
import { saveSvg } from './save.js';

/** The year and a half before the later of today and the day looked at. */
const until = (): string => (asOfDay.value > today.value ? asOfDay.value : today.value);
const address = (format?: string): string =>
  pathOf('/v1/series', {
    view: 'crossings',
    from: shifted(until(), -540),
    to: until(),
    step: 'day',
    border: border.value,
    knownAt: knownAt.value,
    format,
    ...pinned(),
  });

const series = answerTo<SeriesAnswer>(() => (head.value === undefined ? undefined : address()));

/** Pictures of the state at the cut, each with its figures as a table. */
export function Charts(): JSX.Element {
  return (
    <section class="list charts" aria-label={words.value.views.charts}>
      <div class="scroller" tabIndex={0} role="group" aria-label={words.value.views.charts}>
        <StatusesOverTime />
        <HeldByClaimant />
      </div>
    </section>
  );
}

interface Figured {
  readonly title: string;
  /** What the picture shows, in a sentence. */
  readonly alt: string;
  readonly name: string;
  readonly csv?: string;
  readonly table: JSX.Element;
  readonly children: ComponentChildren;
}

/** A picture with a title, its text alternative, its table, and its files. */
function Figure({ title, alt, name, csv, table, children }: Figured): JSX.Element {
  const { value: w } = words;
  const box = useRef<HTMLDivElement>(null);
  return (
    <figure>
      <figcaption>
        <h2>{title}</h2>
        <p class="quiet">{alt}</p>
      </figcaption>
      <div ref={box}>{children}</div>
      <p class="actions">
        <button type="button" onClick={() => saveSvg(box.current!.querySelector('svg')!, `${name}.svg`)}>
          SVG
        </button>
        {csv !== undefined && (
          <a href={csv} download={`${name}.csv`}>
            CSV
          </a>
        )}
      </p>
      <details>
        <summary>{w.plane.table}</summary>
        {table}
      </details>
    </figure>
  );
}

const WIDTH = 900;
const HEIGHT = 260;
const LEFT = 34;
const BOTTOM = 22;

function StatusesOverTime(): JSX.Element | null {
  const { value: w } = words;
  const items = series.value?.items ?? [];
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...items.map(({ total }) => total), 1);
  const x = (index: number): number => LEFT + (index / Math.max(1, items.length - 1)) * (WIDTH - LEFT - 8);
  const y = (count: number): number => 8 + (1 - count / most) * (HEIGHT - BOTTOM - 8);
  // A status holds until the day on which another does: steps, not slopes.
  const edge = (counts: readonly number[]): string[] =>
    counts.flatMap((count, index) =>
      index > 0 && counts[index - 1] !== count
        ? [
            `${x(index).toFixed(1)} ${y(counts[index - 1]!).toFixed(1)}`,
            `${x(index).toFixed(1)} ${y(count).toFixed(1)}`,
          ]
        : index === 0 || index === counts.length - 1
          ? [`${x(index).toFixed(1)} ${y(count).toFixed(1)}`]
          : [],
    );
  const below = items.map(() => 0);
  const bands = (['closed', 'restricted', 'unknown', 'open'] as const).map((status) => {
    const base = [...below];
    for (const [index, { counts }] of items.entries()) below[index] = base[index]! + (counts[status] ?? 0);
    const [top, bottom] = [edge(below), edge(base).reverse()];
    return { status, path: `M${[...top, ...bottom].join('L')}z` };
  });
  const cut = items.findIndex(({ date }) => date >= asOfDay.value);
  const at = cut === -1 ? items.length - 1 : cut;
  const counted = STATUSES.map((status) => w.counted(items[at]!.counts[status] ?? 0, w.status[status])).join(
    ', ',
  );
  return (
    <Figure
      title={w.charts.statuses}
      alt={`${shortDay(items[at]!.date)}: ${counted}.`}
      name="crossings"
      csv={address('csv')}
      table={<SeriesTable answer={series.value!} />}
    >
      <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={w.charts.statuses}>
        {bands.map(({ status, path }) => (
          <path key={status} class={`band ${status}`} d={path} />
        ))}
        {[0, most].map((count) => (
          <text key={count} class="tick end" x={LEFT - 6} y={y(count) + 4}>
            {count}
          </text>
        ))}
        {items.map(({ date }, index) =>
          index % 90 === 0 ? (
            <text key={date} class="tick" x={x(index)} y={HEIGHT - 5}>
              {shortDay(date)}
            </text>
          ) : null,
        )}
        <path class="at" d={`M${x(at)} 4V${HEIGHT - BOTTOM}`} />
      </svg>
      <ul class="key">
        {bands.map(({ status }) => (
          <li key={status} class={status}>
            {w.status[status]}
          </li>
        ))}
      </ul>
    </Figure>
  );
}

/** The days on which the counts are others than the day before. */
const isChange = (
  { counts }: SeriesAnswer['items'][number],
  index: number,
  items: SeriesAnswer['items'],
): boolean => JSON.stringify(items[index - 1]?.counts) !== JSON.stringify(counts);

function SeriesTable({ answer }: { readonly answer: SeriesAnswer }): JSX.Element {
  const { value: w } = words;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{w.axis.asOf}</th>
          {STATUSES.map((status) => (
            <th key={status} scope="col">
              {w.statusTitle[status]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.items.filter(isChange).map(({ date, counts }) => (
          <tr key={date}>
            <th scope="row">{shortDay(date)}</th>
            {STATUSES.map((status) => (
              <td key={status}>{number(counts[status] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What each claimant says is held; side by side, never a sum. */
function HeldByClaimant(): JSX.Element | null {
  const { value: w } = words;
  const rows = (everything.value?.detentions ?? []).flatMap(({ id, names, claims }) =>
    claims.flatMap(({ claimant, count, unit, at }) => {
      const from = count?.min ?? count?.value;
      const to = count?.max ?? count?.value;
      if (from === undefined || to === undefined) return [];
      const text = `${from === to ? number(from) : `${number(from)}–${number(to)}`} ${w.units[unit ?? ''] ?? unit ?? ''}`;
      return [
        {
          id: `${id} ${claimant} ${unit ?? ''}`,
          what: nameIn(names, id),
          who: nameOf(claimant),
          from,
          to,
          text,
          at,
        },
      ];
    }),
  );
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map(({ to }) => to));
  const x = (count: number): number => 230 + (count / most) * 480;
  return (
    <Figure
      title={w.charts.held}
      alt={w.charts.heldMeans}
      name="held"
      table={
        <table>
          <tbody>
            {rows.map(({ id, what, who, text, at }) => (
              <tr key={id}>
                <th scope="row">{who}</th>
                <td>{text}</td>
                <td>{at === undefined ? '' : instant(at)}</td>
                <td class="quiet">{what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <svg
        class="chart"
        viewBox={`0 0 ${WIDTH} ${rows.length * 30 + 8}`}
        role="img"
        aria-label={w.charts.held}
      >
        {rows.map(({ id, who, from, to, text }, index) => (
          <g key={id} transform={`translate(0 ${index * 30 + 18})`}>
            <text class="tick end" x="220" y="4">
              {who.length > 36 ? `${who.slice(0, 35)}…` : who}
            </text>
            <path class="range" d={`M${x(from) - 4} 0H${x(to) + 4}`} />
            <text class="tick" x={x(to) + 14} y="4">
              {text}
            </text>
          </g>
        ))}
      </svg>
    </Figure>
  );
}
