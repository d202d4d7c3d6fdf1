import {
  beginningsOf,
  correctionOf,
  documentRead,
  MOST_SIMILAR,
  similarWarning,
  similarWithin,
  timeWarnings,
  type AcceptanceWarning,
  type Beginning,
  type Horizon,
  type IndexedBeginning,
  type NamedSubject,
  type Payload,
  type StoredDevelopment,
} from '#events';
import type { NewEvent, RecordedEvent } from '#log';
import type { Interruptible } from '#runtime';

/** A warning on one development of a batch; its pointer begins at that development. */
export interface IndexedWarning {
  readonly index: number;
  readonly warning: AcceptanceWarning;
}

/** A subject that a development of a batch names, and that seems not to be registered. */
export interface Missing {
  readonly index: number;
  readonly named: NamedSubject;
}

/** With this number of warnings, the rest of a batch is not checked. */
const ENOUGH_WARNINGS = 1_000;
/** The greatest number of aspects of one development that are looked up. */
const MOST_ASPECTS = 8;
/** The index of the first recorded event: recorded events come before the batch. */
const FIRST_RECORDED = -1_000_000;

/** The second look at one batch: its developments, and the warnings found so far. */
export class BatchLook {
  readonly ids: ReadonlySet<string>;
  /** Streams that the batch registers. */
  private readonly registering: ReadonlySet<string>;
  /** The beginnings of each event. */
  readonly beginnings: (readonly Beginning[])[] = [];
  missing: readonly Missing[] = [];
  /** The corrections whose target is not in the batch. */
  readonly corrections: { readonly index: number; readonly target: string }[] = [];
  private readonly batch: IndexedBeginning[] = [];
  /** The beginnings that were recorded before the batch; their indices are below 0. */
  private readonly recorded: IndexedBeginning[] = [];
  private readonly warnings = new Map<number, AcceptanceWarning[]>();
  private count = 0;
  /** Ids of similar events, by index. */
  private readonly similar = new Map<number, Set<string>>();
  /** Recorded reports that were looked up, by id. */
  private readonly reports = new Map<string, RecordedReport | undefined>();

  constructor(
    readonly events: readonly NewEvent[],
    private readonly horizon: Horizon,
    /** Whether the second look fails where the views cannot be read. */
    readonly needsViews: boolean,
  ) {
    this.ids = new Set(events.map(({ id }) => id));
    const registering = events.filter(({ type }) => type === 'subject.registered');
    this.registering = new Set(registering.map(({ stream }) => stream));
  }

  get isEnough(): boolean {
    return this.count >= ENOUGH_WARNINGS;
  }

  /** The reports of one cell and claimant, by the name of the group. */
  get groups(): ReadonlyMap<string, readonly IndexedBeginning[]> {
    const groups = new Map<string, IndexedBeginning[]>();
    for (const indexed of this.batch) {
      const earlier = groups.get(indexed.beginning.group);
      if (earlier) earlier.push(indexed);
      else groups.set(indexed.beginning.group, [indexed]);
    }
    return groups;
  }

  /** Checks the development alone. */
  add(index: number, development: StoredDevelopment): void {
    for (const warning of timeWarnings(development, this.horizon)) this.warn(index, warning);
    const target = correctionOf(development)?.target;
    if (target !== undefined && !this.ids.has(target)) this.corrections.push({ index, target });
    const beginnings = beginningsOf(development);
    this.beginnings.push(beginnings);
    for (const beginning of beginnings.slice(0, MOST_ASPECTS)) this.batch.push({ index, beginning });
  }

  /** Adds recorded events that the views may not have yet. */
  addRecorded(beginnings: readonly Beginning[]): void {
    for (const beginning of beginnings)
      if (!this.ids.has(beginning.about))
        this.recorded.push({ index: FIRST_RECORDED + this.recorded.length, beginning });
  }

  /** Whether the batch registers the subject, earlier or later. */
  registers({ kind, id }: NamedSubject): boolean {
    return this.registering.size > 0 && this.registering.has(`${kind}-${id}`);
  }

  warn(index: number, warning: AcceptanceWarning): void {
    this.count += 1;
    const earlier = this.warnings.get(index);
    if (earlier) earlier.push(warning);
    else this.warnings.set(index, [warning]);
  }

  addSimilar(index: number, event: string): void {
    const earlier = this.similar.get(index) ?? new Set();
    if (earlier.size === 0) this.count += 1;
    if (earlier.size < MOST_SIMILAR) this.similar.set(index, earlier.add(event));
  }

  async reportOf(
    id: string,
    find: () => Promise<RecordedEvent | undefined>,
  ): Promise<RecordedReport | undefined> {
    if (!this.reports.has(id)) {
      const event = await find();
      const { source } = (event?.payload ?? {}) as Partial<Payload>;
      this.reports.set(id, event && source && { type: event.type, document: documentRead(source) });
    }
    return this.reports.get(id);
  }

  /** All warnings, in order. */
  *finishing(): Interruptible<IndexedWarning[]> {
    for (const [index, others] of yield* similarWithin([...this.recorded, ...this.batch])) {
      for (const other of others) this.addSimilar(index, this.idAt(other));
      yield;
    }
    for (const [index, events] of this.similar) {
      if (index >= 0) this.warn(index, similarWarning('', [...events]));
      yield;
    }
    return [...this.warnings]
      .sort(([a], [b]) => a - b)
      .flatMap(([index, warnings]) => warnings.map((warning) => ({ index, warning })))
      .slice(0, ENOUGH_WARNINGS);
  }

  private idAt(index: number): string {
    if (index >= 0) return this.events[index]!.id;
    return this.recorded[index - FIRST_RECORDED]!.beginning.about;
  }
}

interface RecordedReport {
  readonly type: string;
  readonly document: string;
}
