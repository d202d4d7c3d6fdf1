import type { Interruptible } from '#runtime';
import type { Instant, Range } from '#time';
import {
  verdictsInLedger,
  verdictsOf,
  meet,
  nearestRows,
  unseenAs,
  type VerdictOnSeen,
  type KnownEffect,
  type Span,
  type Standing,
} from '#timeline';
import { answerTo, foundIn, groupsOf, isUnder, type Found } from './answers.js';
import { correctionsRead, whatEnded, type CorrectionsByEvent } from './ended.js';
import type { CellReader } from './sqlite/cell-reader.js';
import { isHeard, effectFilterOf, type EffectFilter } from './sqlite/effect-filter.js';
import type { RecordedEffects, WholeCell } from './sqlite/recorded-effects.js';
import type { Question } from './question.js';
import type { Piece, View } from './view.js';

/** The verdicts, the strongest first. */
export const VERDICTS = [
  'holds',
  'mayHold',
  'overlaid',
  'claimsNotAsked',
  'expired',
  'notStarted',
  'outOfVoice',
  'corrected',
  'retracted',
  'notYetKnown',
  'notYetRecorded',
] as const;

/** The verdict of an effect in the answer to a question. */
export type Verdict = (typeof VERDICTS)[number];

export interface ExplainedEffect {
  readonly aspect: string;
  readonly event: string;
  readonly verdict: Verdict;
  /** The events that overlay it, correct it or retract it, or the facts that outrank a claim. */
  readonly by?: readonly string[];
  readonly value: unknown;
  readonly from: Range;
  readonly until?: Range;
  /** The value that holds from `until` on, at the same rank. */
  readonly then?: unknown;
  readonly claimant: string;
  readonly standing: Standing;
  readonly reliability: string;
  readonly because: readonly string[];
  readonly reported: Span;
  readonly recorded: Span;
}

export interface Explanation {
  readonly answer: Piece;
  readonly found: readonly Found[];
  /** Sorted by verdict; effects of one verdict by their start, the latest first. */
  readonly effects: readonly ExplainedEffect[];
}

/** The source of explanations: a views database. */
export interface ExplanationSource {
  readonly cells: CellReader;
  readonly effects: RecordedEffects;
}

/** The greatest number of effects that are weighed together. A subject with more effects is weighed in parts (`explainRows`). */
export const MOST_WEIGHED = 20_000;

/** Whether a subject ever had an effect, and whether its effects are too many to weigh together. */
export function weighable(
  { effects }: ExplanationSource,
  view: View,
  id: string,
): 'nothing' | 'weighable' | 'tooMuch' {
  const count = effects.count(view.category, id, MOST_WEIGHED + 1);
  return count === 0 ? 'nothing' : count > MOST_WEIGHED ? 'tooMuch' : 'weighable';
}

/**
 * Weighs every effect that was ever recorded about a subject, or of one of its aspects, for one question. All cells of the subject are read, because
 * other aspects may overlay the aspect in the question.
 */
export function* explain(
  { cells, effects }: ExplanationSource,
  view: View,
  id: string,
  question: Question,
  aspect?: string,
): Interruptible<Explanation> {
  const { asOf } = question;
  const opened = cells.cellsOf(view.category, id, question);
  const groups = groupsOf(view, id, opened, asOf);
  const whole = effects.cells(view.category, id);
  return {
    answer: answerTo(view, id, opened, aspect, asOf),
    found: foundIn(opened, groups, aspect, asOf),
    effects: (yield* weighed(whole, groups, question, effects))
      .filter(({ effect }) => isUnder(effect.aspect, aspect))
      .map(explained),
  };
}

/** An effect, and its verdict. */
export interface EffectVerdict {
  readonly effect: KnownEffect;
  readonly verdict: Verdict;
  readonly by?: readonly string[];
}

