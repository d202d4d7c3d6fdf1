import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../test/support/kurrentdb/index.js';
import { LogError } from '../errors.js';
import type { Appended, EventLog, NewEvent } from '../event-log.js';
import { collect, event, events, Heard, ids, reaches, refusal, upTo } from '../contract/fixture.js';
import { Instances, stored } from '../../../test/support/kurrentdb/instances.js';

let bench: Instances;
beforeEach(() => {
  bench = new Instances();
});
afterEach(() => bench.clear());

const sent = ['x', 'y', 'x'].map((stream, n) => event(`e${n}`, { stream: `crossing-${stream}` }));

const faults: readonly (readonly [string, Fault])[] = [
  ['the node does not lead', { kind: 'notLeader' }],
  ['the node is too busy', { kind: 'busy' }],
  ['the node has too much to do', { kind: 'exhausted' }],
  ['the node is starting', { kind: 'notReady' }],
  ['the node is stopping', { kind: 'unavailable' }],
  ['the node gave up, having written nothing', { kind: 'timedOut' }],
  ['the node gave up, having written it', { kind: 'timedOut', committed: true }],
  ['the connection breaks before it is written', { kind: 'lost' }],
  ['the connection breaks after it is written', { kind: 'lost', committed: true }],
  ['the node says nothing, having written nothing', { kind: 'silent' }],
  ['the node says nothing, having written it', { kind: 'silent', committed: true }],
  ['the node is slow', { kind: 'slow', milliseconds: 300 }],
];

describe('an append', () => {
  it.each(faults)('is stored once where %s', async (_, fault) => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    cluster.failNext('append', fault);
    const appended = await log.append(sent);
    expect(cluster.pendingFaults('append')).toBe(0);
    expect(appended.map(({ sequence, duplicate }) => [sequence, duplicate])).toEqual(
      sent.map((_event, index) => [index + 1, undefined]),
    );
    expect(ids(await collect(log.read()))).toEqual(ids(sent));
    expect(stored(cluster)).toBe(sent.length);
  });

  it.each(faults.filter(([, { kind }]) => kind !== 'silent' && kind !== 'slow'))(
    'is stored once where, three times in a row, %s',
    async (_, fault) => {
      const cluster = await bench.cluster();
      const log = await bench.open(cluster);
      cluster.failNext('append', fault, 3);
      await log.append(sent, { expected: { 'crossing-x': -1 } });
      expect(ids(await collect(log.read()))).toEqual(ids(sent));
    },
  );

  it('is unavailable where the failure lasts, and is stored when it is sent again', async () => {
    const cluster = await bench.cluster();
    const hasty = await bench.open(cluster, { timeout: 200 });
    const patient = await bench.open(cluster);
    cluster.failNext('append', { kind: 'exhausted' }, 8);
    expect(await refusal(hasty.append(sent))).toMatchObject({ code: 'unavailable' });
    expect(stored(cluster)).toBe(0);
    await patient.append(sent);
    expect(stored(cluster)).toBe(sent.length);
  });
});

describe('a question that an append asks first', () => {
  const asked: readonly Fault[] = [
    { kind: 'unavailable' },
    { kind: 'lost' },
    { kind: 'exhausted' },
    { kind: 'silent' },
    { kind: 'dropped' },
  ];

  it.each(asked)('may fail once ($kind): what the server can do', async (fault) => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    cluster.failNext('features', fault);
    await log.append(sent);
    expect(cluster.pendingFaults('features')).toBe(0);
    expect(stored(cluster)).toBe(sent.length);
  });

  it.each(asked)('may fail once ($kind): who leads', async (fault) => {
    const cluster = await bench.cluster({ nodes: 3 });
    cluster.failNext('gossip', fault);
    const log = await bench.open(cluster);
    await log.append(sent);
    expect(stored(cluster)).toBe(sent.length);
  });

  it.each(asked)('may fail once ($kind): what is new, before a revision is refused', async (fault) => {
    const cluster = await bench.cluster();
    const [log, other] = [await bench.open(cluster), await bench.open(cluster)];
    await other.append(sent.slice(0, 1), { expected: { 'crossing-x': -1 } });
    cluster.failNext('read', fault);
    const late = log.append([event('late', { stream: 'crossing-x' })], { expected: { 'crossing-x': -1 } });
    expect(await refusal(late)).toMatchObject({ code: 'wrong-revision' });
    expect(ids(await collect(log.read()))).toEqual(['e0']);
  });
});

