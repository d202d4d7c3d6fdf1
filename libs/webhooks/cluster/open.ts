import type { Runtime } from '#runtime';
import type { DeliveryLease } from '../delivery-lease.js';
import { WebhookStore } from '../sqlite/webhook-store.js';
import { ClusterCommits } from './cluster-commits.js';
import { ClusterLease, type LeaseTimes } from './cluster-lease.js';
import type { SharedStreams } from './shared-streams.js';
import { TextCipher } from './text-cipher.js';

export interface ClusterWebhooksOptions {
  /** This instance's copy of the subscriptions in the cluster, and its own attempts. */
  readonly file: string;
  readonly streams: SharedStreams;
  /** 32 bytes, the key that encrypts the secrets; the same on all instances. */
  readonly key: Buffer;
  readonly runtime: Runtime;
  /** Whether this instance has every event of the log, so that it could deliver. */
  readonly isReady: () => boolean;
  readonly leaseTimes?: LeaseTimes;
}

/**
 * Subscriptions that are stored in a cluster, and the right to deliver them. Rejects with the error of the cluster, and with DecryptionError
 * where the other instances have another key.
 */
export async function openClusterWebhooks({
  file,
  streams,
  key,
  runtime,
  isReady,
  leaseTimes,
}: ClusterWebhooksOptions): Promise<{ readonly store: WebhookStore; readonly lease: DeliveryLease }> {
  let commits: ClusterCommits | undefined;
  const lease = new ClusterLease({
    streams,
    runtime,
    isReady,
    takeOver: async (id) => commits?.takeOver(id),
    ...(leaseTimes && { times: leaseTimes }),
  });
  const store = new WebhookStore(file, runtime, (tables) => {
    const cipher = new TextCipher(key);
    const epoch = (): number => lease.epoch;
    return (commits = new ClusterCommits(tables, {
      streams,
      runtime,
      cipher,
      epoch,
      onLost: () => lease.lost(),
    }));
  });
  try {
    await commits?.begin();
    return { store, lease };
  } catch (error) {
    await store.close();
    throw error;
  }
}
