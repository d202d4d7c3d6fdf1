import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime, type Runtime } from '#runtime';
import {
  AddressRules,
  Deliverer,
  FileLease,
  newSecret,
  Outbound,
  RequestSemaphore,
  Sender,
  WebhookStore,
  type MessageSource,
  type Subscription,
} from './index.js';

/** A sequence of numbers: 1, 2, 3 and so on. The positions are the numbers themselves. */
export class NumberSource implements MessageSource {
  private readonly waiting = new Set<() => void>();

  constructor(
    private count: number,
    readonly selects: (n: number) => boolean = () => true,
  ) {}

  add(more: number): void {
    this.count += more;
    for (const wake of [...this.waiting]) wake();
  }

  has = async (position: string): Promise<boolean> => Number(position) <= this.count;

  compare = (one: string, other: string): number => Number(one) - Number(other);

  async after(position: string) {
    const through = Math.min(Number(position) + 10, this.count);
    const numbers = Array.from({ length: through - Number(position) }, (_, n) => Number(position) + n + 1);
    const messages = numbers
      .filter(this.selects)
      .map((n) => ({ position: String(n), body: () => JSON.stringify({ n }) }));
    return { messages, through: String(through) };
  }

  more(position: string, signal: AbortSignal): Promise<void> {
    if (Number(position) < this.count || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

/** A request that a receiver got. */
export interface Got {
  readonly id: string;
  readonly n: number;
  readonly path: string;
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (got: Got, response: ServerResponse) => void;

/** A receiver that listens on loopback. */
export class Receiver {
  readonly got: Got[] = [];
  private readonly server = createServer((request, response) => this.take(request, response));
  answering: Answering = (_, response) => response.writeHead(204).end();
  now: () => number = () => Date.now();
  private told = (): void => undefined;

  async listen(): Promise<void> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when the receiver has got `count` requests. */
  async has(count: number): Promise<void> {
    while (this.got.length < count) await new Promise<void>((resolve) => (this.told = resolve));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { n = 0 } = JSON.parse(body) as { n?: number };
      const { headers, url: path = '' } = request;
      const got = { id: String(headers['webhook-id']), n, path, at: this.now(), headers, body };
      this.got.push(got);
      this.answering(got, response);
      this.told();
    });
  }
}

/** A clock that stands still until it is advanced; then it goes from timer to timer. */
export class MovedClock {
  private readonly sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(public time = Date.UTC(2025, 10, 10, 12)) {}

  readonly runtime: Runtime = {
    ...systemRuntime,
    now: () => this.time,
    elapsed: () => this.time,
    random: () => 0.5,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          this.sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { at: this.time + milliseconds, wake };
        this.sleepers.add(sleeper);
        return signal?.addEventListener('abort', wake, { once: true });
      }),
  };

  /** Advances to the next timer as soon as `isBusy` says that nothing is under way, and repeats this until the milliseconds have passed. */
  async pass(milliseconds: number, isBusy: () => boolean): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await quiet(isBusy);
      const next = [...this.sleepers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.time = next.at;
      next.wake();
    }
    this.time = end;
  }
}

/** Resolves after several turns of the event loop in a row in which nothing was under way. */
async function quiet(isBusy: () => boolean): Promise<void> {
  for (let turns = 0; turns < 6; turns = isBusy() ? 0 : turns + 1)
    await new Promise((resolve) => setImmediate(resolve));
}

/** All parts of the delivery, over one file and to receivers on loopback. */
export class Delivering {
  readonly folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  readonly states: string[] = [];
  readonly unentitled = new Set<string>();
  store!: WebhookStore;
  deliverer!: Deliverer;
  lease!: FileLease;
  semaphore!: RequestSemaphore;
  sender!: Sender;
  private outbound!: Outbound;

  constructor(
    readonly source: MessageSource,
    readonly runtime: Runtime = systemRuntime,
  ) {
    this.open();
  }

  open(): void {
    const { runtime } = this;
    const file = join(this.folder, 'webhooks.db');
    this.store = new WebhookStore(file, runtime);
    this.outbound = new Outbound({ runtime, rules: new AddressRules(['127.0.0.0/8']) });
    this.semaphore = new RequestSemaphore();
    const { store, outbound, semaphore } = this;
    this.sender = new Sender({ store, outbound, semaphore, runtime, userAgent: 'a test' });
    this.lease = new FileLease(`${file}.lock`);
    this.deliverer = new Deliverer({
      store,
      sender: this.sender,
      runtime,
      lease: this.lease,
      ...(runtime === systemRuntime ? {} : { pollEvery: 600_000 }),
      sourceOf: () => this.source,
      isEntitled: (owner) => !this.unentitled.has(owner),
      onAttempt: () => undefined,
      onState: (_, state) => this.states.push(state),
      onError: (error) => {
        throw error;
      },
    });
    this.deliverer.start();
  }

  async subscribe(id: string, url: string, after = '0'): Promise<string> {
    const subscription: Subscription = {
      id,
      owner: 'somebody',
      url,
      kind: 'events',
      filter: {},
      server: 'http://localhost',
      description: '',
      created: this.runtime.now(),
      state: 'active',
      reason: '',
      version: 1,
    };
    const secret = newSecret();
    await this.store.add(subscription, { secret, after, most: 1_000 });
    this.deliverer.refresh();
    return secret;
  }

  after(id: string): string | undefined {
    return this.store.place(id, 'live')?.after;
  }

  async stop(): Promise<void> {
    await this.deliverer.stop();
    await this.outbound.close();
    await this.store.close();
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** Waits until a condition is true. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
