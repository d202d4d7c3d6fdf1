import { MS_PER_DAY } from '../days.js';

/** The places of instants on an axis. The axis begins at place 0 and ends at place 1. */
export interface AxisScale {
  /** The bounds between which nothing changes, in order, in milliseconds. */
  readonly bounds: readonly number[];
  /** The place of an instant. ±Infinity are the ends of the axis. */
  at(instant: number): number;
  /** The instant at a place between 0 and 1. */
  instantAt(place: number): number;
}

/** A scale with the same room for every stretch: between two bounds, before the first bound and after the last bound. */
export function evenScale(bounds: readonly number[]): AxisScale {
  const steps = bounds.length + 1;
  // The axis begins and ends this far beyond its bounds, in milliseconds.
  const reach = Math.max(30 * MS_PER_DAY, ((bounds.at(-1) ?? 0) - (bounds[0] ?? 0)) / 4);
  const knots = [(bounds[0] ?? 0) - reach, ...bounds, (bounds.at(-1) ?? 0) + reach];
  return {
    bounds,
    at(instant) {
      if (instant <= knots[0]!) return 0;
      if (instant >= knots.at(-1)!) return 1;
      const index = knots.findIndex((knot) => knot > instant) - 1;
      const [from, to] = [knots[index]!, knots[index + 1]!];
      return (index + (instant - from) / (to - from)) / steps;
    },
    instantAt(place) {
      const index = Math.min(steps - 1, Math.max(0, Math.floor(place * steps)));
      const [from, to] = [knots[index]!, knots[index + 1]!];
      return from + (place * steps - index) * (to - from);
    },
  };
}

/** A linear scale that begins a little before the second bound, because the time before this bound is too long to be shown. */
export function trueScale(bounds: readonly number[]): AxisScale {
  const first = bounds[Math.min(1, bounds.length - 1)] ?? 0;
  const last = bounds.at(-1) ?? 0;
  const margin = Math.max(5 * MS_PER_DAY, (last - first) * 0.12);
  const [from, to] = [first - margin, last + margin];
  return {
    bounds,
    at: (instant) => Math.min(1, Math.max(0, (instant - from) / (to - from))),
    instantAt: (place) => from + place * (to - from),
  };
}
