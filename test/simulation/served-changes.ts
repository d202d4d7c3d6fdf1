import type { Audit, KeyStore } from '#data-folder';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { ChangeWalk, type Views } from '#views';
import type { Settings } from '../../apps/settings.js';
import { ChangePlaces } from '../../apps/server/changes/change-places.js';
import { ChangeReader } from '../../apps/server/changes/change-reader.js';
import { ChangeSelections } from '../../apps/server/changes/change-selection.js';
import { ChangeWatermark } from '../../apps/server/changes/change-watermark.js';
import { EventForms } from '../../apps/server/events/event-forms.js';
import { leafDigits } from '../../apps/server/events/position.js';
import { Metrics } from '../../apps/server/health/metrics.js';
import { WebhookDelivery } from '../../apps/server/webhooks/webhook-delivery.js';
import { WebhookSources } from '../../apps/server/webhooks/webhook-sources.js';
import { WebhookStorage } from '../../apps/server/webhooks/webhook-storage.js';

/** The parts of a process that were opened before. */
interface OpenParts {
  readonly runtime: Runtime;
  readonly log: EventLog;
  readonly views: Views;
  readonly audit: Audit;
}

const METRICS = new Metrics();

/**
 * The parts of a process that follow the log for as long as the process lives: the changes and the webhooks. Each process has its own, because
 * they must end with it. The application, which all processes of a slot share, has these parts too, but nobody asks them there.
 */
export class ServedChanges {
  readonly watermark: ChangeWatermark;
  readonly walk: ChangeWalk;
  readonly places: ChangePlaces;
  readonly selections: ChangeSelections;
  readonly reader: ChangeReader;
  readonly delivery: WebhookDelivery;

  constructor({ runtime, log, views, audit }: OpenParts, settings: Settings, keys: KeyStore) {
    this.watermark = new ChangeWatermark(runtime, log, views);
    this.walk = new ChangeWalk(log, views, leafDigits);
    this.places = new ChangePlaces(log, settings, this.walk, this.watermark);
    this.selections = new ChangeSelections(views, this.watermark, runtime);
    this.reader = new ChangeReader(this.walk, this.places, this.watermark, runtime);
    const { places, reader, watermark, selections } = this;
    const forms = new EventForms(audit);
    const sources = new WebhookSources(log, settings, audit, forms, places, reader, watermark, selections);
    const storage = new WebhookStorage(log, settings, runtime);
    this.delivery = new WebhookDelivery(settings, runtime, keys, storage, sources, METRICS);
    this.delivery.onApplicationBootstrap();
  }

  async close(): Promise<void> {
    await this.delivery.beforeApplicationShutdown();
    this.watermark.onApplicationShutdown();
  }
}
