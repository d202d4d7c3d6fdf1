import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryAttempt, Subscription, WebhookStore } from './index.js';

/** An empty store of the kind under test. */
export interface StoreUnderTest {
  /** A new handle on the same subscriptions, as another process would have it. */
  open(): Promise<WebhookStore>;
  dispose(): Promise<void>;
}

const NOW = Date.UTC(2026, 0, 1);

const subscription = (id: string, more: Partial<Subscription> = {}): Subscription => ({
  id,
  owner: 'somebody',
  url: 'https://example.org/hook',
  kind: 'events',
  filter: { type: 'crossing.*' },
  server: 'https://borderline.example.org',
  description: 'ein Ärgernis',
  created: NOW,
  state: 'active',
  reason: '',
  version: 1,
  ...more,
});

const attempt = (message: string): DeliveryAttempt => ({
  track: 'live',
  message,
  attempt: 1,
  at: NOW,
  duration: 5,
  delivered: true,
  status: 204,
});

const place = (after: string) => ({ after, failures: 0, reason: '', hasGivenUp: false });

/** The guarantees of every store of webhooks, as specs. */
export function webhookStoreContract(name: string, factory: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let made: StoreUnderTest;
    let store: WebhookStore;
    let other: WebhookStore;
    beforeEach(async () => {
      made = await factory();
      store = await made.open();
      other = await made.open();
    });
    afterEach(() => made.dispose());

    const add = (id: string, more: Partial<Subscription> = {}, most = 3): Promise<boolean> =>
      store.add(subscription(id, more), { secret: `secret of ${id}`, after: '0', most });
    const seen = async (ids: readonly string[] = ['w']): Promise<WebhookStore> => {
      await other.refresh(ids);
      return other;
    };

    it('has the added subscriptions, in the order of their creation, for others too, and tells the others that something changed', async () => {
      const before = await other.refresh();
      await add('w');
      await add('v', { created: NOW + 1, kind: 'changes', owner: 'another' });
      expect(await other.refresh(['w', 'v'])).not.toBe(before);
      for (const one of [store, other]) {
        expect(one.list()).toEqual([
          subscription('w'),
          subscription('v', { created: NOW + 1, kind: 'changes', owner: 'another' }),
        ]);
        expect([one.place('w', 'live'), one.place('w', 'redelivery')]).toEqual([place('0'), undefined]);
        expect(one.secrets('w', NOW)).toEqual([{ secret: 'secret of w', created: NOW }]);
      }
    });

    it('gives an owner no more than its limit', async () => {
      expect(await add('w', {}, 2)).toBe(true);
      await seen();
      const second = { secret: 's', after: '0', most: 2 };
      expect(await other.add(subscription('v'), second)).toBe(true);
      await store.refresh();
      expect(await add('u', {}, 2)).toBe(false);
      expect(await add('t', { owner: 'another' }, 2)).toBe(true);
      expect((await seen(['t'])).list().map(({ id }) => id)).toEqual(['t', 'v', 'w']);
    });

    it('makes the changes of a client, with a higher version each time, whichever process the client asks', async () => {
      await add('w');
      await seen();
      await other.change('w', { url: 'https://example.org/other' });
      await store.refresh(['w']);
      const paused = await store.change('w', { state: 'paused', reason: 'a pause' });
      const wanted = {
        url: 'https://example.org/other',
        state: 'paused',
        reason: 'a pause',
        version: 3,
      } as const;
      expect(paused).toEqual(subscription('w', wanted));
      expect((await seen()).find('w')).toEqual(paused);
      expect(await store.change('unknown', { reason: 'x' })).toBeUndefined();
    });

    it('loses no change where several processes change a webhook at the same time', async () => {
      await add('w');
      await seen();
      const changes = Array.from({ length: 12 }, (_, n) =>
        [store, other][n % 2]!.change('w', n % 2 === 0 ? { description: `${n}` } : { reason: `${n}` }),
      );
      await Promise.all(changes);
      await store.refresh(['w']);
      const found = store.find('w')!;
      expect(found.version).toBe(13);
      expect([Number(found.description) % 2, Number(found.reason) % 2]).toEqual([0, 1]);
      expect((await seen()).find('w')).toEqual(found);
    });

    it('forgets a removed subscription, for others too', async () => {
      await add('w');
      await seen();
      expect(await other.remove('w')).toBe(true);
      await store.refresh(['w']);
      expect([store.find('w'), store.place('w', 'live'), store.secrets('w', NOW)]).toEqual([
        undefined,
        undefined,
        [],
      ]);
      expect(await store.remove('w')).toBe(false);
      expect(await store.skip('w', () => true)).toBe(false);
    });

    it('has the tracks to deliver, and their owners: no paused subscription, and no track that has given up', async () => {
      for (const id of ['a', 'b', 'c']) await add(id);
      await store.change('b', { state: 'paused', reason: '' });
      await store.change('b', { state: 'active', reason: '' });
      await store.change('c', { state: 'paused', reason: '', owner: 'another' });
      for (const id of ['a', 'b']) await store.redeliver(id, '0', '7');
      await store.settle(
        'b',
        'redelivery',
        { ...place('0'), until: '7' },
        {
          place: { ...place('0'), until: '7', hasGivenUp: true },
        },
      );
      const { version } = store.find('b')!;
      const tracks = [
        { id: 'a', version: 2, track: 'live' },
        { id: 'a', version: 2, track: 'redelivery' },
        { id: 'b', version, track: 'live' },
      ];
      expect(store.activeTracks()).toEqual(tracks);
      expect(store.activeOwners()).toEqual([store.find('a')!.owner]);
    });

    it('has two secrets while one replaces the other, the newest first', async () => {
      await add('w');
      await store.addSecret('w', 'newer', NOW + 10, NOW + 100);
      const { secrets } = { secrets: (await seen()).secrets('w', NOW + 50) };
      expect(secrets).toEqual([
        { secret: 'newer', created: NOW + 10 },
        { secret: 'secret of w', created: NOW, until: NOW + 100 },
      ]);
      expect(other.secrets('w', NOW + 100).map(({ secret }) => secret)).toEqual(['newer']);
    });

    it('keeps the place of a track, and the attempt; keeps nothing where somebody has moved the place', async () => {
      await add('w');
      await store.settle('w', 'live', place('0'), { place: place('1'), attempt: attempt('w_1') });
      expect((await seen()).place('w', 'live')).toEqual(place('1'));
      await store.settle('w', 'live', place('0'), { place: place('5'), attempt: attempt('w_5') });
      expect(store.place('w', 'live')).toEqual(place('1'));
      expect(store.attempts('w', NOW, { limit: 10 }).map(({ number, message }) => [number, message])).toEqual(
        [
          [2, 'w_5'],
          [1, 'w_1'],
        ],
      );
    });

    it('keeps a state that an attempt has led to, and what comes next when it is active again', async () => {
      await add('w');
      const failing = { ...place('0'), head: '1', failures: 13, reason: 'no', failingSince: NOW };
      const becomes = { state: 'parked', reason: 'not delivered' } as const;
      await store.settle('w', 'live', place('0'), { place: failing, becomes });
      const elsewhere = await seen();
      expect([elsewhere.find('w')?.state, elsewhere.place('w', 'live')]).toEqual(['parked', failing]);
      await elsewhere.change('w', { state: 'active', reason: '' });
      await store.refresh(['w']);
      expect([store.find('w')?.state, store.place('w', 'live')]).toEqual(['active', place('0')]);
    });

    it('keeps no failure of an attempt that was under way when the webhook was resumed: the message is due', async () => {
      await add('w');
      const failing = { ...place('0'), head: '1', failures: 2, reason: 'no', due: NOW + 60_000 };
      await store.settle('w', 'live', place('0'), { place: failing });
      await store.change('w', { state: 'active', reason: '' });
      const again = { ...failing, failures: 3, due: NOW + 600_000 };
      await store.settle('w', 'live', failing, { place: again, attempt: attempt('w_1') });
      expect((await seen()).place('w', 'live')).toEqual(place('0'));
      await store.settle('w', 'live', failing, { place: place('1'), attempt: attempt('w_1') });
      expect((await seen()).place('w', 'live')).toEqual(place('1'));
    });

    it('passes the message that fails, and no other', async () => {
      await add('w');
      const failing = { ...place('0'), head: '1', failures: 2 };
      await store.settle('w', 'live', place('0'), { place: failing });
      await seen();
      expect(await other.skip('w', (position) => position === '2')).toBe(false);
      expect(await other.skip('w', (position) => position === '1')).toBe(true);
      await store.refresh(['w']);
      expect([store.place('w', 'live'), store.find('w')?.version]).toEqual([place('1'), 2]);
    });

    it('has one redelivery at a time, which moves nothing else and ends by itself or by request', async () => {
      await add('w');
      expect(await store.redeliver('w', '0', '7')).toBe(true);
      await seen();
      expect(await other.redeliver('w', '1', '2')).toBe(false);
      await store.settle('w', 'redelivery', place('0'), { place: undefined });
      await seen();
      expect([other.place('w', 'redelivery'), other.place('w', 'live')]).toEqual([undefined, place('0')]);
      expect(await other.redeliver('w', '1', '2')).toBe(true);
      await store.refresh(['w']);
      expect([await store.endRedelivery('w'), await store.endRedelivery('w')]).toEqual([true, false]);
    });
  });
}
