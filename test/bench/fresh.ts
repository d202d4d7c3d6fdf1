import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from '#runtime';
import { State, viewNamed, type Question } from '#views';
import { filled } from './asking.js';
import { atMost, latenciesOf, percentiles, type Figure, type Latencies } from './measure.js';
import { acceptedEvent, CELLS, developmentOf, occurredAt, reportedAtOf } from './population.js';
import { fill } from './rebuilding.js';
import { consumersCaughtUp, KEY, loadCorpus, start } from './serving.js';

const EVENTS = 20 * CELLS;
const BUSY = 100_000;

const asOf = (n: number): number => occurredAt((n * 104_729) % EVENTS) + 7;
const knownAt = (n: number): number => reportedAtOf((n * 7919) % EVENTS);

/** Questions that are new to the state, on each axis. */
const CUTS: Readonly<Record<string, (n: number) => Question>> = {
  asOf: (n) => ({ asOf: asOf(n) }),
  knownAt: (n) => ({ asOf: occurredAt(EVENTS), knownAt: knownAt(n) }),
  recordedAt: (n) => ({ asOf: asOf(n), recordedAt: ((n * 7919) % EVENTS) + 1 }),
  accordingTo: (n) => ({ asOf: asOf(n), accordingTo: 'lt.vsat' }),
};

const crossings = viewNamed('crossings')!;

/** The times of cuts that are new to the state, in process: of one item, compared with the time of its cells alone, and of all crossings. */
export function freshCuts(file: string, busyFile: string): Figure[] {
  const views = filled(file, EVENTS, (n) => acceptedEvent(developmentOf(n)));
  const state = new State(views.cells);
  const subject = (n: number): string => `bench.${(n * 7919) % CELLS}`;
  const figures = Object.entries(CUTS).flatMap(([axis, question]) => {
    const cells = latenciesOf(5000, (n) => {
      const { asOf: at, ...scope } = question(n);
      return views.cells.cellsOf('crossing', subject(n), scope).map((cell) => cell.at(at));
    });
    const item = latenciesOf(5000, (n) => state.item(crossings, subject(n), question(n + 5000)));
    const list = latenciesOf(40, (n) => finished(state.list(crossings, question(n + 10_000))));
    return [
      {
        ...figureOf(`an item, another ${axis} each time`, item, { p50: 0.05, p99: 0.3 }),
        floor: { value: cells.p50, what: 'its cells' },
        ratio: cells.p50 / item.p50,
      },
      figureOf(`an item, another ${axis} each time`, item, { p50: 0.05, p99: 0.3 }, 'p99'),
      {
        ...figureOf(`1,000 crossings, another ${axis} each time`, list, { p50: 15, p99: 40 }),
        floor: { value: cells.p50 * CELLS, what: 'their cells' },
        ratio: (cells.p50 * CELLS) / list.p50,
      },
    ];
  });
  views.close();
  return [...figures, ...busySubject(busyFile)];
}

function busySubject(file: string): Figure[] {
  const views = filled(file, BUSY, (n) => acceptedEvent(busyDevelopment(n)));
  const state = new State(views.cells);
  const item = latenciesOf(1000, (n) => state.item(crossings, 'bench.busy', busyCut(n)));
  views.close();
  return [figureOf('an item of 100,000 effects, another knownAt each time', item, { p50: 2, p99: 2 })];
}

const busyDevelopment = (n: number): object => developmentOf(n, 'bench.busy', n % 2 === 0);

/** A question about now, as known at some earlier time. */
const busyCut = (n: number): Question => ({
  asOf: occurredAt(BUSY + 1),
  knownAt: reportedAtOf((n * 7919) % BUSY),
});

