import { isSameJson } from '#json';
import type { Pieces } from '#runtime';
import { EARLIEST, LATEST, type Instant, type Range } from '#time';
import type { EventId } from '#timeline';
import { isAboutNext } from '../changes/change-finder.js';
import type { BoundKind, BoundVersion, DueBounds } from '../sqlite/due-bounds.js';
import type { DueReader, DueSubject } from '../sqlite/due-table.js';
import { VIEWS, type State } from '../state.js';
import type { StatedValue, View, ViewName } from '../view.js';

/** A value that is to become different. */
export interface ScheduledValue {
  readonly aspect: string;
  /** Absent: there is none before. */
  readonly before?: unknown;
  /** Absent: there is none from then on. */
  readonly after?: unknown;
}

/**
 * What is due: an event that announced, before its time, that something of a subject begins or is over. It stays the same item when a correction
 * moves it; `sequence` is that of the last event that altered it.
 */
export interface ScheduledChange {
  readonly eventId: EventId;
  readonly kind: BoundKind;
  readonly view: ViewName;
  readonly subject: string;
  /** When; an open end is year 1 or 9999. */
  readonly range: Range;
  /** The values that change in this range and rest on the event. Of a cancelled one, those of the last time that it was not. */
  readonly values: readonly ScheduledValue[];
  readonly sequence: number;
  /** It was taken back, or something else holds instead. */
  readonly isCancelled: boolean;
}

/** What is asked for. */
export interface ScheduleAsked {
  /** From this instant on. */
  readonly since: Instant;
  /** Comes first; what was due between `since` and now comes after what is to come. */
  readonly now: Instant;
  /** The views know the log up to it. */
  readonly upTo: number;
  readonly concerns: (view: ViewName, subject: string) => boolean;
  /** At most about so many: those that are due first. */
  readonly most: number;
}

/** What a bound did to the state, as the log said at a sequence. */
interface Told {
  readonly range: Range;
  readonly values: readonly ScheduledValue[];
}

const AT_ONCE = 256;
/** Events that are looked through for the one that altered an item last. Behind them, the oldest of them counts. */
const MOST_LOOKED_AT = 64;
const VIEW_OF = new Map(VIEWS.map((view) => [view.category, view]));

/**
 * Finds what is due. A bound counts iff, as the log is, the clock alone changes the state at one of its ends, and the value that ends or the
 * one that begins rests on its event: these are the changes that the timelines say.
 */
export class Schedule {
  constructor(
    private readonly state: State,
    private readonly due: DueReader,
  ) {}

  /** In no order. Yields after each step. */
  *find(asked: ScheduleAsked): Pieces<{ readonly found: ScheduledChange[]; readonly isWhole: boolean }> {
    const found: ScheduledChange[] = [];
    const seen = new Set<string>();
    const stretches: readonly (readonly [Instant, Instant])[] = [
      [asked.now, LATEST],
      [asked.since, asked.now],
    ];
    for (const [from, before] of stretches) {
      for (let last: DueSubject = { at: from, category: '', subject: '' }; ;) {
        const due = this.due.behind(last, before - 1, AT_ONCE);
        yield;
        for (const one of due) {
          const { category, subject } = one;
          last = one;
          const view = VIEW_OF.get(category);
          const key = `${category} ${subject}`;
          if (view === undefined || seen.has(key) || !asked.concerns(view.name, subject)) continue;
          seen.add(key);
          found.push(
            ...(yield* new SubjectSchedule(this.state, this.due.bounds, view, subject, asked).find()),
          );
          if (found.length >= asked.most) return { found, isWhole: false };
        }
        if (due.length < AT_ONCE) break;
      }
    }
    return { found, isWhole: true };
  }
}

/** What is due of a subject. */
class SubjectSchedule {
  private readonly states = new Map<string, readonly StatedValue[]>();
  private versions: readonly BoundVersion[] = [];

  constructor(
    private readonly state: State,
    private readonly bounds: DueBounds,
    private readonly view: View,
    private readonly subject: string,
    private readonly asked: ScheduleAsked,
  ) {}

