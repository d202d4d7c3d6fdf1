import {
  BACKWARDS,
  END,
  eventTypeFilter,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  streamNameFilter,
  type AppendStreamState,
  type Position,
} from '@kurrent/kurrentdb-client';
import { afterEach, describe, expect, it } from '@jest/globals';
import { all, append, Bench, counted, failure, listen, numbers, ours, streamsOf } from './client.js';

const bench = new Bench();
const start = bench.start.bind(bench);
const connect = bench.connect.bind(bench);

afterEach(() => bench.clear());

describe.each(['24.2.0', '25.1.0', '26.0.0'])('a server that says it is %s', (version) => {
  it('appends and reads back', async () => {
    const { connectionString, store } = await start({ version, clock: () => 1_700_000_000_123 });
    const client = connect(connectionString);
    const first = await append(client, 'ours-a', [1, 2], NO_STREAM);
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(first.position?.commit).toBe(store.events.at(-1)?.position);
    await append(client, 'ours-a', [3], 1n);
    expect(await numbers(client, 'ours-a')).toEqual([1, 2, 3]);
    expect(await numbers(client, 'ours-a', { direction: BACKWARDS, fromRevision: END, maxCount: 2 })).toEqual(
      [3, 2],
    );
    expect(await numbers(client, 'ours-a', { fromRevision: 1n })).toEqual([2, 3]);
    const [one] = await all(client, { filter: ours(), maxCount: 1 });
    expect(one).toMatchObject({
      streamId: 'ours-a',
      revision: 0n,
      type: 'counted',
      isJson: true,
      data: { n: 1 },
      metadata: { of: 'n1' },
    });
  });

  it('appends with credentials of the call too, which goes another way', async () => {
    const client = connect((await start({ version })).connectionString);
    const credentials = { username: 'admin', password: 'changeit' };
    const done = await client.appendToStream('ours-a', [counted(1)], { streamState: NO_STREAM, credentials });
    expect(done).toMatchObject({ success: true, nextExpectedRevision: 0n });
    const wrong = await failure(
      client.appendToStream('ours-a', [counted(2)], { streamState: NO_STREAM, credentials }),
    );
    expect(wrong).toMatchObject({
      type: 'wrong-expected-version',
      expectedState: NO_STREAM,
      actualState: 0n,
    });
  });

  it('checks the state of the stream', async () => {
    const client = connect((await start({ version })).connectionString);
    expect(await failure(append(client, 'ours-a', [1], 3n))).toMatchObject({
      type: 'wrong-expected-version',
      expectedState: 3n,
      actualState: 'no_stream',
    });
    expect(await failure(append(client, 'ours-a', [1], STREAM_EXISTS))).toMatchObject({
      type: 'wrong-expected-version',
    });
    await append(client, 'ours-a', [1], NO_STREAM);
    expect(await failure(append(client, 'ours-a', [2], NO_STREAM))).toMatchObject({
      type: 'wrong-expected-version',
      expectedState: 'no_stream',
      actualState: 0n,
    });
    await append(client, 'ours-a', [2], STREAM_EXISTS);
    expect(await numbers(client, 'ours-a')).toEqual([1, 2]);
  });

  it('says when there is no such stream, and when it is gone', async () => {
    const client = connect((await start({ version })).connectionString);
    expect(await failure(numbers(client, 'ours-b'))).toMatchObject({
      type: 'stream-not-found',
      streamName: 'ours-b',
    });
    await append(client, 'ours-b', [1]);
    await client.tombstoneStream('ours-b');
    expect(await failure(numbers(client, 'ours-b'))).toMatchObject({ type: 'stream-deleted' });
    expect(await failure(append(client, 'ours-b', [2]))).toMatchObject({ type: 'stream-deleted' });
  });

  it('has other streams between ours in $all, and positions that are not dense', async () => {
    const client = connect((await start({ version })).connectionString);
    for (let n = 0; n < 6; n += 1) await append(client, `ours-${n % 2}`, [n]);
    const everything = await all(client);
    const others = streamsOf(everything).filter((stream) => !stream.startsWith('ours-'));
    expect(others.some((stream) => stream.startsWith('$'))).toBe(true);
    expect(others.some((stream) => stream.startsWith('orders-'))).toBe(true);
    const positions = everything.map(({ position }) => position?.commit ?? 0n);
    expect(
      positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0n) + 1n),
    ).toBe(true);
    expect(streamsOf(await all(client, { filter: ours() }))).toEqual([
      'ours-0',
      'ours-1',
      'ours-0',
      'ours-1',
      'ours-0',
      'ours-1',
    ]);
    expect(
      streamsOf(await all(client, { filter: ours(), direction: BACKWARDS, fromPosition: END, maxCount: 1 })),
    ).toEqual(['ours-1']);
    expect(streamsOf(await all(client, { filter: streamNameFilter({ regex: '^ours-1$' }) }))).toEqual([
      'ours-1',
      'ours-1',
      'ours-1',
    ]);
    expect(
      streamsOf(await all(client, { filter: eventTypeFilter({ prefixes: ['Order'] }) })).every((s) =>
        s.startsWith('orders-'),
      ),
    ).toBe(true);
  });

  it('reads $all forwards from a position, and backwards before it', async () => {
    const client = connect((await start({ version })).connectionString);
    for (let n = 0; n < 3; n += 1) await append(client, `ours-${n}`, [n]);
    const at = (await all(client, { filter: ours() }))[1]?.position;
    if (at === undefined) throw new Error('There is a second event');
    expect(streamsOf(await all(client, { filter: ours(), fromPosition: at }))).toEqual(['ours-1', 'ours-2']);
    expect(streamsOf(await all(client, { filter: ours(), fromPosition: at, direction: BACKWARDS }))).toEqual([
      'ours-0',
    ]);
    const between: Position = { commit: at.commit + 1n, prepare: at.prepare + 1n };
    expect((await failure(all(client, { fromPosition: between }))).message).toContain('invalid position');
  });
});

