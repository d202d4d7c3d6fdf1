import { Inject, Logger, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { Views } from '#views';
import { Audit, KeyStore } from '#data-folder';
import { ChangeWatermark } from './changes/change-watermark.js';
import { Metrics } from './health/metrics.js';
import { SseStreams } from './reading/sse-streams.js';
import { Streams } from './reading/streams.js';
import type { Settings } from '../settings.js';

export const EVENT_LOG = Symbol('EventLog');
export const RUNTIME = Symbol('Runtime');
export const SETTINGS_TOKEN = Symbol('Settings');

/** The parts that every feature of the server needs. Made by `serve`, or by a test. */
export interface Provided {
  readonly settings: Settings;
  readonly log: EventLog;
  readonly views: Views;
  readonly keys: KeyStore;
  readonly runtime: Runtime;
  readonly audit: Audit;
  /** Closes the parts, once no request is under way. */
  readonly close: () => Promise<void>;
}

const CLOSE = Symbol('close');

/** Provides these parts to the modules of features, which import the one module that `AppModule` made. */
@Module({})
export class ProvidedModule implements OnApplicationShutdown {
  constructor(@Inject(CLOSE) private readonly close: Provided['close']) {}

  static of({ settings, log, views, keys, runtime, audit, close }: Provided): DynamicModule {
    const streams = new Streams(settings, runtime);
    const watermark = new ChangeWatermark(runtime, log, views, { onJump: warnOfJump });
    const providers = [
      { provide: SETTINGS_TOKEN, useValue: settings },
      { provide: EVENT_LOG, useValue: log },
      { provide: Views, useValue: views },
      { provide: KeyStore, useValue: keys },
      { provide: RUNTIME, useValue: runtime },
      { provide: Audit, useValue: audit },
      { provide: Streams, useValue: streams },
      { provide: ChangeWatermark, useValue: watermark },
      { provide: SseStreams, useValue: new SseStreams(runtime, streams) },
      { provide: Metrics, useValue: new Metrics() },
      { provide: CLOSE, useValue: close },
    ];
    return {
      module: ProvidedModule,
      providers,
      exports: [
        SETTINGS_TOKEN,
        EVENT_LOG,
        Views,
        KeyStore,
        RUNTIME,
        Audit,
        ChangeWatermark,
        Streams,
        SseStreams,
        Metrics,
      ],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}

function warnOfJump(milliseconds: number): void {
  const seconds = Math.round(milliseconds / 1_000);
  new Logger('changes').warn(`the clock jumped ${seconds} s ahead: changes by the clock wait for a minute`);
}
