import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load } from './load.js';
import { atLeast, atMost, inTurns, type Figure } from './measure.js';
import { occurredAt } from './population.js';

export const KEY = 'bench';

export interface Server {
  readonly url: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Requests a second for the list of crossings of the bundled corpus, compared with the smallest JSON answer of the same server. */
export async function serving(folder: string, seconds: number): Promise<Figure[]> {
  const server = await start(folder);
  await loadCorpus(server.url);
  let asked = 0;
  const rate = (path: string | (() => string)): Promise<number> =>
    load(server.url, seconds, typeof path === 'string' ? () => path : path);
  await rate('/v1/crossings');
  const { floor: empty, ours: crossings } = await inTurns(
    3,
    () => rate('/health/live'),
    () => rate('/v1/crossings'),
  );
  const fresh = await rate(() => {
    const at = new Date(Date.UTC(2025, 9, 1) + 60_000 * (asked += 1)).toISOString();
    return `/v1/crossings?asOf=${at}&knownAt=${at}`;
  });
  await server.stop();
  const floor = { value: empty, what: 'an empty JSON route' };
  return [
    {
      name: 'GET /v1/crossings',
      value: crossings,
      unit: 'requests/s',
      floor,
      ratio: crossings / empty,
      target: atLeast(crossings / empty, 0.5),
    },
    {
      name: 'GET /v1/crossings, another cut each time',
      value: fresh,
      unit: 'requests/s',
      floor,
      ratio: fresh / empty,
    },
  ];
}

/** A server that starts on a full log with its views and its tree: the time until it answers, and the memory that it uses. */
export async function startingFull(folder: string, events: number): Promise<Figure[]> {
  const begun = performance.now();
  const server = await start(folder);
  const asOf = new Date(occurredAt(events / 2)).toISOString();
  const question = `/v1/crossings/bench.7?asOf=${asOf}`;
  const first = await fetch(server.url + question);
  if (!first.ok) throw new Error(await first.text());
  const seconds = (performance.now() - begun) / 1000;
  for (let n = 0; n < 200; n += 1)
    await (await fetch(`${server.url}/v1/crossings/bench.${n}?asOf=${asOf}`)).text();
  await (await fetch(`${server.url}/v1/crossings?asOf=${asOf}`)).text();
  await (await fetch(`${server.url}/v1/events?q=notice&limit=100`)).text();
  const megabytes = residentMegabytes(server.child.pid!);
  await server.stop();
  const name = events.toLocaleString('en');
  return [
    {
      name: `start with ${name} events to first answer`,
      value: seconds,
      unit: 's',
      target: atMost(seconds, 1),
    },
    {
      name: `most memory of a server with ${name} events`,
      value: megabytes,
      unit: 'MB',
      target: atMost(megabytes, 400),
    },
  ];
}

function residentMegabytes(pid: number): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(peak) / 1024;
}

export async function start(data: string, args: readonly string[] = []): Promise<Server> {
  const main = resolve(import.meta.dirname, '../../program/main.js');
  const child = spawn(
    process.execPath,
    [main, 'serve', '--port', '0', '--data', data, '--key', KEY, '--log-level', 'error', ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  while (!said.includes('Ctrl-C')) await once(child.stdout, 'data');
  const url = /API\s+(http:\S+)\/v1/.exec(said)?.[1] ?? '';
  return {
    url,
    child,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Waits until the views, the search and the tree have all events: until then their threads use the processors that a measurement needs. */
export async function consumersCaughtUp(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } });
    if (!response.ok) throw new Error(await response.text());
    if (!/^borderline_consumer_lag_events\{.*\} [1-9]/m.test(await response.text())) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const CORPUS = [
  'subjects',
  'reference-crossings',
  'reference-sanctions',
  'reference-events',
  ...['seed-s0', 'seed-s1', 'seed-s2', 'seed-s3', 'seed-s4'],
];

export async function loadCorpus(url: string): Promise<void> {
  for (const name of CORPUS) {
    const lines = readFileSync(resolve(import.meta.dirname, `../../events/corpus/${name}.ndjson`), 'utf8')
      .trim()
      .split('\n');
    const response = await fetch(`${url}/v1/developments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: `{"developments":[${lines.join()}]}`,
    });
    if (!response.ok) throw new Error(await response.text());
    const { events } = (await response.json()) as { events: { sequence: number }[] };
    await fetch(`${url}/v1/crossings?atLeast=${events.at(-1)!.sequence}`);
  }
}
