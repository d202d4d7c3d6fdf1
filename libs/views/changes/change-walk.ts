import type { EventLog, RecordedEvent } from '#log';
import { publicFrom, type Payload } from '#events';
import { LATEST, type Instant } from '#time';
import { boundsBetween, clockSteps } from './clock-steps.js';
import type { DueReader } from '../sqlite/due-table.js';
import type { SubjectsOfStep, ChangeFinder, FoundChange, PartEnd } from './change-finder.js';
import { changeId, NO_LEAF, type ChangeIdText, type ChangePlace } from './change-id.js';
import { comparisonOf, eventStep, type ChangeStep, type EventFacts, type Point } from './staircase.js';

/** A change of the state of one value of one subject of a view. */
export interface ChangeOfState extends FoundChange {
  readonly id: ChangeIdText;
}

/** Some changes of a step, in order. */
export interface StepPart {
  readonly step: ChangeStep;
  readonly changes: readonly ChangeOfState[];
  /** The end of this part; absent in the last part of the step. */
  readonly end?: PartEnd;
}

interface CountedPart extends StepPart {
  /** The ordinal of the next change of the step. */
  readonly ordinal: number;
}

/** The selection of the steps of a walk. */
export interface StepFilter {
  /** The categories whose steps are selected; absent: all categories. */
  readonly categories?: readonly string[];
  readonly subjects?: readonly string[];
}

export interface WalkOptions {
  readonly filter?: StepFilter;
  readonly signal?: AbortSignal | undefined;
  /** Whether to yield the steps without selected changes too. */
  readonly every?: boolean;
}

/** The parts of the views that a walk needs, both of the present turn of the thread. */
export interface WalkedViews {
  readonly changes: ChangeFinder;
  readonly due: DueReader;
}

const EVENTS_AT_A_TIME = 64;
const MOST_EVENTS = 10_000;
/** The greatest number of changes in the parts that are remembered for other walks. */
const MOST_CHANGES = 20_000;
/** The parts that all walks together give before other work has its turn. */
const AT_A_TIME = 32;

/**
 * Walks up the staircase. A part of a step is computed once for all walks, in turns with other work, and remembered for a while. The log
 * and the views give the same changes for the same points, at any time and on any instance.
 */
export class ChangeWalk {
  private readonly events = new Map<number, EventFacts>();
  /** The least recently used part is first. */
  private readonly parts = new Map<string, { readonly part: Promise<CountedPart>; size: number }>();
  private size = 0;
  /** The parts given since other work had its turn. */
  private given = 0;

  constructor(
    private readonly log: Pick<EventLog, 'history' | 'turns'>,
    private readonly views: WalkedViews,
    /** Gives the first digits of the leaf hash of an event. */
    private readonly leafOf: (event: RecordedEvent) => string,
  ) {}

  /**
   * All changes after a place, up to a point. The log and the views must have the event of the point, and no further event may be recorded
   * before the point. Returns the point that the walk has reached. Rejects with LogError, ViewsError, or the reason of the signal.
   */
  async *through(
    from: ChangePlace,
    to: Point,
    options: WalkOptions = {},
  ): AsyncGenerator<StepPart, Point, void> {
    let { sequence, at } = from;
    if (from.ordinal !== undefined) yield* this.rest(from, from.ordinal);
    const clock = async function* (walk: ChangeWalk, until: Instant): AsyncGenerator<StepPart, void, void> {
      const steps = clockSteps(() => walk.views.due, { sequence, at }, until);
      for (const step of steps) yield* walk.step(step, options);
      at = Math.max(at, until);
    };
    // The step of the next event is at the instant of its recording, also where the point `to` is earlier.
    const until = sequence < to.sequence ? LATEST : to.at;
    const stair = sequence === 0 ? at : Math.min(until, await this.recordedAt(sequence));
    if (at < stair) {
      yield* this.clockBelow({ sequence, at }, stair, options);
      at = stair;
    }
    while (sequence < to.sequence) {
      for (const event of await this.eventsAfter(sequence, to.sequence, options.signal)) {
        yield* clock(this, event.recordedAt);
        sequence = event.sequence;
        yield* this.step(eventStep(event, at), options);
      }
    }
    yield* clock(this, to.at);
    return { sequence, at };
  }

  /**
   * The changes by the clock alone after a point, up to an instant, also for a point below the staircase. The table `due` lacks the bounds that are
   * earlier than the recording of their event, so all effects are read.
   */
  async *clockBelow(
    { sequence, at }: Point,
    until: Instant,
    options: WalkOptions = {},
  ): AsyncGenerator<StepPart, void, void> {
    for (let from = at; from < until;) {
      const computation = boundsBetween(() => this.views.due, from, until);
      const bounds = await this.log.turns.finish(computation, { lane: 'streams', signal: options.signal });
      for (const instant of bounds.instants) {
        yield* this.step({ kind: 'clock', sequence, at: instant }, options, bounds.subjectsAt(instant));
      }
      from = bounds.until;
    }
  }

  /** The digits of the leaf hash of an event that the log has. */
  async leafAt(sequence: number): Promise<string> {
    return sequence === 0 ? NO_LEAF : (await this.eventAt(sequence)).leaf;
  }

  /** When an event that the log has was recorded. */
  async recordedAt(sequence: number): Promise<Instant> {
    return (await this.eventAt(sequence)).recordedAt;
  }

