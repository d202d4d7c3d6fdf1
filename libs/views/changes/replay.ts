import { correctionOf, publicFrom, storedDevelopment, subjectNamed } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import { SharedWork } from '#runtime';
import { type Instant, MS_PER_DAY, parseInstant } from '#time';
import type { Question } from '../question.js';
import {
  ascending,
  boundsBetween,
  reportedBounds,
  validBounds,
  type BoundsOfEffects,
  type ScannedBounds,
} from './clock-steps.js';
import type { SubjectsOfStep, FoundChange, PartEnd } from './change-finder.js';
import type { ChangeWalk, StepFilter, WalkedViews } from './change-walk.js';
import { isAfter, type ReplayAxis, type ReplayPlace } from './replay-place.js';
import type { Comparison } from './staircase.js';

export interface ReplayAsked {
  readonly axis: ReplayAxis;
  /** The last sequence of the log that the replay takes into account. */
  readonly through: number;
  /** The first and the last instant of the replay, both included. */
  readonly from: Instant;
  readonly to: Instant;
  /** Only messages after this place. */
  readonly after?: ReplayPlace | undefined;
  readonly filter?: StepFilter;
  readonly signal?: AbortSignal | undefined;
}

/** A development or a change, at its place in the replay. */
export type ReplayItem = Omit<ReplayPlace, 'leaf'> &
  ({ readonly event: RecordedEvent } | { readonly change: FoundChange });

/** The place of an event on the axis. */
interface Placed {
  readonly at: Instant;
  readonly sequence: number;
  readonly id: string;
}

interface PlacedEvents {
  readonly byInstant: ReadonlyMap<Instant, Placed[]>;
  /** The instants of the events, in order, each once. */
  readonly instants: Float64Array;
  readonly until: Instant;
}

/** The instants after `after`, up to `to`. */
interface ScannedRange {
  readonly after: Instant;
  readonly to: Instant;
}

/** All that was recorded when the scan began. Each part is complete up to its `until`. */
interface Scan {
  readonly bounds: ScannedBounds;
  /** On the axis of reports. */
  readonly reports: ScannedBounds | undefined;
  readonly events: PlacedEvents;
}

const MOST_EVENTS = 200_000;

/** Replays history: its developments, and the changes by them and by the clock, instant by instant. */
export class Replay {
  private readonly scans = new SharedWork<Scan>();

  constructor(
    private readonly log: Pick<EventLog, 'history' | 'read' | 'turns' | 'sequenceAt'>,
    private readonly views: WalkedViews,
    private readonly walk: ChangeWalk,
  ) {}

  /** The items, in order. The views must have the sequence `through`. Rejects with LogError, ViewsError, or the reason of the signal. */
  async *items(asked: ReplayAsked): AsyncGenerator<ReplayItem, void, void> {
    const { after } = asked;
    const begun = { ...asked, from: after ? Math.max(asked.from, after.at) : asked.from };
    const items = asked.axis === 'recorded' ? this.recorded(begun) : this.scanned(begun);
    for await (const item of items) if (!after || isAfter(item, after)) yield item;
  }

  private async *recorded(asked: ReplayAsked): AsyncGenerator<ReplayItem, void, void> {
    const { axis, through, from, to, filter, signal } = asked;
    const upTo = async (at: Instant) => Math.min(through, await this.log.sequenceAt(at));
    const start = { sequence: await upTo(from - 1), at: from - 1 };
    const end = { sequence: await upTo(to), at: to };
    const events = this.log.read({ after: start.sequence })[Symbol.asyncIterator]();
    let last = '';
    let ordinal = 0;
    const walked = this.walk.through(start, end, { signal, every: true, ...(filter && { filter }) });
    for await (const { step, changes } of walked) {
      const kind = step.kind === 'clock' ? 'b' : `e${step.sequence}`;
      const place = { axis, through, at: step.at, kind };
      if (last !== `${step.at} ${kind}`) {
        last = `${step.at} ${kind}`;
        ordinal = 0;
        const event = step.kind === 'event' ? ((await events.next()).value as RecordedEvent) : undefined;
        if (event && isAskedFor(event, filter)) yield { ...place, ordinal, event };
        if (event) ordinal += 1;
      }
      for (const change of changes) yield { ...place, ordinal: ordinal++, change };
    }
  }