describe('many appends together', () => {
  it('are all stored once, though the connection breaks again and again', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    const sent = upTo(300).map((n) =>
      event(`e${n}`, { stream: `crossing-${n % 7}`, payload: 'x'.repeat(3_000) }),
    );
    const answers = Promise.all(sent.map((item) => log.append([item])));
    for (const _ of upTo(15)) {
      cluster.nodes[0]?.cut();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await answers;
    const all = await collect(log.read());
    expect(new Set(ids(all)).size).toBe(300);
    expect(all.map(({ sequence }) => sequence)).toEqual(upTo(300));
  });
});

describe('the replica', () => {
  const dropped: readonly (readonly [string, Fault])[] = [
    ['is dropped in the middle', { kind: 'dropped', after: 77 }],
    ['breaks in the middle', { kind: 'lost', after: 77 }],
    ['is never confirmed', { kind: 'unavailable' }],
  ];
  it.each(dropped)('has everything once and in order where its subscription %s', async (_, fault) => {
    const cluster = await bench.cluster();
    const writer = await bench.open(cluster);
    for (const n of upTo(6)) await writer.append(events(50, `${n}-`, { stream: `crossing-${n % 2}` }));
    cluster.failNext('subscribe', fault, 2);
    const log = await bench.open(cluster);
    expect(await collect(log.read())).toEqual(await collect(writer.read()));
    expect((await log.head()).sequence).toBe(300);
  });

  it('continues after its node was down, and says for how long it has been behind', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster, { timeout: 2_000 });
    const heard = new Heard(log.subscribe());
    await log.append(events(3, 'before'));
    expect(log.lag()).toEqual({ events: 0, seconds: 0 });
    await cluster.nodes[0]?.stop();
    const hasty = log.append([event('lost')]);
    expect(await refusal(hasty)).toMatchObject({ code: 'unavailable' });
    const lag = log.lag();
    expect(lag.events).toBeUndefined();
    expect(lag.seconds).toBeGreaterThan(1);
    expect(ids(await collect(log.read()))).toHaveLength(3);
    await cluster.nodes[0]?.start();
    // A client that gets `unavailable` sends the append again; on a busy machine several tries may be necessary.
    const again = await sentUntilTaken(log, event('lost'));
    expect(again).toMatchObject([{ sequence: 4 }]);
    await heard.caughtUp(4);
    heard.stop();
    expect(heard.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(log.lag()).toEqual({ events: 0, seconds: 0 });
  });
});

describe('a cluster of three', () => {
  it('elects another leader, and appends are stored there', async () => {
    const cluster = await bench.cluster({ nodes: 3 });
    const log = await bench.open(cluster);
    await log.append([event('first')]);
    cluster.elect(2);
    expect((await log.append(sent))[0]).toMatchObject({ sequence: 2 });
    expect(stored(cluster)).toBe(sent.length + 1);
  });

  it('loses its leader, and appends are stored at the next', async () => {
    const cluster = await bench.cluster({ nodes: 3 });
    const log = await bench.open(cluster);
    await log.append([event('first')]);
    await cluster.nodes[0]?.stop();
    cluster.elect(undefined);
    const appending = log.append(sent);
    setTimeout(() => cluster.elect(1), 300);
    expect((await appending)[0]).toMatchObject({ sequence: 2 });
    expect(stored(cluster)).toBe(sent.length + 1);
  });

  it('freezes its leader, and appends are stored at the next', async () => {
    const cluster = await bench.cluster({ nodes: 3 });
    const log = await bench.open(cluster);
    await log.append([event('first')]);
    cluster.nodes[0]?.freeze();
    cluster.elect(1);
    expect((await log.append(sent))[0]).toMatchObject({ sequence: 2 });
    await reaches(log, 2);
  });
});

async function sentUntilTaken(log: EventLog, sent: NewEvent): Promise<Appended[]> {
  for (let times = 1; ; times += 1) {
    try {
      return await log.append([sent]);
    } catch (error) {
      if (times === 5 || !(error instanceof LogError) || error.code !== 'unavailable') throw error;
    }
  }
}
