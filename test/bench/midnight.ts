import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, type Figure } from './measure.js';
import { developmentOf } from './population.js';
import { KEY, start, type Server } from './serving.js';
import { processorSeconds, residentKilobytes } from './subscribing.js';

const BATCH = 5_000;
/** Milliseconds for a subject to be recorded and to be in the views. */
const LEAST_MS = 2;
const MARK = Buffer.from('event: change');

/** All subjects change at one instant: how soon a subscriber gets the first change and the last change, and what the server uses for them. */
export async function midnight(folder: string, subjects: number): Promise<Figure[]> {
  const server = await start(folder);
  const instant = Date.now() + 20_000 + subjects * LEAST_MS;
  let last = 0;
  for (let from = 0; from < subjects; from += BATCH) last = await record(server, from, subjects, instant);
  await fetch(`${server.url}/v1/crossings?limit=1&atLeast=${last}`);
  const late = Date.now() - instant;
  if (late > 0) throw new Error(`the machine is too slow: the instant passed ${late} ms ago`);
  const pid = server.child.pid!;
  const before = residentKilobytes(pid);
  let most = before;
  const used = processorSeconds(pid);
  const arrived: number[] = [];
  const socket = await follow(server, (at) => arrived.push(at));
  while (arrived.length < subjects) {
    await pause(20);
    most = Math.max(most, residentKilobytes(pid));
  }
  socket.destroy();
  const microseconds = ((processorSeconds(pid) - used) / subjects) * 1e6;
  await server.stop();
  const count = `${subjects.toLocaleString('en')} subjects at one midnight`;
  const first = arrived[0]! - instant;
  return [
    {
      name: `the first change of ${count}, after it`,
      value: first,
      unit: 'ms',
      target: atMost(first, 1_000),
    },
    { name: `the last change of ${count}, after it`, value: arrived.at(-1)! - instant, unit: 'ms' },
    { name: 'processor time of a change', value: microseconds, unit: 'µs' },
    { name: 'memory that it takes', value: (most - before) / 1024, unit: 'MB' },
  ];
}

async function record({ url }: Server, from: number, subjects: number, instant: number): Promise<number> {
  const until = new Date(instant).toISOString();
  const developments = Array.from({ length: Math.min(BATCH, subjects - from) }, (_, n) => ({
    ...developmentOf(0, `bench.${from + n}`, true),
    until,
  }));
  const response = await fetch(`${url}/v1/developments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ developments }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  const { events } = (await response.json()) as { readonly events: readonly { readonly sequence: number }[] };
  return events.at(-1)!.sequence;
}

/** Follows the changes from now on; resolves when the stream has begun. */
function follow({ url }: Server, onChange: (at: number) => void): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', reject);
    socket.write('GET /v1/changes/stream?after=end&aspect=status HTTP/1.1\r\nHost: bench\r\n\r\n');
    socket.on('data', (data) => {
      if (data.includes('caught-up')) resolve(socket);
      for (let at = data.indexOf(MARK); at >= 0; at = data.indexOf(MARK, at + 1)) onChange(Date.now());
    });
  });
}
