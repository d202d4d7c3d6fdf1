import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import region from 'virtual:region';
import { EXTENT } from '../shapes/projection.js';
import { lang } from '../state.js';
import { Airports, Held, Routes } from './features.js';
import { watchPointer, watchSize } from './pointer.js';
import { Legend } from './legend.js';
import { COUNTRIES, KALININGRAD, TOWNS } from './places.js';
import { located, Crossings, coordinatesOf, Pointed } from './crossings.js';
import { frame, framing, HOME, onScreen, size, zoom, type Framing } from './view-box.js';
import { words } from '../words/index.js';

/** The map of the region. A mark is a button. An arrow key goes to the nearest mark in the direction of the key. */
export function RegionMap(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => watchSize(box.current!), []);
  useEffect(() => watchPointer(box.current!), []);
  const { value: at } = framing;
  const [width, height] = size.value;
  const { value: w } = words;
  return (
    <section class="map" aria-label={w.map.title}>
      <div class="canvas" ref={box}>
        {at && (
          <svg width={width} height={height} role="group" aria-label={w.map.title}>
            <Land at={at} />
            <Routes at={at} />
            <Names at={at} />
            {at.scale < 20 && <Held at={at} />}
            <Airports at={at} />
            <Crossings at={at} />
          </svg>
        )}
        {at && <Pointed at={at} />}
        <div class="map-tools">
          <button type="button" onClick={() => zoom(0.6)} aria-label={w.map.zoomIn} title={w.map.zoomIn}>
            +
          </button>
          <button
            type="button"
            onClick={() => zoom(1 / 0.6)}
            aria-label={w.map.zoomOut}
            title={w.map.zoomOut}
          >
            −
          </button>
          <button type="button" onClick={() => frame(HOME, 0.05)} aria-label={w.map.fit} title={w.map.fit}>
            ⌂
          </button>
          <button
            type="button"
            onClick={() => frame(located.value.map(coordinatesOf))}
            aria-label={w.map.all}
            title={w.map.all}
          >
            ⤢
          </button>
        </div>
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
