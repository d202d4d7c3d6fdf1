import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Receiver } from '../../libs/webhooks/spec-support.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { double, type Double } from '../support/kurrentdb/index.js';
import { development, Instance, type Development } from './instance.js';

/** Milliseconds: the time for which a killed instance keeps the lease, and more time for a slow machine. */
const TAKEOVER_MS = 120_000;

describe('webhooks of three instances over a cluster', () => {
  let cluster: Double;
  let receiver: Receiver;
  let webhook: string;
  const folders = Array.from({ length: 4 }, temporaryFolder);
  const instances: Instance[] = [];
  const sent: Development[] = [];

  beforeAll(async () => {
    cluster = await double();
    receiver = new Receiver();
    await receiver.listen();
    const [keys = '', ...data] = folders;
    const environment = { BORDERLINE_KEY_FOLDER: keys, BORDERLINE_OUTBOUND: '127.0.0.0/8' };
    for (const folder of data)
      instances.push(await Instance.start(folder, cluster.connectionString, environment));
  });
  afterAll(async () => {
    for (const instance of instances) {
      instance.signal('SIGCONT');
      await instance.stop('SIGKILL');
    }
    receiver.close();
    await cluster.stop();
    for (const folder of folders) removeFolder(folder);
  });

  const record = async (by: Instance, count: number): Promise<void> => {
    const more = Array.from({ length: count }, () => development());
    sent.push(...more);
    await by.record(more);
  };
  /** The ids of the events, in the order of their first deliveries. */
  const received = (): string[] => [
    ...new Set(receiver.got.map(({ body }) => (JSON.parse(body) as { id: string }).id)),
  ];
  const all = (): string[] => sent.map(({ id }) => id);
  const deliveriesOf = async (instance: Instance): Promise<number> => {
    const answer = await instance.ask(`/v1/webhooks/${webhook}/deliveries`);
    return ((await answer.json()) as { items: unknown[] }).items.length;
  };
  /** The instance that delivers: each instance knows only its own deliveries. */
  const holder = async (among: readonly Instance[]): Promise<Instance> => {
    for (;;) {
      for (const instance of among) if ((await deliveriesOf(instance)) > 0) return instance;
      await wait(100);
    }
  };

  it(
    'are delivered by one instance, and by another when this instance hangs or is killed; nothing is lost, and each time at most one message is repeated',
    async () => {
      const [one, two, three] = instances as [Instance, Instance, Instance];
      const made = await two.ask('/v1/webhooks', {
        method: 'POST',
        body: JSON.stringify({ url: receiver.url, events: {} }),
      });
      expect(made.status).toBe(201);
      webhook = ((await made.json()) as { id: string }).id;
      for (const instance of [one, three]) {
        const { items } = (await (await instance.ask('/v1/webhooks')).json()) as { items: { id: string }[] };
        expect(items.map(({ id }) => id)).toEqual([webhook]);
      }
      await record(three, 3);
      while (received().length < 3) await wait(50);
      const first = await holder(instances);
      first.signal('SIGSTOP');
      const others = instances.filter((instance) => instance !== first);
      await record(others[0]!, 3);
      while (received().length < 6) await wait(50);
      const second = await holder(others);
      first.signal('SIGCONT');
      await record(first, 3);
      while (received().length < 9) await wait(50);
      expect(receiver.got.length).toBeLessThanOrEqual(10);
      const before = await deliveriesOf(first);
      await second.stop('SIGKILL');
      const left = instances.filter((instance) => instance !== second);
      await record(left[0]!, 3);
      while (received().length < 12) await wait(50);
      expect(received()).toEqual(all());
      expect(receiver.got.length).toBeLessThanOrEqual(14);
      expect(before).toBeLessThanOrEqual(4);
      for (const instance of left) {
        const answer = await instance.ask(`/v1/webhooks/${webhook}`);
        expect(answer.status).toBe(200);
        expect(await answer.json()).toMatchObject({ state: 'active' });
      }
    },
    TAKEOVER_MS,
  );
});
