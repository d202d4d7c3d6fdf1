import { isSameJson } from '#json';
import type { Interruptible } from '#runtime';
import { EARLIEST, LATEST, type Instant, type Range } from '#time';
import type { EventId } from '#timeline';
import { isAboutNext } from '../changes/change-finder.js';
import type { BoundKind, BoundVersion, DueBounds } from '../sqlite/due-bounds.js';
import type { State } from '../state.js';
import type { StatedValue, View, ViewName } from '../view.js';

/** A value that changes at a scheduled change. */
export interface ScheduledValue {
  readonly aspect: string;
  /** Absent: there is no value before. */
  readonly before?: unknown;
  /** Absent: there is no value from then on. */
  readonly after?: unknown;
}

/**
 * An item of a schedule: a start, an end or a deadline that an event announced before its time. An item stays the same item when a correction moves
 * it to another time.
 */
export interface ScheduledChange {
  readonly eventId: EventId;
  readonly kind: BoundKind;
  readonly view: ViewName;
  readonly subject: string;
  /** The instants at which the item may be due; an open end is year 1 or 9999. */
  readonly range: Range;
  /** The values that change in this range and rest on the event. For a cancelled item, the values before it was cancelled. */
  readonly values: readonly ScheduledValue[];
  /** The sequence of the last event that altered the item. */
  readonly sequence: number;
  /** Whether the item is cancelled: its event was corrected or retracted, or something else holds instead. */
  readonly isCancelled: boolean;
}

/** The change at a bound, in the states up to a sequence. */
interface BoundChange {
  readonly range: Range;
  readonly values: readonly ScheduledValue[];
}

/**
 * The greatest number of events that are examined to find the event that altered an item last. If none of them altered the item, the oldest of them
 * counts.
 */
const MOST_EXAMINED = 64;

/**
 * Finds the items of one subject.
 *
 * A *bound* is the start or the end of an effect, or a deadline in it; corrections give it several versions. A bound is an item iff its event
 * announced it (`isAhead`) and, in the present log, the clock alone changes the state of the subject at one end of its range, where the value that
 * ends or the value that begins rests on the event. These are the changes that the timeline shows. (A deadline changes no value: it is an item while
 * its value is due.) To find the event that altered an item last, the item is also computed for the log before each of the last events (`changeAt`):
 * where the result differs, the event altered the item.
 */
export class SubjectSchedule {
  private readonly states = new Map<string, readonly StatedValue[]>();
  private versions: readonly BoundVersion[] = [];

  constructor(
    private readonly state: State,
    private readonly bounds: DueBounds,
    private readonly view: View,
    private readonly subject: string,
    private readonly asked: { readonly since: Instant; readonly upTo: number },
  ) {}

  *find(): Interruptible<ScheduledChange[]> {
    const { view, subject, asked } = this;
    const found: ScheduledChange[] = [];
    this.versions = this.bounds
      .versions(view.category, subject, asked.since)
      .filter(({ recorded }) => recorded.from <= asked.upTo);
    const byBound = new Map<string, BoundVersion[]>();
    for (const version of this.versions) {
      const key = `${version.eventId} ${version.kind}`;
      byBound.set(key, [...(byBound.get(key) ?? []), version]);
    }
    for (const [{ eventId, kind }, versions] of [...byBound.values()].map((all) => [all[0]!, all] as const)) {
      yield;
      if (!versions.some((version) => this.wasAnnounced(version))) continue;
      const altered = yield* this.altered(versions);
      if (altered) found.push({ eventId, kind, view: view.name, subject, ...altered });
    }
    return found;
  }

  private wasAnnounced({ range, reported }: BoundVersion): boolean {
    const at = range.latest < LATEST ? range.latest : range.earliest;
    return (
      at >= this.asked.since &&
      isAhead(range, reported) &&
      this.bounds.isDue(at, this.view.category, this.subject)
    );
  }

  private *altered(
    versions: readonly BoundVersion[],
  ): Interruptible<Pick<ScheduledChange, 'range' | 'values' | 'sequence' | 'isCancelled'> | undefined> {
    const { upTo } = this.asked;
    const now = this.changeAt(versions, upTo);
    const altering = this.bounds.altering(this.view.category, this.subject, {
      last: Math.max(...versions.map(({ range }) => range.latest)),
      upTo,
      most: MOST_EXAMINED,
    });
    for (const sequence of altering) {
      yield;
      const before = this.changeAt(versions, sequence - 1);
      if (now && !isSameJson(now, before)) return { ...now, sequence, isCancelled: false };
      if (!now && before) return { ...before, sequence, isCancelled: true };
    }
    return now && { ...now, sequence: altering.at(-1) ?? upTo, isCancelled: false };
  }

  /** The change at the bound, with events up to the sequence only; undefined where the bound changes nothing. */
  private changeAt(versions: readonly BoundVersion[], sequence: number): BoundChange | undefined {
    const current = versions.filter((version) => isCurrent(version, sequence));
    const [version] = current.sort(
      (a, b) => b.range.latest - a.range.latest || b.range.earliest - a.range.earliest,
    );
    if (version === undefined) return undefined;
    const values = version.kind === 'due' ? this.dueAt(version, sequence) : this.values(version, sequence);
    return values.length === 0 ? undefined : { range: version.range, values };
  }

