import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import region from 'virtual:region';
import { everything } from '../data.js';
import { EXTENT } from '../shapes/projection.js';
import { lang } from '../state.js';
import { watchPointer, watchSize } from './pointer.js';
import { Legend } from './legend.js';
import { COUNTRIES, KALININGRAD, TOWNS } from './places.js';
import { located, Marks, placeOf, Pointed } from './spots.js';
import { frame, framing, HOME, onScreen, size, zoom, type Framing } from './view-box.js';
import { nameIn, words } from '../words/index.js';

/** The map of the region. A mark is a button; the arrow keys go from one to the next, in the direction of the key. */
export function RegionMap(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => watchSize(box.current!), []);
  useEffect(() => watchPointer(box.current!), []);
  const { value: at } = framing;
  const [width, height] = size.value;
  const { value: w } = words;
  return (
    <section class="map" ref={box} aria-label={w.map.title}>
      {at && (
        <svg width={width} height={height} role="group" aria-label={w.map.title}>
          <Land at={at} />
          <Names at={at} />
          <Airports at={at} />
          <Marks at={at} />
        </svg>
      )}
      {at && <Pointed at={at} />}
      <div class="map-tools">
        <button type="button" onClick={() => zoom(0.6)} aria-label={w.map.zoomIn} title={w.map.zoomIn}>
          +
        </button>
        <button type="button" onClick={() => zoom(1 / 0.6)} aria-label={w.map.zoomOut} title={w.map.zoomOut}>
          −
        </button>
        <button type="button" onClick={() => frame(HOME, 0.05)} aria-label={w.map.fit} title={w.map.fit}>
          ⌂
        </button>
        <button
          type="button"
          onClick={() => frame(located.value.map(placeOf))}
          aria-label={w.map.all}
          title={w.map.all}
        >
          ⤢
        </button>
      </div>
      <Legend />
    </section>
  );
}

function Land({ at }: { readonly at: Framing }): JSX.Element {
  const [width, height] = size.value;
  const [left, top, right, bottom] = EXTENT;
  const k = 1 / at.scale;
  return (
    <g transform={`translate(${width / 2 - at.x * k} ${height / 2 - at.y * k}) scale(${k})`}>
      <rect class="sea" x={left} y={top} width={right - left} height={bottom - top} />
      <path class="land" d={region.land} />
      <path class="borders" d={region.borders} />
    </g>
  );
}

function Names({ at }: { readonly at: Framing }): JSX.Element {
  const regions = new Intl.DisplayNames([lang.value], { type: 'region' });
  return (
    <g class="names" aria-hidden="true">
      {COUNTRIES.map(([code, ...place]) => {
        const [x, y] = onScreen(place, at);
        return (
          <text key={code} class="country" x={x} y={y}>
            {regions.of(code)}
          </text>
        );
      })}
      {at.scale < 20 && <Text at={at} place={KALININGRAD} text={words.value.map.kaliningrad} />}
      {TOWNS.filter(([, , , until]) => at.scale < until).map(([name, ...place]) => {
        const [x, y] = onScreen([place[0], place[1]], at);
        return (
          <g key={name} class="town" transform={`translate(${x} ${y})`}>
            <circle r="1.8" />
            <text x="5" y="3.5">
              {name}
            </text>
          </g>
        );
      })}
      {at.scale < 8 && <Held at={at} />}
    </g>
  );
}

function Text({
  at,
  place,
  text,
}: {
  readonly at: Framing;
  readonly place: readonly [number, number];
  readonly text: string;
}): JSX.Element {
  const [x, y] = onScreen(place, at);
  return (
    <text class="country small" x={x} y={y}>
      {text}
    </text>
  );
}

/** What is held in a country: the range over all claimants, never a sum. */
function Held({ at }: { readonly at: Framing }): JSX.Element | null {
  const { value: w } = words;
  const english = new Intl.DisplayNames(['en'], { type: 'region' });
  const held = (everything.value?.detentions ?? []).filter(({ status }) => status === 'held');
  const badges = held.flatMap(({ id, place, range, claims }) => {
    const country = COUNTRIES.find(([code]) => english.of(code) === place);
    const { min, max } = range ?? {};
    if (!country || min === undefined || max === undefined) return [];
    const unit = claims.find((claim) => claim.unit)?.unit ?? '';
    const [x, y] = onScreen([country[1], country[2]], at);
    return [{ id, x, y: y + 18, text: w.map.held(min, max, w.units[unit] ?? unit) }];
  });
  return (
    <>
      {badges.map(({ id, x, y, text }) => (
        <g key={id} class="held" transform={`translate(${x} ${y})`}>
          <rect x={-text.length * 3.4 - 8} y="-11" width={text.length * 6.8 + 16} height="20" rx="10" />
          <text y="3.5">{text}</text>
        </g>
      ))}
    </>
  );
}

/** Airports and airspaces that have a place. */
function Airports({ at }: { readonly at: Framing }): JSX.Element {
  const areas = everything.value?.airspace ?? [];
  return (
    <g class="airports">
      {areas.flatMap(({ id, names, location, status, certain }) => {
        if (!location) return [];
        const [x, y] = onScreen(location.coordinates, at);
        const text = `${nameIn(names, id)}: ${String(status)}`;
        return [
          <g
            key={id}
            class={`airport ${status === 'closed' && certain ? 'closed' : ''}`}
            transform={`translate(${x} ${y})`}
          >
            <title>{text}</title>
            <path d="M0-7.5 1.5-2 7.5 1.5v1.6L1.4 2 1 5.4 3 7v1L0 7.2-3 8V7L-1 5.4-1.4 2-7.5 3.1V1.5L-1.5-2z" />
          </g>,
        ];
      })}
    </g>
  );
}
