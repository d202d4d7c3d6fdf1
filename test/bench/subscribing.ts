import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, percentiles, type Figure } from './measure.js';
import { developmentOf } from './population.js';
import { KEY, start, type Server } from './serving.js';

const EVENTS = 50;
/** Milliseconds between two developments: ten developments a second. */
const EVERY_MS = 100;
/** The number of connections that are opened together. */
const AT_A_TIME = 100;

/** The streams that are followed, and the bytes that mark one message of each. Each development causes one message. */
const STREAMS = {
  events: { path: '/v1/events/stream?after=end', mark: Buffer.from('event: crossing.') },
  changes: { path: '/v1/changes/stream?after=end&aspect=status', mark: Buffer.from('event: change') },
} as const;

type Followed = keyof typeof STREAMS;

/** The cost of subscribers for a server: real connections, each of which gets every message. */
export async function subscribing(
  folder: string,
  subscribers: number,
  followed: Followed = 'events',
): Promise<Figure[]> {
  const connectedTo = connected.bind(undefined, followed);
  const server = await start(folder);
  // Some connections are opened and closed first, so that the cost of the first connections is not counted.
  for (const socket of await connectedTo(server, AT_A_TIME, () => undefined)) socket.destroy();
  const [pid, before] = [server.child.pid!, residentKilobytes(server.child.pid!)];
  let got = 0;
  const sockets = await connectedTo(server, subscribers, (events) => (got += events));
  await pause(1000);
  const kilobytes = (residentKilobytes(pid) - before) / subscribers;
  got = 0;
  const times: number[] = [];
  const used = processorSeconds(pid);
  for (let n = 0; n < EVENTS; n += 1) {
    const begun = performance.now();
    await record(server, n);
    while (got < (n + 1) * subscribers) await pause(1);
    times.push(performance.now() - begun);
    await pause(Math.max(0, EVERY_MS - (performance.now() - begun)));
  }
  const microseconds = ((processorSeconds(pid) - used) / (EVENTS * subscribers)) * 1e6;
  for (const socket of sockets) socket.destroy();
  await server.stop();
  const count = `${subscribers.toLocaleString('en')} subscribers of ${followed}`;
  const { p50, p99 } = percentiles(Float64Array.from(times));
  const lost = EVENTS * subscribers - got;
  return [
    { name: `memory of one of ${count}`, value: kilobytes, unit: 'kB' },
    { name: `processor time of a delivery to one of ${count}`, value: microseconds, unit: 'µs' },
    { name: `from POST until all of ${count} have it, p50`, value: p50, unit: 'ms' },
    { name: `the same, p99`, value: p99, unit: 'ms' },
    {
      name: `lost or repeated, of ${EVENTS} to ${count}`,
      value: lost,
      unit: 'messages',
      target: atMost(Math.abs(lost), 0),
    },
  ];
}

/** Opens streams from now on; resolves when all of them have begun. */
async function connected(
  followed: Followed,
  { url }: Server,
  count: number,
  onEvents: (events: number) => void,
): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = Math.min(AT_A_TIME, count - sockets.length);
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: some }, () => begun(followed, hostname, Number(port), onEvents)),
      )),
    );
  }
  return sockets;
}

function begun(
  followed: Followed,
  host: string,
  port: number,
  onEvents: (events: number) => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.on('error', reject);
    const { path, mark } = STREAMS[followed];
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`);
    socket.on('data', (data) => {
      if (data.includes('caught-up')) resolve(socket);
      for (let at = data.indexOf(mark); at >= 0; at = data.indexOf(mark, at + 1)) onEvents(1);
    });
  });
}

async function record({ url }: Server, n: number): Promise<void> {
  const response = await fetch(`${url}/v1/developments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(developmentOf(n, 'bench.one', n % 2 === 0)),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

export function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Seconds of processor time that all threads of a process have used so far. */
export function processorSeconds(pid: number): number {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const [user = '', system = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / ticks;
}
