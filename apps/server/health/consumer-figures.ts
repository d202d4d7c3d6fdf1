import { Inject, Injectable } from '@nestjs/common';
import type { ConsumerStatus, EventLog } from '#log';
import type { Runtime } from '#runtime';
import { Views } from '#views';
import { Audit } from '#data-folder';
import { EVENT_LOG, RUNTIME } from '../provided.js';

export type ConsumerName = 'views' | 'search' | 'audit';

/** The state of a consumer of the log: gauges, and counters that only a restart resets. */
export interface ConsumerFigure extends ConsumerStatus {
  /** The number of events that it lacks; seconds since the first of them was recorded. */
  readonly behind: { readonly events: number; readonly seconds: number };
  /** Parked events, which cannot be applied. */
  readonly parked?: number;
  /** The sequence of the file that is built beside it; absent where none is. */
  readonly rebuilding?: number;
  /** The number of times that its file was opened. */
  readonly opened?: number;
  /** Whether its file can be read. */
  readonly readable?: boolean;
}

/** The figures of the consumers for readiness and metrics. */
@Injectable()
export class ConsumerFigures {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly views: Views,
    private readonly audit: Audit,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async all(): Promise<Readonly<Record<ConsumerName, ConsumerFigure>>> {
    const { sequence: head } = await this.log.head();
    const { views, search } = this.views.status;
    return {
      views: await this.figure(views, head),
      search: await this.figure(search, head),
      audit: await this.figure(this.audit.status, head),
    };
  }

  private async figure<S extends ConsumerStatus>(status: S, head: number): Promise<S & ConsumerFigure> {
    const events = Math.max(0, head - status.sequence);
    const seconds = events === 0 ? 0 : await this.secondsSince(status.sequence + 1);
    return { ...status, behind: { events, seconds } };
  }

  private async secondsSince(sequence: number): Promise<number> {
    for await (const { recordedAt } of this.log.read({ after: sequence - 1, limit: 1 })) {
      return Math.max(0, (this.runtime.now() - recordedAt) / 1000);
    }
    return 0;
  }
}