  /** On the valid and the reported axis: a scan of all effects and events gives the instants, as many at a time as fit in memory. */
  private async *scanned(asked: ReplayAsked): AsyncGenerator<ReplayItem, void, void> {
    for (let done = asked.from - 1; done < asked.to;) {
      const { bounds, reports, events } = await this.scan(asked, done);
      const until = Math.min(bounds.until, reports?.until ?? asked.to, events.until, asked.to);
      for (const at of merged([bounds.instants, reports?.instants ?? [], events.instants])) {
        if (at > until) break;
        const there = (events.byInstant.get(at) ?? []).filter(({ sequence }) => sequence <= asked.through);
        if (reports) yield* this.reportedAt(asked, at, there, bounds, reports);
        else yield* this.validAt(asked, at, there, bounds);
      }
      done = until;
    }
  }

  private async *validAt(
    asked: ReplayAsked,
    at: Instant,
    events: readonly Placed[],
    bounds: ScannedBounds,
  ): AsyncGenerator<ReplayItem, void, void> {
    yield* this.developments(asked, at, events);
    const after = { asOf: at, recordedAt: asked.through };
    const compared = clockMoved(after, at);
    yield* this.changes(asked, compared, 'b', bounds.subjectsAt(at));
  }

  /** First the clock moves, then the reports of the instant become known. */
  private async *reportedAt(
    asked: ReplayAsked,
    at: Instant,
    events: readonly Placed[],
    bounds: ScannedBounds,
    reports: ScannedBounds,
  ): AsyncGenerator<ReplayItem, void, void> {
    const before = { asOf: at, knownAt: at - 1, recordedAt: asked.through };
    yield* this.changes(asked, clockMoved(before, at), 'b', bounds.subjectsAt(at));
    yield* this.developments(asked, at, events);
    const [only] = events;
    const by = events.length === 1 && only ? { by: only.id } : {};
    const compared: Comparison = {
      ...{ before, after: { ...before, knownAt: at }, at, cause: 'event', reported: at },
      ...by,
    };
    yield* this.changes(asked, compared, 'r', reports.subjectsAt(at));
  }

  private async *developments(
    { axis, through, filter }: ReplayAsked,
    at: Instant,
    events: readonly Placed[],
  ): AsyncGenerator<ReplayItem, void, void> {
    for (const [ordinal, { sequence }] of events.entries()) {
      for await (const event of this.log.read({ after: sequence - 1, limit: 1 }))
        if (isAskedFor(event, filter)) yield { axis, through, at, kind: 'd', ordinal, event };
    }
  }

  private async *changes(
    { axis, through, filter, signal }: ReplayAsked,
    compared: Comparison,
    kind: string,
    subjectsOf: SubjectsOfStep,
  ): AsyncGenerator<ReplayItem, void, void> {
    if (!concerns(subjectsOf, filter)) return;
    let ordinal = 0;
    for (let end: PartEnd | undefined; ;) {
      const computation = this.views.changes.part(compared, subjectsOf, end);
      const part = await this.log.turns.finish(computation, { lane: 'streams', signal });
      for (const change of part.found)
        yield { axis, through, at: compared.at, kind, ordinal: ordinal++, change };
      if (part.end === undefined) return;
      ({ end } = part);
    }
  }

  /**
   * The scan of a range. Replays that begin together share it, because a scan takes long and its result takes much memory. For this, a scan covers all
   * events that are recorded when it begins, and ends at the end of a day.
   */
  private scan({ axis, to, signal }: ReplayAsked, after: Instant): Promise<Scan> {
    const day = Math.ceil(to / MS_PER_DAY) * MS_PER_DAY;
    const range = { after, to: Number.isSafeInteger(day) ? day : to };
    return this.scans.next(
      `${axis} ${range.after} ${range.to}`,
      (of) => this.scanOf(axis, range, of),
      signal,
    );
  }

