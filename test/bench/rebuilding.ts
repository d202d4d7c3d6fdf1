import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compare } from '../../apps/cli/replay/compare.js';
import { threadedWriters } from '../../apps/server/consumers/writers.js';
import { Consumer, logSource, type EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { projectionSink, Views, ViewsDatabase } from '#views';
import { insertRowsOfSearch, insertRowsOfViews, RawSqlite } from './floors.js';
import { atLeast, atMost, inTurns, type Figure } from './measure.js';
import { acceptedEvent, developmentOf, rowOf } from './population.js';

const BATCH = 5000;

/** Fills a log. This function is not measured. */
export async function fill(
  file: string,
  events: number,
  sent: (n: number) => object = (n) => developmentOf(n),
): Promise<void> {
  const log = openSqliteLog(systemRuntime, file);
  for (let start = 0; start < events; start += BATCH) {
    const count = Math.min(BATCH, events - start);
    await log.append(Array.from({ length: count }, (_, index) => acceptedEvent(sent(start + index))));
    if (process.stderr.isTTY) process.stderr.write(`\r  filling the log: ${start + count} of ${events}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  await log.close();
}

/** The rate of building all views and the search from nothing, compared with the rate of only reading the log. */
export async function rebuilding(logFile: string, viewsFile: string, events: number): Promise<Figure[]> {
  const log = openSqliteLog(systemRuntime, logFile);
  const data = dirname(viewsFile);
  const read = await reading(log, join(data, 'raw.db'), events);
  const start = performance.now();
  const writers = threadedWriters(systemRuntime, { data, log: 'sqlite' })!.projections;
  const views = await Views.open(systemRuntime, viewsFile, log, { writers });
  await views.catchUp();
  const rate = events / ((performance.now() - start) / 1000);
  const replayed = await replaying(log, views, join(data, 'replayed.db'), events);
  await views.close();
  const some = Math.min(events, RAW_EVENTS);
  const inserted = [
    insertRowsOfViews(viewsFile, join(data, 'rows.db'), some),
    await insertRowsOfSearch(log, join(data, 'words.db'), some),
  ];
  await log.close();
  const least = Math.min(...inserted.map((rows) => 1 / (1 / read.ours + 1 / rows)));
  // The files are closed, so that nothing is left in their write-ahead logs.
  const bytes = ['log.db', 'views.db', 'views-search.db'].map((file) => statSync(join(data, file)).size);
  const each = bytes.reduce((sum, size) => sum + size, 0) / events;
  return [
    {
      name: 'read the log',
      value: read.ours,
      unit: 'events/s',
      floor: { value: read.floor, what: 'raw SQLite with JSON.parse' },
      ratio: read.ours / read.floor,
      target: atLeast(read.ours / read.floor, 0.9),
    },
    {
      name: `log, views and search on disk, of ${JSON.stringify(developmentOf(events)).length} bytes as sent`,
      value: each,
      unit: 'bytes an event',
      target: atMost(each, 800),
    },
    {
      name: `rebuild all views of ${events.toLocaleString('en')} events`,
      value: rate,
      unit: 'events/s',
      floor: { value: read.ours, what: 'reading the log' },
      ratio: rate / read.ours,
      target: atLeast(rate / read.ours, 0.5),
    },
    {
      name: 'the same, compared with reading and inserting alone',
      value: rate,
      unit: 'events/s',
      floor: {
        value: least,
        what: 'two threads that read the log and insert the rows of the views, and of the search',
      },
      ratio: rate / least,
    },
    replayed,
  ];
}

const READINGS = 3;
/** The number of events that raw SQLite reads. */
const RAW_EVENTS = 200_000;

/** The rate of reading the log in events a second, compared with a table that has the events as they are. */
async function reading(
  log: EventLog,
  file: string,
  events: number,
): Promise<{ readonly floor: number; readonly ours: number }> {
  const raw = new RawSqlite(file);
  for (let n = 0; n < Math.min(events, RAW_EVENTS); n += BATCH)
    raw.rate([
      Array.from({ length: BATCH }, (_, k) => rowOf(acceptedEvent(developmentOf(n + k)), n + k + 1)),
    ]);
  const rates = await inTurns(
    READINGS,
    () => Promise.resolve(raw.read()),
    async () => {
      const begun = performance.now();
      let read = 0;
      for await (const event of log.read()) read += event.sequence > 0 ? 1 : 0;
      return read / ((performance.now() - begun) / 1000);
    },
  );
  raw.close();
  return rates;
}

/** The rate of the work of `borderline replay`: it rebuilds the views, and compares all of them with the live views. */
async function replaying(log: EventLog, live: Views, file: string, events: number): Promise<Figure> {
  const start = performance.now();
  const rebuilt = new ViewsDatabase(file, { scratch: true });
  await new Consumer(systemRuntime, logSource(log), projectionSink(rebuilt, log)).catchUp();
  const [own, theirs] = [rebuilt, live].map(({ stored }) => ({
    cells: stored.cells(events),
    corrections: stored.corrections(events),
  }));
  let differences = 0;
  await compare(own!, theirs!, () => (differences += 1));
  const rate = events / ((performance.now() - start) / 1000);
  rebuilt.close();
  if (differences > 0) throw new Error(`Replayed views differ from the live views in ${differences} places.`);
  return {
    name: `replay ${events.toLocaleString('en')} events: rebuild, and compare with the live views`,
    value: rate,
    unit: 'events/s',
    target: atLeast(rate, 50_000),
  };
}
