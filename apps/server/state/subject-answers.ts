import type { Interruptible } from '#runtime';
import { formatInstant, type Instant } from '#time';
import type { Question, RememberedItem, State, TimelinePiece, View } from '#views';
import { Problem } from '../problems/problem.js';
import type { ReadCut } from '../reading/cuts.js';
import { questionOf } from '../reading/question.js';

/** A cut, and its question at the sequence at which it is answered. */
interface AskedOfSubject {
  readonly cut: ReadCut;
  readonly question: Question;
}

/** The number of pieces of a timeline between two turns for other work. */
const PIECES_AT_A_TIME = 500;

/** The item of a subject; or the refusal that nothing is known. */
export function* itemIn(
  state: State,
  view: View,
  id: string,
  asked: AskedOfSubject,
): Interruptible<RememberedItem | Problem> {
  return (yield* state.itemOf(view, id, asked.question)) ?? (yield* nothingKnown(state, view, id, asked));
}

/** The segments of the timeline of a subject; or the refusal that nothing is known. */
export function* segmentsIn(
  state: State,
  view: View,
  id: string,
  {
    interval,
    ...asked
  }: AskedOfSubject & { readonly interval: { readonly from?: Instant; readonly to?: Instant } },
): Interruptible<object[] | Problem> {
  const { asOf: _, ...scope } = asked.question;
  const pieces = yield* state.timeline(view, id, scope, interval);
  const segments: object[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % PIECES_AT_A_TIME === PIECES_AT_A_TIME - 1) yield;
    if (piece.because.length > 0) segments.push(segmentOf(piece));
  }
  if (segments.length > 0 || (yield* state.isKnown(view, id, scope))) return segments;
  return yield* nothingKnown(state, view, id, asked);
}

/** The refusal reveals only what the cut shows: a pinned refusal never changes, like a pinned answer. */
function* nothingKnown(
  state: State,
  view: View,
  id: string,
  { cut, question }: AskedOfSubject,
): Interruptible<Problem> {
  const name = id.slice(0, 100);
  const { asOf, ...scope } = question;
  if (yield* state.isKnown(view, id, scope)) {
    const detail = `At this cut, nothing is known about ${name} by ${formatInstant(asOf)}.`;
    return new Problem('not-found', detail);
  }
  const { asOf: _, ...sent } = questionOf(cut);
  const what = Object.keys(sent).length > 0 ? 'Nothing is known at this cut' : 'Nothing was ever recorded';
  return new Problem('not-found', `${what} about ${name} in ${view.name}.`);
}

function segmentOf({ from, to, ...piece }: TimelinePiece): object {
  return {
    from: from === undefined ? null : formatInstant(from),
    to: to === undefined ? null : formatInstant(to),
    ...piece,
  };
}
