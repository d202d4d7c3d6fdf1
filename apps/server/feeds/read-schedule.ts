import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#log';
import type { Instant } from '#time';
import { ChangeWalk, Schedule, Views, type ScheduledChange } from '#views';
import type { ChangeSelection } from '../changes/change-selection.js';
import { EVENT_LOG } from '../provided.js';
import { viewOf, workOut } from '../reading/question.js';
import type { Appointment } from './calendar.js';

export interface AppointmentsAsked {
  readonly selection: ChangeSelection;
  /** The selection as text: equal texts mean the same selection. */
  readonly key: string;
  readonly now: Instant;
  readonly zone: string;
  readonly signal: AbortSignal;
}

interface FoundAppointments {
  readonly appointments: readonly Appointment[];
  /** Whether these are all appointments. */
  readonly isWhole: boolean;
}

const MS_PER_DAY = 86_400_000;
/** Appointments that were due or cancelled in this time are still listed. */
const FEED_DAYS = 90;
const MOST = 5_000;
/** Selections whose schedule is remembered while the log does not grow. */
const MOST_REMEMBERED = 16;

/** Reads what is due. The result changes when the log grows, and once a day. */
@Injectable()
export class ScheduleReader {
  private readonly remembered = new Map<string, FoundAppointments>();

  constructor(
    private readonly views: Views,
    private readonly walk: ChangeWalk,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  /** Rejects with ViewsError or LogError. */
  async read({ selection, key, now, zone, signal }: AppointmentsAsked): Promise<FoundAppointments> {
    const upTo = this.views.sequence;
    const today = now - (now % MS_PER_DAY);
    const name = `${upTo} ${today} ${key}`;
    const known = this.remembered.get(name);
    if (known) return known;
    const since = today - FEED_DAYS * MS_PER_DAY;
    const cut = { asOf: now, recordedAt: upTo, zone, pinned: true };
    const concerns = selection.concerns.bind(selection);
    const { result } = await workOut(this.views, this.log.turns, [cut], signal, () =>
      new Schedule(this.views.state, this.views.due).find({
        since,
        now: today,
        upTo,
        concerns,
        most: MOST,
      }),
    );
    const appointments: Appointment[] = [];
    for (const change of result.found) {
      const values = change.values.filter(({ aspect }) => selection.passes({ ...change, aspect }));
      if (values.length === 0) continue;
      const altered = await this.walk.recordedAt(change.sequence);
      if (change.isCancelled && altered < since) continue;
      appointments.push({ ...change, values, altered, name: this.nameOf(change, now) });
    }
    const found = { appointments, isWhole: result.isWhole };
    if (this.remembered.size === MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(name, found);
    return found;
  }

  private nameOf({ view, subject, range }: ScheduledChange, now: Instant): string | undefined {
    for (const asOf of [now, range.latest]) {
      const item = this.views.state.item(viewOf(view), subject, { asOf });
      const { names } = (item ?? {}) as { readonly names?: Readonly<Record<string, string>> };
      const name = names?.['en'] ?? Object.values(names ?? {})[0];
      if (name !== undefined) return name;
    }
    return undefined;
  }
}
