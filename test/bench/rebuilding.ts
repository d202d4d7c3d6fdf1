import { openSqliteLog } from '#log/sqlite';
import { Follower, ViewsDatabase } from '#views';
import { atLeast, type Figure } from './measure.js';
import { acceptedEvent, developmentOf } from './population.js';

const BATCH = 5000;

/** Fills a log; batches that share a commit go in faster, and it is not this that is measured. */
export async function fill(file: string, events: number): Promise<void> {
  const log = openSqliteLog(file);
  for (let start = 0; start < events; start += BATCH) {
    const count = Math.min(BATCH, events - start);
    await log.append(
      Array.from({ length: count }, (_, index) => acceptedEvent(developmentOf(start + index))),
    );
    if (process.stderr.isTTY) process.stderr.write(`\r  filling the log: ${start + count} of ${events}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  await log.close();
}

/** All views from nothing, against merely reading the log. */
export async function rebuilding(logFile: string, viewsFile: string, events: number): Promise<Figure[]> {
  const log = openSqliteLog(logFile);
  const reading = performance.now();
  let read = 0;
  for await (const event of log.read()) read += event.sequence > 0 ? 1 : 0;
  const floor = read / ((performance.now() - reading) / 1000);
  const views = new ViewsDatabase(viewsFile);
  const start = performance.now();
  await new Follower(log, views).catchUp();
  const rate = events / ((performance.now() - start) / 1000);
  views.close();
  await log.close();
  return [
    {
      name: `rebuild all views of ${events.toLocaleString('en')} events`,
      value: rate,
      unit: 'events/s',
      floor: { value: floor, what: 'reading the log' },
      ratio: rate / floor,
      target: atLeast(rate, 50_000),
    },
  ];
}
