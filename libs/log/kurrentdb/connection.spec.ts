import { describe, expect, it } from '@jest/globals';
import { NotLeaderError, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import { systemRuntime } from '#runtime';
import { Connection } from './connection.js';

const never = new Promise<never>(() => undefined);

/** A connection whose clients are numbers, from 1. */
function numbered(): { readonly connection: Connection; readonly nth: (client: KurrentDBClient) => number } {
  const clients: KurrentDBClient[] = [];
  const connection = new Connection(systemRuntime, () => {
    const client = { dispose: () => Promise.resolve() } as unknown as KurrentDBClient;
    clients.push(client);
    return client;
  });
  return { connection, nth: (client) => clients.indexOf(client) + 1 };
}

describe('a connection whose node names the leader', () => {
  it('goes there next, and to the cluster after that', async () => {
    const nodes: unknown[] = [];
    const connection = new Connection(systemRuntime, (node) => {
      nodes.push(node);
      return { dispose: () => Promise.resolve() } as unknown as KurrentDBClient;
    });
    const metadata = { 'leader-endpoint-host': 'b', 'leader-endpoint-port': '2113' };
    const failures = [new NotLeaderError({ metadata } as never), new Error('no')];
    for (const failure of failures)
      await expect(connection.call(60_000, () => Promise.reject(failure))).rejects.toBe(failure);
    await connection.call(60_000, () => Promise.resolve());
    expect(nodes).toEqual([undefined, { address: 'b', port: 2113 }, undefined]);
  });
});

describe('a hedged call', () => {
  it('has the answer of another client where the first is silent, and keeps the client that answered', async () => {
    const { connection, nth } = numbered();
    const work = (client: KurrentDBClient): Promise<number> =>
      nth(client) < 3 ? never : Promise.resolve(nth(client));
    expect(await connection.callHedged(60_000, 5, work)).toBe(3);
    expect(nth(connection.client)).toBe(3);
  });

  it('has the answer of the first where that comes before another', async () => {
    const { connection, nth } = numbered();
    let answer: (value: number) => void = () => undefined;
    const late = new Promise<number>((resolve) => (answer = resolve));
    const work = (client: KurrentDBClient): Promise<number> => {
      if (nth(client) === 1) return late;
      answer(1);
      return never;
    };
    expect(await connection.callHedged(60_000, 5, work)).toBe(1);
    expect(nth(connection.client)).toBe(1);
  });

  it('needs no other client where the first answers, or fails', async () => {
    const { connection, nth } = numbered();
    expect(await connection.callHedged(60_000, 5, (client) => Promise.resolve(nth(client)))).toBe(1);
    const failing = connection.callHedged(60_000, 5, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(nth(connection.client)).toBe(2);
  });

  it('ends where every client is silent', async () => {
    const { connection } = numbered();
    await expect(connection.callHedged(30, 5, () => never)).rejects.toThrow();
  });
});
