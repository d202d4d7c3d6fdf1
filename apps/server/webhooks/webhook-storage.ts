import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ensureEncryptionKey } from '#data-folder';
import { engineOf, type EventLog } from '#log';
import type { KurrentStreams } from '#log/kurrentdb';
import type { Runtime } from '#runtime';
import type * as webhooks from '#webhooks';
import type { DeliveryLease, WebhookStore } from '#webhooks';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';

/** The subscriptions, and the right to deliver them. */
export interface OpenStorage {
  readonly store: WebhookStore;
  readonly lease: DeliveryLease;
}

/** Stores webhooks beside the log: in the data folder, or in the cluster. */
@Injectable()
export class WebhookStorage {
  /** The name of the storage, for messages of the log. */
  readonly name: string;
  private readonly isInCluster: boolean;
  private polling: Promise<KurrentStreams> | undefined;

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {
    this.isInCluster = engineOf(settings.log) !== 'sqlite';
    this.name = this.isInCluster ? 'the webhooks in the cluster' : 'webhooks.db';
  }

  /** Whether there was ever a webhook. Rejects where the cluster does not answer. */
  async exists(): Promise<boolean> {
    if (!this.isInCluster) return existsSync(this.file('webhooks.db'));
    this.polling ??= this.streams();
    return (await (await this.polling).last('webhooks')) !== undefined;
  }

  /** Rejects with the error of the disk or of the cluster. */
  async open({ WebhookStore, FileLease, openClusterWebhooks }: typeof webhooks): Promise<OpenStorage> {
    const { runtime, settings } = this;
    if (!this.isInCluster) {
      const file = this.file('webhooks.db');
      return { store: new WebhookStore(file, runtime), lease: new FileLease(`${file}.lock`) };
    }
    const key = await ensureEncryptionKey(join(settings.keyFolder ?? settings.data, 'webhooks.key'));
    return openClusterWebhooks({
      file: this.file('webhooks-replica.db'),
      streams: await this.streams(),
      key,
      runtime,
      isReady: () => this.log.lag?.().events === 0,
    });
  }

  async close(): Promise<void> {
    await (await this.polling)?.close();
  }

  private file(name: string): string {
    return join(this.settings.data, name);
  }

  private async streams(): Promise<KurrentStreams> {
    const { KurrentStreams: Streams } = await import('#log/kurrentdb');
    const { log: connectionString, logName: name } = this.settings;
    return new Streams({ connectionString, name, runtime: this.runtime });
  }
}