/** The times of new cuts over HTTP, one request after another, compared with a route without work. */
export async function freshOverHttp(
  folder: string,
  busyFolder: string,
  corpusFolder: string,
): Promise<Figure[]> {
  const server = await start(folder);
  await record(server.url);
  await consumersCaughtUp(server.url);
  const empty = await latenciesOver(server.url, 200, () => '/health/live');
  const figures: Figure[] = [await busyOverHttp(busyFolder, empty)];
  for (const [axis, question] of Object.entries(CUTS)) {
    const found = await latenciesOver(server.url, 60, (n) => `/v1/crossings?${queryOf(question(n))}`);
    const name = `GET 1,000 crossings, another ${axis} each time`;
    figures.push(
      { ...figureOf(name, found, { p50: 15, p99: 40 }), ...beside(empty, found) },
      figureOf(name, found, { p50: 15, p99: 40 }, 'p99'),
    );
  }
  const planes = await latenciesOver(server.url, 4, (n) => {
    return `/v1/planes?view=crossings&format=ndjson&recordedAt=@${EVENTS - n}`;
  });
  figures.push(
    figureOf('all planes of 1,000 crossings of 20 effects, NDJSON', planes, { p50: 2000, p99: 2000 }),
  );
  await server.stop();
  const corpus = await start(corpusFolder);
  await loadCorpus(corpus.url);
  await consumersCaughtUp(corpus.url);
  const at = (n: number): string => new Date(Date.UTC(2025, 9, 1) + 60_000 * n).toISOString();
  for (const [path, p50] of [
    ['/v1/crossings', 1],
    ['/v1/state', 3],
    ['/v1/planes?view=crossings', 50],
  ] as const) {
    const join = path.includes('?') ? '&' : '?';
    const found = await latenciesOver(corpus.url, 60, (n) => `${path}${join}asOf=${at(n)}`);
    figures.push({
      ...figureOf(`GET ${path} of the corpus, another asOf each time`, found, { p50, p99: Infinity }),
      ...beside(empty, found),
    });
  }
  const year = (n: number): number => 2016 + (n % 5);
  const series = await latenciesOver(corpus.url, 40, (n) => {
    const days = `from=${year(n)}-11-01&to=${year(n) + 5}-10-${10 + (n % 20)}`;
    return `/v1/series?view=crossings&step=day&${days}`;
  });
  figures.push({
    ...figureOf('GET /v1/series of the corpus, five years by day', series, { p50: 20, p99: Infinity }),
    ...beside(empty, series),
  });
  await corpus.stop();
  return figures;
}

async function busyOverHttp(folder: string, empty: Latencies): Promise<Figure> {
  mkdirSync(folder);
  await fill(join(folder, 'log.db'), BUSY, busyDevelopment);
  const server = await start(folder);
  // Each request waits some seconds for the views.
  while (!(await fetch(`${server.url}/v1/crossings/bench.busy?atLeast=${BUSY}`)).ok);
  await consumersCaughtUp(server.url);
  const found = await latenciesOver(
    server.url,
    200,
    (n) => `/v1/crossings/bench.busy?${queryOf(busyCut(n))}`,
  );
  await server.stop();
  const name = 'GET a crossing of 100,000 effects, another knownAt each time';
  return { ...figureOf(name, found, { p50: 2, p99: Infinity }), ...beside(empty, found) };
}

const beside = (empty: Latencies, found: Latencies): Pick<Figure, 'floor' | 'ratio'> => ({
  floor: { value: empty.p50, what: 'an empty JSON route' },
  ratio: empty.p50 / found.p50,
});

function figureOf(name: string, found: Latencies, most: Latencies, which: keyof Latencies = 'p50'): Figure {
  const value = found[which];
  return {
    name: `${name}, ${which}`,
    value,
    unit: 'ms',
    ...(most[which] < Infinity && { target: atMost(value, most[which]) }),
  };
}

function queryOf(question: Question): string {
  const { asOf: at, knownAt: known, recordedAt, accordingTo } = question;
  const text = (instant: number): string => new Date(instant).toISOString();
  return new URLSearchParams({
    asOf: text(at),
    ...(known !== undefined && { knownAt: text(known) }),
    ...(recordedAt !== undefined && { recordedAt: `@${recordedAt}` }),
    ...(accordingTo !== undefined && { accordingTo }),
  }).toString();
}

async function latenciesOver(url: string, calls: number, path: (n: number) => string): Promise<Latencies> {
  const times = new Float64Array(calls);
  for (let n = -calls / 4; n < calls; n += 1) {
    const begun = performance.now();
    // No content coding: compressing would be most of the time.
    const response = await fetch(url + path(n + calls), { headers: { 'accept-encoding': 'identity' } });
    if (!response.ok) throw new Error(await response.text());
    await response.arrayBuffer();
    if (n >= 0) times[Math.floor(n)] = performance.now() - begun;
  }
  return percentiles(times);
}

async function record(url: string): Promise<void> {
  for (let from = 0; from < EVENTS; from += 1000) {
    const developments = Array.from({ length: 1000 }, (_, n) => developmentOf(from + n));
    const response = await fetch(`${url}/v1/developments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ developments }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
  await (await fetch(`${url}/v1/crossings?atLeast=${EVENTS}`)).arrayBuffer();
}
