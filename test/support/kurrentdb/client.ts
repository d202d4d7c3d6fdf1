import { setTimeout as wait } from 'node:timers/promises';
import {
  jsonEvent,
  KurrentDBClient,
  streamNameFilter,
  type AllStreamSubscription,
  type AppendResult,
  type AppendStreamState,
  type JSONEventData,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '@kurrent/kurrentdb-client';
import { double, type Double, type DoubleOptions } from './index.js';

/** The vendor's client as the specs of the double use it, and everything to be put away after a spec. */
export class Bench {
  private readonly servers: Double[] = [];
  private readonly clients: KurrentDBClient[] = [];

  async start(options: DoubleOptions = {}): Promise<Double> {
    const server = await double(options);
    this.servers.push(server);
    return server;
  }

  connect(connectionString: string): KurrentDBClient {
    const client = KurrentDBClient.connectionString(connectionString);
    this.clients.push(client);
    return client;
  }

  async clear(): Promise<void> {
    for (const client of this.clients.splice(0)) await client.dispose();
    for (const server of this.servers.splice(0)) await server.stop();
  }
}

export const counted = (n: number): JSONEventData =>
  jsonEvent({ id: crypto.randomUUID(), type: 'counted', data: { n }, metadata: { of: `n${n}` } });

export const append = (
  client: KurrentDBClient,
  stream: string,
  numbers: readonly number[],
  streamState: AppendStreamState = 'any',
): Promise<AppendResult> => client.appendToStream(stream, numbers.map(counted), { streamState });

export async function numbers(
  client: KurrentDBClient,
  stream: string,
  options?: ReadStreamOptions,
): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { event } of client.readStream(stream, options)) found.push(event?.data);
  return found.map((data) => (data as { n: unknown }).n);
}

export async function all(client: KurrentDBClient, options?: ReadAllOptions) {
  const found = [];
  for await (const { event } of client.readAll(options)) if (event !== undefined) found.push(event);
  return found;
}

export const streamsOf = (events: readonly { streamId: string }[]): string[] =>
  events.map(({ streamId }) => streamId);

/** What a promise rejects with. */
export async function failure(work: Promise<unknown>): Promise<Error & { type?: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It did not fail');
}

/** Tries again until it works: the client reconnects in its own time. */
export async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      return await work();
    } catch {
      await wait(20);
    }
  }
  return work();
}

export const ours = () => streamNameFilter({ prefixes: ['ours-'] });

/** What a subscriber hears, in order. */
export function listen(subscription: AllStreamSubscription) {
  const heard: string[] = [];
  const errors: Error[] = [];
  subscription.on('data', ({ event }) => heard.push(`${event?.streamId}@${event?.revision}`));
  subscription.on('caughtUp', () => heard.push('caughtUp'));
  subscription.on('fellBehind', () => heard.push('fellBehind'));
  subscription.on('error', (error: Error) => errors.push(error));
  const until = async (holds: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 1000 && !holds(); tries += 1) await wait(10);
    if (!holds()) throw new Error(`Waited in vain; heard ${heard.join(' ')}`);
  };
  return { heard, errors, until, untilHeard: (what: string) => until(() => heard.includes(what)) };
}
