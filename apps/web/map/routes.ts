/**
 * The course of a transit route from town to town: longitude, latitude. No source gives the course, so it is from general knowledge and approximate,
 * like the places. The mark of a route is at the point `mark`.
 */
export interface Course {
  readonly points: readonly (readonly [number, number])[];
  readonly mark: number;
  readonly isRail: boolean;
}

const KENA = [25.7, 54.65] as const;
const VILNIUS = [25.29, 54.67] as const;
const KAISIADORYS = [24.45, 54.86] as const;
const KYBARTAI = [22.73, 54.63] as const;

/** The courses by the id of the route. A route without a course is in its view and in the timeline, but not on the map. */
export const COURSES: Readonly<Record<string, Course>> = {
  'kaliningrad.rail': {
    points: [KENA, VILNIUS, KAISIADORYS, [23.95, 54.89], [23.49, 54.75], KYBARTAI, [20.51, 54.71]],
    mark: 4,
    isRail: true,
  },
  'kaliningrad.road': {
    points: [
      [25.67, 54.53],
      [25.25, 54.64],
      [24.3, 54.74],
      [23.35, 54.56],
      KYBARTAI,
      [21.8, 54.59],
      [20.55, 54.68],
    ],
    mark: 2,
    isRail: false,
  },
  'klaipeda.potash-rail': {
    points: [
      KENA,
      VILNIUS,
      KAISIADORYS,
      [23.97, 55.29],
      [23.54, 55.81],
      [23.31, 55.93],
      [21.85, 55.91],
      [21.14, 55.71],
    ],
    mark: 3,
    isRail: true,
  },
};
