import { START, type AppendStreamState } from '@kurrent/kurrentdb-client';
import { afterEach, describe, expect, it } from '@jest/globals';
import { all, append, Bench, counted, eventually, failure, listen, numbers, ours } from './client.js';
import type { Fault } from './index.js';

/**
 * What failures look like through the vendor's client 1.3, for whoever handles them. Not what one would guess:
 * - an overloaded server is `unknown` where it answers in a batch of appends, with nothing to tell it by but its message;
 * - of several streams in one append, a node that does not lead is `unknown` with gRPC's code 9: the client does not turn to the leader;
 * - an append of one stream has no deadline on the client's side;
 * - asking what the server can do comes before an append, and its failure is gRPC's own error, without a `type`;
 * - a client that has met a failure reconnects in its own time: an append at once after it may meet the same failure.
 */
const bench = new Bench();
const start = bench.start.bind(bench);
const connect = bench.connect.bind(bench);

afterEach(() => bench.clear());

const two = (state: AppendStreamState) => [
  { streamName: 'ours-a', expectedState: state, events: [counted(1)] },
  { streamName: 'ours-b', expectedState: state, events: [counted(2)] },
];

/** How the client tells what went wrong: an append, and an append of several streams. */
const refused: readonly (readonly [string, Fault, object, object])[] = [
  ['the node does not lead', { kind: 'notLeader' }, { type: 'not-leader' }, { type: 'unknown', code: 9 }],
  [
    'too busy',
    { kind: 'busy' },
    { type: 'unknown', message: 'Could not recognize Server Is Busy' },
    { type: 'unavailable' },
  ],
  ['too much', { kind: 'exhausted' }, { type: 'unknown', code: 8 }, { type: 'unknown', code: 8 }],
  ['not ready', { kind: 'unavailable' }, { type: 'unavailable' }, { type: 'unavailable' }],
  ['a timeout', { kind: 'timedOut' }, { type: 'deadline-exceeded' }, { type: 'deadline-exceeded' }],
  ['a connection that breaks', { kind: 'lost' }, { type: 'unavailable' }, { type: 'unavailable' }],
];

describe('an append', () => {
  it.each(refused)(
    'that meets %s stores nothing, and the next one goes in',
    async (_, fault, one, several) => {
      const { connectionString, failNext } = await start();
      const client = connect(connectionString);
      failNext('append', fault);
      expect(await failure(append(client, 'ours-a', [1]))).toMatchObject(one);
      await append(client, 'ours-a', [2]);
      failNext('multiStreamAppend', fault);
      expect(await failure(client.multiStreamAppend(two('any')))).toMatchObject(several);
      await client.multiStreamAppend(two('any'));
      expect(await numbers(client, 'ours-a')).toEqual([2, 1]);
    },
  );

  it.each([
    ['a timeout', { kind: 'timedOut', committed: true }, 'deadline-exceeded'],
    ['a connection that breaks', { kind: 'lost', committed: true }, 'unavailable'],
  ] as const)('may be stored though it meets %s', async (_, fault, type) => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    failNext('append', fault);
    expect(await failure(append(client, 'ours-a', [1]))).toMatchObject({ type });
    expect(await numbers(client, 'ours-a')).toEqual([1]);
  });

  it('that gets no answer waits for ever: in a batch the client has no deadline of its own', async () => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    failNext('append', { kind: 'silent', committed: true });
    const silent = client.appendToStream('ours-a', [counted(1)], { deadline: 50 });
    const waited = new Promise((resolve) => setTimeout(() => resolve('waited'), 500));
    expect(await Promise.race([silent.then(() => 'answered'), waited])).toBe('waited');
    expect(await numbers(client, 'ours-a')).toEqual([1]);
    void silent.catch(() => undefined);
  });

  it('of several streams has the deadline of the client', async () => {
    const { connectionString, failNext } = await start();
    const client = connect(`${connectionString}&defaultDeadline=1000`);
    failNext('multiStreamAppend', { kind: 'silent', committed: true });
    expect(await failure(client.multiStreamAppend(two('any')))).toMatchObject({ type: 'deadline-exceeded' });
    expect(await numbers(client, 'ours-b')).toEqual([2]);
  });

  it('is refused where it is too large', async () => {
    const client = connect((await start({ maxAppendSize: 100 })).connectionString);
    const many = Array.from({ length: 20 }, (_, n) => n);
    expect(await failure(append(client, 'ours-a', many))).toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 100,
    });
    const large = [{ streamName: 'ours-a', expectedState: 'any' as const, events: many.map(counted) }];
    expect(await failure(client.multiStreamAppend(large))).toMatchObject({
      type: 'transaction-max-size-exceeded',
      maxSize: 100,
    });
  });
});

