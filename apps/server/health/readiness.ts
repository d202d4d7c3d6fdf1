import { statfs } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { reasonOf, type EventLog } from '#log';
import { withTimeout, type Runtime } from '#runtime';
import { formatInstant } from '#time';
import { ChangeWatermark } from '../changes/change-watermark.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { ConsumerFigures, type ConsumerFigure, type ConsumerName } from './consumer-figures.js';

/** Whether a part of the server can serve, and facts about it. */
export interface PartReady {
  readonly ready: boolean;
  /** The reason why it is not ready, for a person. */
  readonly reason?: string;
  readonly [fact: string]: unknown;
}

/** The process runs. */
export interface LiveAnswer {
  readonly status: 'live';
}

/** All parts of the server can serve. */
export interface ReadyAnswer {
  readonly status: 'ready';
  /** `log`, `views`, `search`, `audit` and `changes`. */
  readonly parts: Readonly<Record<string, ServingPart>>;
}

/** A part that can serve, and facts about it. */
interface ServingPart {
  readonly ready: true;
  readonly [fact: string]: unknown;
}

/** How long a server may be without the cluster of its log: longer than an election takes. */
const TOLERATED_SECONDS = 15;
/** A few events are always on their way. The tree applies them in larger batches. */
const MOST_EVENTS: Readonly<Record<ConsumerName, number>> = { views: 1_000, search: 1_000, audit: 10_000 };
const MOST_SECONDS = 10;
/** With less space on the disk, an append may not fit: the log is not ready even before an append has failed. */
const LEAST_BYTES = 1_048_576;
/** Milliseconds that the answer may take. */
const ASKING_MS = 2_000;

/** Whether the server can serve, part by part. */
@Injectable()
export class Readiness {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly figures: ConsumerFigures,
    private readonly watermark: ChangeWatermark,
  ) {}

  /**
   * Whether it can answer questions, also without the latest events: while it lacks the cluster, the log cannot be written, or a consumer is behind.
   * Never rejects.
   */
  async reading(): Promise<Record<string, PartReady>> {
    const parts = await this.all();
    const lag = this.log.lag?.();
    const log = { ...parts['log'], ready: lag?.lasting !== true };
    const views = { ...parts['views'], ready: parts['views']?.['readable'] !== false };
    return { log, views };
  }

  /** Never rejects. */
  async all(): Promise<Record<string, PartReady>> {
    const log = await this.answered(this.ofLog());
    const consumers = withTimeout(this.runtime, ASKING_MS, this.figures.all());
    try {
      const parts = Object.entries(await consumers).map(
        ([name, figure]) => [name, ofConsumer(name as ConsumerName, figure)] as const,
      );
      return { log, ...Object.fromEntries(parts), changes: this.ofChanges() };
    } catch (error) {
      const unknown = { ready: false, reason: reasonOf(error) };
      return { log, views: unknown, search: unknown, audit: unknown };
    }
  }

  /**
   * Always ready: where a server cannot seal an instant that is due, as without its cluster, only readers of changes notice it, because
   * they get changes late.
   */
  private ofChanges(): PartReady {
    return { ready: true, overdueSeconds: this.watermark.overdue / 1000 };
  }

  private async ofLog(): Promise<PartReady> {
    const { sequence, recordedAt } = await this.log.head();
    const facts = { sequence, recordedAt: sequence === 0 ? null : formatInstant(recordedAt) };
    const { bavail, bsize } = await statfs(this.settings.data);
    if (bavail * bsize < LEAST_BYTES) return { ready: false, reason: 'the disk is full', ...facts };
    const unwritable = this.log.unwritable?.();
    if (unwritable !== undefined) return { ready: false, reason: reasonOf(unwritable), ...facts };
    const lag = this.log.lag?.();
    if (lag === undefined) return { ready: true, ...facts };
    const { events = null, seconds, reason } = lag;
    const ready = seconds < TOLERATED_SECONDS && lag.lasting !== true;
    return {
      ready,
      ...(reason !== undefined && { reason }),
      ...facts,
      behind: { events, seconds },
    };
  }

  private async answered(asked: Promise<PartReady>): Promise<PartReady> {
    try {
      return await withTimeout(this.runtime, ASKING_MS, asked);
    } catch (error) {
      return { ready: false, reason: reasonOf(error) };
    }
  }
}

/** A part that retries after a failure is not ready, even if it lacks little. */
function ofConsumer(name: ConsumerName, { since, nextTry, opened: _, ...figure }: ConsumerFigure): PartReady {
  const { events, seconds } = figure.behind;
  const isBehind = events > MOST_EVENTS[name] || seconds > MOST_SECONDS;
  const reason =
    figure.reason ??
    (figure.readable === false ? 'it cannot be read' : isBehind ? 'it is behind the log' : undefined);
  const ready = reason === undefined && figure.state !== 'stopped';
  return {
    ready,
    ...figure,
    ...(reason !== undefined && { reason }),
    ...(since !== undefined && { since: formatInstant(since) }),
    ...(nextTry !== undefined && { nextTry: formatInstant(nextTry) }),
  };
}
