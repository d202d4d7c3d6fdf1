import { Inject, Injectable } from '@nestjs/common';
import {
  areSimilar,
  horizonAt,
  subjectsNamed,
  unknownTargetWarning,
  unregisteredWarning,
  type Beginning,
  type IndexedBeginning,
  type StoredDevelopment,
} from '#events';
import { diskReasonOf, LogError, type Appended, type EventLog, type NewEvent } from '#log';
import type { Interruptible, Runtime } from '#runtime';
import { Views, ViewsError, type RecordedBeginning } from '#views';
import { EVENT_LOG, RUNTIME } from '../provided.js';
import { BatchLook, type IndexedWarning, type Missing } from './batch-look.js';
import { givingTurns, inTurns } from './in-turns.js';
import { RecentReports } from './recent-reports.js';
import { RegisteredSubjects } from './registered-subjects.js';

export interface LookOptions {
  /** Whether the sender may read. */
  readonly mayRead: boolean;
  /** Wait until the views have all events up to this sequence, and throw where they do not. */
  readonly need?: number;
}

/** Effects that are read for one development, and for all developments of a batch in one cell. */
const MOST_READ = 64;
const MOST_READ_TOGETHER = 1_024;
/** Recorded events that are compared with one development. */
const MOST_COMPARED = 10;
/** Milliseconds of a wait for the views: before a subject is called unregistered, and where the request is strict. */
const SHORT_WAIT_MS = 1_000;
const LONG_WAIT_MS = 5_000;

/**
 * Finds probable mistakes in accepted developments (docs/adr/0038-a-second-look.md). It reads the views, and refuses nothing. Linear in the
 * batch, and bounded for a log of any length.
 */
@Injectable()
export class SecondLook {
  private readonly recent: RecentReports;
  private readonly registered: RegisteredSubjects;

  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {
    this.recent = new RecentReports(runtime);
    this.registered = new RegisteredSubjects(runtime, () => views.secondLook);
  }

  /**
   * The second look at a batch, before it is recorded: the views do not have the batch yet, so most queries find nothing, and end soon.
   * Throws ViewsError where it needs the views and they are behind.
   */
  async at(events: readonly NewEvent[], { mayRead, need }: LookOptions): Promise<BatchLook> {
    const look = new BatchLook(events, horizonAt(this.runtime.now()), need !== undefined);
    await inTurns(this.log, events.length, addAll(look));
    if (look.corrections.length > 0) await attempt(look, () => this.warnOfTargets(look));
    if (mayRead) await attempt(look, () => this.lookUp(look, need));
    return look;
  }

  /** All warnings. `before`: the sequence of the last event before the batch. No subject is called unregistered until the views have that sequence. */
  async warnings(look: BatchLook, before: number): Promise<readonly IndexedWarning[]> {
    if (look.missing.length > 0 && !look.isEnough)
      await attempt(look, () => this.warnOfMissing(look, before));
    return inTurns(this.log, look.events.length, look.finishing());
  }

  /** Remembers these events for the next second look, before the views have them. */
  wasRecorded({ beginnings }: BatchLook, appended: readonly Appended[]): void {
    this.recent.add(beginnings, appended);
  }

  private async lookUp(look: BatchLook, need: number | undefined): Promise<void> {
    if (need !== undefined) await this.views.need(need, { timeout: LONG_WAIT_MS });
    const { length } = look.events;
    const near = await inTurns(this.log, length, this.found(look));
    if (near.length > 0)
      for await (const one of givingTurns(this.runtime, near)) {
        if (look.isEnough) return;
        await this.compare(look, one);
      }
  }

  private *found(look: BatchLook): Interruptible<readonly Near[]> {
    const near = yield* this.near(look);
    look.missing = yield* this.missing(look);
    return near;
  }

  /** Corrections of events that the log does not have: mostly a mistaken id. */
  private async warnOfTargets(look: BatchLook): Promise<void> {
    for await (const { index, target } of givingTurns(this.runtime, look.corrections)) {
      if (look.isEnough) return;
      if (!(await this.log.find(target))) look.warn(index, unknownTargetWarning(target));
    }
  }

