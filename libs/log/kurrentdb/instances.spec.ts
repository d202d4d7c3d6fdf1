import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { collect, event, events, ids, reaches, refusal, upTo } from '../contract/fixture.js';
import { LogError } from '../errors.js';
import type { EventLog } from '../event-log.js';
import { openReplicaToRead } from '../sqlite/index.js';
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
  it('agree on which of two different appends it belongs to; nothing of the other goes in', async () => {
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

  it('have it once where it is the same event, as a UUID too, whatever the cluster remembers', async () => {
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

  it('may write what was in an append that lost, though the cluster remembers its ids', async () => {
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

describe('revisions', () => {
  it('are ours: repeats and losers that the cluster has stored do not count', async () => {
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

  it('do not count what somebody else writes into a stream of ours', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    await log.append([event('a')]);
    const stranger = KurrentDBClient.connectionString(cluster.connectionString);
    await stranger.appendToStream('borderline.crossing-a', [jsonEvent({ type: 'odd', data: { n: 1 } })]);
    await log.append([event('b')], { expected: { 'crossing-a': 0 } });
    expect(ids(await collect(log.read()))).toEqual(['a', 'b']);
    await stranger.dispose();
  });
});

describe('the time of recording', () => {
  it('is that of the cluster, and never runs backwards, the same on every instance', async () => {
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
      5_000, 5_000, 6_000, 6_000,
    ]);
  });
});

describe('logs in one cluster', () => {
  it('do not see each other, though the name of one begins with that of another', async () => {
    const cluster = await bench.cluster();
    const names = ['news', 'news-test'];
    const logs = await Promise.all(names.map((name) => bench.open(cluster, { name })));
    for (const [n, log] of logs.entries()) await log.append([event(`of-${names[n]}`)]);
    for (const [n, log] of logs.entries()) {
      expect(ids(await collect(log.read()))).toEqual([`of-${names[n]}`]);
    }
    expect(stored(cluster, 'news.')).toBe(1);
  });
});

describe('a replica', () => {
  it('goes on where it was, and is made anew by another cluster or where it was deleted', async () => {
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
    const elsewhere = await bench.open(other, { replica });
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
    const reader = openReplicaToRead(replica);
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
  ])('%s is refused as %s, and no secret is told', async (connectionString, code) => {
    const opening = bench.open({ connectionString }, { patience: 600 });
    const error = await opening.then(
      () => undefined,
      (reason: unknown) => reason as LogError,
    );
    expect(error).toBeInstanceOf(LogError);
    expect(error?.code).toBe(code);
    expect(JSON.stringify([error?.message, String(error?.cause), error?.stack])).not.toContain('secret');
  });

  it.each(['kurrentdb', 'kurrent', 'kdb', 'esdb'])('takes an address that begins with %s', async (scheme) => {
    const cluster = await bench.cluster();
    const [address = ''] = cluster.connectionString.replace('kurrentdb', scheme).split('&');
    await (await bench.open({ connectionString: address })).append([event('a')]);
    const discover = cluster.discoverString.replace('kurrentdb', scheme);
    const log = await bench.open({ connectionString: discover });
    expect(ids(await collect(log.read()))).toEqual(['a']);
  });

  it('refuses a name that is none', async () => {
    const cluster = await bench.cluster();
    for (const name of ['', 'a.b', 'A', '-', '$all']) {
      expect(await refusal(bench.open(cluster, { name }))).toMatchObject({ code: 'invalid' });
    }
    expect(existsSync(join(bench.folder, 'replica.db'))).toBe(false);
  });
});

describe('a cluster with TLS and users', () => {
  it('lets in whom it knows, and nobody else', async () => {
    const cluster = await bench.cluster({ secure: { username: 'us@home', password: 'pa:ss/word' } });
    const log = await bench.open(cluster);
    await log.append([event('a', { stream: 'crossing-x' }), event('b', { stream: 'crossing-y' })]);
    await log.append([event('c')], { expected: { 'crossing-a': -1 } });
    expect(ids(await collect((await bench.open(cluster)).read()))).toEqual(['a', 'b', 'c']);
    const connectionString = cluster.connectionString.replace('pa%3Ass', 'guess');
    expect(connectionString).not.toBe(cluster.connectionString);
    const refused = bench.open({ connectionString }, { patience: 600 });
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
    await expect(refused).rejects.toThrow(/refuses these credentials/);
  });
});

describe('an append that the cluster will never take', () => {
  it('is too large from the size on that the cluster says', async () => {
    const cluster = await bench.cluster({ maxAppendSize: 10_000 });
    const log = await bench.open(cluster);
    const batch = events(20, 'e', { payload: 'x'.repeat(1_000) });
    expect(await refusal(log.append(batch))).toMatchObject({ code: 'too-large' });
    expect((await log.append(batch.slice(0, 5))).at(-1)).toMatchObject({ sequence: 5 });
  });

  it('is corrupt where its stream was deleted in the cluster', async () => {
    const cluster = await bench.cluster();
    const log = await bench.open(cluster);
    await log.append([event('a')]);
    cluster.store.tombstone('borderline.crossing-a');
    expect(await refusal(log.append([event('b')]))).toMatchObject({ code: 'corrupt' });
    await log.append([event('c', { stream: 'crossing-c' })]);
  });
});
