import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import { atMost, percentiles, type Figure } from './measure.js';
import { acceptedEvent, developmentOf } from './population.js';

const WRITERS = 8;

/** Checks that a subscriber gets every acknowledged event once and in order, and measures the time from the call of append to the subscriber. */
export async function delivering(folder: string, total: number): Promise<Figure[]> {
  const log = openSqliteLog(systemRuntime, join(folder, 'delivering.db'));
  const events = Array.from({ length: total }, (_, n) => acceptedEvent(developmentOf(n)));
  const called = new Map<string, number>();
  const times = new Float64Array(total);
  let delivered = 0;
  let outOfOrder = 0;
  const seen = new Set<string>();
  const done = new Promise<void>((resolve) => {
    log.subscribe({ after: 0 }).subscribe((signal) => {
      if (signal.kind !== 'event') return;
      const { id, sequence } = signal.event;
      times[delivered] = performance.now() - called.get(id)!;
      delivered += 1;
      seen.add(id);
      if (sequence !== delivered) outOfOrder += 1;
      if (delivered === total) resolve();
    });
  });
  const start = performance.now();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = writer; n < total; n += WRITERS) {
        const event = events[n]!;
        called.set(event.id, performance.now());
        await log.append([event]);
      }
    }),
  );
  const rate = total / ((performance.now() - start) / 1000);
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5000))]);
  await log.close();
  const { p50, p99 } = percentiles(times.subarray(0, delivered));
  const lost = total - seen.size;
  const count = total.toLocaleString('en');
  return [
    { name: `lost, of ${count} by ${WRITERS} writers`, value: lost, unit: 'events', target: atMost(lost, 0) },
    {
      name: 'repeated',
      value: delivered - seen.size,
      unit: 'events',
      target: atMost(delivered - seen.size, 0),
    },
    { name: 'out of order', value: outOfOrder, unit: 'events', target: atMost(outOfOrder, 0) },
    { name: 'append to delivery, p50', value: p50, unit: 'ms', target: atMost(p50, 2) },
    { name: 'append to delivery, p99', value: p99, unit: 'ms' },
    { name: `appended by ${WRITERS} writers meanwhile`, value: rate, unit: 'events/s' },
  ];
}
