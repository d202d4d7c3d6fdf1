import type { JSX } from 'preact';
import region from 'virtual:region';
import type { Crossing } from './api.js';
import { DIFFERS, Shape, statusWords } from './marks.js';
import { project } from './shapes/projection.js';
import { nameIn, words } from './words/index.js';

const WIDTH = 560;
const HEIGHT = 300;
/** The corners of the border of Lithuania with Belarus: both maps always show this border. */
const LEAST: readonly (readonly [number, number])[] = [
  [23.4, 53.8],
  [26.8, 55.7],
];
const MARGIN = 46;

type Point = readonly [number, number];
type Place = (place: Point) => [number, number];

const coordinatesOf = ({ location }: Crossing): Point | undefined => location?.coordinates;

/** The content of one of the two maps, and its title. */
export interface MapSide {
  readonly title: string;
  readonly items: readonly Crossing[];
}

interface TwoSides {
  readonly sides: readonly MapSide[];
  /** The ids of the crossings that differ. */
  readonly moved: ReadonlySet<string>;
}

/** Two maps with the same framing, in which all differences are visible. */
export function TwoMaps({ sides, moved }: TwoSides): JSX.Element {
  const all = sides.flatMap(({ items }) => items);
  const differing = all.filter(({ id }) => moved.has(id)).map(coordinatesOf);
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
      {sides.map((side) => (
        <MapOf
          key={side.title}
          side={side}
          moved={moved}
          at={at}
          transform={`translate(${dx} ${dy}) scale(${k})`}
        />
      ))}
    </div>
  );
}

interface MapOfSide {
  readonly side: MapSide;
  readonly moved: ReadonlySet<string>;
  readonly at: Place;
  readonly transform: string;
}

function MapOf({ side, moved, at, transform }: MapOfSide): JSX.Element {
  // Crossings that differ are drawn over the other crossings.
  const items = [...side.items].sort((a, b) => Number(moved.has(a.id)) - Number(moved.has(b.id)));
  const named = items.filter(({ id }) => moved.has(id));
  const told = named.map((item) => `${nameIn(item.names, item.id)}: ${statusWords(item)}`).join('; ');
  return (
    <figure>
      <figcaption>{side.title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${words.value.map.title}, ${side.title}. ${told}`}
      >
        <g transform={transform}>
          <path class="land" d={region.land} />
          <path class="borders" d={region.borders} />
        </g>
        {items.map((item) => {
          const place = coordinatesOf(item);
          if (!place) return null;
          const [x, y] = at(place);
          const isMoved = moved.has(item.id);
          return (
            <g
              key={item.id}
              class={isMoved ? 'spot moved' : 'spot same'}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            >
              {isMoved && <circle class="halo" r="12" />}
              <Shape {...item} />
              {isMoved && <path class="differs" d={DIFFERS} />}
            </g>
          );
        })}
        <Labels items={named} at={at} />
      </svg>
    </figure>
  );
}

/** The names of the crossings that differ. Where two names would overlap, the lower name goes to the left. */
function Labels({ items, at }: { readonly items: readonly Crossing[]; readonly at: Place }): JSX.Element {
  const taken: [number, number][] = [];
  const points = items.flatMap((item) => {
    const place = coordinatesOf(item);
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
