import { Module, type DynamicModule } from '@nestjs/common';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { Views } from '#views';
import { Audit, KeyStore } from '#data-folder';
import { Streams } from './reading/streams.js';
import type { Settings } from '../settings.js';

export const EVENT_LOG = Symbol('EventLog');
export const RUNTIME = Symbol('Runtime');
export const SETTINGS_TOKEN = Symbol('Settings');

/** What every feature of the server needs. Made by `serve`, or by a test. */
export interface Provided {
  readonly settings: Settings;
  readonly log: EventLog;
  readonly views: Views;
  readonly keys: KeyStore;
  readonly runtime: Runtime;
  readonly audit: Audit;
}

/** Hands out what every feature needs; a feature's module imports the one that `AppModule` made. */
@Module({})
export class ProvidedModule {
  static of({ settings, log, views, keys, runtime, audit }: Provided): DynamicModule {
    const providers = [
      { provide: SETTINGS_TOKEN, useValue: settings },
      { provide: EVENT_LOG, useValue: log },
      { provide: Views, useValue: views },
      { provide: KeyStore, useValue: keys },
      { provide: RUNTIME, useValue: runtime },
      { provide: Audit, useValue: audit },
      { provide: Streams, useValue: new Streams(settings) },
    ];
    return {
      module: ProvidedModule,
      providers,
      exports: [SETTINGS_TOKEN, EVENT_LOG, Views, KeyStore, RUNTIME, Audit, Streams],
    };
  }
}