  /** The changes of the step of a place, after its ordinal. */
  private async *rest(place: ChangePlace, ordinal: number): AsyncGenerator<StepPart, void, void> {
    const event = place.sequence > 0 ? await this.eventAt(place.sequence) : undefined;
    const isEvent = event !== undefined && (place.isLate === true || event.recordedAt === place.at);
    const step: ChangeStep = isEvent
      ? eventStep(event, place.at)
      : { kind: 'clock', sequence: place.sequence, at: place.at };
    let first = 0;
    for await (const { changes } of this.step(step, {})) {
      const left = changes.slice(Math.max(0, ordinal + 1 - first));
      first += changes.length;
      if (left.length > 0) yield { step, changes: left };
    }
  }

  private async *step(
    step: ChangeStep,
    { filter = {}, signal, every = false }: WalkOptions,
    subjectsOf?: SubjectsOfStep,
  ): AsyncGenerator<StepPart, void, void> {
    if (subjectsOf === undefined && !this.concerns(step, filter)) {
      if (!every) return;
      yield { step, changes: [] };
      await this.giveWay(signal);
      return;
    }
    for (let at: Pick<CountedPart, 'ordinal' | 'end'> = { ordinal: 0 }; ;) {
      signal?.throwIfAborted();
      const part = await this.part(step, at, subjectsOf);
      yield part;
      await this.giveWay(signal);
      if (part.end === undefined) return;
      at = part;
    }
  }

  /** Gives other work its turn. Otherwise many walks through remembered parts would be one long task. */
  private giveWay(signal: AbortSignal | undefined): Promise<void> | undefined {
    this.given += 1;
    if (this.given < AT_A_TIME) return undefined;
    return this.log.turns.run(
      async () => {
        this.given = 0;
      },
      { lane: 'streams', signal },
    );
  }

  /** Whether the step may change a selected subject. The ordinals count the other changes too, so a step is selected whole or not at all. */
  private concerns(step: ChangeStep, { categories, subjects }: StepFilter): boolean {
    if (categories === undefined) return true;
    const { due } = this.views;
    return categories.some((category) => due.concerns(step, category, subjects));
  }

  private part(
    step: ChangeStep,
    at: Pick<CountedPart, 'ordinal' | 'end'>,
    subjectsOf: SubjectsOfStep | undefined,
  ): Promise<CountedPart> {
    if (subjectsOf !== undefined) return this.compute(step, at, subjectsOf);
    const key = `${step.kind} ${step.sequence} ${step.at} ${at.ordinal} ${at.end?.view} ${at.end?.subject}`;
    const known = this.parts.get(key);
    if (known !== undefined) {
      this.parts.delete(key);
      this.parts.set(key, known);
      return known.part;
    }
    const entry = { part: this.compute(step, at, undefined), size: 1 };
    this.keep(key, entry);
    entry.part.then(
      ({ changes }) => this.grow(key, entry, changes.length),
      () => this.forget(key, entry),
    );
    return entry.part;
  }

  private async compute(
    step: ChangeStep,
    at: Pick<CountedPart, 'ordinal' | 'end'>,
    subjectsOf: SubjectsOfStep | undefined,
  ): Promise<CountedPart> {
    const leaf = await this.leafAt(step.sequence);
    const computation = this.views.changes.part(
      comparisonOf(step),
      subjectsOf ?? this.subjectsOfStep(step),
      at.end,
    );
    const { found, end } = await this.log.turns.finish(computation, { lane: 'streams' });
    const changes = found.map((change, index) => ({
      id: changeId(step, at.ordinal + index, leaf),
      ...change,
    }));
    return { step, changes, ordinal: at.ordinal + changes.length, ...(end && { end }) };
  }

  private subjectsOfStep(step: ChangeStep): SubjectsOfStep {
    return (category, after, most) => {
      const { due } = this.views;
      if (step.kind === 'event') return due.touched(step.sequence, category, after, most);
      return due.subjects(step.at, category, after, most).map((subject) => ({ subject }));
    };
  }

  private keep(key: string, entry: { part: Promise<CountedPart>; size: number }): void {
    this.parts.set(key, entry);
    this.size += entry.size;
    for (const [oldest, least] of this.parts) {
      if (this.size <= MOST_CHANGES || oldest === key) break;
      this.forget(oldest, least);
    }
  }

  private grow(key: string, entry: { size: number }, by: number): void {
    if (this.parts.get(key) !== entry) return;
    entry.size += by;
    this.size += by;
  }

  private forget(key: string, entry: { readonly size: number }): void {
    if (this.parts.get(key) !== entry) return;
    this.parts.delete(key);
    this.size -= entry.size;
  }

  private async eventAt(sequence: number): Promise<EventFacts> {
    const known = this.events.get(sequence);
    if (known) return known;
    const [found] = await this.eventsAfter(sequence - 1, sequence);
    if (!found) throw new RangeError(`The log has no event @${sequence}.`);
    return found;
  }

  /** Some of the next events. */
  private async eventsAfter(
    sequence: number,
    through: number,
    signal?: AbortSignal,
  ): Promise<readonly EventFacts[]> {
    const found: EventFacts[] = [];
    for (let next = this.events.get(sequence + 1); next && next.sequence <= through;) {
      found.push(next);
      next = this.events.get(next.sequence + 1);
    }
    if (found.length > 0) return found;
    await this.log.history(
      { after: sequence, through: Math.min(through, sequence + EVENTS_AT_A_TIME), signal },
      ({ events }) => void found.push(...events.map((event) => this.factsOf(event))),
    );
    return found;
  }

  private factsOf(event: RecordedEvent): EventFacts {
    const { sequence, id, recordedAt } = event;
    const reported = publicFrom(event.payload as Payload);
    const facts = { sequence, id, recordedAt, reported, leaf: this.leafOf(event) };
    if (this.events.size >= MOST_EVENTS) this.events.clear();
    this.events.set(sequence, facts);
    return facts;
  }
}
