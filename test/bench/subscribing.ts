import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { median, type Figure } from './measure.js';
import { developmentOf } from './population.js';
import { KEY, start, type Server } from './serving.js';

const EVENTS = 50;
/** Connections that are being made at once. */
const AT_ONCE = 100;
const MARK = Buffer.from('event: crossing.');

/** What subscribers cost a server: real connections, each of which gets every event. */
export async function subscribing(folder: string, subscribers: number): Promise<Figure[]> {
  const server = await start(folder);
  // Some first, and gone again, so that what only the first of them cost is not counted.
  for (const socket of await connected(server, AT_ONCE, () => undefined)) socket.destroy();
  const [pid, before] = [server.child.pid!, residentKilobytes(server.child.pid!)];
  let got = 0;
  const sockets = await connected(server, subscribers, (events) => (got += events));
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
  }
  const microseconds = ((processorSeconds(pid) - used) / (EVENTS * subscribers)) * 1e6;
  for (const socket of sockets) socket.destroy();
  await server.stop();
  const count = subscribers.toLocaleString('en');
  return [
    { name: `memory of a subscriber, of ${count}`, value: kilobytes, unit: 'kB' },
    { name: `processor time of a delivery to one of ${count}`, value: microseconds, unit: 'µs' },
    { name: `from POST until all of ${count} have it, p50`, value: median(times), unit: 'ms' },
  ];
}

/** Streams from now on; resolves when all of them have begun. */
async function connected(
  { url }: Server,
  count: number,
  onEvents: (events: number) => void,
): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = Math.min(AT_ONCE, count - sockets.length);
    sockets.push(
      ...(await Promise.all(Array.from({ length: some }, () => begun(hostname, Number(port), onEvents)))),
    );
  }
  return sockets;
}

function begun(host: string, port: number, onEvents: (events: number) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.on('error', reject);
    socket.write('GET /v1/events/stream?after=end HTTP/1.1\r\nHost: bench\r\n\r\n');
    socket.on('data', (data) => {
      if (data.includes('caught-up')) resolve(socket);
      for (let at = data.indexOf(MARK); at >= 0; at = data.indexOf(MARK, at + 1)) onEvents(1);
    });
  });
}

async function record({ url }: Server, n: number): Promise<void> {
  const response = await fetch(`${url}/v1/developments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(developmentOf(n)),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Of all threads of a process, so far. */
function processorSeconds(pid: number): number {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const [user = '', system = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / ticks;
}
