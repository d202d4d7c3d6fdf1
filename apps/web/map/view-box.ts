import { signal } from '@preact/signals';
import { EXTENT, project } from '../shapes/projection.js';

/** The part of the map that is shown: its middle in units of the map, and the units a pixel. */
export interface Framing {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export const framing = signal<Framing | undefined>(undefined);
/** The size of the map on the screen, in pixels. */
export const size = signal<readonly [width: number, height: number]>([0, 0]);

/** The limits of the zoom, in units a pixel: about 20 m and 5 km. */
const CLOSEST = 0.2;
const FARTHEST = 48;

/** The corners of Lithuania with its border to Belarus. */
export const HOME: readonly (readonly [number, number])[] = [
  [21.6, 54.9],
  [27.2, 55.8],
  [26.6, 53.7],
  [22.6, 53.7],
];

/** Frames the places with a margin. The framing stays until the next call. */
export function frame(places: readonly (readonly [number, number])[], margin = 0.08): void {
  const [width, height] = size.peek();
  if (width === 0 || places.length === 0) return;
  const points = places.map(project);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const room = 1 - 2 * margin;
  const scale = Math.max((right - left) / (width * room), (bottom - top) / (height * room), 4);
  move({ x: (left + right) / 2, y: (top + bottom) / 2, scale });
}

export function move(to: Framing): void {
  const scale = Math.min(FARTHEST, Math.max(CLOSEST, to.scale));
  const [left, top, right, bottom] = EXTENT;
  framing.value = {
    x: Math.min(right, Math.max(left, to.x)),
    y: Math.min(bottom, Math.max(top, to.y)),
    scale,
  };
}

/** Zooms in (`by` under 1) or out. The place under the pixel `at` stays there. */
export function zoom(by: number, at?: readonly [number, number]): void {
  const { value } = framing;
  if (!value) return;
  const [width, height] = size.peek();
  const [px, py] = at ?? [width / 2, height / 2];
  const scale = Math.min(FARTHEST, Math.max(CLOSEST, value.scale * by));
  const [dx, dy] = [px - width / 2, py - height / 2];
  move({ x: value.x + dx * (value.scale - scale), y: value.y + dy * (value.scale - scale), scale });
}

/** The position of a place on the screen, in pixels. */
export function onScreen(place: readonly [number, number], { x, y, scale }: Framing): [number, number] {
  const [width, height] = size.value;
  const [px, py] = project(place);
  return [(px - x) / scale + width / 2, (py - y) / scale + height / 2];
}
