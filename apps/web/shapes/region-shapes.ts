import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoPath, geoProjection } from 'd3-geo';
import { merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';
import { EXTENT, ROTATION, SCALE, SHAPE } from './projection.js';

type Countries = Topology<{ countries: GeometryCollection }>;

/**
 * `virtual:region`: the land and the borders of the region as SVG paths, in the units of `projection.ts`. The build cuts them from Natural Earth,
 * 1:10m (public domain), in the package world-atlas. A path is relative, in whole units, and leaves out a step shorter than `STEP`.
 */
export function regionShapes(): Plugin {
  const name = 'virtual:region';
  return {
    name: 'region-shapes',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(regionPaths())}` : undefined),
  };
}

/** The shortest step of a path, in units: about 300 metres. */
const STEP = 3;
/** The countries that reach into the extent. Other countries are not read. */
const NAMES =
  /^(Lithuania|Latvia|Estonia|Belarus|Poland|Russia|Finland|Sweden|Norway|Ukraine|Germany|Denmark|Czechia|Slovakia)$/;

function regionPaths(): { land: string; borders: string } {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json');
  const atlas = JSON.parse(readFileSync(file, 'utf8')) as Countries;
  const near = atlas.objects.countries.geometries.filter(({ properties }) =>
    NAMES.test((properties as { name: string }).name),
  );
  const countries = { type: 'GeometryCollection' as const, geometries: near };
  const [left, top, right, bottom] = EXTENT;
  const projection = geoProjection(SHAPE)
    .rotate(ROTATION)
    .scale(SCALE)
    .translate([0, 0])
    .clipExtent([
      [left, top],
      [right, bottom],
    ])
    .precision(0);
  const path = geoPath(projection);
  const land = merge(atlas, near as (Polygon | MultiPolygon)[]);
  const borders = mesh(atlas, countries, (a, b) => a !== b);
  return { land: rounded(path(land) ?? ''), borders: rounded(path(borders) ?? '') };
}

/** Turns an absolute path with fractions (`M x,y L x,y … Z`) into a relative path with whole numbers. */
function rounded(path: string): string {
  return path
    .split('M')
    .slice(1)
    .map((ring) => relative(ring))
    .join('');
}

function relative(ring: string): string {
  const closed = ring.endsWith('Z');
  const points = ring
    .replace('Z', '')
    .split('L')
    .map((point) => point.split(',').map((n) => Math.round(Number(n))) as [number, number]);
  const [first, ...rest] = points;
  let [x, y] = first!;
  let text = `M${x} ${y}l`;
  let steps = 0;
  for (const [index, [nextX, nextY]] of rest.entries()) {
    const isLast = index === rest.length - 1 && !closed;
    if (Math.abs(nextX - x) + Math.abs(nextY - y) < STEP && !isLast) continue;
    const dx = nextX - x;
    const dy = nextY - y;
    text += `${steps > 0 && dx >= 0 ? ' ' : ''}${dx}${dy >= 0 ? ' ' : ''}${dy}`;
    [x, y] = [nextX, nextY];
    steps += 1;
  }
  // Islands of a few pixels at the closest zoom are left out.
  if (closed && steps < 3) return '';
  return steps === 0 ? '' : `${text}${closed ? 'z' : ''}`;
}
