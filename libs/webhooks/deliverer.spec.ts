import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Delivering, MovedClock, NumberSource, Receiver, until, type Answering } from './spec-support.js';

const HOUR = 3_600_000;

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
const answer =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    response.writeHead(status, headers).end(`status ${status}`);

let receiver: Receiver;
let delivering: Delivering | undefined;
beforeEach(async () => {
  receiver = new Receiver();
  await receiver.listen();
});
afterEach(async () => {
  await delivering?.end();
  delivering = undefined;
  receiver.close();
});

const sent = (): number[] => receiver.got.map(({ n }) => n);

describe('a webhook', () => {
  it('gets every message once, in order, signed, also the messages of later events', async () => {
    const source = new NumberSource(25);
    delivering = new Delivering(source);
    const secret = await delivering.subscribe('w', `${receiver.url}/hook?a=b`);
    await receiver.has(25);
    source.add(5);
    await receiver.has(30);
    await until(() => delivering!.after('w') === '30');
    expect(sent()).toEqual(numbers(1, 30));
    for (const { id, n, headers, body, path } of receiver.got) {
      expect([id, path, headers['content-type']]).toEqual([
        `w_${n}`,
        '/hook?a=b',
        'application/cloudevents+json',
      ]);
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({ n });
    }
    const [last] = delivering.store.attempts('w', Date.now(), { limit: 1 });
    expect(last).toMatchObject({ number: 30, message: 'w_30', attempt: 1, delivered: true, status: 204 });
  });

  it('continues after a restart, also past messages that its filter leaves out', async () => {
    const source = new NumberSource(7, (n) => n % 2 === 0);
    delivering = new Delivering(source);
    await delivering.subscribe('w', receiver.url);
    await receiver.has(3);
    await until(() => delivering!.after('w') === '6');
    await delivering.stop();
    source.add(3);
    delivering.open();
    await receiver.has(5);
    expect(sent()).toEqual([2, 4, 6, 8, 10]);
  });

  it('gets nothing while it is paused, then all of it', async () => {
    const source = new NumberSource(2);
    delivering = new Delivering(source);
    await delivering.subscribe('w', receiver.url);
    await receiver.has(2);
    await delivering.store.change('w', { state: 'paused', reason: 'so' });
    delivering.deliverer.refresh();
    source.add(3);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent()).toEqual([1, 2]);
    await delivering.store.change('w', { state: 'active', reason: '' });
    delivering.deliverer.refresh();
    await receiver.has(5);
    expect(sent()).toEqual(numbers(1, 5));
  });

  it('is paused when its owner has lost the right to it', async () => {
    const source = new NumberSource(1);
    delivering = new Delivering(source);
    await delivering.subscribe('w', receiver.url);
    await receiver.has(1);
    delivering.unentitled.add('somebody');
    source.add(1);
    await until(() => delivering!.states.length > 0);
    expect(delivering.store.find('w')).toMatchObject({
      state: 'paused',
      reason: 'the key somebody is revoked or has expired',
    });
    expect(sent()).toEqual([1]);
  });

  it('is parked where the log does not have its place', async () => {
    delivering = new Delivering(new NumberSource(1));
    await delivering.subscribe('w', receiver.url, '5');
    await until(() => delivering!.states[0] === 'parked');
    expect(delivering.store.find('w')?.reason).toBe('this log does not have the place 5');
    expect(delivering.after('w')).toBe('5');
  });

  it('is gone after one 410, and keeps its place', async () => {
    receiver.answering = answer(410);
    delivering = new Delivering(new NumberSource(3));
    await delivering.subscribe('w', receiver.url);
    await until(() => delivering!.states[0] === 'gone');
    expect(sent()).toEqual([1]);
    expect(delivering.store.find('w')).toMatchObject({ state: 'gone', reason: 'the receiver answered 410' });
    expect(delivering.after('w')).toBe('0');
  });

  it('that redirects has failed, and no other address is asked', async () => {
    receiver.answering = answer(302, { location: `${receiver.url}/elsewhere` });
    delivering = new Delivering(new NumberSource(1));
    await delivering.subscribe('w', receiver.url);
    await until(() => (delivering!.store.place('w', 'live')?.failures ?? 0) > 0);
    expect(receiver.got).toHaveLength(1);
    expect(delivering.store.place('w', 'live')).toMatchObject({
      after: '0',
      head: '1',
      failures: 1,
      reason: 'it answered 302, a redirect, which is not followed',
    });
  });

  it('is not delayed by receivers that hang', async () => {
    const hanging = new Receiver();
    await hanging.listen();
    try {
      hanging.answering = () => undefined;
      delivering = new Delivering(new NumberSource(20));
      for (const n of numbers(1, 10))
        await delivering.subscribe(`h${n}`, hanging.url.replace('127.0.0.1', `127.0.0.${n + 1}`));
      for (const n of numbers(1, 3)) await delivering.subscribe(`g${n}`, `${receiver.url}/${n}`);
      await receiver.has(60);
      for (const n of numbers(1, 3))
        expect(receiver.got.filter(({ path }) => path === `/${n}`).map((got) => got.n)).toEqual(
          numbers(1, 20),
        );
    } finally {
      hanging.close();
    }
  });

  it('is delivered by one process of several, and by another when that process has ended', async () => {
    const source = new NumberSource(1);
    delivering = new Delivering(source);
    await delivering.subscribe('w', receiver.url);
    await receiver.has(1);
    await until(() => delivering!.after('w') === '1');
    const { deliverer: before, store, lease } = delivering;
    delivering.open();
    expect([lease.isHeld, delivering.lease.isHeld]).toEqual([true, false]);
    await before.stop();
    await store.close();
    source.add(1);
    await receiver.has(2);
    expect(delivering.lease.isHeld).toBe(true);
    expect(sent()).toEqual([1, 2]);
  });
});