  private async warnOfMissing(look: BatchLook, before: number): Promise<void> {
    if (await this.views.reached(before, { timeout: SHORT_WAIT_MS }))
      await inTurns(this.log, look.missing.length, this.warnOf(look));
  }

  private *warnOf(look: BatchLook): Interruptible<void> {
    for (const { index, named } of look.missing) {
      if (this.registered.has(named)) continue;
      look.warn(index, unregisteredWarning(named, this.registered.nearest(named)));
      if (look.isEnough) return;
      yield;
    }
  }

  /** The subjects that are registered neither in the views nor in the batch. */
  private *missing(look: BatchLook): Interruptible<readonly Missing[]> {
    this.registered.refresh();
    const missing: Missing[] = [];
    for (const [index, event] of look.events.entries()) {
      for (const named of subjectsNamed(event as NewEvent & StoredDevelopment))
        if (!look.registers(named) && !this.registered.has(named)) missing.push({ index, named });
      yield;
    }
    return missing;
  }

  /** The recorded effects that may be similar to the effects of the batch. One query for all beginnings of a batch in one cell. */
  private *near(look: BatchLook): Interruptible<readonly Near[]> {
    const near: Near[] = [];
    for (const [name, group] of look.groups) {
      look.addRecorded(this.recent.after(this.views.sequence, name));
      const [{ beginning: first }] = group as [IndexedBeginning];
      const together = {
        earliest: Math.min(...group.map(({ beginning }) => beginning.from.earliest)),
        latest: Math.max(...group.map(({ beginning }) => beginning.from.latest)),
      };
      const most = Math.min(group.length * MOST_READ, MOST_READ_TOGETHER);
      const { found, all } = this.views.secondLook.beginningIn(first, together, most);
      const isRead = all || group.length === 1;
      if (found.length > 0 || !all)
        for (const indexed of group) {
          near.push({
            index: indexed.index,
            beginning: indexed.beginning,
            recorded: isRead ? found : this.readOne(indexed.beginning),
          });
          yield;
        }
      yield;
    }
    return near;
  }

  private readOne(beginning: Beginning): readonly RecordedBeginning[] {
    return this.views.secondLook.beginningIn(beginning, beginning.from, MOST_READ).found;
  }

  private async compare(look: BatchLook, { index, beginning, recorded }: Near): Promise<void> {
    const { about, from } = beginning;
    let compared = 0;
    for (const { event, earliest, latest, value, because } of recorded) {
      if (earliest > from.latest || latest < from.earliest || look.ids.has(event)) continue;
      if (because?.includes(`"${about}"`) === true) continue;
      if ((compared += 1) > MOST_COMPARED) return;
      const report = await look.reportOf(event, () => this.log.find(event));
      if (report?.type !== beginning.type) continue;
      const entry = beginning.entry === undefined ? {} : { entry: value };
      const { document } = report;
      if (
        areSimilar(beginning, { ...beginning, about: event, from: { earliest, latest }, ...entry, document })
      )
        look.addSimilar(index, event);
    }
  }
}

function* addAll(look: BatchLook): Interruptible<void> {
  for (const [index, event] of look.events.entries()) {
    look.add(index, event as NewEvent & StoredDevelopment);
    if (look.isEnough) return;
    yield;
  }
}

/** The beginning of a development, and the recorded effects of the same cell that may begin at the same instant. */
interface Near extends IndexedBeginning {
  readonly recorded: readonly RecordedBeginning[];
}

/** Where the views cannot be read, a second look that does not need them continues without them. */
async function attempt({ needsViews }: BatchLook, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (needsViews || !isOfFiles(error)) throw error;
  }
}

/** The views or the log cannot be read now: not a bug. */
const isOfFiles = (error: unknown): boolean =>
  error instanceof ViewsError || error instanceof LogError || diskReasonOf(error) !== undefined;