  private async scanOf(axis: ReplayAxis, range: ScannedRange, signal: AbortSignal): Promise<Scan> {
    const bounds = await this.bounds(range, validBounds, signal);
    const reports = axis === 'reported' ? await this.bounds(range, reportedBounds, signal) : undefined;
    return { bounds, reports, events: await this.placed(axis, range, signal) };
  }

  private bounds(
    { after, to }: ScannedRange,
    read: BoundsOfEffects,
    signal: AbortSignal,
  ): Promise<ScannedBounds> {
    const computation = boundsBetween(() => this.views.due, after, to, read);
    return this.log.turns.finish(computation, { lane: 'streams', signal });
  }

  /**
   * The events after an instant of the axis, by instant: on the valid axis in the order of the log, on the reported axis in the order of their ids.
   * Complete up to `until`.
   */
  private async placed(
    axis: ReplayAxis,
    { after, to }: ScannedRange,
    signal: AbortSignal,
  ): Promise<PlacedEvents> {
    const byInstant = new Map<Instant, Placed[]>();
    let count = 0;
    let until = to;
    await this.log.history({ signal }, ({ events }) => {
      for (const event of events) {
        const at = instantOf(event, axis);
        if (at === undefined || at <= after || at > until) continue;
        count += 1;
        const placed = { at, sequence: event.sequence, id: event.id };
        const there = byInstant.get(at);
        if (there) there.push(placed);
        else byInstant.set(at, [placed]);
      }
      if (count <= MOST_EVENTS) return;
      count = 0;
      for (const at of ascending(byInstant.keys())) {
        if (count > 0 && at > until) byInstant.delete(at);
        else count += byInstant.get(at)!.length;
        if (count > MOST_EVENTS >>> 1) until = Math.min(until, at);
      }
    });
    if (axis === 'reported') for (const there of byInstant.values()) if (there.length > 1) there.sort(byId);
    return { byInstant, instants: ascending(byInstant.keys()), until };
  }
}

/** The values of ascending lists, in order, each once. */
function* merged(lists: readonly ArrayLike<number>[]): Generator<number, void, void> {
  const next = lists.map(() => 0);
  for (;;) {
    const least = Math.min(...lists.map((list, n) => list[next[n]!] ?? Infinity));
    if (least === Infinity) return;
    yield least;
    for (const [n, list] of lists.entries()) if (list[next[n]!] === least) next[n]! += 1;
  }
}

const byId = (a: Placed, b: Placed): number => (a.id < b.id ? -1 : 1);

function clockMoved(after: Question, at: Instant): Comparison {
  return { before: { ...after, asOf: at - 1 }, after, at, cause: 'clock' };
}

/** The instant of an event on the axis. Undefined on the valid axis for a correction, because a correction says nothing about the world itself. */
function instantOf(event: RecordedEvent, axis: ReplayAxis): Instant | undefined {
  const development = storedDevelopment(event);
  const { payload } = development;
  if (axis === 'reported') return publicFrom(payload);
  if (correctionOf(development)) return undefined;
  return payload.occurred ? parseInstant(payload.occurred.earliest) : publicFrom(payload);
}

function isAskedFor({ stream }: RecordedEvent, { categories, subjects }: StepFilter = {}): boolean {
  const { category, id } = subjectNamed(stream);
  return (categories?.includes(category) ?? true) && (subjects?.includes(id) ?? true);
}

/**
 * Whether an instant is selected: some selected subject may change. The ordinals count the other changes too, so an instant is selected whole or not
 * at all.
 */
function concerns(subjectsOf: SubjectsOfStep, { categories, subjects }: StepFilter = {}): boolean {
  if (categories === undefined) return true;
  return categories.some((category) =>
    subjectsOf(category, '', Infinity).some(({ subject }) => subjects?.includes(subject) ?? true),
  );
}
