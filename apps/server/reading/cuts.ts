import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#log';
import { formatInstant } from '#time';
import { Clock } from '../clock.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../settings.js';
import { cutFrom, cutParameters, type AskedCut } from './cut.js';
import { badParameter, refuseUnknown, type Query } from './query.js';

/** A cut with the recorded axis as a sequence: what the views are asked. */
export interface ReadCut extends Omit<AskedCut, 'recordedAt'> {
  /** Nothing recorded after this sequence is seen; absent: all of it. */
  readonly recordedAt?: number;
  /** The answer can never change: `asOf` is given, and `recordedAt` as a sequence. */
  readonly pinned: boolean;
}

/** Sent with every answer, so that it can be asked again. */
export interface Basis {
  readonly asOf: string;
  readonly knownAt: string | null;
  /** `@<sequence>` */
  readonly recordedAt: string | null;
  /** The sequence that the answer stands on. */
  readonly sequence: number;
  readonly zone: string;
}

/** Turns the query of a read into its cut. */
@Injectable()
export class Cuts {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly clock: Clock,
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
    const now = this.clock.now();
    return [await this.under(query, prefixes[0], now), await this.under(query, prefixes[1], now)];
  }

  private async under(query: Query, prefix: string, now = this.clock.now()): Promise<ReadCut> {
    const { recordedAt, ...asked } = cutFrom(query, { now, zone: this.settings.zone }, prefix);
    if (recordedAt === undefined) return { ...asked, pinned: false };
    if (recordedAt.kind === 'instant') {
      return { ...asked, recordedAt: await this.log.sequenceAt(recordedAt.instant), pinned: false };
    }
    const head = await this.log.head();
    if (recordedAt.sequence > head.sequence) {
      throw badParameter(`${prefix}recordedAt`, `The log ends at @${head.sequence}.`);
    }
    return { ...asked, recordedAt: recordedAt.sequence, pinned: asked.asOfGiven };
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
