/**
 * Adjacent terms meet: "until 15 September" and "from 16 September", from one claimant in one cell, leave no gap.
 *
 * An end known to the day is an instant: the one at which the day is over. A start known to the day is any instant of that
 * day. Without this rule, another effect would show between the two in nearly every world. But the end of the 15th and the start of
 * the 16th are one boundary, and one boundary is one choice: in every world the second term starts where the first ends.
 *
 * A start meets a boundary iff its range is one day that begins there, and in every world the same claimant has a value
 * just before the boundary that ends exactly at it. These worlds choose all bounds independently. Other claimants,
 * a day in between, a vaguer start, and a term that its own claimant replaced before its end do not meet. An effect that the cut
 * does not see meets nothing. (docs/adr/0020-adjacent-terms-meet.md)
 */
import type { Instant, Range } from '#time';
import type { KnownEffect } from './effect.js';
import { overlay } from './overlay.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Whether the range is the range of a date: a day of 23 to 25 hours, as clocks change, without the first instant of the next. Two clock
 * times a day apart give one millisecond more, because both are included.
 */
export function isDay({ earliest, latest }: Range): boolean {
  const length = latest - earliest + 1;
  return length >= 23 * HOUR && length <= 25 * HOUR && length % MINUTE === 0;
}

/** Whether in every world the claimant has a value in the cell just before the boundary that ends exactly there. */
export function endsAt(own: readonly KnownEffect[], boundary: Instant): boolean {
  const { candidates, silent } = overlay(own, boundary - 1);
  return (
    !silent &&
    candidates.every(({ effect: { until } }) => until?.earliest === boundary && until.latest === boundary)
  );
}

/** The effects of one cell, all visible at the cut; an effect that meets the end of a term is marked. */
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
