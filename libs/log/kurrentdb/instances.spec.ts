import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonEvent, KurrentDBClient, type StreamMetadata } from '@kurrent/kurrentdb-client';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { collect, event, events, ids, reaches, refusal, upTo } from '../contract/fixture.js';
import { LogError } from '../errors.js';
import type { EventLog, NewEvent } from '../event-log.js';
import { openReplicaToRead } from '../replica/index.js';
import { serialize } from '../serialized-event.js';
import { eventsToWrite, recordToWrite } from './record.js';
import type { Double, Fault } from '../../../test/support/kurrentdb/index.js';
import { ANY } from '../../../test/support/kurrentdb/stream-write.js';
import { Instances, stored } from '../../../test/support/kurrentdb/instances.js';

let bench: Instances;
beforeEach(() => {
  bench = new Instances();
});
afterEach(() => bench.clear());

const uuid = '01953f21-8a00-7c3e-9b1d-5a0c6f2e4d7b';

async function same(...logs: readonly EventLog[]): Promise<void> {
  const heads = await Promise.all(logs.map((log) => log.head()));
  const last = Math.max(...heads.map(({ sequence }) => sequence));
  for (const log of logs) await reaches(log, last);
  const [first, ...others] = await Promise.all(logs.map((log) => collect(log.read())));
  for (const other of others) expect(other).toEqual(first);
}

describe('two instances that append the same id at the same time', () => {
  it('agree on which of the two appends has the id; nothing of the other append is stored', async () => {
    const cluster = await bench.cluster();
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    for (const round of upTo(15)) {
      const batch = (side: number) => [
        event(`${round}-${side}-before`, { stream: `crossing-${side}` }),
        event(`${round}-shared`, { stream: 'talks-x', payload: side }),
      ];
      const answers = await Promise.allSettled([logs[0].append(batch(0)), logs[1].append(batch(1))]);
      const refused = answers.flatMap((answer) =>
        answer.status === 'rejected' ? [answer.reason as LogError] : [],
      );
      expect(refused.map(({ code, id }) => [code, id])).toEqual([['id-conflict', `${round}-shared`]]);
    }
    await same(...logs);
    expect((await logs[0].head()).sequence).toBe(30);
  });

  it('have the event once where both send the same event, also where the id is a UUID, and whether the cluster remembers the id or not', async () => {
    for (const remembers of [0, 1_000]) {
      const cluster = await bench.cluster({ remembers });
      const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
      const sent = [event(uuid), event('b')];
      const answers = await Promise.all([...logs, ...logs].map((log) => log.append(sent)));
      expect(answers.flat().filter(({ duplicate }) => duplicate !== true)).toHaveLength(2);
      await same(...logs);
      expect(ids(await collect(logs[1].read()))).toEqual([uuid, 'b']);
    }
  });

  it('may write the events of an append that lost, though the cluster remembers its ids', async () => {
    const cluster = await bench.cluster({ remembers: 1_000 });
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    const batch = (side: number) => [
      event(uuid.replace('0195', `019${side}`)),
      event('taken', { payload: side }),
    ];
    const answers = await Promise.allSettled([logs[0].append(batch(0)), logs[1].append(batch(1))]);
    const lost = answers.findIndex(({ status }) => status === 'rejected');
    const [again] = await logs[0].append(batch(lost).slice(0, 1));
    expect(again).toMatchObject({ sequence: 3, revision: 2 });
    expect(again?.duplicate).toBeUndefined();
    await same(...logs);
  });
});

describe('two instances that append many events and few in turn', () => {
  it('have the same log, each event once and in order', async () => {
    const cluster = await bench.cluster();
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    for (const [round, size] of [1, 60, 1, 600, 5, 30, 1].entries()) {
      const [one, other] = round % 2 === 0 ? logs : [logs[1], logs[0]];
      const sent = await Promise.all([
        one.append(events(size, `${round}-a`)),
        other.append(events(1, `${round}-b`)),
      ]);
      expect(sent.flat()).toHaveLength(size + 1);
    }
    await same(...logs);
    expect((await logs[0].head()).sequence).toBe(705);
  });

  it('have the later events where one of many pages does not arrive', async () => {
    const cluster = await bench.cluster();
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    for (const round of upTo(3)) {
      cluster.failNext('read', { kind: 'unavailable' });
      await logs[0].append(events(100, `${round}-a`));
      await logs[1].append(events(1, `${round}-b`));
    }
    await same(...logs);
    expect((await logs[1].head()).sequence).toBe(303);
  });
});