/**
 * Every effect in the cells once, in the order of the verdicts. `groups`: the aspects that the view overlays together. `met`: finds the starts that
 * meet an end, where the cells are whole. The generator yields at each effect.
 */
export function* weighed(
  whole: readonly WholeCell[],
  groups: readonly (readonly string[])[],
  question: Question,
  effects: RecordedEffects,
  met: (effects: readonly KnownEffect[]) => readonly KnownEffect[] = meet,
): Interruptible<EffectVerdict[]> {
  const weighedEffects = new Map<KnownEffect, EffectVerdict>();
  const corrections = correctionsRead(effects);
  const seen: WholeCell[] = [];
  for (const cell of whole) {
    const listed: KnownEffect[] = [];
    for (const effect of nearestRows(cell.effects, question)) {
      yield;
      const unseen = verdictOnUnseen(effect, effectFilterOf(cell, question), corrections);
      if (unseen) weighedEffects.set(effect, unseen);
      else listed.push(effect);
    }
    seen.push({ ...cell, effects: met(listed) });
  }
  for (const { effect, verdict, by } of verdictsOnSeen(seen, groups, question.asOf)) {
    const known = weighedEffects.get(effect);
    if (known && VERDICTS.indexOf(known.verdict) <= VERDICTS.indexOf(verdict)) continue;
    weighedEffects.set(effect, { effect, verdict, ...(by && { by: by.because }) });
  }
  return [...weighedEffects.values()].sort(byVerdict);
}

/** The verdict on an effect that does not count; undefined where the cut sees the effect and the question includes its voice. */
function verdictOnUnseen(
  effect: KnownEffect,
  filter: EffectFilter,
  corrections: CorrectionsByEvent,
): EffectVerdict | undefined {
  const unseen = unseenAs(effect, filter);
  if (unseen === undefined) return isHeard(effect, filter) ? undefined : { effect, verdict: 'outOfVoice' };
  if (unseen === 'notYetRecorded' || unseen === 'notYetKnown') return { effect, verdict: unseen };
  const correction = whatEnded(effect, unseen, corrections(effect.eventId), filter.recordedAt);
  return {
    effect,
    verdict: correction?.replacement ? 'corrected' : 'retracted',
    ...(correction && { by: [correction.id] }),
  };
}

/** The verdicts of the effects. An effect in several groups has a verdict in each group. */
function verdictsOnSeen(
  seen: readonly WholeCell[],
  groups: readonly (readonly string[])[],
  at: Instant,
): VerdictOnSeen[] {
  const effectsOf = (key: string, group: readonly string[]) =>
    seen.filter((cell) => cell.key === key && group.includes(cell.aspect)).flatMap((cell) => cell.effects);
  return [
    ...groups.flatMap((group) => verdictsOf(effectsOf('facts', group), effectsOf('claims', group), at)),
    ...seen
      .filter(({ rule }) => rule !== 'authority')
      .flatMap(({ rule, effects }) =>
        rule === 'ledger' ? verdictsInLedger(effects, at) : verdictsOf(effects, [], at),
      ),
  ];
}

function byVerdict(a: EffectVerdict, b: EffectVerdict): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    b.effect.from.latest - a.effect.from.latest ||
    b.effect.reported.from - a.effect.reported.from ||
    (a.effect.eventId === b.effect.eventId
      ? a.effect.ordinal - b.effect.ordinal
      : a.effect.eventId < b.effect.eventId
        ? 1
        : -1)
  );
}

export function explained({ effect, verdict, by }: EffectVerdict): ExplainedEffect {
  const { aspect, value, from, until, then, claimant, standing, reliability, because, reported, recorded } =
    effect;
  return {
    aspect,
    event: effect.eventId,
    verdict,
    ...(by && { by }),
    value,
    from,
    ...(until && { until }),
    ...(then !== undefined && { then }),
    claimant,
    standing,
    reliability,
    because,
    reported,
    recorded,
  };
}
