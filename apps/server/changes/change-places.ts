import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#log';
import type { Instant } from '#time';
import { ChangeWalk, parseChangeId, pointId, START_OF_CHANGES, type ChangePlace, type Point } from '#views';
import type { Settings } from '../../settings.js';
import { hasPosition, parsePosition } from '../events/position.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { instantIn, text } from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { ChangeWatermark } from './change-watermark.js';

/** The place where the changes begin. */
export const AFTER = text(
  'an `id`; `start` or `end`; an instant or a date (its end); a sequence, `@428`; or the `sequence` and `asOf` of the basis of an answer, `@428/2025-11-05T12:00:00Z`, for the changes since that answer',
  'start',
);

/** Finds places in the sequence of changes. */
@Injectable()
export class ChangePlaces {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly walk: ChangeWalk,
    private readonly watermark: ChangeWatermark,
  ) {}

  /** Throws Problem `invalid-parameter`. Use `has` to know whether this log has the place. */
  async named(after: string, zone = this.settings.zone): Promise<ChangePlace> {
    if (after === 'start') return START_OF_CHANGES;
    if (after === 'end') return this.watermark.now();
    const id = parseChangeId(after);
    if (id) return id;
    if (parsePosition(after)?.leaf !== undefined)
      throw badParameter(
        'after',
        `It is an id of the stream of events: write its sequence, @${parseInt(after)}.`,
      );
    const [, sequence, asOf] = /^@?(\d{1,15})(?:\/(.+))?$/.exec(after) ?? [];
    if (sequence === undefined) return this.upTo(instantIn('after', after, zone));
    return this.afterEvent(Number(sequence), asOf === undefined ? undefined : instantIn('after', asOf, zone));
  }

  /** The point of the staircase at an instant: after all events recorded and all changes due by then. */
  async upTo(at: Instant): Promise<Point> {
    return { sequence: await this.log.sequenceAt(at), at };
  }

  /** Whether this log has the place. Waits a moment for an event that another instance may have recorded just now. */
  async has({ sequence, leaf, isOfOtherMeaning }: ChangePlace, signal?: AbortSignal): Promise<boolean> {
    if (isOfOtherMeaning === true) return false;
    if (sequence === 0) return leaf === undefined || leaf === (await this.walk.leafAt(0));
    return hasPosition(this.log, { sequence, ...(leaf !== undefined && { leaf }) }, signal);
  }

  /** The id of a point that this log has. */
  async idOf(point: Point): Promise<string> {
    return pointId(point, await this.walk.leafAt(point.sequence));
  }

  private async afterEvent(sequence: number, at: Instant | undefined): Promise<ChangePlace> {
    if (at !== undefined) return { sequence, at };
    if (sequence === 0) return START_OF_CHANGES;
    const isHere = await this.has({ sequence, at: 0 });
    return { sequence, at: isHere ? await this.walk.recordedAt(sequence) : 0 };
  }
}
