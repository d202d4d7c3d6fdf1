import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import type { CrossingState, StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { Shape } from '../marks.js';
import { lang, selected } from '../state.js';
import { stateWords } from '../rectangles.js';
import { toneOf } from '../tones.js';
import { countWords, unitWords } from '../values.js';
import { nameIn, words } from '../words/index.js';
import { COUNTRIES } from './places.js';
import { COURSES } from './routes.js';
import { onScreen, size, type Framing } from './view-box.js';

/** The feature under the pointer or with the focus. A crossing is no feature. */
const named = signal<string | undefined>(undefined);

interface Featured {
  readonly view: string;
  readonly id: string;
  /** The name of the feature and the answer about it. */
  readonly text: string;
  readonly kind: string;
  /** The place of the name, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly children: ComponentChildren;
}

/** A button on the map. It selects its subject, or ends the selection; the text about the subject is shown at the pointer or the focus. */
function Feature({ view, id, text, kind, x, y, children }: Featured): JSX.Element {
  const isSelected = selected.value?.view === view && selected.value.id === id;
  const choose = (): void => {
    selected.value = isSelected ? undefined : { view, id };
  };
  const key = `${view}/${id}`;
  return (
    <g
      class={`feature ${kind}${isSelected ? ' selected' : ''}`}
      role="button"
      tabIndex={0}
      data-feature={key}
      aria-pressed={isSelected}
      aria-label={text}
      onClick={choose}
      onKeyDown={(press) => {
        if (press.key !== 'Enter' && press.key !== ' ') return;
        choose();
        press.preventDefault();
      }}
      onPointerEnter={() => (named.value = key)}
      onPointerLeave={() => (named.value = undefined)}
      onFocus={() => (named.value = key)}
      onBlur={() => (named.value = undefined)}
    >
      {children}
      {(named.value === key || isSelected) && (
        <text class="feature-name" x={x} y={y - 14}>
          {text}
        </text>
      )}
    </g>
  );
}

/** Transit routes, drawn from town to town in the colour of their status, with the mark of the status. */
export function Routes({ at }: { readonly at: Framing }): JSX.Element {
  return (
    <g class="routes">
      {(everything.value?.transit ?? []).flatMap((route) => {
        const course = COURSES[route.id];
        if (!course) return [];
        const points = course.points.map((place) => onScreen(place, at));
        const [x, y] = points[course.mark]!;
        const line = `M${points.map((point) => point.map((one) => one.toFixed(1)).join(' ')).join('L')}`;
        const status: CrossingState = route.certain ? route.status : 'unknown';
        return [
          <Feature
            key={route.id}
            view="transit"
            id={route.id}
            kind={`route ${course.isRail ? 'rail' : 'road'}`}
            text={`${nameIn(route.names, route.id)}: ${stateWords(route)}`}
            x={x}
            y={y}
          >
            <path class="target" d={line} />
            <path class="casing" d={line} />
            <path class={`line ${status}`} d={line} />
            <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(0.8)`}>
              <Shape
                status={route.status}
                certain={route.certain}
                {...(route.possible && { possible: route.possible })}
                {...(route.claimed && { claimed: route.claimed })}
              />
            </g>
          </Feature>,
        ];
      })}
    </g>
  );
}

/** Airports and airspaces that have a place. No report says that an airport works: without a disruption it is grey. */
export function Airports({ at }: { readonly at: Framing }): JSX.Element {
  return (
    <g class="airports">
      {(everything.value?.airspace ?? []).flatMap((area) => {
        if (!area.location) return [];
        const [x, y] = onScreen(area.location.coordinates, at);
        return [
          <Feature
            key={area.id}
            view="airspace"
            id={area.id}
            kind={`airport ${area.certain ? toneOf(area.status) : 'unknown'}`}
            text={`${nameIn(area.names, area.id)}: ${stateWords(area)}`}
            x={x}
            y={y}
          >
            <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
              <circle class="target" r="13" />
              <path
                class="plane-shape"
                d="M0-7.5 1.5-2 7.5 1.5v1.6L1.4 2 1 5.4 3 7v1L0 7.2-3 8V7L-1 5.4-1.4 2-7.5 3.1V1.5L-1.5-2z"
              />
              {area.status === 'closed' && area.certain && <path class="crossed" d="M-8-8 8 8M8-8-8 8" />}
            </g>
          </Feature>,
        ];
      })}
    </g>
  );
}

/** The bounds of all figures, in the form in which a report gives a figure. */
const rangeOf = ({ min, max, openEnded }: Spread): Parameters<typeof countWords>[0] => ({
  ...(min === max
    ? { ...(min !== undefined && { value: min }) }
    : { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }),
  ...(openEnded && { qualifier: 'atLeast' }),
});

type Spread = StateOfAll['detentions'][number]['range'];

/** Detentions, drawn in the country where the things are held, with the range of the figures of all claimants, never a sum. */
export function Held({ at }: { readonly at: Framing }): JSX.Element {
  const { value: w } = words;
  const english = new Intl.DisplayNames(['en'], { type: 'region' });
  const own = new Intl.DisplayNames([lang.value], { type: 'region' });
  const held = (everything.value?.detentions ?? []).filter(({ status }) => status === 'held');
  return (
    <>
      {held.flatMap(({ id, names, place, ranges, claims }) => {
        const country = COUNTRIES.find(([code]) => english.of(code) === place);
        // Figures in different units are not compared: only the figures in the unit of the newest claim are shown.
        const unit = claims[0]?.unit;
        const range = ranges[unit ?? ''];
        if (!country || range === undefined) return [];
        const [only, ...others] = claims.filter((claim) => claim.unit === unit);
        const figure = only && others.length === 0 ? only.count : rangeOf(range);
        const text = w.map.held(countWords(figure), unitWords(unit));
        const [middle, y] = onScreen([country[1], country[2]], at);
        const half = text.length * 3.4 + 8;
        // Where the middle of the country is on the screen, the whole text is too.
        const [width] = size.value;
        const isNear = middle > 0 && middle < width;
        const x = isNear ? Math.max(half + 2, Math.min(width - half - 2, middle)) : middle;
        return [
          <Feature
            key={id}
            view="detentions"
            id={id}
            kind="held"
            text={`${nameIn(names, id)}: ${text}, ${own.of(country[0]) ?? ''}`}
            x={x}
            y={y + 4}
          >
            <g transform={`translate(${x.toFixed(1)} ${(y + 18).toFixed(1)})`}>
              <rect x={-half} y="-12" width={2 * half} height="24" rx="12" />
              <text y="4">{text}</text>
            </g>
          </Feature>,
        ];
      })}
    </>
  );
}