describe('revisions', () => {
  it('are our own: repeats and losers that the cluster has stored do not count', async () => {
    const cluster = await bench.cluster();
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    await Promise.all(upTo(20).map((n) => logs[n % 2 === 0 ? 0 : 1].append([event('same')])));
    for (const log of logs) await reaches(log, 1);
    for (const [n, log] of [...logs, ...logs].entries()) {
      await reaches(log, n + 1);
      await log.append([event(`e${n}`)], { expected: { 'crossing-a': n } });
    }
    await same(...logs);
    expect((await collect(logs[0].readStream('crossing-a'))).map(({ revision }) => revision)).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });

  it('do not count the records that another program writes into our stream', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    await log.append([event('a')]);
    const stranger = KurrentDBClient.connectionString(cluster.connectionString);
    await stranger.appendToStream('borderline', [jsonEvent({ type: 'odd', data: { n: 1 } })]);
    await log.append([event('b')], { expected: { 'crossing-a': 0 } });
    expect(ids(await collect(log.read()))).toEqual(['a', 'b']);
    await stranger.dispose();
  });
});

describe('the time of recording', () => {
  it('is within the second that the cluster gives, never decreases, and is the same on every instance', async () => {
    let now = 5_000;
    const cluster = await bench.cluster({ clock: () => now });
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    for (const [at, time] of [5_000, 4_000, 6_000, 1_000].entries()) {
      now = time;
      await logs[at % 2 === 0 ? 0 : 1].append([event(`e${at}`)]);
    }
    const late = await bench.open(cluster);
    await same(...logs, late);
    expect((await collect(late.read())).map(({ recordedAt }) => recordedAt)).toEqual([
      5_999, 5_999, 6_999, 6_999,
    ]);
  });
});

describe('logs in one cluster', () => {
  it('do not see each other, although one name begins with the other', async () => {
    const cluster = await bench.cluster();
    const names = ['news', 'news-test'];
    const logs = await Promise.all(names.map((name) => bench.open(cluster, { name })));
    for (const [n, log] of logs.entries()) await log.append([event(`of-${names[n]}`)]);
    for (const [n, log] of logs.entries()) {
      expect(ids(await collect(log.read()))).toEqual([`of-${names[n]}`]);
    }
    expect(stored(cluster, 'news')).toBe(1);
  });
});

describe('a replica', () => {
  it('continues; another cluster is refused, until the replica is replaced or deleted', async () => {
    const replica = join(bench.folder, 'replica.db');
    const [one, other] = [await bench.cluster(), await bench.cluster()];
    const first = await bench.open(one, { replica });
    await first.append(events(50, 'one'));
    await first.close();
    const writer = await bench.open(one);
    await writer.append(events(50, 'more'));
    const again = await bench.open(one, { replica });
    await same(again, writer);
    await again.close();

    await (await bench.open(other)).append(events(3, 'other'));
    // A start waits some seconds for a busy cluster; after that time an append gets the reason.
    const refused = await bench
      .open(other, { replica })
      .then((log) => log.append([event('no')]).finally(() => log.close()))
      .catch(({ code, cause }: LogError) => [code, (cause as LogError | undefined)?.code]);
    expect(refused).toContain('corrupt');
    const elsewhere = await bench.open(other, { replica, discardReplica: true });
    expect(ids(await collect(elsewhere.read()))).toEqual(['other0', 'other1', 'other2']);
    await elsewhere.close();

    rmSync(replica);
    expect((await (await bench.open(other, { replica })).head()).sequence).toBe(3);
  });

  it('belongs to one instance at a time, and may be read beside it', async () => {
    const cluster = await bench.cluster();
    const replica = join(bench.folder, 'replica.db');
    const log = await bench.open(cluster, { replica });
    await log.append(events(3, 'e'));
    expect(await refusal(bench.open(cluster, { replica }))).toMatchObject({ code: 'unavailable' });
    const reader = openReplicaToRead(systemRuntime, replica);
    expect(await collect(reader.read())).toEqual(await collect(log.read()));
    expect(await refusal(reader.append([event('no')]))).toMatchObject({ code: 'unavailable' });
    await log.append([event('later')]);
    await reaches(reader, 4);
    await reader.close();
  });
});

