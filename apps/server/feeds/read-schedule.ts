import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import type { Interruptible } from '#runtime';
import { MS_PER_DAY, type Instant } from '#time';
import { ChangeWalk, Schedule, Views, type Question, type State } from '#views';
import { ChangeSelections, type ChangeFilter } from '../changes/change-selection.js';
import { EVENT_LOG } from '../provided.js';
import { viewOf, computeInTurns } from '../reading/question.js';
import type { Appointment } from './calendar.js';

interface FoundAppointments {
  readonly appointments: readonly Appointment[];
  /** Whether these are all appointments. */
  readonly isWhole: boolean;
}

/** Appointments that were due or cancelled in this time are still listed. */
const FEED_DAYS = 90;
const MOST = 5_000;
/** Selections whose schedule is remembered while the log does not grow. */
const MOST_REMEMBERED = 16;

/** What is due. The answer changes when the log grows, and once a day. */
export class ReadSchedule extends Query<FoundAppointments> {
  constructor(
    readonly filter: ChangeFilter,
    readonly now: Instant,
    readonly zone: string,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

/** Rejects with ViewsError or LogError. */
@QueryHandler(ReadSchedule)
export class ReadScheduleHandler implements IQueryHandler<ReadSchedule> {
  private readonly remembered = new Map<string, FoundAppointments>();

  constructor(
    private readonly views: Views,
    private readonly walk: ChangeWalk,
    private readonly selections: ChangeSelections,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ filter, now, zone, signal }: ReadSchedule): Promise<FoundAppointments> {
    const upTo = this.views.sequence;
    const today = now - (now % MS_PER_DAY);
    const name = `${upTo} ${today} ${JSON.stringify(filter)}`;
    const known = this.remembered.get(name);
    if (known) return known;
    const selection = this.selections.of(filter);
    const since = today - FEED_DAYS * MS_PER_DAY;
    const cut = { asOf: now, recordedAt: upTo, zone, pinned: true };
    const concerns = selection.concerns.bind(selection);
    const { result } = await computeInTurns(this.views, this.log.turns, [cut], { signal }, () =>
      new Schedule(this.views.state, this.views.due).find({
        since,
        now: today,
        upTo,
        concerns,
        most: MOST,
      }),
    );
    const kept: Omit<Appointment, 'name'>[] = [];
    for (const change of result.found) {
      const values = change.values.filter(({ aspect }) => selection.passes({ ...change, aspect }));
      if (values.length === 0) continue;
      const altered = await this.walk.recordedAt(change.sequence);
      if (change.isCancelled && altered < since) continue;
      kept.push({ ...change, values, altered });
    }
    const { result: appointments } = await computeInTurns(
      this.views,
      this.log.turns,
      [cut],
      { signal },
      (question) => named(this.views.state, kept, question),
    );
    const found = { appointments, isWhole: result.isWhole };
    if (this.remembered.size === MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(name, found);
    return found;
  }
}

/** The appointments with the names of their subjects. A long read is done in another thread, as for an item. */
function* named(
  state: State,
  appointments: readonly Omit<Appointment, 'name'>[],
  question: Question,
): Interruptible<Appointment[]> {
  const all: Appointment[] = [];
  for (const appointment of appointments) {
    all.push({ ...appointment, name: yield* nameOf(state, appointment, question) });
    yield;
  }
  return all;
}

function* nameOf(
  state: State,
  { view, subject, range }: Pick<Appointment, 'view' | 'subject' | 'range'>,
  question: Question,
): Interruptible<string | undefined> {
  for (const asOf of [question.asOf, range.latest]) {
    const item = yield* state.itemOf(viewOf(view), subject, { ...question, asOf });
    const { names } = (item?.item ?? {}) as { readonly names?: Readonly<Record<string, string>> };
    const name = names?.['en'] ?? Object.values(names ?? {})[0];
    if (name !== undefined) return name;
  }
  return undefined;
}