  *find(): Pieces<ScheduledChange[]> {
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
  ): Pieces<Pick<ScheduledChange, 'range' | 'values' | 'sequence' | 'isCancelled'> | undefined> {
    const { upTo } = this.asked;
    const now = this.told(versions, upTo);
    const altering = this.bounds.altering(this.view.category, this.subject, {
      last: Math.max(...versions.map(({ range }) => range.latest)),
      upTo,
      most: MOST_LOOKED_AT,
    });
    for (const sequence of altering) {
      yield;
      const before = this.told(versions, sequence - 1);
      if (now && !isSameJson(now, before)) return { ...now, sequence, isCancelled: false };
      if (!now && before) return { ...before, sequence, isCancelled: true };
    }
    return now && { ...now, sequence: altering.at(-1) ?? upTo, isCancelled: false };
  }

  /** Undefined: as the log was, nothing changed by it. */
  private told(versions: readonly BoundVersion[], sequence: number): Told | undefined {
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
        if (restsOn(change, version) || this.isByIt(change, version, step, sequence))
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

  /** The value that is still due just before its deadline; empty if it is not due any more. */
  private dueAt({ eventId, aspect, range }: BoundVersion, sequence: number): ScheduledValue[] {
    const at = range.latest < LATEST ? range.latest : range.earliest;
    const stated = valueIn(this.statedAt(at - 1, sequence), aspect);
    return stated?.because.includes(eventId) === true ? [{ aspect, before: stated.value }] : [];
  }

  /**
   * The value rests on other events, such as those of the other side of a crossing. If none of them has a bound at this instant, this event caused
   * the change.
   */
  private isByIt(change: StatedStep, { aspect }: BoundVersion, [, at]: Step, sequence: number): boolean {
    if (firstName(aspect) !== firstName(change.aspect)) return false;
    const others = this.versions.filter(
      (other) => isCurrent(other, sequence) && stepsOf(other.range).some(([, after]) => after === at),
    );
    return !others.some((other) => restsOn(change, other));
  }

  /** What is said before and after, where that differs. */
  private changesOf([from, to]: Step, sequence: number): StatedStep[] {
    const [earlier, later] = [this.statedAt(from, sequence), this.statedAt(to, sequence)];
    const aspects = new Set([...earlier, ...later].map(({ aspect }) => aspect));
    return [...aspects].flatMap((aspect) => {
      const [before, after] = [valueIn(earlier, aspect), valueIn(later, aspect)];
      if (isAboutNext(aspect) || isSameJson(saidIn(before), saidIn(after))) return [];
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
 * Whether a report tells of something that is to come: it cannot have begun, or it may be another day. What happened some time today was no
 * appointment.
 */
export const isAhead = ({ earliest, latest }: Range, reported: Instant): boolean =>
  earliest > reported || latest > reported + LONGEST_DAY;

const LONGEST_DAY = 25 * 3_600_000;

/** What is said of an aspect, and what is said next. */
interface StatedStep {
  readonly aspect: string;
  readonly before: StatedValue | undefined;
  readonly after: StatedValue | undefined;
}

type Step = readonly [before: Instant, after: Instant];

/** A missing value and a plain `unknown` count as the same. */
function saidIn(stated: StatedValue | undefined): unknown {
  const { status, possible } = (stated?.value ?? {}) as {
    readonly status?: string;
    readonly possible?: unknown;
  };
  return stated === undefined || (status === 'unknown' && possible === undefined) ? null : stated.value;
}

/** Whether the value that ends, or the one that begins, rests on the event. */
const restsOn = ({ before, after }: StatedStep, { eventId, kind }: BoundVersion): boolean =>
  kind !== 'due' && (kind === 'from' ? after : before)?.because.includes(eventId) === true;

const isCurrent = ({ recorded: { from, until = Infinity } }: BoundVersion, sequence: number): boolean =>
  from <= sequence && sequence < until;

/** `status` of `status/road`. */
const firstName = (aspect: string): string => aspect.split('/', 1)[0]!;

const valueIn = (stated: readonly StatedValue[], named: string): StatedValue | undefined =>
  stated.find(({ aspect }) => aspect === named);

/** The instants to compare. At the start of a range another effect may begin in the same millisecond: it is outranked from the next one on. */
function stepsOf({ earliest, latest }: Range): Step[] {
  const last = [latest - 1, latest] as const;
  if (earliest === latest) return [last];
  const first = [earliest - 1, Math.min(earliest + 1, latest)] as const;
  return [...(earliest > EARLIEST ? [first] : []), ...(latest < LATEST ? [last] : [])];
}
