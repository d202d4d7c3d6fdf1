import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { OneOf } from '../field.js';

const isPosition = (value: unknown): boolean => {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [longitude, latitude]: unknown[] = value;
  return (
    typeof longitude === 'number' &&
    typeof latitude === 'number' &&
    Math.abs(longitude) <= 180 &&
    Math.abs(latitude) <= 90
  );
};

/** GeoJSON Point (RFC 7946 §3.1.2), WGS 84. */
export class GeoPoint {
  @OneOf(['Point'], 'GeoJSON type.')
  type!: 'Point';

  @ValidateBy(
    { name: 'isPosition', validator: { validate: isPosition } },
    { message: 'must be [longitude, latitude] in degrees' },
  )
  @ApiProperty({
    type: [Number],
    minItems: 2,
    maxItems: 2,
    description: 'Longitude, then latitude, in degrees.',
  })
  coordinates!: [number, number];
}
