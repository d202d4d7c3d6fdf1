import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KurrentStreams } from '#log/kurrentdb';
import { systemRuntime, type Runtime } from '#runtime';
import { Door } from '../../../test/support/kurrentdb/door.js';
import { double, type Double } from '../../../test/support/kurrentdb/index.js';
import {
  AddressRules,
  Deliverer,
  Outbound,
  RequestSemaphore,
  Sender,
  type DeliveryLease,
  type WebhookStore,
} from '../index.js';
import { NumberSource, Receiver, until } from '../spec-support.js';
import { openClusterWebhooks } from './open.js';

const KEY = randomBytes(32);
/** These times are much shorter than in a real service. */
const TIMES = { heartbeat: 100, claim: 800 };

let cluster: Double;
let receiver: Receiver;
let source: NumberSource;
let folder: string;
const instances: Delivering[] = [];

/** An instance that delivers. It has a network of its own to the cluster, and a monotonic clock that can be stopped. */
class Delivering {
  store!: WebhookStore;
  lease!: DeliveryLease;
  deliverer!: Deliverer;
  readonly door = new Door(() => cluster.nodes[0]!.port);
  private outbound!: Outbound;
  private stoodAt: number | undefined;
  private readonly runtime: Runtime = {
    ...systemRuntime,
    elapsed: () => this.stoodAt ?? systemRuntime.elapsed(),
  };

  static async start(key = KEY): Promise<Delivering> {
    const made = new Delivering();
    try {
      await made.open(key);
    } catch (error) {
      await made.door.close();
      throw error;
    }
    instances.push(made);
    return made;
  }

  private async open(key: Buffer): Promise<void> {
    await this.door.open();
    const { runtime } = this;
    const connectionString = `kurrentdb://127.0.0.1:${this.door.port}?tls=false&discoveryInterval=20`;
    const opened = await openClusterWebhooks({
      file: join(folder, `${crypto.randomUUID()}.db`),
      streams: new KurrentStreams({ connectionString, name: 'borderline', runtime }),
      key,
      runtime,
      isReady: () => true,
      leaseTimes: TIMES,
    });
    this.store = opened.store;
    this.lease = opened.lease;
    const { store, lease } = opened;
    this.outbound = new Outbound({ runtime, rules: new AddressRules(['127.0.0.0/8']) });
    const sender = new Sender({
      store,
      outbound: this.outbound,
      semaphore: new RequestSemaphore(),
      runtime,
      userAgent: 'a test',
    });
    this.deliverer = new Deliverer({
      store,
      lease,
      sender,
      runtime,
      pollEvery: 50,
      sourceOf: () => source,
      isEntitled: () => true,
      onAttempt: () => undefined,
      onState: () => undefined,
      onError: () => undefined,
    });
    this.deliverer.start();
  }

  async subscribe(id: string): Promise<void> {
    const made = {
      owner: 'somebody',
      url: receiver.url,
      kind: 'events',
      filter: {},
      server: 'http://localhost',
      description: '',
      created: Date.now(),
      state: 'active',
      reason: '',
      version: 1,
    } as const;
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await this.store.add({ id, ...made }, { secret, after: '0', most: 100 });
    this.deliverer.refresh();
  }

  /**
   * For the other instances this instance seems killed: none of its messages reach the cluster. Requests that are under way still reach the
   * receiver.
   */
  async vanish(): Promise<void> {
    await this.door.close();
  }

  /** The monotonic clock of the instance stops: the instance considers its lease valid, and sees no time pass without a heartbeat. */
  stopClock(): void {
    this.stoodAt = systemRuntime.elapsed();
  }

  async end(): Promise<void> {
    await this.deliverer.stop();
    await this.outbound.close();
    await this.store.close();
    if (this.door.isOpen) await this.door.close();
  }
}

