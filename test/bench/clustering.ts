import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ANY, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { EventLog, NewEvent } from '#log';
import { openKurrentLog } from '#log/kurrentdb';
import { systemRuntime } from '#runtime';
import { atLeast, atMost, inTurns, median, type Figure } from './measure.js';
import { acceptedEvent, developmentOf, registrations } from './population.js';
import { KEY, start } from './serving.js';

const ROUNDS = 5;
/** Events that a new instance has to read. */
const MANY = 60_000;
/** Events in one append, as `borderline copy` writes them. */
const COPIED = 5_000;

/** Makes a number of events and returns a function that writes them in one append; only the append is measured. */
type Append = (count: number) => () => Promise<void>;

/** The number of callers, of events in each append, and of appends of each caller. */
type Load = readonly [callers: number, size: number, times: number];

/** The cost of a log in a cluster, compared in turns with the vendor's own client on the same cluster and with SQLite. */
export async function clustering(folder: string, connectionString: string): Promise<Figure[]> {
  const name = `bench-${systemRuntime.id()}`;
  const open = (file: string): Promise<EventLog> =>
    openKurrentLog({
      connectionString,
      name,
      replica: join(folder, file),
      timeout: 60_000,
      runtime: systemRuntime,
    });
  const log = await open('replica.db');
  const client = KurrentDBClient.connectionString(connectionString);
  const bare: Append = (count) => {
    const records = fresh(count).map(({ type, payload, metadata }) =>
      jsonEvent({ type, data: payload as Record<string, unknown>, metadata }),
    );
    return async () => void (await client.appendToStream(`${name}-bare`, records, { streamState: ANY }));
  };
  const inHundreds: Append = (count) => {
    const appends = Array.from({ length: count / 100 }, () => bare(100));
    return async () => {
      for (const append of appends) await append();
    };
  };
  const ours: Append = (count) => {
    const events = fresh(count);
    return async () => void (await log.append(events));
  };

  const own = "the client's own appends";
  const figures = [
    await compared('cluster: append, 100 callers', own, [bare, ours], [100, 1, 30], 2),
    await compared('cluster: append, 8 callers', own, [bare, ours], [8, 1, 100], 1.5),
    await compared("cluster: appends as copy's", 'the same, of 100', [inHundreds, ours], [1, COPIED, 1], 0.5),
  ];
  const single = await latencies([bare, ours], 1, 40);
  const above = single.ours - single.floor;
  figures.push({
    name: 'cluster: one caller, p50 above the client',
    value: above,
    unit: 'ms',
    floor: { value: single.floor, what: own },
    target: atMost(above, 6),
  });
  const large = await latencies([bare, ours], 500, 5);
  figures.push({
    name: 'cluster: an append of 500, p50',
    value: large.ours,
    unit: 'ms',
    floor: { value: large.floor, what: own },
    target: atMost(large.ours, 300),
  });
  for (let { sequence } = await log.head(); sequence < MANY; sequence += COPIED) await ours(COPIED)();
  figures.push(await aNewInstance(client, name, (await log.head()).sequence, open));
  await Promise.all([log.close(), client.dispose()]);
  return [...figures, ...(await posting(folder, connectionString))];
}