  private values(version: BoundVersion, sequence: number): ScheduledValue[] {
    const steps = stepsOf(version.range);
    const aspects = new Set<string>();
    for (const step of steps) {
      for (const change of this.changesOf(step, sequence))
        if (restsOn(change, version) || this.isCausedBy(change, version, step, sequence))
          aspects.add(change.aspect);
    }
    const [first] = steps[0] ?? [];
    const [, last] = steps.at(-1) ?? [];
    if (first === undefined || last === undefined) return [];
    return [...aspects].sort().map((aspect) => {
      const before = valueIn(this.statedAt(first, sequence), aspect)?.value;
      const after = valueIn(this.statedAt(last, sequence), aspect)?.value;
      return { aspect, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    });
  }

  /** The value that is due just before its deadline; empty where the value is no longer due. */
  private dueAt({ eventId, aspect, range }: BoundVersion, sequence: number): ScheduledValue[] {
    const at = range.latest < LATEST ? range.latest : range.earliest;
    const stated = valueIn(this.statedAt(at - 1, sequence), aspect);
    return stated?.because.includes(eventId) === true ? [{ aspect, before: stated.value }] : [];
  }

  /**
   * Whether the event caused a change of a value that rests on other events, such as the events of the other side of a crossing. The event caused the
   * change if none of the other events has a bound at this instant.
   */
  private isCausedBy(change: StatedStep, { aspect }: BoundVersion, [, at]: Step, sequence: number): boolean {
    if (firstName(aspect) !== firstName(change.aspect)) return false;
    const others = this.versions.filter(
      (other) => isCurrent(other, sequence) && stepsOf(other.range).some(([, after]) => after === at),
    );
    return !others.some((other) => restsOn(change, other));
  }

  /** The aspects whose values differ before and after the step, without announcements of the next change. */
  private changesOf([from, to]: Step, sequence: number): StatedStep[] {
    const [earlier, later] = [this.statedAt(from, sequence), this.statedAt(to, sequence)];
    const aspects = new Set([...earlier, ...later].map(({ aspect }) => aspect));
    return [...aspects].flatMap((aspect) => {
      const [before, after] = [valueIn(earlier, aspect), valueIn(later, aspect)];
      if (isAboutNext(aspect) || isSameJson(comparable(before), comparable(after))) return [];
      return [{ aspect, before, after }];
    });
  }

  private statedAt(asOf: Instant, sequence: number): readonly StatedValue[] {
    const key = `${asOf} ${sequence}`;
    const known = this.states.get(key);
    if (known) return known;
    const item = this.state.item(this.view, this.subject, { asOf, recordedAt: sequence });
    const stated = item ? this.view.stated(item) : [];
    this.states.set(key, stated);
    return stated;
  }
}

/**
 * Whether a report is about the future: the instant is after the report in every world, or may be more than a day after it. A report of something
 * at a vague time of the same day announces nothing.
 */
export const isAhead = ({ earliest, latest }: Range, reported: Instant): boolean =>
  earliest > reported || latest > reported + LONGEST_DAY;

const LONGEST_DAY = 25 * 3_600_000;

/** The values of an aspect before and after a step. */
interface StatedStep {
  readonly aspect: string;
  readonly before: StatedValue | undefined;
  readonly after: StatedValue | undefined;
}

type Step = readonly [before: Instant, after: Instant];

/** The value to compare: a missing value and a certain `unknown` are equal. */
function comparable(stated: StatedValue | undefined): unknown {
  const { status, possible } = (stated?.value ?? {}) as {
    readonly status?: string;
    readonly possible?: unknown;
  };
  return stated === undefined || (status === 'unknown' && possible === undefined) ? null : stated.value;
}

/** Whether the value that ends, or the value that begins, rests on the event. */
const restsOn = ({ before, after }: StatedStep, { eventId, kind }: BoundVersion): boolean =>
  kind !== 'due' && (kind === 'from' ? after : before)?.because.includes(eventId) === true;

const isCurrent = ({ recorded: { from, until = Infinity } }: BoundVersion, sequence: number): boolean =>
  from <= sequence && sequence < until;

/** The first name of an aspect: `status` of `status/road`. */
const firstName = (aspect: string): string => aspect.split('/', 1)[0]!;

const valueIn = (stated: readonly StatedValue[], named: string): StatedValue | undefined =>
  stated.find(({ aspect }) => aspect === named);

/**
 * The pairs of instants to compare: around the earliest instant of the range, and around the latest. The first pair ends one millisecond after the
 * earliest instant: another effect may begin in the same millisecond, and is outranked only from the next millisecond on.
 */
function stepsOf({ earliest, latest }: Range): Step[] {
  const last = [latest - 1, latest] as const;
  if (earliest === latest) return [last];
  const first = [earliest - 1, Math.min(earliest + 1, latest)] as const;
  return [...(earliest > EARLIEST ? [first] : []), ...(latest < LATEST ? [last] : [])];
}
