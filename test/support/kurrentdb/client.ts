import { setTimeout as wait } from 'node:timers/promises';
import {
  jsonEvent,
  KurrentDBClient,
  type AppendResult,
  type AppendStreamState,
  type JSONEventData,
  type ReadStreamOptions,
} from '@kurrent/kurrentdb-client';
import { double, type Double, type DoubleOptions } from './index.js';

/** The vendor's client for the specs of the double, and everything that must be closed after a spec. */
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

/** The error with which a promise rejects. */
export async function failure(work: Promise<unknown>): Promise<Error & { type?: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It did not fail');
}

/** Repeats the work until it succeeds: the client decides when it reconnects. */
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