/** The rates at which two servers record over HTTP: one server over the cluster, and one server over SQLite. */
async function posting(folder: string, connectionString: string): Promise<Figure[]> {
  const begin = async (
    name: string,
    args: readonly string[],
  ): Promise<{ url: string; stop(): Promise<void> }> => {
    const data = join(folder, name);
    mkdirSync(data);
    return start(data, args);
  };
  const cluster = (): string[] => ['--log', connectionString, '--log-name', `bench-${systemRuntime.id()}`];
  const [over, beside] = [await begin('over', cluster()), await begin('beside', [])];
  const servers = [posts(beside.url), posts(over.url)] as const;
  const named = JSON.stringify({ developments: registrations() });
  await Promise.all([beside, over].map(({ url }) => post(url, named)));
  const figures = [
    await compared('cluster: one event a POST, 100 callers', 'SQLite', servers, [100, 1, 30], 0.6),
    await compared('cluster: 100 events a POST, 4 callers', 'SQLite', servers, [4, 100, 15], 0.6),
  ];
  await Promise.all([over.stop(), beside.stop()]);

  let started = 0;
  const starting = async (...args: string[]): Promise<number> => {
    const begun = performance.now();
    const server = await begin(`started-${(started += 1)}`, [...cluster(), ...args]);
    const seconds = (performance.now() - begun) / 1_000;
    await server.stop();
    return seconds;
  };
  const corpus = await inTurns(
    ROUNDS,
    () => starting(),
    () => starting('--corpus'),
  );
  const more = corpus.ours - corpus.floor;
  figures.push({
    name: 'cluster: the corpus',
    value: more,
    unit: 's',
    floor: { value: corpus.floor, what: 'a start without it' },
    target: atMost(more, 2),
  });
  return figures;
}

async function aNewInstance(
  client: KurrentDBClient,
  name: string,
  events: number,
  open: (file: string) => Promise<EventLog>,
): Promise<Figure> {
  let made = 0;
  const read = await inTurns(
    2,
    async () => {
      const begun = performance.now();
      let records = 0;
      for await (const { event } of client.readStream(name)) if (event !== undefined) records += 1;
      const seconds = (performance.now() - begun) / 1_000;
      return records > 0 ? events / seconds : 0;
    },
    async () => {
      const begun = performance.now();
      const another = await open(`another-${(made += 1)}.db`);
      const seconds = (performance.now() - begun) / 1_000;
      const { sequence } = await another.head();
      await another.close();
      if (sequence !== events) throw new Error(`It has ${sequence} of ${events} events`);
      return events / seconds;
    },
  );
  return {
    name: `cluster: a new instance, ${events.toLocaleString('en')} events`,
    value: read.ours,
    unit: 'events/s',
    floor: { value: read.floor, what: 'the client reads them' },
    ratio: read.ours / read.floor,
    target: atLeast(read.ours, 8_000),
  };
}

let n = 0;
const fresh = (count: number): NewEvent[] =>
  Array.from({ length: count }, () => acceptedEvent(developmentOf(n++)));

const posts =
  (url: string): Append =>
  (count) => {
    const developments = Array.from({ length: count }, () => developmentOf(n++));
    const body = JSON.stringify({ developments });
    return () => post(url, body);
  };

async function post(url: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/developments`, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status !== 201) throw new Error(text);
}

async function compared(
  name: string,
  what: string,
  [floor, ours]: readonly [Append, Append],
  load: Load,
  least: number,
): Promise<Figure> {
  const measured = await inTurns(
    ROUNDS,
    () => rate(floor, load),
    () => rate(ours, load),
  );
  const ratio = measured.ours / measured.floor;
  return {
    name,
    value: measured.ours,
    unit: 'events/s',
    floor: { value: measured.floor, what },
    ratio,
    target: atLeast(ratio, least),
  };
}

/** The rate of a load, in events a second. */
async function rate(append: Append, [callers, size, times]: Load): Promise<number> {
  const appends = Array.from({ length: callers }, () => Array.from({ length: times }, () => append(size)));
  const begun = performance.now();
  await Promise.all(
    appends.map(async (own) => {
      for (const one of own) await one();
    }),
  );
  return (callers * times * size) / ((performance.now() - begun) / 1_000);
}

/** The median time of an append of one caller, in milliseconds. */
const latencies = (
  [floor, ours]: readonly [Append, Append],
  size: number,
  times: number,
): Promise<{ readonly floor: number; readonly ours: number }> =>
  inTurns(
    ROUNDS,
    () => latency(floor, size, times),
    () => latency(ours, size, times),
  );

async function latency(append: Append, size: number, times: number): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const one = append(size);
    const begun = performance.now();
    await one();
    taken.push(performance.now() - begun);
  }
  return median(taken);
}
