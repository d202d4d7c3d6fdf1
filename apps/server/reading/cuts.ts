import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { EARLIEST, formatInstant, type Instant } from '#time';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import type { Basis } from './basis.js';
import { cutFrom, cutParameters, type AskedCut } from './cut.js';
import { badParameter, refuseUnknown, type Query } from './query.js';

/** Milliseconds to wait for a sequence that another instance may have given out a moment ago. */
export const HEAD_TIMEOUT_MS = 2_000;

/** A cut with the recorded axis as a sequence: what the views are asked. */
export interface ReadCut extends Omit<AskedCut, 'recordedAt'> {
  /** Nothing recorded after this sequence is seen; absent: all of it. */
  readonly recordedAt?: number;
  /** The answer can never change: `recordedAt` is a sequence. */
  readonly pinned: boolean;
}

/**
 * Turns the query of a read into its cut. Without `asOf` it is now; where `recordedAt` is cut, it is the moment of that cut:
 * what would have been answered then. So a question pinned to a sequence keeps its answer for good.
 */
@Injectable()
export class Cuts {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** `also`: the other parameters of the address; anything else is refused. Throws Problem. */
  async read(query: Query, also: readonly string[] = []): Promise<ReadCut> {
    refuseUnknown(query, [...cutParameters(), ...also]);
    return this.under(query, '');
  }

  /** Two cuts of one query, under prefixes (`from.asOf`, `to.asOf`); both see the same now. */
  async pair(
    query: Query,
    prefixes: readonly [string, string],
    also: readonly string[] = [],
  ): Promise<[ReadCut, ReadCut]> {
    refuseUnknown(query, [...prefixes.flatMap(cutParameters), ...also]);
    const now = this.runtime.now();
    return [await this.under(query, prefixes[0], now), await this.under(query, prefixes[1], now)];
  }

  private async under(query: Query, prefix: string, now = this.runtime.now()): Promise<ReadCut> {
    const { recordedAt, ...asked } = cutFrom(query, { now, zone: this.settings.zone }, prefix);
    if (recordedAt === undefined) return { ...asked, pinned: false };
    if (recordedAt.kind === 'instant') {
      const asOf = asked.asOfGiven ? asked.asOf : Math.min(now, recordedAt.instant);
      return { ...asked, asOf, recordedAt: await this.log.sequenceAt(recordedAt.instant), pinned: false };
    }
    const { sequence } = recordedAt;
    if (!(await this.log.reached(sequence, { timeout: HEAD_TIMEOUT_MS }))) {
      const head = await this.log.head();
      throw badParameter(`${prefix}recordedAt`, `The log ends at @${head.sequence}.`);
    }
    const asOf = asked.asOfGiven ? asked.asOf : await this.momentOf(sequence);
    return { ...asked, asOf, recordedAt: sequence, pinned: true };
  }

  /** When an event was recorded. */
  private async momentOf(sequence: number): Promise<Instant> {
    for await (const event of this.log.read({ after: sequence - 1, limit: 1 })) {
      if (event.sequence === sequence) return event.recordedAt;
    }
    return EARLIEST;
  }
}

/** `sequence`: what the views have followed the log to. */
export function basisOf(cut: ReadCut, sequence: number): Basis {
  return {
    asOf: formatInstant(cut.asOf),
    knownAt: cut.knownAt === undefined ? null : formatInstant(cut.knownAt),
    recordedAt: cut.recordedAt === undefined ? null : `@${cut.recordedAt}`,
    sequence: cut.recordedAt ?? sequence,
    zone: cut.zone,
  };
}
