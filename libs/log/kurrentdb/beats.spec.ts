import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { systemRuntime, type Runtime } from '#runtime';
import type { Double } from '../../../test/support/kurrentdb/index.js';
import { Instances, stored } from '../../../test/support/kurrentdb/instances.js';
import { collect, event, reaches } from '../contract/fixture.js';
import type { EventLog } from '../event-log.js';

let bench: Instances;
beforeEach(() => {
  bench = new Instances();
});
afterEach(() => bench.clear());

/** Noon by the clock of the leader; the clock of an instance may differ. */
const NOON = Date.UTC(2026, 2, 1, 12);

/** The clock of the leader, and clocks of instances that are wrong by a number of milliseconds. */
class Clocks {
  leader = NOON;
  private gone = 0;

  pass(milliseconds: number): void {
    this.leader += milliseconds;
    this.gone += milliseconds;
  }

  ahead(milliseconds: number): { readonly runtime: Runtime } {
    const now = (): number => this.leader + milliseconds;
    return { runtime: { ...systemRuntime, now, elapsed: () => systemRuntime.elapsed() + this.gone } };
  }
}

async function cluster(clocks: Clocks): Promise<Double> {
  return bench.cluster({ clock: () => clocks.leader });
}

const beats = (server: Double): number =>
  (server.store.stream('borderline') ?? []).filter(({ type }) => type === 'beat').length;

/** Tries until the log is sealed, as a reader of changes does. */
async function seal(log: EventLog, at: number): Promise<void> {
  while ((await log.seal(at)) < at) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function comesTo(log: EventLog, at: number): Promise<void> {
  while ((await log.sealed()) < at) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('an instant that is due', () => {
  it('is sealed by a record that is no event, on every instance, also on one that starts later', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const [one, other] = [await bench.open(server, clocks.ahead(0)), await bench.open(server)];
    await one.append([event('a')]);
    clocks.pass(60_000);
    expect(await one.seal(clocks.leader - 10)).toBe(clocks.leader);
    await comesTo(other, clocks.leader);
    const late = await bench.open(server);
    expect(await late.sealed()).toBe(clocks.leader);
    for (const log of [one, other, late]) expect((await log.head()).sequence).toBe(1);
    expect([stored(server), beats(server)]).toEqual([2, 1]);
  });

  it('is sealed by one of the instances that see it at the same time', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const logs = await Promise.all([0, 1, 2, 3].map(() => bench.open(server, clocks.ahead(0))));
    await logs[0]!.append([event('a')]);
    for (const log of logs) await reaches(log, 1);
    for (let due = 1; due <= 5; due += 1) {
      clocks.pass(60_000);
      const { leader } = clocks;
      await Promise.all(logs.map((log) => seal(log, leader)));
      expect(beats(server)).toBe(due);
    }
  });

  it('needs no beat where something was recorded since', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const log = await bench.open(server, clocks.ahead(0));
    clocks.pass(60_000);
    await log.append([event('a')]);
    expect(await log.seal(clocks.leader)).toBe(clocks.leader);
    expect(beats(server)).toBe(0);
  });

  it('is not sealed before the leader’s clock comes to it; an instance that is ahead asks once, and waits', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const [fast, right] = [
      await bench.open(server, clocks.ahead(3_000)),
      await bench.open(server, clocks.ahead(0)),
    ];
    await fast.append([event('a')]);
    const due = NOON + 62_000;
    clocks.pass(60_000);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await fast.seal(due)).toBe(clocks.leader);
    expect(await right.seal(due)).toBeLessThan(due);
    expect(beats(server)).toBe(1);
    clocks.pass(1_000);
    expect(await fast.seal(due)).toBeLessThan(due);
    expect(beats(server)).toBe(1);
    clocks.pass(1_000);
    expect(await fast.seal(due)).toBe(due);
    await comesTo(right, due);
    expect(await right.seal(due)).toBe(due);
    expect(beats(server)).toBe(2);
  });

  it('within a second is sealed when the second is over', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const log = await bench.open(server, clocks.ahead(0));
    await log.append([event('a')]);
    clocks.pass(60_250);
    expect(await log.seal(NOON + 60_200)).toBeLessThan(NOON + 60_200);
    expect(beats(server)).toBe(0);
    clocks.pass(750);
    expect(await log.seal(NOON + 60_200)).toBe(NOON + 61_000);
  });
});

describe('what is sealed', () => {
  it('stays sealed under a leader whose clock is behind, the same on every instance', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const logs = await Promise.all([0, 0, -7_000].map((by) => bench.open(server, clocks.ahead(by))));
    await logs[0]!.append([event('a')]);
    clocks.pass(60_000);
    const sealed = await logs[0]!.seal(clocks.leader);
    clocks.leader -= 30_000;
    const [later] = await logs[1]!.append([event('b')]);
    expect(later!.recordedAt).toBe(sealed);
    const late = await bench.open(server);
    for (const log of [...logs, late]) {
      await reaches(log, 2);
      expect((await collect(log.read())).map(({ recordedAt }) => recordedAt)).toEqual([NOON, sealed]);
    }
  });

  it('is still sealed after a restart without the cluster', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const replica = join(bench.folder, 'replica.db');
    const log = await bench.open(server, { replica, ...clocks.ahead(0) });
    await log.append([event('a')]);
    clocks.pass(60_000);
    const sealed = await log.seal(clocks.leader);
    await log.close();
    await server.stop();
    const again = await bench.open(server, { replica, ...clocks.ahead(0) });
    expect(await again.sealed()).toBe(sealed);
    expect(await again.seal(sealed + 1_000)).toBe(sealed);
  });

  it('does not grow while the cluster cannot be reached, and grows once afterwards', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const log = await bench.open(server, clocks.ahead(0));
    await log.append([event('a')]);
    const [node] = server.nodes;
    await node!.stop();
    clocks.pass(60_000);
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await log.seal(clocks.leader)).toBe(NOON);
    await node!.start();
    await seal(log, clocks.leader);
    expect(beats(server)).toBe(1);
  });

  it('is sealed by one beat where the answer to the beat is lost', async () => {
    const clocks = new Clocks();
    const server = await cluster(clocks);
    const log = await bench.open(server, clocks.ahead(0));
    await log.append([event('a')]);
    clocks.pass(60_000);
    server.failNext('append', { kind: 'lost', committed: true });
    await seal(log, clocks.leader);
    expect(beats(server)).toBe(1);
  });
});