describe('opening', () => {
  it.each([
    ['kurrentdb://admin:secret@127.0.0.1:1?tls=false', 'unavailable'],
    ['kurrentdb://admin:secret@127.0.0.1:x?tls=false', 'invalid'],
    ['kurrentdb://admin:secret@127.0.0.1:1?tls=maybe', 'invalid'],
    ['kurrentdb://admin:secret@127.0.0.1:1?colour=secret', 'invalid'],
    ['kurrentdb://admin:secret@127.0.0.1:1?tls=false&nodePreference=follower', 'invalid'],
    ['kurrentdb://admin:secret@', 'invalid'],
  ])('%s is refused as %s, and no secret is revealed', async (connectionString, code) => {
    const opening = bench.open({ connectionString }, { startTimeout: 600 });
    const error = await opening.then(
      () => undefined,
      (reason: unknown) => reason as LogError,
    );
    expect(error).toBeInstanceOf(LogError);
    expect(error?.code).toBe(code);
    expect(JSON.stringify([error?.message, String(error?.cause), error?.stack])).not.toContain('secret');
  });

  it.each(['kurrentdb', 'kurrent', 'kdb', 'esdb'])(
    'accepts an address that begins with %s',
    async (scheme) => {
      const cluster = await bench.cluster();
      const [address = ''] = cluster.connectionString.replace('kurrentdb', scheme).split('&');
      await (await bench.open({ connectionString: address })).append([event('a')]);
      const discover = cluster.discoverString.replace('kurrentdb', scheme);
      const log = await bench.open({ connectionString: discover });
      expect(ids(await collect(log.read()))).toEqual(['a']);
    },
  );

  it('refuses an invalid name', async () => {
    const cluster = await bench.cluster();
    for (const name of ['', 'a.b', 'A', '-', '$all']) {
      expect(await refusal(bench.open(cluster, { name }))).toMatchObject({ code: 'invalid' });
    }
    expect(existsSync(join(bench.folder, 'replica.db'))).toBe(false);
  });
});

describe('a cluster with TLS and users', () => {
  it('admits known users, and nobody else', async () => {
    const cluster = await bench.cluster({ secure: { username: 'us@home', password: 'pa:ss/word' } });
    const log = await bench.open(cluster);
    await log.append([event('a', { stream: 'crossing-x' }), event('b', { stream: 'crossing-y' })]);
    await log.append([event('c')], { expected: { 'crossing-a': -1 } });
    expect(ids(await collect((await bench.open(cluster)).read()))).toEqual(['a', 'b', 'c']);
    const connectionString = cluster.connectionString.replace('pa%3Ass', 'guess');
    expect(connectionString).not.toBe(cluster.connectionString);
    const refused = bench.open({ connectionString }, { startTimeout: 600 });
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
    await expect(refused).rejects.toThrow(/refuses these credentials/);
  });
});

describe('a user of the cluster', () => {
  it('needs no more rights than to read and to append', async () => {
    const secure = { username: 'borderline', password: 'secret', may: ['append', 'read'] } as const;
    const log = await bench.open(await bench.cluster({ secure }));
    expect(await log.append([event('a')])).toMatchObject([{ sequence: 1 }]);
  });

  it('that may only read cannot append, and the error says so', async () => {
    const secure = { username: 'borderline', password: 'secret', may: ['read'] } as const;
    const log = await bench.open(await bench.cluster({ secure }));
    await expect(log.append([event('a')])).rejects.toThrow(/refuses these credentials/);
    expect(await log.head()).toMatchObject({ sequence: 0 });
  });
});

