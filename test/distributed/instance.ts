import { setTimeout as wait } from 'node:timers/promises';
import { spawnServer, type Spawned } from '../server/spawned.js';

const KEY = 'a-key-for-every-instance';

/** The entry of an answer for one recorded development. */
export interface Recorded {
  readonly id: string;
  readonly sequence: number;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly duplicate?: true;
}

export interface Development {
  readonly id: string;
}

let made = 0;

/** An invented closure of one of five crossings; the crossings take turns. */
export function development(): Development {
  made += 1;
  const crossings = ['medininkai', 'salcininkai', 'raigardas', 'lavoriskes', 'sumskas'];
  const closed = {
    id: crypto.randomUUID(),
    type: 'crossing.closed',
    occurred: '2026-03-01T06:00',
    until: '2026-03-03',
    reportedAt: '2026-02-28',
    data: {
      crossing: `lt-by.${crossings[made % crossings.length] ?? ''}`,
      side: 'LT',
      reason: `repairs ${made}`,
      reopens: true,
    },
    source: { publisher: 'Example', title: 'An invented closure', publishedAt: '2026-02-28' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
  };
  return closed;
}

/** An instance of the service: a process of its own, with a data folder of its own, over a cluster. */
export class Instance {
  private constructor(
    private readonly process: Spawned,
    readonly data: string,
  ) {}

  static async start(
    data: string,
    log: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Instance> {
    return new Instance(
      await spawnServer(data, ['--log', log], { BORDERLINE_KEY: KEY, ...environment }),
      data,
    );
  }

  /** Sends the process a signal, such as SIGSTOP or SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.process.child.kill(signal);
  }

  /** Sends a request with the key of the settings, which has all rights. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    return fetch(`${this.process.url}${path}`, { ...init, headers });
  }

  stop(signal?: NodeJS.Signals): Promise<number | null> {
    return this.process.stop(signal);
  }

  /** Posts the developments once. Rejects where the connection fails. */
  async post(
    developments: readonly Development[],
  ): Promise<{ status: number; events: Recorded[]; text: string }> {
    const response = await fetch(`${this.process.url}/v1/developments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ developments }),
    });
    const text = await response.text();
    const events = response.status === 201 ? (JSON.parse(text) as { events: Recorded[] }).events : [];
    return { status: response.status, events, text };
  }

  /** Sends the same developments again while the answer is 503, after the time of Retry-After. */
  async record(developments: readonly Development[]): Promise<Recorded[]> {
    for (let tries = 0; ; tries += 1) {
      const { status, events, text } = await this.post(developments);
      if (status === 201) return events;
      if (status !== 503 || tries === 30) throw new Error(`${status}: ${text}`);
      await wait(200);
    }
  }

  async text(path: string, accept = 'application/json'): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(`${this.process.url}${path}`, { headers: { accept } });
      const text = await response.text();
      if (response.ok) return text;
      if (response.status !== 503 || tries === 30) throw new Error(`${path}: ${response.status} ${text}`);
      await wait(200);
    }
  }

  async json<T>(path: string): Promise<T> {
    return JSON.parse(await this.text(path)) as T;
  }

  /** All events as NDJSON, once the instance has at least this number of events. */
  async events(atLeast: number): Promise<string> {
    await this.text(`/v1/events?limit=1&atLeast=${atLeast}`);
    return this.text('/v1/events', 'application/x-ndjson');
  }

  /** The origin, the size and the root of the tree, without the signatures. */
  async tree(size: number): Promise<string[]> {
    for (;;) {
      const lines = (await this.text('/v1/audit/checkpoint', 'text/plain')).split('\n').slice(0, 3);
      if (Number(lines[1]) >= size) return lines;
      await wait(50);
    }
  }
}

export const sequencesOf = (ndjson: string): number[] =>
  ndjson
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { sequence: number }).sequence);

export const idsOf = (ndjson: string): string[] =>
  ndjson
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