describe('`created`', () => {
  it('is in milliseconds in a subscription, and in whole seconds in a read: the client rounds it', async () => {
    const client = connect((await start({ clock: () => 1_700_000_000_123 })).connectionString);
    await append(client, 'ours-a', [1]);
    const [read] = await all(client, { filter: ours() });
    expect(read?.created).toEqual(new Date(1_700_000_000_000));
    for await (const { event } of client.subscribeToAll({ filter: ours() })) {
      expect(event?.created).toEqual(new Date(1_700_000_000_123));
      break;
    }
  });
});

describe('idempotency', () => {
  it('answers the earlier result for the same ids at the same revision', async () => {
    const client = connect((await start()).connectionString);
    const events = [counted(1), counted(2)];
    const first = await client.appendToStream('ours-a', events, { streamState: NO_STREAM });
    await append(client, 'ours-a', [3]);
    expect(await client.appendToStream('ours-a', events, { streamState: NO_STREAM })).toEqual(first);
    expect(await numbers(client, 'ours-a')).toEqual([1, 2, 3]);
  });

  it('refuses ids that were written in part', async () => {
    const client = connect((await start()).connectionString);
    const one = counted(1);
    await client.appendToStream('ours-a', [one, counted(2)], { streamState: NO_STREAM });
    const again = client.appendToStream('ours-a', [one, counted(3)], { streamState: NO_STREAM });
    expect(await failure(again)).toMatchObject({ type: 'wrong-expected-version' });
  });

  it('stores ids again where any revision will do, unless it remembers them', async () => {
    const client = connect((await start()).connectionString);
    const one = counted(1);
    await client.appendToStream('ours-a', [one]);
    await client.appendToStream('ours-a', [one]);
    expect(await numbers(client, 'ours-a')).toEqual([1, 1]);
    const other = connect((await start({ remembers: 10 })).connectionString);
    await other.appendToStream('ours-a', [one]);
    await other.appendToStream('ours-a', [one]);
    expect(await numbers(other, 'ours-a')).toEqual([1]);
  });
});

