import { Inject, Injectable, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { Views, VIEWS } from '#views';
import { Readiness } from '../health/readiness.js';
import { EVENT_LOG, RUNTIME } from '../provided.js';
import { ReadingModule } from '../reading/reading.module.js';
import {
  CompareStatesHandler,
  ListItemsHandler,
  ReadItemHandler,
  ReadStateHandler,
  ReadTimelineHandler,
} from './read-state.js';
import { controllerOf, StateController } from './state.controller.js';

/** Tells how far the views are behind the log, in events and in seconds. */
@Injectable()
export class ViewsReadiness implements OnModuleInit {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly views: Views,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.register('views', async () => {
      const { sequence } = await this.log.head();
      const { setAside, rebuilding, search } = this.views;
      const reached = Math.min(this.views.sequence, search.sequence);
      const behind = {
        events: Math.max(0, sequence - reached),
        seconds: await this.secondsBehind(sequence, reached),
      };
      return {
        ready: behind.events <= MOST_BEHIND,
        sequence: reached,
        behind,
        setAside: setAside.length,
        ...(rebuilding !== undefined && { rebuilding }),
      };
    });
  }

  /** Since when the first event that the views lack has been waiting. */
  private async secondsBehind(head: number, reached: number): Promise<number> {
    if (reached >= head) return 0;
    for await (const { recordedAt } of this.log.read({ after: reached, limit: 1 })) {
      return Math.max(0, (this.runtime.now() - recordedAt) / 1000);
    }
    return 0;
  }
}

/** A few events are always on their way. */
const MOST_BEHIND = 1000;

/** Asking for the state as of any date, as known at any date. */
@Module({})
export class StateModule {
  static on(provided: DynamicModule, health: DynamicModule): DynamicModule {
    return {
      module: StateModule,
      imports: [provided, health, ReadingModule.on(provided), CqrsModule],
      controllers: [StateController, ...VIEWS.map(controllerOf)],
      providers: [
        ViewsReadiness,
        ListItemsHandler,
        ReadItemHandler,
        ReadTimelineHandler,
        ReadStateHandler,
        CompareStatesHandler,
      ],
    };
  }
}