describe('an instance with a replica, while the cluster cannot be reached', () => {
  it('starts, answers, says for how long it has been behind, and continues when the cluster is back', async () => {
    const cluster = await bench.cluster();
    const replica = join(bench.folder, 'replica.db');
    const before = await bench.open(cluster, { replica });
    await before.append(events(3, 'e'));
    await before.close();
    await cluster.nodes[0]?.stop();
    const log = await bench.open(cluster, { replica, timeout: 500 });
    expect(ids(await collect(log.read()))).toEqual(['e0', 'e1', 'e2']);
    expect(log.lag()).toMatchObject({ events: undefined });
    expect(log.lag().seconds).toBeGreaterThan(0);
    expect(log.lag().reason).toMatch(/cannot be reached|does not answer|no answer/i);
    expect(await refusal(log.append([event('no')]))).toMatchObject({ code: 'unavailable' });
    await cluster.nodes[0]?.start();
    await until(() => log.lag().seconds === 0);
    expect(await log.append([event('later')])).toMatchObject([{ sequence: 4 }]);
  });
});

describe('the stream of the log', () => {
  const spoil: readonly (readonly [string, (cluster: Double) => Promise<unknown>, RegExp])[] = [
    [
      'whose records the cluster may remove',
      (cluster) => settings(cluster, { maxCount: 2 }),
      /maxCount is set/,
    ],
    ['whose records expire', (cluster) => settings(cluster, { maxAge: 60 }), /maxAge is set/],
    [
      'that was truncated',
      (cluster) => settings(cluster, { truncateBefore: 1 }),
      /truncateBefore is set|first records/,
    ],
    ['that was deleted', async ({ store }) => store.tombstone('borderline'), /was deleted/],
    [
      'that was restored to an earlier state',
      async ({ store }) => store.putBack('borderline', 1),
      /ends with record 1/,
    ],
  ];

  it.each(spoil)(
    '%s is noticed while an instance runs, and when an instance starts',
    async (_, change, why) => {
      const cluster = await bench.cluster();
      const replica = join(bench.folder, 'replica.db');
      const log = await bench.open(cluster, { replica, timeout: 8_000 });
      for (const one of events(3, 'e')) await log.append([one]);
      await change(cluster);
      cluster.nodes[0]?.cut();
      await until(() => log.lag().lasting === true);
      expect(log.lag().reason).toMatch(why);
      await expect(log.append([event('later')])).rejects.toThrow(why);
      await log.close();
      await expect(bench.open(cluster, { replica })).rejects.toThrow(why);
    },
  );
});

describe('records that a setting of the stream hides while they are sent', () => {
  /** Writes each event in a record of its own, as another instance would; the subscriptions have the records when the promise resolves. */
  async function write({ store }: Double, written: readonly NewEvent[]): Promise<void> {
    const events = written.map((one) => {
      const part = eventsToWrite(`append-${one.id}`, { events: [serialize(one)], expected: {} });
      const { id, type, data, metadata } = recordToWrite([part], crypto.randomUUID(), 1_700_000_000_000);
      return {
        id,
        type,
        json: false,
        data: Buffer.from(data),
        metadata: Buffer.from(metadata as Uint8Array),
      };
    });
    store.append({ stream: 'borderline', expected: ANY, events });
    for (const _ of upTo(20)) await new Promise((resolve) => setImmediate(resolve));
  }

  it('are not left out, where those before and after them arrive together', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    await log.append([event('a')]);
    cluster.nodes[0]?.freeze();
    await write(cluster, [event('b')]);
    cluster.store.setMetadata('borderline', { $maxCount: 1 });
    await write(cluster, events(3, 'c'));
    cluster.store.setMetadata('borderline', {});
    cluster.nodes[0]?.thaw();
    await reaches(log, 5);
    expect(ids(await collect(log.read()))).toEqual(['a', 'b', 'c0', 'c1', 'c2']);
  });
});

