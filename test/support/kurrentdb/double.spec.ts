import { BACKWARDS, END, NO_STREAM, STREAM_EXISTS, type StreamSubscription } from '@kurrent/kurrentdb-client';
import { afterEach, describe, expect, it } from '@jest/globals';
import { append, Bench, counted, eventually, failure, numbers } from './client.js';
import type { Fault } from './index.js';

const bench = new Bench();
const start = bench.start.bind(bench);
const connect = bench.connect.bind(bench);

afterEach(() => bench.clear());

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The messages to a subscriber, in order. */
function listen(subscription: StreamSubscription) {
  const told: string[] = [];
  const errors: Error[] = [];
  subscription.on('data', ({ event }) => told.push(String(event?.revision)));
  subscription.on('caughtUp', () => told.push('caughtUp'));
  subscription.on('fellBehind', () => told.push('fellBehind'));
  subscription.on('error', (error: Error) => errors.push(error));
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { told, errors, until };
}

describe('a stream', () => {
  it('is appended to and read in both directions', async () => {
    const client = connect((await start()).connectionString);
    expect(await append(client, 'ours', [1, 2], NO_STREAM)).toMatchObject({ nextExpectedRevision: 1n });
    await append(client, 'ours', [3], 1n);
    expect(await numbers(client, 'ours')).toEqual([1, 2, 3]);
    expect(await numbers(client, 'ours', { fromRevision: 1n })).toEqual([2, 3]);
    expect(await numbers(client, 'ours', { fromRevision: 7n })).toEqual([]);
    const last = { direction: BACKWARDS, fromRevision: END, maxCount: 2 } as const;
    expect(await numbers(client, 'ours', last)).toEqual([3, 2]);
  });

  it('has a state that an append may expect, also with credentials, for which the client uses another call', async () => {
    const client = connect((await start()).connectionString);
    expect(await failure(append(client, 'ours', [1], STREAM_EXISTS))).toMatchObject({
      type: 'wrong-expected-version',
    });
    const credentials = { username: 'admin', password: 'changeit' };
    await client.appendToStream('ours', [counted(1)], { streamState: NO_STREAM, credentials });
    const again = client.appendToStream('ours', [counted(1)], { streamState: NO_STREAM, credentials });
    expect(await failure(again)).toMatchObject({ type: 'wrong-expected-version', actualState: 0n });
  });

  it('that does not exist, or was deleted, is reported as such', async () => {
    const { connectionString, store } = await start();
    const client = connect(connectionString);
    expect(await failure(numbers(client, 'none'))).toMatchObject({ type: 'stream-not-found' });
    await append(client, 'ours', [1]);
    store.tombstone('ours');
    expect(await failure(numbers(client, 'ours'))).toMatchObject({ type: 'stream-deleted' });
    expect(await failure(append(client, 'ours', [1]))).toMatchObject({ type: 'stream-deleted' });
  });

  it('loses its first records by its settings', async () => {
    const client = connect((await start()).connectionString);
    await append(client, 'ours', [1, 2, 3]);
    await client.setStreamMetadata('ours', { maxCount: 2 });
    expect(await numbers(client, 'ours')).toEqual([2, 3]);
    await client.setStreamMetadata('ours', { truncateBefore: 2 });
    expect(await numbers(client, 'ours')).toEqual([3]);
    expect(await client.getStreamMetadata('ours')).toMatchObject({ metadata: { truncateBefore: 2 } });
  });

  it('has `created` in milliseconds in a subscription and in whole seconds in a read, as the client gives it', async () => {
    const client = connect((await start({ clock: () => 1_700_000_000_987 })).connectionString);
    await append(client, 'ours', [1]);
    for await (const { event } of client.readStream('ours')) {
      expect(event?.created.getTime()).toBe(1_700_000_000_000);
    }
    const created = await new Promise((resolve) =>
      client.subscribeToStream('ours').on('data', ({ event }) => resolve(event?.created.getTime())),
    );
    expect(created).toBe(1_700_000_000_987);
  });
});

