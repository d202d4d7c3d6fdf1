import type { Interruptible } from '#runtime';
import { isVisible, type Because, type KnownEffect, type Span } from '#timeline';
import { answerTo } from './answers.js';
import { correctionsRead, whatEnded, type CorrectionsByEvent } from './ended.js';
import type { ExplanationSource } from './explain.js';
import { union } from './finding.js';
import type { Question } from './question.js';
import { saysTheSame, type Piece, type View } from './view.js';

/** The axis along which knowledge grew: as reports became public (instants), or as this log recorded them (sequences). */
export type KnowledgeAxis = 'reported' | 'recorded';

/** The answer from `at` on, on the axis of knowledge. */
export interface HistoryChange {
  readonly at: number;
  readonly answer: Piece;
  /** The reports or events at that point that concern the answer. */
  readonly events: readonly string[];
}

export interface HistoryAsked {
  readonly aspect?: string;
  readonly axis: KnowledgeAxis;
  /** Only changes after this point of the axis. */
  readonly after?: number;
  readonly limit: number;
}

export interface AnswerHistory {
  readonly changes: readonly HistoryChange[];
  /** The `after` of the next page; undefined on the last page. */
  readonly next?: number;
}

/** The greatest number of bounds of knowledge that are examined for one page. The page ends early at this number. */
const MOST_EXAMINED = 2_000;
/**
 * The same for the effects of all examined answers together. Each answer may rest on all effects of the subject: a page of a subject with thousands of
 * claimants takes no longer than other pages.
 */
const MOST_EFFECTS = 400_000;

/**
 * The changes of the answer to one question as knowledge grew, up to the cut of the question on the axis. Only changes of values are listed: a
 * further event with the same value is no change. The generator yields at each bound.
 */
export function* historyOf(
  source: ExplanationSource,
  view: View,
  id: string,
  question: Question,
  { aspect, axis, after = -Infinity, limit }: HistoryAsked,
): Interruptible<AnswerHistory> {
  const cut = axis === 'reported' ? 'knownAt' : 'recordedAt';
  const effects = source.effects.cells(view.category, id).flatMap((cell) => cell.effects);
  const seen = effects.filter((effect) => axis === 'recorded' || isRecorded(effect, question));
  const answerAt = (bound: number): Piece => {
    const cells = source.cells.cellsOf(view.category, id, { ...question, [cut]: bound });
    return answerTo(view, id, cells, aspect, question.asOf);
  };
  const bounds = boundsOn(axis, seen).filter(
    (bound) => bound > after && bound <= (question[cut] ?? Infinity),
  );
  const most = Math.max(1, Math.min(MOST_EXAMINED, Math.floor(MOST_EFFECTS / seen.length)));
  const corrections = correctionsRead(source.effects);
  const changes: HistoryChange[] = [];
  let before = answerAt(Number.isFinite(after) ? after : (bounds[0] ?? 0) - 1);
  for (const [index, bound] of bounds.entries()) {
    yield;
    const answer = answerAt(bound);
    if (!saysTheSame(before, answer)) {
      changes.push({ at: bound, answer, events: eventsAt(bound, axis, seen, [before, answer], corrections) });
    }
    before = answer;
    const isFull = changes.length === limit || index + 1 === most;
    if (isFull && index + 1 < bounds.length) return { changes, next: bound };
  }
  return { changes };
}

/** Whether an effect was current in the log at the cut. An event that is recorded later does not change the reported axis. */
function isRecorded({ recorded, ...effect }: KnownEffect, { recordedAt }: Question): boolean {
  const always = { ...effect, recorded, reported: { from: -Infinity } };
  return isVisible(always, recordedAt === undefined ? {} : { recordedAt });
}

function boundsOn(axis: KnowledgeAxis, effects: readonly KnownEffect[]): number[] {
  const bounds = effects.flatMap((effect) => [effect[axis].from, effect[axis].until ?? effect[axis].from]);
  return [...new Set(bounds)].sort((a, b) => a - b);
}

/** The events of the effects that begin or end at the bound. If the answers rest on some of these effects, only their events. */
function eventsAt(
  bound: number,
  axis: KnowledgeAxis,
  effects: readonly KnownEffect[],
  [before, now]: readonly [Piece, Piece],
  corrections: CorrectionsByEvent,
): Because {
  const touching = (span: Span): boolean => span.from === bound || span.until === bound;
  const there = effects.filter((effect) => touching(effect[axis]));
  const borne = there.filter(({ because, [axis]: span }) =>
    because.some((event) => (span.from === bound ? now : before).because.includes(event)),
  );
  return union(
    ...(borne.length > 0 ? borne : there).map((effect) => eventsOf(effect, bound, axis, corrections)),
  );
}

/** The event of an effect that began at the bound, or the correction that ended the effect at the bound. */
function eventsOf(
  effect: KnownEffect,
  bound: number,
  axis: KnowledgeAxis,
  corrections: CorrectionsByEvent,
): string[] {
  if (effect[axis].from !== bound) {
    const ended = whatEnded(
      effect,
      axis === 'reported' ? 'reportEnded' : 'recordEnded',
      corrections(effect.eventId),
    );
    return ended ? [ended.id] : [];
  }
  if (axis === 'reported') return effect.because.slice(-1);
  const correction = corrections(effect.eventId).find(({ sequence }) => sequence === bound);
  return [correction?.id ?? effect.eventId];
}
