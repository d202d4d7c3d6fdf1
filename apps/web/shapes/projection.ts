import { geoConicConformalRaw, type GeoRawProjection } from 'd3-geo';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Lambert's conformal conic projection on the parallels 54° and 64° N: the shapes around the Baltic keep their form. */
export const SHAPE: GeoRawProjection = geoConicConformalRaw(radians(54), radians(64));
/** The rotation of the map: the meridian 25° E is vertical. */
export const ROTATION: [number, number] = [-25, 0];
/** The scale in units a radian. A unit is about 106 m. */
export const SCALE = 60_000;

/** The position of a place on the map, in units. y grows southwards. */
export function project([longitude, latitude]: readonly [number, number]): [number, number] {
  const [x, y] = SHAPE(radians(longitude + ROTATION[0]), radians(latitude));
  return [x * SCALE, -y * SCALE];
}

/** Left, top, right, bottom of the map in units: about 14–36° E, 50–70.5° N. */
export const EXTENT: readonly [number, number, number, number] = extent();

function extent(): [number, number, number, number] {
  const bottom = project([25, 50.3])[1];
  const top = project([25, 70.3])[1];
  return [project([14.5, 54])[0], top, project([35.5, 54])[0], bottom];
}
