import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KeyStore } from '#data-folder';
import { atMost, percentiles, type Figure } from './measure.js';
import { developmentOf } from './population.js';
import { KEY, start, type Server } from './serving.js';
import { processorSeconds, residentKilobytes } from './subscribing.js';

/** The most webhooks that a key may have. */
const OF_A_KEY = 20;
/** The number of messages of each webhook. */
const MESSAGES = 20;
/** The number of deliveries to each webhook before the first failure. */
const UNTROUBLED = 5;

/**
 * Deliveries to many webhooks at one receiver, which answers 500 to the first attempt of a third of the messages. Checks that all messages arrive
 * once and in order, and measures the time and what the server uses. The wait after a failure is 5 s, plus or minus a fifth.
 */
export async function webhooks(folder: string, deliveries: number): Promise<Figure[]> {
  const count = Math.ceil(deliveries / MESSAGES);
  mkdirSync(folder);
  const keys = new KeyStore(join(folder, 'keys.json'), () => Date.now());
  const server = await start(folder, ['--outbound', '127.0.0.1']);
  const receiver = new Receiver();
  const url = await receiver.listen();
  for (let from = 0; from < count; from += OF_A_KEY) {
    const { key } = await keys.create(`bench ${from}`, ['read']);
    for (let n = from; n < Math.min(count, from + OF_A_KEY); n += 1)
      await post(server, '/v1/webhooks', key, { url: `${url}/${n}`, events: {} });
  }
  const pid = server.child.pid!;
  const times: number[] = [];
  let used = processorSeconds(pid);
  receiver.onDelivered = (at) => times.push(at);
  const latencies: number[] = [];
  for (let n = 0; n < UNTROUBLED; n += 1) {
    const begun = performance.now();
    await record(server, n, 1);
    await receiver.has(count * (n + 1));
    latencies.push(...times.splice(0).map((at) => at - begun));
  }
  const microseconds = ((processorSeconds(pid) - used) / (count * UNTROUBLED)) * 1e6;
  const before = residentKilobytes(pid);
  let most = before;
  receiver.isFailing = true;
  used = processorSeconds(pid);
  const begun = performance.now();
  await record(server, UNTROUBLED, MESSAGES);
  const all = receiver.has(count * (UNTROUBLED + MESSAGES));
  let isOver = false;
  void all.then(() => (isOver = true));
  while (!isOver) {
    await pause(50);
    most = Math.max(most, residentKilobytes(pid));
  }
  const seconds = (performance.now() - begun) / 1_000;
  const failing = percentiles(Float64Array.from(times.map((at) => at - begun)));
  const troubled = ((processorSeconds(pid) - used) / receiver.requests) * 1e6;
  const states = await post(server, '/v1/webhooks?limit=1000', KEY);
  await server.stop();
  receiver.close();
  const { p50, p99 } = percentiles(Float64Array.from(latencies));
  const name = `${(count * MESSAGES).toLocaleString('en')} messages to ${count.toLocaleString('en')} webhooks, a third failing once`;
  const { lost, repeated, outOfOrder } = receiver.faults(count, UNTROUBLED + MESSAGES);
  const isActive = !/"state":"(?!active)/.test(states);
  const wait = 5 * Math.ceil(MESSAGES / 3);
  return [
    { name: `from POST to the receiver of one of ${count} webhooks, p50`, value: p50, unit: 'ms' },
    { name: 'the same, p99', value: p99, unit: 'ms' },
    { name: 'processor time of a delivery', value: microseconds, unit: 'µs' },
    {
      name: `${name}: lost`,
      value: lost,
      unit: 'messages',
      target: atMost(isActive ? lost : Infinity, 0),
    },
    { name: 'repeated after 2xx', value: repeated, unit: 'messages', target: atMost(repeated, 0) },
    { name: 'out of order', value: outOfOrder, unit: 'messages', target: atMost(outOfOrder, 0) },
    {
      name: 'until all are delivered',
      value: seconds,
      unit: 's',
      floor: { value: wait, what: 'the waits of one webhook' },
      ratio: wait / seconds,
    },
    { name: 'from POST to 2xx, p50', value: failing.p50 / 1_000, unit: 's' },
    { name: 'the same, p99', value: failing.p99 / 1_000, unit: 's' },
    { name: 'processor time of an attempt', value: troubled, unit: 'µs' },
    { name: 'memory that it takes', value: (most - before) / 1024, unit: 'MB' },
  ];
}

/** A receiver that answers 204. While `isFailing` is true, it answers 500 to the first attempt of every third message of each webhook. */
class Receiver {
  isFailing = false;
  requests = 0;
  onDelivered: (at: number) => void = () => undefined;
  private delivered = 0;
  private readonly failed = new Set<string>();
  /** The sequences of the messages that each webhook has delivered. */
  private readonly got = new Map<string, number[]>();
  private readonly server: HttpServer = createServer((request, response) => {
    void this.take(request).then((status) => response.writeHead(status).end());
  });
  private waiting: { readonly count: number; readonly done: () => void } | undefined;

  async listen(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when this number of messages has been answered with 204. */
  has(count: number): Promise<void> {
    return new Promise((done) => {
      this.waiting = { count, done };
      this.tell();
    });
  }

  faults(webhooks: number, messages: number): Record<'lost' | 'repeated' | 'outOfOrder', number> {
    let [distinct, repeated, outOfOrder] = [0, 0, 0];
    for (const sequences of this.got.values()) {
      distinct += new Set(sequences).size;
      repeated += sequences.length - new Set(sequences).size;
      outOfOrder += sequences.filter((sequence, n) => n > 0 && sequence < sequences[n - 1]!).length;
    }
    return { lost: webhooks * messages - distinct, repeated, outOfOrder };
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async take(request: IncomingMessage): Promise<number> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { url = '' } = request;
    const { sequence } = JSON.parse(body) as { readonly sequence: string };
    const message = `${url} ${sequence}`;
    if (this.isFailing) this.requests += 1;
    const isToFail = (Number(sequence) + Number(url.slice(1))) % 3 === 0;
    if (this.isFailing && isToFail && !this.failed.has(message)) {
      this.failed.add(message);
      return 500;
    }
    const sequences = this.got.get(url) ?? [];
    this.got.set(url, sequences);
    sequences.push(Number(sequence));
    this.delivered += 1;
    this.onDelivered(performance.now());
    this.tell();
    return 204;
  }

  private tell(): void {
    if (this.waiting && this.delivered >= this.waiting.count) this.waiting.done();
  }
}

async function record(server: Server, n: number, count: number): Promise<void> {
  const developments = Array.from({ length: count }, (_, more) =>
    developmentOf(n + more, 'bench.one', (n + more) % 2 === 0),
  );
  await post(server, '/v1/developments', KEY, { developments });
}

/** Sends a POST with the body, or a GET where there is no body. */
async function post({ url }: Server, path: string, key: string, body?: object): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
  const asked = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await fetch(`${url}${path}`, { headers, ...asked });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