describe('ids', () => {
  const same = counted(1);

  it('with the same events at the same revision get the earlier answer; where only some of them were written, they are refused', async () => {
    const client = connect((await start({ remembers: 0 })).connectionString);
    const write = (streamState: bigint | typeof NO_STREAM, events = [same]) =>
      client.appendToStream('ours', events, { streamState });
    await write(NO_STREAM);
    expect(await write(NO_STREAM)).toMatchObject({ nextExpectedRevision: 0n });
    expect(await failure(write(NO_STREAM, [same, counted(2)]))).toMatchObject({
      type: 'wrong-expected-version',
    });
    expect(await numbers(client, 'ours')).toEqual([1]);
  });

  it('are stored again at any revision, unless the server remembers them', async () => {
    for (const [remembers, times] of [
      [0, 2],
      [10, 1],
    ] as const) {
      const client = connect((await start({ remembers })).connectionString);
      for (const _ of upTo(2)) await client.appendToStream('ours', [same]);
      expect(await numbers(client, 'ours')).toHaveLength(times);
    }
  });
});

describe('an append', () => {
  const refused: readonly (readonly [Fault['kind'], object])[] = [
    ['notLeader', { type: 'not-leader' }],
    ['busy', { type: 'unknown', message: expect.stringContaining('Server Is Busy') }],
    ['notReady', { type: 'unknown', message: expect.stringContaining('Server Is Not Ready') }],
    ['denied', { type: 'access-denied' }],
    ['exhausted', { type: 'unknown', code: 8 }],
    ['unavailable', { type: 'unavailable' }],
    ['timedOut', { type: 'deadline-exceeded' }],
    ['lost', { type: 'unavailable' }],
  ];

  it.each(refused)('may fail (%s); nothing is stored, and a later append succeeds', async (kind, error) => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    failNext('append', { kind } as Fault);
    expect(await failure(append(client, 'ours', [1]))).toMatchObject(error);
    await eventually(() => append(client, 'ours', [2]));
    expect(await numbers(client, 'ours')).toEqual([2]);
  });

  it('may be stored though it fails', async () => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    failNext('append', { kind: 'lost', committed: true });
    expect(await failure(append(client, 'ours', [1]))).toMatchObject({ type: 'unavailable' });
    expect(await eventually(() => numbers(client, 'ours'))).toEqual([1]);
  });

  it('is refused where it is larger than the server accepts', async () => {
    const client = connect((await start({ maxAppendSize: 1_000 })).connectionString);
    expect(await failure(append(client, 'ours', upTo(100)))).toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_000,
    });
  });
});

describe('a subscription', () => {
  it('sends the events after a revision, then a mark, then new events', async () => {
    const client = connect((await start()).connectionString);
    await append(client, 'ours', [1, 2]);
    const { told, until } = listen(client.subscribeToStream('ours', { fromRevision: 0n }));
    await until(() => told.includes('caughtUp'));
    await append(client, 'ours', [3]);
    await until(() => told.includes('2'));
    expect(told).toEqual(['1', 'caughtUp', '2']);
  });

  it('is ended by a server before 24 where one append has more events than its buffer', async () => {
    const client = connect((await start({ version: '23.10.0' })).connectionString);
    const { told, errors, until } = listen(client.subscribeToStream('ours'));
    await until(() => told.includes('caughtUp'));
    await append(client, 'ours', upTo(100));
    await until(() => errors.length > 0);
    expect(errors[0]?.message).toMatch(/^10 ABORTED: .*Consumer too slow/);
  });

  it('catches up again by itself with a later server, which does not say that it fell behind', async () => {
    const client = connect((await start({ version: '24.2.0' })).connectionString);
    const { told, until } = listen(client.subscribeToStream('ours'));
    await until(() => told.includes('caughtUp'));
    await append(client, 'ours', upTo(100));
    await until(() => told.filter((word) => word === 'caughtUp').length === 2);
    expect(told).toEqual(['caughtUp', ...upTo(100).map((n) => String(n - 1)), 'caughtUp']);
  });

  it.each([{ kind: 'dropped', after: 1 }, { kind: 'lost', after: 1 }, { kind: 'unavailable' }] as const)(
    'may break ($kind)',
    async (fault) => {
      const { connectionString, failNext } = await start();
      const client = connect(connectionString);
      await append(client, 'ours', [1, 2]);
      failNext('subscribe', fault);
      const { errors, until } = listen(client.subscribeToStream('ours'));
      await until(() => errors.length > 0);
      expect(errors[0]).toMatchObject({ type: 'unavailable' });
    },
  );
});

