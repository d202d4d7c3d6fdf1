import type { JSX } from 'preact';
import { dayAt, MS_PER_DAY } from '../days.js';
import { asOfInstant, knownInstant } from '../planes.js';
import { now, zone } from '../state.js';
import { clockTime, month, shortDay, words } from '../words/index.js';
import { BOTTOM, LEFT, RIGHT, TOP, planeSize, type Frame } from './frame.js';

/** The diagonal: known on the day itself. Above the diagonal is hindsight, below it announcement. */
export function Diagonal({ frame: { x, y, scales } }: { readonly frame: Frame }): JSX.Element {
  const { value: w } = words;
  const [width, height] = planeSize.value;
  const bounds = [...scales.valid.bounds, ...scales.known.bounds].sort((a, b) => a - b);
  const reach = 400 * MS_PER_DAY;
  const points = [bounds[0]! - reach, ...bounds, bounds.at(-1)! + reach].map(
    (instant) => `${x(instant).toFixed(1)} ${y(instant).toFixed(1)}`,
  );
  return (
    <g class="diagonal" aria-hidden="true">
      <path class="under" d={`M${points.join('L')}`} />
      <path d={`M${points.join('L')}`} />
      <text x={LEFT + 8} y={TOP + 16}>
        {w.plane.hindsight}
      </text>
      <text class="end" x={width - RIGHT - 8} y={height - BOTTOM - 10}>
        {w.plane.ahead}
      </text>
    </g>
  );
}

/** The days of the bounds, as many as the axis has room for. */
export function Axes({ frame: { x, y, scales } }: { readonly frame: Frame }): JSX.Element {
  const { value: w } = words;
  const [width, height] = planeSize.value;
  const spaced = (
    places: readonly (readonly [number, number])[],
    least: number,
  ): (readonly [number, number])[] => {
    const kept: (readonly [number, number])[] = [];
    for (const place of places)
      if (kept.length === 0 || Math.abs(place[1] - kept.at(-1)![1]) >= least) kept.push(place);
    return kept;
  };
  const across = spaced(
    scales.valid.bounds.map((bound) => [bound, x(bound)] as const),
    58,
  );
  const up = spaced(
    scales.known.bounds.map((bound) => [bound, y(bound)] as const),
    17,
  );
  return (
    <g class="axes" aria-hidden="true">
      {across.map(([bound, at], index) => (
        <g key={bound} transform={`translate(${at} ${height - BOTTOM})`}>
          <path d="M0 0v5" />
          <text class="middle" y="17">
            {tickText(bound, across[index - 1]?.[0])}
          </text>
        </g>
      ))}
      {up.map(([bound, at]) => (
        <g key={bound} class="known" transform={`translate(${LEFT} ${at})`}>
          <path d="M0 0h-5" />
          <text class="end" x="-8" y="4">
            {shortDay(dayAt(bound, zone.value))}
          </text>
        </g>
      ))}
      <text class="middle title" x={(LEFT + width) / 2} y={height - 8}>
        {w.axis.asOf} →
      </text>
      <text class="middle title known" transform={`translate(12 ${(height - BOTTOM) / 2}) rotate(-90)`}>
        {w.axis.knownAt} →
      </text>
    </g>
  );
}

/** The text of a tick: a day such as `22 Oct`, the year where a year begins, or the clock time where the tick before is of the same day. */
function tickText(bound: number, before: number | undefined): string {
  const day = dayAt(bound, zone.value);
  if (day.endsWith('-01-01')) return day.slice(0, 4);
  if (before !== undefined && dayAt(before, zone.value) === day) return clockTime(bound);
  return `${Number(day.slice(8))} ${month(day, false)}`;
}

/** Two lines at the two times of the page, with a circle where they cross. */
export function Cross({ frame: { x, y } }: { readonly frame: Frame }): JSX.Element {
  const [width, height] = planeSize.value;
  const at = x(asOfInstant.value);
  const by = y(Math.min(knownInstant.value, now.value));
  return (
    <g class="cross" aria-hidden="true">
      <path class="valid" d={`M${at} ${TOP}V${height - BOTTOM}`} />
      <path class="known" d={`M${LEFT} ${by}H${width - RIGHT}`} />
      <circle cx={at} cy={by} r="6" />
    </g>
  );
}

/** Dashed lines at corrections: above such a line the known state differs because a report was corrected. */
export function Corrected({ frame: { x, y, cells, corrections } }: { readonly frame: Frame }): JSX.Element {
  const { value: w } = words;
  return (
    <g class="corrected">
      {[...corrections].map(([known, entry]) => {
        const made = cells.filter(({ knownFrom }) => knownFrom === known);
        if (made.length === 0) return null;
        const left = x(Math.min(...made.map(({ validFrom }) => validFrom)));
        const right = x(Math.max(...made.map(({ validTo }) => validTo)));
        return (
          <g key={entry.id}>
            <path class="under" d={`M${left} ${y(known)}H${right}`} />
            <path d={`M${left} ${y(known)}H${right}`} />
            {right - left > 70 && (
              <text x={left + 6} y={y(known) - 5}>
                {w.plane.corrected}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
