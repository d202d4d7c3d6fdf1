/**
 * Adjacent terms meet: "until 15 September" and "from 16 September", said by one claimant in one cell, leave no hole.
 *
 * An end known to the day is an instant: the one at which the day is over. A start known to the day is any instant of that
 * day, so that in nearly every world something else would show between the two. But the end of the 15th and the start of
 * the 16th are one boundary, and one boundary is one choice: in every world the second term starts where the first ends.
 *
 * A start meets a boundary iff its range is one day that begins there, and in every world its claimant says something
 * just before the boundary which ends exactly at it. The worlds meant here are those of independent bounds. Other claimants,
 * a day in between, a vaguer start, a term that its own claimant replaced before its end: none of them meets. What the cut
 * does not see meets nothing. (docs/adr/0020-adjacent-terms-meet.md)
 */
import type { Instant, Range } from '#time';
import type { KnownEffect } from './effect.js';
import { overlay } from './overlay.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Whether the range is that of a date: a day of 23 to 25 hours, as clocks change, without the first instant of the next. Two
 * clock times a day apart are a millisecond more, as both are included.
 */
export function isDay({ earliest, latest }: Range): boolean {
  const length = latest - earliest + 1;
  return length >= 23 * HOUR && length <= 25 * HOUR && length % MINUTE === 0;
}

/** Whether what one claimant says in a cell just before the boundary is sure to be something, and to end exactly there. */
export function endsAt(own: readonly KnownEffect[], boundary: Instant): boolean {
  const { candidates, silent } = overlay(own, boundary - 1);
  return (
    !silent &&
    candidates.every(({ effect: { until } }) => until?.earliest === boundary && until.latest === boundary)
  );
}

/** The effects of one cell, all visible at the cut; those that meet the end of a term say so. */
export function meet<V>(effects: readonly KnownEffect<V>[]): readonly KnownEffect<V>[] {
  if (!effects.some(({ from }) => isDay(from))) return effects;
  const exactEnds = new Set(
    effects.flatMap(({ claimant, until }) =>
      until && until.earliest === until.latest ? [`${until.latest} ${claimant}`] : [],
    ),
  );
  return effects.map((effect) => {
    const { from, claimant } = effect;
    if (!isDay(from) || !exactEnds.has(`${from.earliest} ${claimant}`)) return effect;
    const own = effects.filter((other) => other.claimant === claimant);
    return endsAt(own, from.earliest) ? { ...effect, meets: true } : effect;
  });
}
