import { streamNameFilter } from '@kurrent/kurrentdb-client';
import { afterEach, describe, expect, it } from '@jest/globals';
import { append, Bench, counted, eventually, failure, listen, numbers, ours } from './client.js';

const bench = new Bench();
const start = bench.start.bind(bench);
const connect = bench.connect.bind(bench);

afterEach(() => bench.clear());

const leaderFirst = (connectionString: string): string => `${connectionString}&nodePreference=leader`;
const followerFirst = (connectionString: string): string => `${connectionString}&nodePreference=follower`;

describe('a cluster', () => {
  it('is one log, whichever node is asked, and by gossip from any of them', async () => {
    const { connectionString, discoverString } = await start({ nodes: 3 });
    await append(connect(leaderFirst(connectionString)), 'ours-a', [1]);
    await append(connect(followerFirst(connectionString)), 'ours-a', [2]);
    await append(connect(leaderFirst(discoverString)), 'ours-a', [3]);
    expect(await numbers(connect(followerFirst(discoverString)), 'ours-a')).toEqual([1, 2, 3]);
  });

  it('takes a write that insists on a leader at the leader only, and says who that is', async () => {
    const { connectionString, nodes } = await start({ nodes: 2 });
    const client = connect(followerFirst(connectionString));
    const insist = () => client.appendToStream('ours-a', [counted(1)], { requiresLeader: true });
    expect(await failure(insist())).toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: nodes[0]?.port },
    });
    await eventually(insist);
    expect(await numbers(client, 'ours-a')).toEqual([1]);
  });

  it('takes a write to several streams at the leader only; the client does not understand, and stays', async () => {
    const { connectionString } = await start({ nodes: 2 });
    const client = connect(followerFirst(connectionString));
    const request = [{ streamName: 'ours-a', expectedState: 'any' as const, events: [counted(1)] }];
    expect(await failure(client.multiStreamAppend(request))).toMatchObject({ type: 'unknown', code: 9 });
    expect(await failure(client.multiStreamAppend(request))).toMatchObject({ type: 'unknown', code: 9 });
  });

  it('elects another leader, and a client that insists follows it', async () => {
    const { connectionString, elect } = await start({ nodes: 3 });
    const client = connect(leaderFirst(connectionString));
    const insist = (n: number) => client.appendToStream('ours-a', [counted(n)], { requiresLeader: true });
    await insist(1);
    elect(1);
    expect(await failure(insist(2))).toMatchObject({ type: 'not-leader' });
    await eventually(() => insist(3));
    elect(undefined);
    expect(await failure(append(client, 'ours-a', [4]))).toMatchObject({ type: 'unknown' });
    elect(2);
    await eventually(() => append(client, 'ours-a', [5]));
    expect(await numbers(client, 'ours-a')).toEqual([1, 3, 5]);
  });

  it('loses its leader, and goes on with another', async () => {
    const { connectionString, nodes, elect } = await start({ nodes: 3 });
    const client = connect(leaderFirst(connectionString));
    await append(client, 'ours-a', [1]);
    elect(1);
    await nodes[0]?.stop();
    expect(await failure(append(client, 'ours-a', [2]))).toMatchObject({ type: 'unavailable' });
    await eventually(() => append(client, 'ours-a', [3]));
    expect(await numbers(client, 'ours-a')).toEqual([1, 3]);
  });

  it('has followers that may be behind, in reads and in subscriptions', async () => {
    const { connectionString, nodes } = await start({ nodes: 2 });
    const leader = connect(leaderFirst(connectionString));
    const follower = connect(followerFirst(connectionString));
    await append(leader, 'ours-a', [1]);
    const { heard, untilHeard } = listen(follower.subscribeToAll({ filter: ours() }));
    await untilHeard('caughtUp');
    nodes[1]?.hold();
    await append(leader, 'ours-a', [2]);
    expect(await numbers(follower, 'ours-a')).toEqual([1]);
    expect(await numbers(leader, 'ours-a')).toEqual([1, 2]);
    expect(heard).toEqual(['ours-a@0', 'caughtUp']);
    nodes[1]?.release();
    await untilHeard('ours-a@1');
    expect(await numbers(follower, 'ours-a')).toEqual([1, 2]);
  });

  it('goes on with a subscription at another node, from the position it had', async () => {
    const { connectionString, nodes } = await start({ nodes: 2 });
    const client = connect(leaderFirst(connectionString));
    await append(client, 'ours-a', [1, 2]);
    let position;
    const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['ours-'] }) });
    const first = listen(subscription);
    subscription.on('data', ({ event }) => (position = event?.position));
    await first.untilHeard('caughtUp');
    await nodes[0]?.stop();
    await first.until(() => first.errors.length > 0);
    const second = listen(
      client.subscribeToAll({
        filter: ours(),
        ...(position === undefined ? {} : { fromPosition: position }),
      }),
    );
    await second.untilHeard('caughtUp');
    expect(second.heard).toEqual(['caughtUp']);
  });
});
