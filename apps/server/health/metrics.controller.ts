import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { EventLog } from '#log';
import { withTimeout, type Runtime } from '#runtime';
import type { Settings } from '../../settings.js';
import { ApiExcludeController } from '../docs/api.js';
import { ChangeWatermark } from '../changes/change-watermark.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { QueryParameters } from '../reading/parameters.js';
import { Streams } from '../reading/streams.js';
import { ConsumerFigures } from './consumer-figures.js';
import type { Meters } from './meters.js';
import { WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { Metrics } from './metrics.js';

/** Milliseconds for which a text is used again: for any number of requests, the figures are read once a second. */
const FRESH_MS = 1_000;
/** Milliseconds that the log has to give its figures; without an answer they are left out. */
const ASKING_MS = 2_000;

const DATABASES = ['log.db', 'views.db', 'views-search.db', 'audit.db', 'replica.db', 'webhooks.db'];
/** The files of a data folder that grow. */
const FILES = [...DATABASES.flatMap((name) => [name, `${name}-wal`]), 'audit.checkpoints'];

/** Figures for Prometheus. They reveal how much is recorded and read, so they need the same key as reading. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  private last: { readonly at: number; readonly text: Promise<string> } | undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly figures: ConsumerFigures,
    private readonly streams: Streams,
    private readonly watermark: ChangeWatermark,
    private readonly webhooks: WebhookDelivery,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  text(@QueryParameters({}, ONE_FORM) _: object): Promise<string> {
    const at = this.runtime.elapsed();
    if (this.last === undefined || at - this.last.at >= FRESH_MS) this.last = { at, text: this.made() };
    return this.last.text;
  }

  private async made(): Promise<string> {
    const meters = await this.metrics.meters();
    const { events, lines } = this.streams.open;
    meters.streams.set({ kind: 'events' }, events);
    meters.streams.set({ kind: 'lines' }, lines);
    meters.changesTold.set(this.watermark.sentUpTo / 1000);
    meters.changesOverdue.set(this.watermark.overdue / 1000);
    this.measureWebhooks(meters);
    await Promise.all([this.measureLog(meters), this.measureFiles(meters)]);
    return meters.registry.metrics();
  }

  private measureWebhooks({ webhooks, webhookRequests }: Meters): void {
    const { states, requests } = this.webhooks.figures;
    webhooks.reset();
    for (const [state, count] of Object.entries(states)) webhooks.set({ state }, count);
    webhookRequests.set(requests);
  }

  private async measureLog(meters: Meters): Promise<void> {
    const { head, clusterLag, lagEvents, lagSeconds, retrying, parked } = meters;
    for (const gauge of [lagEvents, lagSeconds, retrying, parked]) gauge.reset();
    clusterLag.set(this.log.lag?.().seconds ?? 0);
    try {
      const asked = Promise.all([this.log.head(), this.figures.all()]);
      const [{ sequence }, consumers] = await withTimeout(this.runtime, ASKING_MS, asked);
      head.set(sequence);
      for (const [consumer, figure] of Object.entries(consumers)) {
        lagEvents.set({ consumer }, figure.behind.events);
        lagSeconds.set({ consumer }, figure.behind.seconds);
        retrying.set({ consumer }, figure.state === 'retrying' ? 1 : 0);
        if (figure.parked !== undefined) parked.set({ consumer }, figure.parked);
      }
    } catch {
      // Readiness has the reason; the counters of this process are still useful.
    }
  }

  private async measureFiles({ fileSize, diskFree }: Meters): Promise<void> {
    const { data } = this.settings;
    const sizes = FILES.map(async (file) => {
      const found = await stat(join(data, file)).catch(() => undefined);
      return { file, size: found?.size };
    });
    fileSize.reset();
    for (const { file, size } of await Promise.all(sizes))
      if (size !== undefined) fileSize.set({ file }, size);
    const disk = await statfs(data).catch(() => undefined);
    if (disk) diskFree.set(disk.bavail * disk.bsize);
  }
}
