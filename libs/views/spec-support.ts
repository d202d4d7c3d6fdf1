import { finished } from '#runtime';
import { accept, type DevelopmentAsSent } from '#events';
import type { RecordedEvent } from '#log';
import { formatInstant, parseInstantOrDay, resolve } from '#time';
import { explain, type Explanation } from './explain.js';
import { historyOf, type AnswerHistory, type HistoryAsked } from './history.js';
import { ViewsDatabase } from './sqlite/views-database.js';
import { State } from './state.js';
import type { Item, TimelinePiece, View } from './view.js';
import { without } from './without.js';

/** A short development; the envelope has defaults for the members that the spec does not give. */
export interface Told extends Pick<DevelopmentAsSent, 'occurred' | 'until' | 'data'> {
  readonly type: string;
  readonly id?: string;
  /** Default: `occurred`, or 2025-11-01. */
  readonly reportedAt?: DevelopmentAsSent['reportedAt'];
  readonly by?: string;
  readonly standing?: string;
  readonly reliability?: string;
}

/** The parts of a question besides `asOf`. `knownAt` is a date, `recordedAt` a sequence. */
export interface Asked {
  readonly knownAt?: string;
  readonly recordedAt?: number;
  readonly accordingTo?: string;
  readonly minReliability?: string;
}

const ZONE = 'Europe/Vilnius';

/** The views over these developments, recorded in this order. */
export function given(...told: readonly Told[]) {
  const recorded = told.map(recordedEvent);
  const database = new ViewsDatabase(':memory:');
  const parked = database.apply(recorded, new Map(recorded.map((event) => [event.id, event])));
  if (parked.length > 0) throw new Error(JSON.stringify(parked));
  const state = new State(database.cells);
  const question = (asOf: string, { knownAt, ...asked }: Asked = {}) => ({
    asOf: parseInstantOrDay(asOf, ZONE),
    ...asked,
    ...(knownAt !== undefined && { knownAt: parseInstantOrDay(knownAt, ZONE) }),
  });
  return {
    reader: database,
    cells: database.cells,
    list<I extends Item>(view: View<I>, asOf: string, asked?: Asked, filters?: Record<string, string>): I[] {
      return finished(state.list(view, question(asOf, asked), filters)) as I[];
    },
    /** The only item; undefined where there is none. */
    item<I extends Item>(view: View<I>, asOf: string, asked?: Asked): I | undefined {
      const items = this.list(view, asOf, asked);
      if (items.length > 1) throw new Error(`${items.length} items, not one`);
      return items[0];
    },
    timeline<I extends Item>(view: View<I>, id: string, asked: Asked = {}): TimelinePiece[] {
      return finished(state.timeline(view, id, without(question('2025-01-01', asked), 'asOf')));
    },
    explain: (view: View, id: string, asOf: string, asked?: Asked, aspect?: string): Explanation =>
      finished(explain(database, view, id, question(asOf, asked), aspect)),
    history: (view: View, id: string, asOf: string, asked: Asked, how: HistoryAsked): AnswerHistory =>
      finished(historyOf(database, view, id, question(asOf, asked), how)),
    diff: (from: string, to: string, asked?: Asked) =>
      finished(state.diff(question(from, asked), question(to, asked))),
  };
}

/** The instant of a local clock time in Vilnius, as answers write it. A day without a clock time is the start of the day. */
export function vilnius(local: string): string {
  const { earliest } = resolve(local.length === 10 ? `${local}T00:00` : local, ZONE, 'start');
  return formatInstant(earliest);
}

/** The last millisecond of a day in Vilnius. */
export function endOf(day: string): string {
  return formatInstant(parseInstantOrDay(day, ZONE));
}

function recordedEvent({ by, standing, reliability, ...told }: Told, index: number): RecordedEvent {
  const reportedAt = told.reportedAt ?? told.occurred ?? '2025-11-01';
  const sent: DevelopmentAsSent = {
    ...told,
    reportedAt,
    source: { publisher: 'BNS', title: told.type, publishedAt: '2025-11-01' },
    attribution: { claimant: by ?? 'bns', standing: standing ?? 'act', reliability: reliability ?? 'B2' },
  };
  const accepted = accept(sent, { defaultZone: ZONE, newId: () => nth(index + 1) });
  if (Array.isArray(accepted)) throw new Error(JSON.stringify([told, accepted]));
  return { ...accepted, sequence: index + 1, revision: index, recordedAt: 0, metadata: {} };
}

/** The id of the nth development of a spec, from 1. */
export function nth(n: number): string {
  return `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}