describe('an append larger than one write of the cluster', () => {
  const many = (count: number, prefix: string) =>
    upTo(count).map((n) => event(`${prefix}${n}`, { stream: `crossing-${n % 7}`, payload: 'x'.repeat(500) }));

  it('is stored whole, in one piece, whatever is written meanwhile', async () => {
    const cluster = await bench.cluster();
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    let done = false;
    const meanwhile = (async () => {
      for (let n = 0; !done; n += 1) await logs[1].append([event(`small${n}`)]);
    })();
    const answer = await logs[0].append(many(2_200, 'large'));
    done = true;
    await meanwhile;
    const [first] = answer;
    expect(answer.map(({ sequence }) => sequence - (first?.sequence ?? 0))).toEqual(
      answer.map((_, at) => at),
    );
    expect(first?.sequence).toBeGreaterThan(1);
    await same(...logs, await bench.open(cluster));
  });

  it('is refused whole where another append takes one of its ids meanwhile, or the other append is refused', async () => {
    const cluster = await bench.cluster();
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    const large = logs[0].append(many(2_200, 'e'));
    await until(() => stored(cluster) > 0);
    const answers = await Promise.allSettled([large, logs[1].append([event('e2200', { payload: 'other' })])]);
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as LogError] : [],
    );
    expect(refused).toMatchObject([{ code: 'id-conflict', id: 'e2200' }]);
    await same(...logs);
    expect((await logs[1].head()).sequence).toBe(answers[0].status === 'fulfilled' ? 2_200 : 1);
  });

  it.each<Fault>([
    { kind: 'lost' },
    { kind: 'lost', committed: true },
    { kind: 'timedOut', committed: true },
  ])('is stored once where a write in its middle fails ($kind, committed: $committed)', async (fault) => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    const appending = log.append(many(2_200, 'e'));
    await until(() => stored(cluster) > 0);
    cluster.failNext('append', fault);
    expect((await appending).at(-1)).toMatchObject({ sequence: 2_200 });
    expect((await log.head()).sequence).toBe(2_200);
  });

  it('that ends in the middle counts for nothing, also on an instance that starts later', async () => {
    const cluster = await bench.cluster();
    const replica = join(bench.folder, 'replica.db');
    const log = await bench.open(cluster, { timeout: 10_000 });
    const other = await bench.open(cluster, { replica });
    let ended = false;
    const appending = refusal(log.append(many(2_200, 'e'))).finally(() => (ended = true));
    await until(() => ended || stored(cluster) > 0);
    cluster.failNext('append', { kind: 'exhausted' }, 1_000);
    expect(await appending).toMatchObject({ code: 'unavailable' });
    cluster.clearFaults();
    await other.append([event('after')]);
    await other.close();
    const again = await bench.open(cluster, { replica });
    await again.append([event('e1', { payload: 'free' })]);
    await same(again, await bench.open(cluster), log);
    expect(ids(await collect(again.read()))).toEqual(['after', 'e1']);
  });

  it('is divided into as many writes as the limit of the cluster requires', async () => {
    const cluster = await bench.cluster({ maxAppendSize: 20_000 });
    const log = await bench.open(cluster);
    expect((await log.append(many(100, 'e'))).at(-1)).toMatchObject({ sequence: 100 });
    const huge = event('huge', { payload: 'x'.repeat(30_000) });
    expect(await refusal(log.append([huge]))).toMatchObject({ code: 'too-large' });
    expect(await log.append([event('small')])).toMatchObject([{ sequence: 101 }]);
  });
});

describe('a server that gives up subscriptions', () => {
  it('costs only another subscription', async () => {
    const cluster = await bench.cluster({ version: '23.10.0' });
    const logs = [await bench.open(cluster), await bench.open(cluster)] as const;
    const stranger = KurrentDBClient.connectionString(cluster.connectionString);
    const odd = upTo(100).map((n) => jsonEvent({ type: 'odd', data: { n } }));
    for (const n of upTo(10)) {
      await logs[n % 2 === 0 ? 0 : 1].append(events(10, `${n}-`));
      await stranger.appendToStream('borderline', odd);
    }
    await stranger.dispose();
    await same(...logs);
    expect((await logs[0].head()).sequence).toBe(100);
  });
});

describe('appends that wait for the same cluster', () => {
  it('share writes, and a refused one does not affect the others', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    await log.append([event('known')]);
    const before = cluster.appends;
    const answers = await Promise.allSettled(
      upTo(200).map((n) =>
        n === 100
          ? log.append([event('new'), event('known', { payload: 'other' })])
          : log.append([event(`e${n}`)]),
      ),
    );
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect((await log.head()).sequence).toBe(200);
    expect(cluster.appends - before).toBeLessThan(20);
  });
});

/** Waits, by polling, until the condition is true. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function settings({ connectionString }: Double, metadata: StreamMetadata): Promise<void> {
  const client = KurrentDBClient.connectionString(connectionString);
  await client.setStreamMetadata('borderline', metadata);
  await client.dispose();
}
