import type { NewEvent, RecordedEvent } from '#log';
import { ViewsDatabase } from '#views';
import { atMost, latenciesOf, median, type Figure } from './measure.js';
import { acceptedEvent, CELLS, developmentOf, occurredAt, reportedAtOf } from './population.js';

const BUSY = 100_000;
const TURNS = 3;

/**
 * The times of as-of questions in process: about one subject, about many subjects together, and about a cell of 100,000 effects, now and
 * long ago.
 */
export function asking(views: ViewsDatabase, events: number, smallFile: string, busyFile: string): Figure[] {
  const small = filled(smallFile, 1000, (n) => acceptedEvent(developmentOf(n)));
  const one = (from: ViewsDatabase, total: number) =>
    latenciesOf(20_000, (index) =>
      from.cells
        .cellsOf('crossing', `bench.${(index * 7919) % CELLS}`, {})[0]!
        .at(occurredAt((index * 104_729) % total)),
    );
  // The two run in turns, so that a busy machine slows down both.
  const turns = Array.from({ length: TURNS }, () => ({ few: one(small, 1000), many: one(views, events) }));
  small.close();
  const few = { p50: median(turns.map((turn) => turn.few.p50)) };
  const many = {
    p50: median(turns.map((turn) => turn.many.p50)),
    p99: median(turns.map((turn) => turn.many.p99)),
  };

  const busy = filled(busyFile, BUSY, (n) => acceptedEvent(developmentOf(n, 'bench.busy', n % 2 === 0)));
  const now = occurredAt(BUSY + 1);
  const longAgo = latenciesOf(5000, (index) => {
    const knownAt = reportedAtOf((index * 7919) % BUSY);
    return busy.cells.cellsOf('crossing', 'bench.busy', { knownAt })[0]!.at(now);
  });
  busy.close();

  const at = occurredAt(events + 1);
  const some = latenciesOf(300, (index) => {
    const subjects = Array.from({ length: 200 }, (_, n) => `bench.${(index * 31 + n * 5) % CELLS}`);
    return answersOf(views, at, subjects);
  });
  const all = latenciesOf(200, () => answersOf(views, at));
  const ratio = few.p50 / many.p50;
  const millions = `${events.toLocaleString('en')} events`;
  return [
    { name: 'as-of one subject, 1,000 events, p50', value: few.p50, unit: 'ms' },
    {
      name: `as-of one subject, ${millions}, p50`,
      value: many.p50,
      unit: 'ms',
      floor: { value: few.p50, what: 'at 1,000 events' },
      ratio,
      target: { text: '≤ 2 × 1,000', met: ratio >= 0.5 },
    },
    {
      name: `as-of one subject, ${millions}, p99`,
      value: many.p99,
      unit: 'ms',
      target: atMost(many.p99, 0.2),
    },
    { name: 'V now, K long ago, 100,000 in the cell, p50', value: longAgo.p50, unit: 'ms' },
    {
      name: 'V now, K long ago, 100,000 in the cell, p99',
      value: longAgo.p99,
      unit: 'ms',
      target: atMost(longAgo.p99, 1),
    },
    { name: 'as-of 200 subjects together, p50', value: some.p50, unit: 'ms', target: atMost(some.p50, 1) },
    { name: 'as-of all 1,000 cells together, p99', value: all.p99, unit: 'ms', target: atMost(all.p99, 10) },
  ];
}

function answersOf(views: ViewsDatabase, at: number, subjects?: readonly string[]): number {
  let held = 0;
  for (const cells of views.cells.cellsOfAll('crossing', {}, subjects && { subjects }).values()) {
    for (const cell of cells) held += cell.at(at).candidates.length;
  }
  return held;
}

/** A new views file with this number of events, all of them recorded after the last report; `nth` gives the event at each index of the log. */
export function filled(
  file: string,
  count: number,
  make: (n: number) => NewEvent,
  nth = (index: number): number => index,
): ViewsDatabase {
  const views = new ViewsDatabase(file);
  const recordedAt = reportedAtOf(count);
  for (let start = 0; start < count; start += 5000) {
    const batch = Array.from({ length: Math.min(5000, count - start) }, (_, n): RecordedEvent => {
      const index = start + n;
      return { ...make(nth(index)), sequence: index + 1, revision: index, recordedAt };
    });
    views.apply(batch, new Map(), { more: true });
  }
  views.commit();
  return views;
}