describe('several streams in one append', () => {
  const two = (a: AppendStreamState, b: AppendStreamState) => [
    { streamName: 'ours-a', expectedState: a, events: [counted(1), counted(2)] },
    { streamName: 'ours-b', expectedState: b, events: [counted(3)] },
  ];

  it('is all or nothing', async () => {
    const client = connect((await start({ version: '25.1.0' })).connectionString);
    const done = await client.multiStreamAppend(two(NO_STREAM, NO_STREAM));
    expect(done.responses).toEqual([
      { streamName: 'ours-a', revision: 1n },
      { streamName: 'ours-b', revision: 0n },
    ]);
    const wrong = await failure(client.multiStreamAppend(two(1n, NO_STREAM)));
    expect(wrong).toMatchObject({ type: 'wrong-expected-version', streamName: 'ours-b', actualState: 0n });
    expect(await numbers(client, 'ours-a')).toEqual([1, 2]);
    expect((await all(client, { filter: ours() })).map(({ metadata }) => metadata)).toEqual([
      { of: 'n1' },
      { of: 'n2' },
      { of: 'n3' },
    ]);
  });

  it('answers the earlier result for the same ids at the same revisions', async () => {
    const client = connect((await start({ version: '25.1.0' })).connectionString);
    const requests = two(NO_STREAM, NO_STREAM);
    const first = await client.multiStreamAppend(requests);
    expect(await client.multiStreamAppend(requests)).toEqual(first);
    expect(await numbers(client, 'ours-a')).toEqual([1, 2]);
  });

  it('refuses a stream that comes twice, and one that is gone', async () => {
    const client = connect((await start({ version: '25.1.0' })).connectionString);
    const [a] = two(NO_STREAM, NO_STREAM);
    if (a === undefined) throw new Error('There is one');
    expect((await failure(client.multiStreamAppend([a, a]))).message).toContain('already part');
    await append(client, 'ours-b', [1]);
    await client.tombstoneStream('ours-b');
    expect(await failure(client.multiStreamAppend(two('any', 'any')))).toMatchObject({
      type: 'stream-tombstoned',
      stream: 'ours-b',
    });
  });

  it('is not known to an older server', async () => {
    const client = connect((await start({ version: '24.2.0' })).connectionString);
    expect(await failure(client.multiStreamAppend(two('any', 'any')))).toMatchObject({ type: 'unsupported' });
  });
});