describe('a message that fails', () => {
  let clock: MovedClock;
  const busy = (): boolean => delivering!.semaphore.underWay > 0;
  beforeEach(() => {
    clock = new MovedClock();
    receiver.now = () => clock.time;
  });

  it('is sent again, with the same id, for 48 hours; then the webhook is parked, and continues when it is resumed', async () => {
    receiver.answering = answer(500);
    delivering = new Delivering(new NumberSource(3), clock.runtime);
    await delivering.subscribe('w', receiver.url);
    const begun = clock.time;
    await clock.pass(60 * HOUR, busy);
    expect(new Set(receiver.got.map(({ id }) => id))).toEqual(new Set(['w_1']));
    const waits = receiver.got.slice(1).map(({ at }, n) => Math.round((at - receiver.got[n]!.at) / 1_000));
    expect(waits).toEqual([5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800, 43200, 43200]);
    const since = new Date(begun).toISOString();
    expect(delivering.store.find('w')).toMatchObject({
      state: 'parked',
      reason: `not delivered since ${since}, in 13 attempts: it answered 500`,
    });
    expect(delivering.after('w')).toBe('0');
    expect(delivering.store.attempts('w', clock.time, { limit: 100 })).toHaveLength(13);

    receiver.answering = answer(200);
    await delivering.store.change('w', { state: 'active', reason: '' });
    delivering.deliverer.refresh();
    await clock.pass(1_000, busy);
    expect(sent().slice(13)).toEqual([1, 2, 3]);
  });

  it('to a receiver that was down for a day is delivered when it is back, then all others, in order', async () => {
    const source = new NumberSource(5);
    delivering = new Delivering(source, clock.runtime);
    await delivering.subscribe('w', receiver.url);
    await clock.pass(1_000, busy);
    const down = clock.time;
    receiver.answering = (got, response) => answer(clock.time - down < 24 * HOUR ? 503 : 200)(got, response);
    for (let hours = 0; hours < 24; hours += 1) {
      source.add(10);
      await clock.pass(HOUR, busy);
    }
    await clock.pass(13 * HOUR, busy);
    const delivered = receiver.got.filter(({ at }) => at - down >= 24 * HOUR || at < down);
    expect(delivered.map(({ n }) => n)).toEqual(numbers(1, 245));
    expect(delivering.store.find('w')?.state).toBe('active');
  });

  it('waits as long as the receiver asks for, over a restart too', async () => {
    receiver.answering = answer(429, { 'retry-after': '3600' });
    delivering = new Delivering(new NumberSource(1), clock.runtime);
    await delivering.subscribe('w', receiver.url);
    await clock.pass(60_000, busy);
    await delivering.stop();
    receiver.answering = answer(200);
    delivering.open();
    await clock.pass(2 * HOUR, busy);
    expect(receiver.got.map(({ at }) => at - receiver.got[0]!.at)).toEqual([0, HOUR]);
  });

  it('can be skipped by its id, and by no other id', async () => {
    receiver.answering = ({ n }, response) => response.writeHead(n === 2 ? 422 : 200).end();
    delivering = new Delivering(new NumberSource(4), clock.runtime);
    await delivering.subscribe('w', receiver.url);
    await clock.pass(1_000, busy);
    expect(delivering.after('w')).toBe('1');
    expect(await delivering.store.skip('w', (position) => position === '3')).toBe(false);
    expect(await delivering.store.skip('w', (position) => position === '2')).toBe(true);
    expect(await delivering.store.skip('w', (position) => position === '2')).toBe(false);
    delivering.deliverer.refresh();
    await clock.pass(60_000, busy);
    expect(sent()).toEqual([1, 2, 3, 4]);
  });

  it('is verified with either secret after a rotation during the retries', async () => {
    receiver.answering = answer(500);
    delivering = new Delivering(new NumberSource(1), clock.runtime);
    const older = await delivering.subscribe('w', receiver.url);
    await clock.pass(1_000, busy);
    const newer = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    await delivering.store.addSecret('w', newer, clock.time, clock.time + HOUR);
    await clock.pass(2 * HOUR, busy);
    const good = (secret: string): boolean[] =>
      receiver.got.map(({ id, headers, body }) => {
        const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
        const signature = new Webhook(secret).sign(id, at, body);
        return String(headers['webhook-signature']).split(' ').includes(signature);
      });
    expect(good(older)).toEqual([true, true, true, true, true, true, false]);
    expect(good(newer)).toEqual([false, true, true, true, true, true, true]);
  });
});

