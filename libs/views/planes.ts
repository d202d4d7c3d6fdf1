import type { Interruptible } from '#runtime';
import { EARLIEST, LATEST, type Instant } from '#time';
import { isSameJson } from '#json';
import type { Seam } from './sqlite/cell-reader.js';
import type { Piece, TimelinePiece } from './view.js';
import { without } from './without.js';

/** A rectangle of a plane: over [from, to) of both times one answer; an absent bound is unlimited. */
export interface Rectangle extends Piece {
  readonly known: { readonly from: Instant; readonly to?: Instant };
  readonly valid: { readonly from?: Instant; readonly to?: Instant };
}

/** Reads the timeline of the subject as known at an instant. */
export type TimelineKnownAt = (
  knownAt: Instant,
  interval: { readonly from: Instant; readonly to: Instant },
) => Interruptible<TimelinePiece[]>;

/** A piece of the timeline as known at a seam, and the instant since which the timeline has this piece. */
interface KnownPiece {
  readonly knownFrom: Instant;
  readonly piece: TimelinePiece;
}

/**
 * The plane of a subject: its answers at every valid and every known time, as the fewest rectangles. A slice at a known time is the timeline as it
 * was known at that time. Rectangles without any report are left out. The rectangles are in the order of known time, then of valid time.
 *
 * At a seam only a part of the timeline is read again. The part begins with the piece before the first instant that may differ, because that piece
 * may now continue.
 */
export function* planeOf(
  seams: readonly Seam[],
  read: TimelineKnownAt,
  { from = EARLIEST, to = LATEST }: { readonly from?: Instant; readonly to?: Instant } = {},
): Interruptible<Rectangle[]> {
  const found: Rectangle[] = [];
  const open: KnownPiece[] = [];
  for (const seam of seams) {
    yield;
    if (seam.from >= to) continue;
    let first = open.length;
    while (first > 0 && startOf(open[first - 1]!) >= seam.from) first -= 1;
    // The piece before `seam.from` may now continue.
    first = Math.max(0, first - 1);
    const before = open.splice(first);
    const start = before[0] ? startOf(before[0]) : from;
    const pieces = yield* read(seam.knownAt, { from: start, to });
    const ended = new Map(before.map((one) => [one.piece.from, one]));
    for (const piece of pieces) {
      const known = ended.get(piece.from);
      const goesOn = known !== undefined && isSameJson(known.piece, piece);
      if (goesOn) ended.delete(piece.from);
      open.push(goesOn ? known : { knownFrom: seam.knownAt, piece });
    }
    for (const one of ended.values()) found.push(...rectangleOf(one, seam.knownAt));
  }
  return [...found, ...open.flatMap((one) => rectangleOf(one))].sort(
    (a, b) => a.known.from - b.known.from || (a.valid.from ?? EARLIEST) - (b.valid.from ?? EARLIEST),
  );
}

const startOf = ({ piece }: KnownPiece): Instant => piece.from ?? EARLIEST;

function rectangleOf({ knownFrom, piece }: KnownPiece, to?: Instant): Rectangle[] {
  if (piece.because.length === 0) return [];
  const { from: validFrom, to: validTo } = piece;
  return [
    {
      known: { from: knownFrom, ...(to !== undefined && { to }) },
      valid: {
        ...(validFrom !== undefined && { from: validFrom }),
        ...(validTo !== undefined && { to: validTo }),
      },
      ...without(piece, 'from', 'to'),
    },
  ];
}
