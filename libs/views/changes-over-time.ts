import { finished } from '#runtime';
import { correctionOf, effectsOf, storedDevelopment } from '#events';
import type { RecordedEvent } from '#log';
import { EARLIEST, type Instant } from '#time';
import type { Because } from '#timeline';
import { isSameJson } from '#json';
import type { Question } from './question.js';
import { VIEWS, type State } from './state.js';
import type { Piece, TimelinePiece, View, ViewName } from './view.js';
import { without } from './without.js';

/** The content of one piece of a timeline, without its bounds and its events. */
export interface Said extends Omit<Piece, 'because'> {}

/** A longest stretch [from, to) of valid time over which a timeline has one value before and another after. */
export interface TimelineChange {
  readonly from?: Instant;
  readonly to?: Instant;
  /** Absent: no event gives a value. */
  readonly before?: Said;
  /** Absent: no event gives a value. */
  readonly after?: Said;
  /** The events behind the later value; where it is absent, the events behind the earlier value. */
  readonly because: Because;
}

/** A change of the timeline of one subject of a view. */
export interface ChangeOverTime extends TimelineChange {
  readonly view: ViewName;
  readonly subject: string;
}

/** The differences between two timelines of one subject, in order. Both timelines have no gaps, as `State.timeline` gives them. */
export function timelineChanges(
  before: readonly TimelinePiece[],
  after: readonly TimelinePiece[],
): TimelineChange[] {
  const bounds = new Set([...before, ...after].map(({ from }) => from ?? EARLIEST));
  const changes: TimelineChange[] = [];
  let [earlier, later] = [0, 0];
  for (const from of [...bounds].sort((a, b) => a - b)) {
    earlier = indexAt(before, earlier, from);
    later = indexAt(after, later, from);
    const change = changeOf(before[earlier], after[later]);
    if (change === undefined) continue;
    const to = leastOf(before[earlier]?.to, after[later]?.to);
    const last = changes.at(-1);
    const goesOn = last?.to === from && isSameJson(bothSaid(last), bothSaid(change));
    const begin = goesOn ? last.from : from > EARLIEST ? from : undefined;
    if (goesOn) changes.pop();
    changes.push({ ...(begin !== undefined && { from: begin }), ...(to !== undefined && { to }), ...change });
  }
  return changes;
}

/** The index of the piece at an instant. The search begins at the index `start`. */
function indexAt(pieces: readonly TimelinePiece[], start: number, at: Instant): number {
  let index = start;
  while (index + 1 < pieces.length && (pieces[index + 1]?.from ?? EARLIEST) <= at) index += 1;
  return index;
}

function changeOf(
  before: TimelinePiece | undefined,
  after: TimelinePiece | undefined,
): Pick<TimelineChange, 'before' | 'after' | 'because'> | undefined {
  const [earlier, later] = [saidBy(before), saidBy(after)];
  if (isSameJson(earlier ?? null, later ?? null)) return undefined;
  return {
    ...(earlier && { before: earlier }),
    ...(later && { after: later }),
    because: (later ? after : before)?.because ?? [],
  };
}

const bothSaid = ({ before, after }: Pick<TimelineChange, 'before' | 'after'>): unknown => [
  before ?? null,
  after ?? null,
];

/** The content of a piece; undefined where no event gives a value. */
const saidBy = (piece: TimelinePiece | undefined): Said | undefined =>
  piece === undefined || piece.because.length === 0 ? undefined : without(piece, 'from', 'to', 'because');

const leastOf = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** The largest number of subjects whose timelines are compared. */
const MOST_SUBJECTS = 100;

interface Touched {
  readonly view: View;
  readonly subject: string;
  /** The earliest instant at which the value may differ. */
  readonly from: Instant;
}

/** The timelines that the events may change, each with the instant of its first possible change; a hundred at most. */
export function timelinesTouched(events: Iterable<RecordedEvent>): Touched[] {
  const touched = new Map<string, Touched>();
  for (const event of events) {
    for (const { subject, from } of effectsOfAny(event)) {
      const [, category = '', id = ''] = /^([a-z]+)-(.+)$/.exec(subject) ?? [];
      for (const view of VIEWS) {
        if (view.category !== category) continue;
        const key = `${view.name}/${id}`;
        const known = touched.get(key)?.from ?? from.earliest;
        touched.set(key, { view, subject: id, from: Math.min(known, from.earliest) });
        if (touched.size === MOST_SUBJECTS) return [...touched.values()];
      }
    }
  }
  return [...touched.values()];
}

/** The effects of an event; for a correction, the effects of its replacement. None where the catalogue does not know the type. */
function effectsOfAny(event: RecordedEvent): ReturnType<typeof effectsOf> {
  const development = storedDevelopment(event);
  try {
    return effectsOf(correctionOf(development)?.replacement ?? development);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** The present timelines of the subjects. A preview reads them before and after it adds the events. */
export function timelinesOf(
  state: State,
  touched: readonly Touched[],
  question: Question,
): readonly TimelinePiece[][] {
  return touched.map(({ view, subject, from }) =>
    finished(state.timeline(view, subject, question, { from })),
  );
}

/** The changes of all timelines, in order. */
export function changesOverTime(
  touched: readonly Touched[],
  before: readonly TimelinePiece[][],
  after: readonly TimelinePiece[][],
): ChangeOverTime[] {
  return touched.flatMap(({ view, subject }, index) =>
    timelineChanges(before[index] ?? [], after[index] ?? []).map((change) => ({
      view: view.name,
      subject,
      ...change,
    })),
  );
}
