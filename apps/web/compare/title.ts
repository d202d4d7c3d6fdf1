import { compared, type ComparedCut, type SideName } from '../compared.js';
import { isDay } from '../days.js';
import { today } from '../state.js';
import { dayRange, instant, shortDay, words } from '../words/index.js';

const bound = (text: string): string => (isDay(text) ? shortDay(text) : instant(text));

/** A cut in words: `5 Nov 2025, as known that day`. */
export function sideTitle(side: SideName): string {
  const { value: w } = words;
  const { asOf, knownAt, recordedAt } = compared.value[side];
  const known =
    knownAt === undefined
      ? w.sentence.everything
      : `${w.sentence.known} ${knownAt === asOf ? w.sentence.thatDay : bound(knownAt)}`;
  return [bound(asOf), known, recordedAt && w.compare.recordedTo(recordedAt)].filter(Boolean).join(', ');
}

const knownThatDay = ({ asOf, knownAt }: ComparedCut): boolean => asOf === knownAt;

/** The subject of the comparison, in words: `Learned between 10 and 19 November 2025 about 5 November 2025`. */
export function comparisonTitle(): string {
  const { value: w } = words;
  const { from, to } = compared.value;
  const isSame = (axis: keyof ComparedCut): boolean => from[axis] === to[axis];
  const range = (one = today.value, other = today.value): string =>
    isDay(one) && isDay(other) ? dayRange(one, other) : `${bound(one)} – ${bound(other)}`;
  if (isSame('asOf') && isSame('knownAt') && !isSame('recordedAt'))
    return w.compare.recorded(from.recordedAt ?? w.now, to.recordedAt ?? w.now, bound(from.asOf));
  if (isSame('recordedAt')) {
    if (isSame('asOf') && to.knownAt === undefined && from.knownAt !== undefined)
      return w.compare.learnedSince(bound(from.knownAt), bound(from.asOf));
    if (isSame('asOf')) return w.compare.learned(range(from.knownAt, to.knownAt), bound(from.asOf));
    if (isSame('knownAt')) return w.compare.changed(range(from.asOf, to.asOf));
    if (knownThatDay(from) && knownThatDay(to)) return w.compare.changedAsKnown(range(from.asOf, to.asOf));
  }
  return w.compare.against(sideTitle('from'), sideTitle('to'));
}