describe('a cluster of three', () => {
  it('accepts a write that requires a leader at the leader only, and the client goes to the leader', async () => {
    const { nodes, connectionString } = await start({ nodes: 3 });
    const port = nodes[1]?.port ?? 0;
    const client = connect(`kurrentdb://127.0.0.1:${port}?tls=false`);
    const write = () => client.appendToStream('ours', [counted(1)], { requiresLeader: true });
    expect(await failure(write())).toMatchObject({ type: 'not-leader', leader: { port: nodes[0]?.port } });
    await eventually(write);
    expect(await numbers(connect(connectionString), 'ours')).toEqual([1]);
  });

  it('has nodes that may be behind', async () => {
    const { nodes } = await start({ nodes: 3 });
    const at = (node: number, preference: string) =>
      connect(`kurrentdb://127.0.0.1:${nodes[node]?.port}?tls=false&nodePreference=${preference}`);
    const [leader, other] = [at(0, 'leader'), at(1, 'follower')];
    await append(leader, 'ours', [1]);
    nodes[1]?.hold();
    await append(leader, 'ours', [2]);
    expect(await numbers(other, 'ours')).toEqual([1]);
    nodes[1]?.release();
    expect(await numbers(other, 'ours')).toEqual([1, 2]);
  });

  it('loses its leader: a client whose read failed can read no more, and a new client can', async () => {
    const { nodes, connectionString, elect } = await start({ nodes: 3 });
    const leading = `${connectionString}&nodePreference=leader`;
    const client = connect(leading);
    await append(client, 'ours', [1]);
    expect(await numbers(client, 'ours')).toEqual([1]);
    await nodes[0]?.stop();
    elect(1);
    for (const _ of upTo(5)) {
      expect(await failure(numbers(client, 'ours'))).toMatchObject({ type: 'unavailable' });
    }
    expect(await eventually(() => numbers(connect(leading), 'ours'))).toEqual([1]);
    await eventually(() => append(client, 'ours', [2]));
  });

  it('has a leader that hangs: this leader gives no answer until it continues', async () => {
    const { nodes, connectionString } = await start();
    const client = connect(connectionString);
    await append(client, 'ours', [1]);
    nodes[0]?.freeze();
    let answered = false;
    const writing = append(client, 'ours', [2]).then(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(answered).toBe(false);
    nodes[0]?.thaw();
    await writing;
  });
});

describe('a server with TLS and users', () => {
  const secure = { username: 'us@home', password: 'pa:ss/word' };

  it('lets the user do what the user may, and nobody else anything', async () => {
    const { connectionString } = await start({ secure: { ...secure, may: ['read'] } });
    const client = connect(connectionString);
    client.setCredentialsProvider(() => secure);
    expect(await failure(append(client, 'ours', [1]))).toMatchObject({ type: 'access-denied' });
    expect(await failure(numbers(client, 'ours'))).toMatchObject({ type: 'stream-not-found' });
    const stranger = connect(connectionString);
    stranger.setCredentialsProvider(() => ({ ...secure, password: 'guess' }));
    expect(await failure(numbers(stranger, 'ours'))).toMatchObject({ type: 'access-denied' });
  });

  it('is refused by a client that does not know its authority', async () => {
    const { connectionString } = await start({ secure });
    const client = connect(connectionString.replace(/&tlsCAFile=[^&]*/, ''));
    expect(await failure(append(client, 'ours', [1]))).toMatchObject({ code: 14 });
  });
});