describe('a subscription to $all', () => {
  it('tells history, that it is over, and what comes', async () => {
    const client = connect((await start()).connectionString);
    await append(client, 'ours-a', [1, 2]);
    const { heard, untilHeard } = listen(client.subscribeToAll({ filter: ours() }));
    await untilHeard('caughtUp');
    await append(client, 'ours-b', [3]);
    await untilHeard('ours-b@0');
    expect(heard).toEqual(['ours-a@0', 'ours-a@1', 'caughtUp', 'ours-b@0']);
  });

  it('begins after the position given', async () => {
    const client = connect((await start()).connectionString);
    await append(client, 'ours-a', [1, 2, 3]);
    const fromPosition = (await all(client, { filter: ours() }))[1]?.position;
    const { heard, untilHeard } = listen(
      client.subscribeToAll({ filter: ours(), fromPosition: fromPosition ?? START }),
    );
    await untilHeard('caughtUp');
    expect(heard).toEqual(['ours-a@2', 'caughtUp']);
  });

  it('tells how far it has looked, even where nothing was ours', async () => {
    const { connectionString, store } = await start();
    const client = connect(connectionString);
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['ours-'],
      maxSearchWindow: 5,
      checkpointInterval: 2,
      checkpointReached: async (_subscription, position) => void checkpoints.push(position),
    });
    const { until, untilHeard } = listen(client.subscribeToAll({ filter }));
    await untilHeard('caughtUp');
    const before = checkpoints.length;
    for (let n = 0; n < 20; n += 1) store.note('orders-9', 'OrderPlaced');
    await until(() => checkpoints.length >= before + 2);
    const last = checkpoints.at(-1);
    if (last === undefined) throw new Error('There is one');
    await append(client, 'ours-a', [1]);
    const resumed = listen(client.subscribeToAll({ filter: ours(), fromPosition: last }));
    await resumed.untilHeard('caughtUp');
    expect(resumed.heard).toEqual(['ours-a@0', 'caughtUp']);
  });

  it('says that it fell behind, and loses nothing', async () => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    await append(client, 'ours-a', [1]);
    failNext('subscribe', { kind: 'fellBehind', after: 1 });
    const { heard, untilHeard } = listen(client.subscribeToAll({ filter: ours() }));
    await untilHeard('caughtUp');
    await append(client, 'ours-a', [2, 3]);
    await untilHeard('ours-a@2');
    expect(heard.slice(0, 5)).toEqual(['ours-a@0', 'caughtUp', 'fellBehind', 'ours-a@1', 'ours-a@2']);
  });

  it.each([
    ['dropped by the server', { kind: 'dropped', after: 1 }],
    ['cut off', { kind: 'lost', after: 1 }],
  ] as const)('ends with an error where it is %s, and can be resumed', async (_, fault) => {
    const { connectionString, failNext } = await start();
    const client = connect(connectionString);
    await append(client, 'ours-a', [1, 2]);
    const [first] = await all(client, { filter: ours() });
    failNext('subscribe', fault);
    const { heard, errors, until } = listen(client.subscribeToAll({ filter: ours() }));
    await until(() => errors.length > 0);
    expect(heard).toEqual(['ours-a@0']);
    expect(errors[0]).toMatchObject({ type: 'unavailable' });
    const resumed = listen(client.subscribeToAll({ filter: ours(), fromPosition: first?.position ?? START }));
    await resumed.untilHeard('caughtUp');
    expect(resumed.heard).toEqual(['ours-a@1', 'caughtUp']);
  });
});

describe('a server with TLS and a user', () => {
  const secure = { username: 'admin', password: 'changeit' };

  it('lets the user in, in every way of writing and reading', async () => {
    const client = connect((await start({ secure })).connectionString);
    await append(client, 'ours-a', [1]);
    await client.multiStreamAppend([
      { streamName: 'ours-b', expectedState: NO_STREAM, events: [counted(2)] },
    ]);
    expect(streamsOf(await all(client, { filter: ours() }))).toEqual(['ours-a', 'ours-b']);
    const { untilHeard } = listen(client.subscribeToAll({ filter: ours() }));
    await untilHeard('caughtUp');
  });

  it('is read from with the password as it stands in the address: there the client takes no escapes back', async () => {
    const client = connect((await start({ secure: { ...secure, password: 'change:it' } })).connectionString);
    await append(client, 'ours-a', [1]);
    expect(await failure(all(client))).toMatchObject({ type: 'access-denied' });
    const credentials = { username: 'admin', password: 'change:it' };
    expect(streamsOf(await all(client, { filter: ours(), credentials }))).toEqual(['ours-a']);
  });

  it('lets nobody else in', async () => {
    const { connectionString, store } = await start({ secure });
    const before = store.events.length;
    const client = connect(connectionString.replace('changeit', 'a-guess'));
    expect(await failure(append(client, 'ours-a', [1]))).toMatchObject({ type: 'access-denied' });
    const several = [{ streamName: 'ours-a', expectedState: 'any' as const, events: [counted(1)] }];
    expect(await failure(client.multiStreamAppend(several))).toMatchObject({ code: 7 });
    expect(await failure(all(client))).toMatchObject({ type: 'access-denied' });
    const { errors, until } = listen(client.subscribeToAll());
    await until(() => errors.length > 0);
    expect(errors[0]).toMatchObject({ type: 'access-denied' });
    expect(store.events).toHaveLength(before);
  });

  it('is not believed by a client that does not know its authority', async () => {
    const { connectionString } = await start({ secure });
    const client = connect(connectionString.replace(/tlsCAFile=[^&]*&/, ''));
    expect(await failure(append(client, 'ours-a', [1]))).toMatchObject({ code: 14 });
  });
});
