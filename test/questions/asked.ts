import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { removeFolder, spawnServer, temporaryFolder } from '../server/spawned.js';

const CORPUS = resolve('events/corpus');
const KEY = 'a-key-for-the-questions';

/** An item of any view, or an event, with loose types. */
export type Told = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly status: string;
  readonly certain?: boolean;
  readonly possible?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly next?: { readonly at: string; readonly status: string; readonly certain: boolean };
  readonly because: readonly string[];
};

/** The answer to a write. */
export interface Written {
  readonly events: readonly {
    readonly id: string;
    readonly sequence: number;
    readonly recordedAt: string;
    readonly duplicate?: true;
  }[];
}

/** Sends requests to a server over HTTP. Every method except `respond` throws where the status is not 2xx. */
export class Asking {
  constructor(
    readonly url: string,
    private readonly key = KEY,
  ) {}

  respond(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers });
  }

  async ask<T = Told>(path: string): Promise<T> {
    return answered<T>(await this.respond(path));
  }

  async items(path: string): Promise<Told[]> {
    return (await this.ask<{ items: Told[] }>(path)).items;
  }

  /** The status of each item of a list, by id. */
  async statuses(path: string): Promise<Record<string, string>> {
    return Object.fromEntries((await this.items(path)).map(({ id, status }) => [id, status]));
  }

  /** The segments of a timeline as `from to status`, with times to the minute. */
  async timeline(path: string): Promise<string[]> {
    const { segments } = await this.ask<{ segments: Segment[] }>(path);
    return segments.map(({ from, to, status, possible }) =>
      [minute(from), minute(to), possible?.join('|') ?? status].join(' '),
    );
  }

  send(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Posts the body, expects a success, and returns the answer. */
  async record(path: string, body: unknown): Promise<Written> {
    return answered<Written>(await this.send(path, body));
  }
}

interface Segment {
  readonly from: string | null;
  readonly to: string | null;
  readonly status: string;
  readonly possible?: readonly string[];
}

/** A server in a process of its own that got the corpus, or some files of the corpus. */
export interface CorpusServer extends Asking {
  /** The number of events that the server got. */
  readonly size: number;
  readonly stop: () => Promise<void>;
}

export async function corpusServer(wanted = /\.ndjson$/): Promise<CorpusServer> {
  const folder = temporaryFolder();
  const server = await spawnServer(folder, [], { BORDERLINE_KEY: KEY });
  const asking = new Asking(server.url);
  const developments = corpus(wanted);
  const { events } = await asking.record('/v1/developments', { developments });
  await asking.ask(`/v1/state?atLeast=${events.length}`);
  // The search has a file and a consumer of its own.
  await asking.ask(`/v1/events?limit=1&atLeast=${events.length}`);
  const stop = async (): Promise<void> => {
    await server.stop();
    removeFolder(folder);
  };
  return Object.assign(asking, { size: developments.length, stop });
}

/** The lines of the corpus files whose names match, as a client would send them. */
export function corpus(wanted = /\.ndjson$/): Record<string, unknown>[] {
  return readdirSync(CORPUS)
    .filter((name) => name.endsWith('.ndjson') && wanted.test(name))
    .flatMap((name) => readFileSync(join(CORPUS, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function answered<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} from ${response.url}: ${text}`);
  return JSON.parse(text) as T;
}

const minute = (instant: string | null): string => (instant === null ? '…' : instant.slice(0, 16));
