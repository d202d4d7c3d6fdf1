import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxIn, isIn, squareOf, squaresIn } from './box.js';

const degrees = (most: number) => fc.integer({ min: -most * 4, max: most * 4 }).map((quarter) => quarter / 4);

describe('a box', () => {
  it('covers each of its points with one of its squares', () => {
    fc.assert(
      fc.property(
        degrees(180),
        degrees(90),
        degrees(180),
        degrees(90),
        degrees(180),
        degrees(90),
        (...drawn) => {
          const [west, a, east, b, longitude, latitude] = drawn;
          const box = boxIn([west, Math.min(a, b), east, Math.max(a, b)].join());
          if ('fault' in box) throw new Error(box.fault);
          const point = { type: 'Point', coordinates: [longitude, latitude] } as const;
          const inside =
            Math.min(a, b) <= latitude &&
            latitude <= Math.max(a, b) &&
            (west <= east ? west <= longitude && longitude <= east : longitude >= west || longitude <= east);
          expect(isIn(point as never, box)).toBe(inside);
          if (inside) expect(squaresIn(box)?.includes(squareOf(point as never)) ?? true).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('may cross the antimeridian', () => {
    const box = boxIn('170,-20,-170,20');
    const isThere = (longitude: number) =>
      !('fault' in box) && isIn({ coordinates: [longitude, 0] } as never, box);
    expect([175, 180, -180, -175, 0, 169, -169].map(isThere)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it.each(['', '1,2,3', '1,2,3,4,5', 'a,b,c,d', '1e1,2,3,4', 'NaN,0,1,1', '1,,2,3', '0x1,0,1,1'])(
    'cannot be read from %j',
    (text) => {
      expect(boxIn(text)).toEqual({ fault: expect.stringContaining('west,south,east,north') });
    },
  );

  it.each([
    ['-181,0,1,1', 'from -180 to 180'],
    ['0,-91,1,1', 'from -90 to 90'],
    ['0,5,1,4', 'South'],
  ])('%s is refused: %s', (text, fault) => {
    expect(boxIn(text)).toEqual({ fault: expect.stringContaining(fault) });
  });
});
