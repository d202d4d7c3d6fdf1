import type { JSX } from 'preact';
import { dayOfNumber, isDay, numberOfDay, shifted, type Day } from '../days.js';
import { link, today, zone } from '../state.js';
import { longDay, words, zoneName } from '../words/index.js';
import { isPlaying, pause, play } from './play.js';
import { nextIn, dayWindow, type Density } from './window.js';

interface SliderAxis {
  readonly axis: 'asOf' | 'knownAt';
  readonly day: Day;
  /** Whether the axis has no cut. */
  readonly isOff?: boolean;
  readonly density: Density;
  /** The days on which something changes, in order. */
  readonly changes: readonly number[];
  readonly set: (day: Day | undefined) => void;
}

/** One time: its events day by day, a thumb, and a field for a date. */
export function TimeSlider({ axis, day, isOff = false, density, changes, set }: SliderAxis): JSX.Element {
  const { from, to } = dayWindow.value;
  const { value: w } = words;
  const at = numberOfDay(day);
  const count = density.days.find((one) => one.day === at)?.count ?? 0;
  const go = (next: Day | undefined): void => {
    if (isPlaying.value) pause();
    set(next);
  };
  const keyed = (press: KeyboardEvent): void => {
    const next = dayFor(press, day, changes);
    if (press.altKey || press.ctrlKey || press.metaKey || next === undefined) return;
    press.preventDefault();
    if (typeof next === 'string') go(next);
    else next();
  };
  return (
    <div class={`axis ${axis}${isOff ? ' off' : ''}`}>
      <label class="axis-name" for={`${axis}-slider`}>
        {w.axis[axis]}{' '}
        <small>
          {axis === 'asOf' ? `${w.axis.asOfMeans} (${zoneName(zone.value)})` : w.axis.knownAtMeans}
        </small>
      </label>
      <div class="track">
        <DensityBars density={density} />
        <Today />
        <input
          id={`${axis}-slider`}
          type="range"
          min={from}
          max={to}
          step={1}
          value={at}
          aria-valuetext={`${longDay(day)}, ${w.changes(count)}`}
          onInput={({ currentTarget }) => go(dayOfNumber(Number(currentTarget.value)))}
          onKeyDown={keyed}
        />
      </div>
      <div class="axis-fields">
        <button
          type="button"
          onClick={() => go(shifted(day, -1))}
          aria-label={`${w.axis[axis]}: ${w.previousDay}`}
          title={w.previousDay}
        >
          ‹
        </button>
        <input
          type="date"
          class="date"
          aria-label={w.axis[axis]}
          value={day}
          onChange={({ currentTarget }) => {
            if (isDay(currentTarget.value)) go(currentTarget.value);
          }}
        />
        <button
          type="button"
          onClick={() => go(shifted(day, 1))}
          aria-label={`${w.axis[axis]}: ${w.nextDay}`}
          title={w.nextDay}
        >
          ›
        </button>
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 };

/** The day that a key goes to, or the action of the key. Undefined where the slider itself handles the key. */
function dayFor(
  { key, currentTarget }: KeyboardEvent,
  day: Day,
  changes: readonly number[],
): Day | (() => void) | undefined {
  const step = STEPS[key];
  if (step !== undefined) return shifted(day, step);
  const onwards = getComputedStyle(currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  switch (key.toLowerCase()) {
    case 'arrowleft':
    case 'arrowright':
      return shifted(day, key === onwards ? 1 : -1);
    case 'n':
      return nextIn(changes, day, 1);
    case 'p':
      return nextIn(changes, day, -1);
    case 'l':
      return () => link('day');
    case ' ':
      return play;
    default:
      return undefined;
  }
}

const HEIGHT = 30;

/** The events of each day as bars. Their height is the square root of the count, so that single events stay visible beside the busiest day. */
function DensityBars({ density }: { readonly density: Density }): JSX.Element {
  const { from, to } = dayWindow.value;
  const length = to - from;
  const seen = density.days.filter(({ day }) => day >= from && day <= to);
  const most = Math.max(1, ...seen.map(({ count }) => count));
  const width = Math.max(1, length / 500);
  const bar = (day: number, count: number): string => {
    const height = Math.max(3, Math.sqrt(count / most) * (HEIGHT - 3));
    return `M${day - from - width / 2} ${HEIGHT}v${-height}h${width}v${height}z`;
  };
  const vague = density.vague.filter((one) => one.to >= from && one.from <= to && one.to - one.from < length);
  return (
    <svg class="density" viewBox={`0 0 ${length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path
        class="vague"
        d={vague.map((one) => `M${one.from - from} ${HEIGHT - 2}h${one.to - one.from}`).join('')}
      />
      <path class="bars" d={seen.map(({ day, count }) => bar(day, count)).join('')} />
      <path
        class="corrections"
        d={seen.flatMap(({ day, corrections }) => (corrections > 0 ? bar(day, corrections) : [])).join('')}
      />
    </svg>
  );
}

function Today(): JSX.Element | null {
  const { from, to } = dayWindow.value;
  const at = (numberOfDay(today.value) - from) / (to - from);
  if (at < 0 || at > 1) return null;
  return (
    <span
      class="today"
      style={{ insetInlineStart: `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${at})` }}
      aria-hidden="true"
    />
  );
}
