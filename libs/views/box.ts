import type { GeoPoint } from '#events';

/** A box of WGS 84 degrees (RFC 7946 §5). Where west > east, the box crosses the antimeridian. */
interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The greatest number of squares of one degree by which a box is looked up. */
const MOST_SQUARES = 2_000;

/** The box of a text `west,south,east,north`, or the fault of the text. */
export function boxIn(text: string): Box | { readonly fault: string } {
  const parts = text
    .split(',')
    .map((part) => (/^\s*-?\d{1,3}(\.\d{1,15})?\s*$/.test(part) ? Number(part) : NaN));
  const [west = NaN, south = NaN, east = NaN, north = NaN] = parts;
  if (parts.length !== 4 || parts.some(Number.isNaN))
    return { fault: 'It must be west,south,east,north in degrees, such as 20.9,53.8,26.9,56.5.' };
  if (Math.max(Math.abs(west), Math.abs(east)) > 180)
    return { fault: 'West and east must be from -180 to 180.' };
  if (Math.max(Math.abs(south), Math.abs(north)) > 90)
    return { fault: 'South and north must be from -90 to 90.' };
  if (south > north) return { fault: 'South must not be over north.' };
  return { west, south, east, north };
}

/** Whether the point is in the box, or on its edge. */
export function isIn({ coordinates: [longitude, latitude] }: GeoPoint, box: Box): boolean {
  const { west, south, east, north } = box;
  if (latitude < south || latitude > north) return false;
  return west <= east ? west <= longitude && longitude <= east : longitude >= west || longitude <= east;
}

/** The square of one degree in which a point is. */
export const squareOf = ({ coordinates: [longitude, latitude] }: GeoPoint): string =>
  `${Math.floor(longitude)},${Math.floor(latitude)}`;

/** The squares that a box touches; undefined where they are too many. */
export function squaresIn({ west, south, east, north }: Box): string[] | undefined {
  const spans =
    west <= east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ];
  const columns = spans.flatMap(([from, to]) => upTo(Math.floor(from!), Math.floor(to!)));
  const rows = upTo(Math.floor(south), Math.floor(north));
  if (columns.length * rows.length > MOST_SQUARES) return undefined;
  return columns.flatMap((column) => rows.map((row) => `${column},${row}`));
}

const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
