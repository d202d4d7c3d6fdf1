import type { JSX } from 'preact';
import region from 'virtual:region';
import type { Crossing } from '../api.js';
import { SIDES, type SideName } from '../compared.js';
import { Shape, statusWords } from '../marks.js';
import { project } from '../shapes/projection.js';
import { nameIn, words } from '../words/index.js';
import { crossingsBySide, moved } from './changes.js';
import { sideTitle } from './title.js';

const WIDTH = 560;
const HEIGHT = 300;
/** The corners of the border of Lithuania with Belarus, which both maps show at least. */
const LEAST: readonly (readonly [number, number])[] = [
  [23.4, 53.8],
  [26.8, 55.7],
];
const MARGIN = 46;

type Point = readonly [number, number];
type Place = (place: Point) => [number, number];

const placeOf = ({ location }: Crossing): Point | undefined => location?.coordinates;

/** Both maps in the one frame that has all that differs. */
export function Maps(): JSX.Element {
  const all = SIDES.flatMap((side) => crossingsBySide[side].value?.items ?? []);
  const differing = all.filter(({ id }) => moved.value.has(id)).map(placeOf);
  const points = [...LEAST, ...differing].flatMap((one) => (one ? [project(one)] : []));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const k = Math.min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top));
  const [dx, dy] = [WIDTH / 2 - (k * (left + right)) / 2, HEIGHT / 2 - (k * (top + bottom)) / 2];
  const at: Place = (place) => {
    const [x, y] = project(place);
    return [x * k + dx, y * k + dy];
  };
  return (
    <div class="two-maps">
      {SIDES.map((side) => (
        <MapOf key={side} side={side} at={at} transform={`translate(${dx} ${dy}) scale(${k})`} />
      ))}
    </div>
  );
}

interface MapSide {
  readonly side: SideName;
  readonly at: Place;
  readonly transform: string;
}

function MapOf({ side, at, transform }: MapSide): JSX.Element {
  // What differs lies over what does not.
  const items = [...(crossingsBySide[side].value?.items ?? [])].sort(
    (a, b) => Number(moved.value.has(a.id)) - Number(moved.value.has(b.id)),
  );
  const named = items.filter(({ id }) => moved.value.has(id));
  const told = named.map((item) => `${nameIn(item.names, item.id)}: ${statusWords(item)}`).join('; ');
  return (
    <figure>
      <figcaption>{sideTitle(side)}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${words.value.map.title}, ${sideTitle(side)}. ${told}`}
      >
        <g transform={transform}>
          <path class="land" d={region.land} />
          <path class="borders" d={region.borders} />
        </g>
        {items.map((item) => {
          const place = placeOf(item);
          if (!place) return null;
          const [x, y] = at(place);
          const isMoved = moved.value.has(item.id);
          return (
            <g
              key={item.id}
              class={isMoved ? 'spot moved' : 'spot same'}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            >
              {isMoved && <circle class="halo" r="12" />}
              <Shape {...item} />
            </g>
          );
        })}
        <Labels items={named} at={at} />
      </svg>
    </figure>
  );
}

/** The names of what differs; where two would lie on each other, the lower one goes to the left. */
function Labels({ items, at }: { readonly items: readonly Crossing[]; readonly at: Place }): JSX.Element {
  const taken: [number, number][] = [];
  const points = items.flatMap((item) => {
    const place = placeOf(item);
    return place ? [{ item, point: at(place) }] : [];
  });
  return (
    <g class="names">
      {points
        .sort((a, b) => a.point[1] - b.point[1])
        .map(({ item, point: [x, y] }) => {
          const isLeft =
            x > WIDTH * 0.7 || taken.some(([tx, ty]) => Math.abs(ty - y) < 15 && Math.abs(tx - x) < 110);
          taken.push([x, y]);
          return (
            <text
              key={item.id}
              class="crossing"
              x={x + (isLeft ? -15 : 15)}
              y={y + 4}
              text-anchor={isLeft ? 'end' : 'start'}
            >
              {nameIn(item.names, item.id)}
            </text>
          );
        })}
    </g>
  );
}
