import { ValidateBy } from '../class-decorators.js';
import { Described } from '../description.js';
import { OneOf } from '../field.js';

const within = (value: unknown, bound: number): boolean =>
  typeof value === 'number' && Math.abs(value) <= bound;

const isPosition = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && within(value[0], 180) && within(value[1], 90);

/** GeoJSON Point (RFC 7946 §3.1.2), WGS 84. */
export class GeoPoint {
  @OneOf(['Point'], 'GeoJSON type.')
  type!: 'Point';

  @ValidateBy(
    { name: 'isPosition', validator: { validate: isPosition } },
    { message: 'must be [longitude, latitude] in degrees' },
  )
  @Described({
    type: [Number],
    minItems: 2,
    maxItems: 2,
    description: 'Longitude, then latitude, in degrees.',
  })
  coordinates!: [number, number];
}