describe('a redelivery', () => {
  it('sends a part once more, with the same ids, and never moves the live place', async () => {
    const source = new NumberSource(12);
    delivering = new Delivering(source);
    await delivering.subscribe('w', receiver.url);
    await receiver.has(12);
    await until(() => delivering!.after('w') === '12');
    receiver.answering = ({ n }, response) => {
      if (n !== 8 || receiver.got.some((got) => got.n === 14)) response.end();
      // While a redelivery is under way, live messages continue, and a second redelivery cannot begin.
      else setTimeout(() => response.end(), 200);
    };
    expect(await delivering.store.redeliver('w', '6', '12')).toBe(true);
    expect(await delivering.store.redeliver('w', '0', '12')).toBe(false);
    delivering.deliverer.refresh();
    source.add(2);
    await receiver.has(20);
    await until(() => delivering!.store.place('w', 'redelivery') === undefined);
    const again = receiver.got.slice(12);
    expect(again.filter(({ n }) => n > 12).map(({ n }) => n)).toEqual([13, 14]);
    expect(again.filter(({ n }) => n <= 12).map(({ id }) => id)).toEqual(numbers(7, 12).map((n) => `w_${n}`));
    expect(delivering.after('w')).toBe('14');
  });

  it('that fails gives up after 48 hours, and the live messages continue', async () => {
    const clock = new MovedClock();
    const source = new NumberSource(2);
    delivering = new Delivering(source, clock.runtime);
    const busy = (): boolean => delivering!.semaphore.underWay > 0;
    await delivering.subscribe('w', receiver.url);
    await clock.pass(1_000, busy);
    receiver.answering = ({ n }, response) => response.writeHead(n === 1 ? 500 : 200).end();
    await delivering.store.redeliver('w', '0', '2');
    delivering.deliverer.refresh();
    await clock.pass(60 * HOUR, busy);
    source.add(1);
    await clock.pass(1_000, busy);
    expect(delivering.store.place('w', 'redelivery')).toMatchObject({ hasGivenUp: true, after: '0' });
    expect(delivering.store.find('w')?.state).toBe('active');
    expect(delivering.after('w')).toBe('3');
    expect(await delivering.store.redeliver('w', '1', '2')).toBe(true);
  });
});