beforeEach(async () => {
  cluster = await double();
  receiver = new Receiver();
  await receiver.listen();
  folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  source = new NumberSource(0);
});
afterEach(async () => {
  await Promise.all(instances.splice(0).map((instance) => instance.end()));
  receiver.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const delivering = (): Delivering[] => instances.filter(({ lease }) => lease.isHeld);

/** The messages of a receiver with at-least-once delivery: each message once, in the order of the first deliveries; and the number of repeats. */
function received(): { readonly once: readonly number[]; readonly repeats: number } {
  const once = [...new Set(receiver.got.map(({ n }) => n))];
  return { once, repeats: receiver.got.length - once.length };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

describe('of three instances', () => {
  beforeEach(async () => {
    for (let n = 0; n < 3; n += 1) await Delivering.start();
    await until(() => delivering().length === 1);
  });

  it('one delivers what is registered on any of them', async () => {
    for (const [n, instance] of instances.entries()) await instance.subscribe(`w${n}`);
    source.add(10);
    await receiver.has(30);
    for (const n of [0, 1, 2])
      expect(receiver.got.filter(({ id }) => id.startsWith(`w${n}_`)).map((got) => got.n)).toEqual(upTo(10));
    for (const instance of instances) {
      await instance.store.refresh(['w0', 'w1', 'w2']);
      expect(instance.store.list().map(({ id }) => id)).toEqual(['w0', 'w1', 'w2']);
    }
    expect(delivering()).toHaveLength(1);
  });

  it('another continues where the deliverer has vanished: nothing is lost, in order, one repeat at most', async () => {
    await instances[0]!.subscribe('w');
    receiver.answering = (_, response) => setTimeout(() => response.writeHead(204).end(), 5);
    for (const round of [1, 2]) {
      source.add(100);
      await receiver.has(round * 100 - 60);
      const [holder] = delivering();
      await holder!.vanish();
      await until(() => received().once.length === round * 100);
      expect(received().once).toEqual(upTo(round * 100));
      expect(received().repeats).toBeLessThanOrEqual(round);
      expect(holder!.lease.isHeld).toBe(false);
    }
  });

  it('another continues where the deliverer was stopped, and waits for no heartbeat', async () => {
    await instances[0]!.subscribe('w');
    source.add(5);
    await receiver.has(5);
    const [holder] = delivering();
    await until(() => holder!.store.place('w', 'live')?.after === '5');
    // The clocks of the other instances are stopped, so no heartbeat is late for them: they can only see the release.
    for (const instance of instances) if (instance !== holder) instance.stopClock();
    await holder!.deliverer.stop();
    source.add(5);
    await receiver.has(10);
    expect(received()).toEqual({ once: upTo(10), repeats: 0 });
  });

  it('an instance that was replaced while it hung stores no place, and stops, although its clock says that it may continue', async () => {
    await instances[0]!.subscribe('w');
    source.add(3);
    await receiver.has(3);
    const [holder] = delivering();
    await until(() => holder!.store.place('w', 'live')?.after === '3');
    holder!.stopClock();
    holder!.door.freeze();
    await until(() => delivering().length === 2);
    const heir = delivering().find((instance) => instance !== holder)!;
    source.add(4);
    await until(() => heir.store.place('w', 'live')?.after === '7');
    holder!.door.thaw();
    await until(() => delivering().length === 1);
    expect(delivering()).toEqual([heir]);
    source.add(3);
    await until(() => heir.store.place('w', 'live')?.after === '10');
    // The old instance may already have sent the next message.
    expect(received().once).toEqual(upTo(10));
    expect(received().repeats).toBeLessThanOrEqual(1);
    await holder!.store.refresh(['w']);
    expect(holder!.store.place('w', 'live')?.after).toBe('10');
  });

  it('none delivers while the cluster cannot be reached for longer than the lease; afterwards one instance continues', async () => {
    await instances[0]!.subscribe('w');
    source.add(3);
    await receiver.has(3);
    await until(() => delivering()[0]!.store.place('w', 'live')?.after === '3');
    await cluster.nodes[0]!.stop();
    await until(() => delivering().length === 0);
    source.add(3);
    await cluster.nodes[0]!.start();
    await until(() => received().once.length === 6);
    expect(received().once).toEqual(upTo(6));
    expect(received().repeats).toBeLessThanOrEqual(1);
    expect(delivering()).toHaveLength(1);
  });
});

describe('the answer to a write that is lost', () => {
  it('repeats no message, and loses no place', async () => {
    const instance = await Delivering.start();
    await instance.subscribe('w');
    await until(() => delivering().length === 1);
    for (let n = 1; n <= 6; n += 1) {
      cluster.failNext('append', { kind: 'lost', committed: n % 2 === 0 });
      source.add(1);
      await until(() => instance.store.place('w', 'live')?.after === String(n));
    }
    cluster.clearFaults();
    expect(received()).toEqual({ once: upTo(6), repeats: 0 });
  });
});

describe('the secrets', () => {
  it('are encrypted in the cluster, and all instances that have the key decrypt them; another key is refused', async () => {
    const [one, other] = [await Delivering.start(), await Delivering.start()];
    await one.subscribe('w');
    const [{ secret } = { secret: '' }] = one.store.secrets('w', Date.now());
    await other.store.refresh(['w']);
    expect(other.store.secrets('w', Date.now()).map((found) => found.secret)).toEqual([secret]);
    const stored = (cluster.store.stream('borderline.webhook-w') ?? []).map(({ data }) =>
      Buffer.from(data).toString(),
    );
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.join('')).not.toContain(secret.slice(8, 20));
    await expect(Delivering.start(randomBytes(32))).rejects.toThrow(/encrypted with the key/);
  });
});

describe('the streams', () => {
  it('of places and of the lease are bounded in the cluster, and still have the records that count', async () => {
    const instance = await Delivering.start();
    await instance.subscribe('w');
    source.add(40);
    await receiver.has(40);
    await until(() => instance.store.place('w', 'live')?.after === '40');
    const settings = (stream: string): string =>
      Buffer.from(cluster.store.stream(`$$borderline.${stream}`)?.at(-1)?.data ?? []).toString();
    expect(settings('webhook-w')).toBe('{"$maxCount":10}');
    expect(settings('webhooks-lease')).toBe('{"$maxCount":50}');
    const another = await Delivering.start();
    expect(another.store.place('w', 'live')?.after).toBe('40');
  });
});
