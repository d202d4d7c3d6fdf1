import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import { Views, ViewsDatabase } from '#views';
import { atMost, percentiles, type Figure } from './measure.js';
import { developmentOf } from './population.js';
import { fill } from './rebuilding.js';
import { KEY, start } from './serving.js';

const IMPORTED = 50_000;
/** Milliseconds between two questions; a question does not wait for the answer to the question before. */
const EVERY = 20;
const LIVE_TARGET = 50;
const READ_TARGET = 100;

/**
 * How long a question waits while four things happen at the same time: a thousand clients read history, a file is imported, the views are
 * rebuilt and the log is verified.
 */
export async function fairness(
  folder: string,
  events: number,
  readers: number,
  seconds: number,
): Promise<Figure[]> {
  mkdirSync(folder, { recursive: true });
  await fill(join(folder, 'log.db'), events);
  await viewsOfAnother(folder);
  const lines = Array.from({ length: IMPORTED }, (_, n) => JSON.stringify(developmentOf(events + n)));
  const file = join(folder, 'import.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);

  const server = await start(folder);
  const idle = await asked(server.url, 2);
  const reading = script('history-readers.js', [server.url, String(readers), String(events)]);
  await Promise.race([once(reading.stdout!, 'data'), pause(20_000)]);
  const others = [
    command(['import', file, '--url', server.url, '--key', KEY]),
    command(['verify', '--url', server.url]),
  ];
  const { live, one } = await asked(server.url, seconds);
  for (const child of others)
    if ((child.exitCode ?? 0) > 0) throw new Error(`${child.spawnargs.join(' ')} failed`);
  for (const child of [reading, ...others]) child.kill('SIGKILL');
  await server.stop();

  const among = `with ${readers.toLocaleString('en')} readers of history, an import, a rebuild and a verify`;
  const figure = (name: string, p99: number, floor: number, target: number): Figure => ({
    name: `${name} ${among}, p99`,
    value: p99,
    unit: 'ms',
    floor: { value: floor, what: 'alone, with the rebuild' },
    target: atMost(p99, target),
  });
  return [
    figure('GET /health/live', live.p99, idle.live.p99, LIVE_TARGET),
    figure('GET /v1/crossings/{id}', one.p99, idle.one.p99, READ_TARGET),
  ];
}

/** Makes views for another catalogue: a server rebuilds such views when it starts. */
async function viewsOfAnother(folder: string): Promise<void> {
  const [log, file] = [openSqliteLog(systemRuntime, join(folder, 'log.db')), join(folder, 'views.db')];
  const views = await Views.open(systemRuntime, file, log);
  await views.catchUp();
  await views.close();
  await log.close();
  const database = new ViewsDatabase(file);
  database.fingerprint = 'of another catalogue';
  database.close();
}

function script(name: string, args: readonly string[]): ChildProcess {
  return elsewhere(
    spawn(process.execPath, [resolve(import.meta.dirname, name), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

function command(args: readonly string[]): ChildProcess {
  const main = resolve(import.meta.dirname, '../../program/main.js');
  return elsewhere(spawn(process.execPath, [main, ...args], { stdio: 'ignore' }));
}

/** Gives a client a low priority. Real clients do not share the processors of the server, so here they get only the time that the server leaves. */
function elsewhere(client: ChildProcess): ChildProcess {
  if (client.pid !== undefined) setPriority(client.pid, 10);
  return client;
}

/** Asks both questions at a steady rate, and waits for the last answer. */
async function asked(url: string, seconds: number) {
  const agent = new Agent({ keepAlive: true });
  const [live, one]: [Promise<number>[], Promise<number>[]] = [[], []];
  const end = performance.now() + 1000 * seconds;
  for (let n = 0; performance.now() < end; n += 1) {
    live.push(timeOf(`${url}/health/live`, agent));
    one.push(timeOf(`${url}/v1/crossings/bench.${n % 1000}`, agent));
    await pause(EVERY);
  }
  const times = await Promise.all([live, one].map(async (all) => Float64Array.from(await Promise.all(all))));
  agent.destroy();
  return { live: percentiles(times[0]!), one: percentiles(times[1]!) };
}

/** Milliseconds until the whole answer has come, or the connection has failed. */
function timeOf(url: string, agent: Agent): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const done = (): void => resolve(performance.now() - begun);
    get(url, { agent }, (response) => {
      response.resume().once('close', done);
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
    }).once('error', done);
  });
}
