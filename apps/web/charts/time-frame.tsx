import type { JSX } from 'preact';
import { dayAt, dayOfNumber, MS_PER_DAY, numberOfDay } from '../days.js';
import { asOfInstant } from '../planes.js';
import { zone } from '../state.js';
import { dayAndMonth, month } from '../words/index.js';
import { room } from './room.js';

/** The stretch of time that a picture shows from its left to its right edge. */
export interface TimeFrame {
  readonly from: number;
  readonly to: number;
  /** The place of an instant in pixels. An instant outside the frame is at the edge. */
  readonly x: (instant: number) => number;
}

/** A frame that shows all instants with some room on both sides, but nothing before `earliest`. */
export function frameOf(instants: readonly number[], earliest = -Infinity): TimeFrame {
  const shown = instants.filter((one) => Number.isFinite(one) && one >= earliest);
  const [first, last] = shown.length === 0 ? [0, MS_PER_DAY] : [Math.min(...shown), Math.max(...shown)];
  const margin = Math.max(2 * MS_PER_DAY, (last - first) * 0.04);
  const [from, to] = [first - margin, last + margin];
  const { value: width } = room;
  return { from, to, x: (at) => Math.min(1, Math.max(0, (at - from) / (to - from))) * width };
}

/** Years, months or days under a picture, with a line up to its top. */
export function Ticks({
  frame,
  height,
}: {
  readonly frame: TimeFrame;
  readonly height: number;
}): JSX.Element {
  const ticks = ticksOf(frame);
  return (
    <g>
      {ticks.map(({ at, text, isYear }) => (
        <g key={at} transform={`translate(${frame.x(at).toFixed(1)} 0)`}>
          <path class={`grid${isYear ? ' year' : ''}`} d={`M0 22V${height - 18}`} />
          <text class="tick" x="3" y={height - 5}>
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

function ticksOf({ from, to }: TimeFrame): { at: number; text: string; isYear: boolean }[] {
  const { value: width } = room;
  const days = (to - from) / MS_PER_DAY;
  const most = Math.max(3, Math.floor(width / 74));
  const [first, last] = [numberOfDay(dayAt(from, zone.value)) + 1, numberOfDay(dayAt(to, zone.value))];
  if (days < 62) {
    const every = Math.ceil(days / most);
    return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => {
      const day = first + index * every;
      return { at: day * MS_PER_DAY, text: dayAndMonth(dayOfNumber(day)), isYear: false };
    });
  }
  const every = [1, 2, 3, 6, 12, 24, 60].find((months) => days / 30.4 / months <= most) ?? 120;
  const ticks: { at: number; text: string; isYear: boolean }[] = [];
  for (let day = first; day <= last; day += 1) {
    const text = dayOfNumber(day);
    if (!text.endsWith('-01')) continue;
    const months = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
    if (months % every !== 0) continue;
    const isYear = months % 12 === 0;
    ticks.push({ at: day * MS_PER_DAY, text: isYear ? text.slice(0, 4) : month(text, false), isYear });
  }
  return ticks;
}

/** A line at the first time of the page, where the picture reaches that time. */
export function At({
  frame,
  height,
}: {
  readonly frame: TimeFrame;
  readonly height: number;
}): JSX.Element | null {
  const { value: at } = asOfInstant;
  if (at < frame.from || at > frame.to) return null;
  return <path class="at" d={`M${frame.x(at).toFixed(1)} 22V${height - 18}`} />;
}