describe('a read', () => {
  it.each([
    ['the node does not lead', { kind: 'notLeader' }, 'not-leader'],
    ['too busy', { kind: 'busy' }, 'unavailable'],
    ['too much', { kind: 'exhausted' }, 'unknown'],
    ['a connection that breaks', { kind: 'lost', after: 1 }, undefined],
    ['a server that stops', { kind: 'dropped', after: 1 }, 'unavailable'],
  ] as const)('that meets %s fails, and the next one does not', async (_, fault, type) => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    await append(client, 'ours-a', [1, 2, 3]);
    failNext('read', fault);
    const met = await failure(all(client, { filter: ours() }));
    if (type !== undefined) expect(met).toMatchObject({ type });
    expect(await numbers(client, 'ours-a')).toEqual([1, 2, 3]);
  });
});

describe('a subscription', () => {
  it.each([
    ['the node does not lead', { kind: 'notLeader' }, 'not-leader'],
    ['too busy', { kind: 'busy' }, 'unavailable'],
    ['a server that stops', { kind: 'dropped', after: 2 }, 'unavailable'],
  ] as const)('that meets %s fails, and another one does not', async (_, fault, type) => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    await append(client, 'ours-a', [1, 2, 3]);
    failNext('subscribe', fault);
    const first = listen(client.subscribeToAll({ filter: ours(), fromPosition: START }));
    await first.until(() => first.errors.length > 0);
    expect(first.errors[0]).toMatchObject({ type });
    const second = listen(client.subscribeToAll({ filter: ours(), fromPosition: START }));
    await second.untilHeard('caughtUp');
    expect(second.heard).toEqual(['ours-a@0', 'ours-a@1', 'ours-a@2', 'caughtUp']);
  });
});

describe('a node', () => {
  it('that is slow answers late', async () => {
    const { connectionString, nodes, failNext } = await start();
    const client = connect(connectionString);
    await append(client, 'ours-a', [1]);
    nodes[0]?.delay(100);
    const began = performance.now();
    await append(client, 'ours-a', [2]);
    expect(performance.now() - began).toBeGreaterThan(190);
    nodes[0]?.delay(0);
    failNext('append', { kind: 'slow', milliseconds: 200 });
    const again = performance.now();
    await append(client, 'ours-a', [3]);
    expect(performance.now() - again).toBeGreaterThan(190);
  });

  it('that freezes makes deadlines run out, and goes on where it was', async () => {
    const { connectionString, nodes } = await start();
    const client = connect(`${connectionString}&defaultDeadline=1000`);
    await client.multiStreamAppend(two('any'));
    nodes[0]?.freeze();
    expect(await failure(client.multiStreamAppend(two('any')))).toMatchObject({ type: 'deadline-exceeded' });
    nodes[0]?.thaw();
    await client.multiStreamAppend(two('any'));
    expect((await numbers(client, 'ours-a')).length).toBeGreaterThanOrEqual(2);
  });

  it('that goes down and comes back is found again on the same port', async () => {
    const { connectionString, nodes } = await start();
    const client = connect(connectionString);
    await append(client, 'ours-a', [1]);
    const { heard, errors, until, untilHeard } = listen(client.subscribeToAll({ filter: ours() }));
    await untilHeard('caughtUp');
    await nodes[0]?.stop();
    await until(() => errors.length > 0);
    // Asking what the server can do comes before the append, and its failure comes as gRPC has it.
    expect(await failure(append(client, 'ours-a', [2]))).toMatchObject({ code: 14 });
    await nodes[0]?.start();
    await eventually(() => append(client, 'ours-a', [3]));
    expect(await numbers(connect(connectionString), 'ours-a')).toEqual([1, 3]);
    expect(heard).toEqual(['ours-a@0', 'caughtUp']);
  });

  it.each([
    ['alone', 1],
    ['in a cluster', 2],
  ])('that was down a while answers reads of the same client again, %s', async (_, count) => {
    const { connectionString, nodes } = await start({ nodes: count });
    const client = connect(`${connectionString}&maxDiscoverAttempts=2`);
    await append(client, 'ours-a', [1]);
    expect(await numbers(client, 'ours-a')).toEqual([1]);
    for (const node of nodes) await node.stop();
    expect(await failure(numbers(client, 'ours-a'))).toMatchObject({ type: 'unavailable' });
    for (let attempt = 0; attempt < 5; attempt += 1) await failure(numbers(client, 'ours-a'));
    for (const node of nodes) await node.start();
    expect(await eventually(() => numbers(client, 'ours-a'))).toEqual([1]);
  });
});
