import { join } from 'node:path';
import { ANY, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { EventLog, NewEvent } from '#log';
import { openKurrentLog } from '#log/kurrentdb';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { atLeast, atMost, inTurns, median, type Figure } from './measure.js';
import { acceptedEvent, developmentOf } from './population.js';

const ROUNDS = 3;

/** What a log in a cluster costs, against the vendor's own client on the same cluster and against SQLite, in turns. */
export async function clustering(folder: string, connectionString: string): Promise<Figure[]> {
  const name = `bench-${systemRuntime.id()}`;
  const open = (file: string): Promise<EventLog> =>
    openKurrentLog({ connectionString, name, replica: join(folder, file) });
  const log = await open('replica.db');
  const sqlite = openSqliteLog(join(folder, 'beside.db'));
  const client = KurrentDBClient.connectionString(connectionString);
  let n = 0;
  const fresh = (count: number): NewEvent[] =>
    Array.from({ length: count }, () => acceptedEvent(developmentOf(n++)));
  const bare = async (events: readonly NewEvent[]): Promise<void> => {
    const records = events.map(({ type, payload, metadata }) =>
      jsonEvent({ type, data: payload as Record<string, unknown>, metadata }),
    );
    await client.appendToStream(`${name}-bare`, records, { streamState: ANY });
  };
  const ours = async (events: readonly NewEvent[]): Promise<void> => void (await log.append(events));
  const beside = async (events: readonly NewEvent[]): Promise<void> => void (await sqlite.append(events));
  type Append = typeof ours;

  /** Events a second of so many callers, each of which appends so many events at a time. */
  const rate = async (append: Append, callers: number, size: number, times: number): Promise<number> => {
    const sent = Array.from({ length: callers * times }, () => fresh(size));
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        for (let time = 0; time < times; time += 1) await append(sent[caller * times + time] ?? []);
      }),
    );
    return (callers * times * size) / ((performance.now() - begun) / 1_000);
  };
  /** Milliseconds of one append, the median. */
  const latency = async (append: Append, size: number, times: number): Promise<number> => {
    const taken: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const events = fresh(size);
      const begun = performance.now();
      await append(events);
      taken.push(performance.now() - begun);
    }
    return median(taken);
  };
  const compared = async (
    title: string,
    what: string,
    floor: Append,
    [callers, size, times]: readonly [number, number, number],
    least: number,
  ): Promise<Figure> => {
    const measured = await inTurns(
      ROUNDS,
      () => rate(floor, callers, size, times),
      () => rate(ours, callers, size, times),
    );
    const ratio = measured.ours / measured.floor;
    return {
      name: title,
      value: measured.ours,
      unit: 'events/s',
      floor: { value: measured.floor, what },
      ratio,
      target: atLeast(ratio, least),
    };
  };

  const own = "the client's own appends";
  const figures = [
    await compared('cluster: append, 100 callers', own, bare, [100, 1, 10], 2),
    await compared('cluster: append, 8 callers', own, bare, [8, 1, 30], 1.5),
    await compared('cluster: append, 100 callers, against SQLite', 'SQLite', beside, [100, 1, 10], 0.6),
    await compared('cluster: batches of 100, 4 callers', 'SQLite', beside, [4, 100, 10], 0.6),
    await compared(
      'cluster: appends of 5,000, as copy writes',
      "the client's, of 100",
      (events) => inHundreds(bare, events),
      [1, 5_000, 1],
      0.5,
    ),
  ];
  const single = await inTurns(
    ROUNDS,
    () => latency(bare, 1, 60),
    () => latency(ours, 1, 60),
  );
  const above = single.ours - single.floor;
  figures.push({
    name: 'cluster: one caller, p50 above the client',
    value: above,
    unit: 'ms',
    floor: { value: single.floor, what: own },
    target: atMost(above, 6),
  });
  const large = await latency(ours, 500, 9);
  figures.push({
    name: 'cluster: an append of 500, p50',
    value: large,
    unit: 'ms',
    target: atMost(large, 300),
  });
  const { sequence } = await log.head();
  const begun = performance.now();
  const another = await open('another.db');
  const read = sequence / ((performance.now() - begun) / 1_000);
  figures.push({
    name: `cluster: a new instance, ${sequence.toLocaleString('en')} events`,
    value: read,
    unit: 'events/s',
    target: atLeast(read, 8_000),
  });
  await Promise.all([another.close(), log.close(), sqlite.close(), client.dispose()]);
  return figures;
}

async function inHundreds(
  append: (events: readonly NewEvent[]) => Promise<void>,
  events: readonly NewEvent[],
): Promise<void> {
  for (let from = 0; from < events.length; from += 100) await append(events.slice(from, from + 100));
}
