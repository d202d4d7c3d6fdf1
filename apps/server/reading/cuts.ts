import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { EARLIEST, formatInstant, type Instant } from '#time';
import { ChangeWatermark } from '../changes/change-watermark.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import type { Basis } from './basis.js';
import { instant, number, recorded, reliability, text, zoneName, type Parsed } from './parameters.js';
import { badParameter } from './query.js';

/** Milliseconds to wait for a sequence that another instance may have issued a moment ago. */
export const HEAD_TIMEOUT_MS = 2_000;

/** The parameters of every question of state. `zone` comes first, as dates are read in it. */
export const CUT = {
  zone: zoneName('the IANA zone of dates; default Europe/Vilnius'),
  asOf: instant(
    'valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now',
    '2025-11-05',
  ),
  knownAt: instant(
    'reported time, in the same forms: only reports that were public by then; default no cut',
    '2025-11-04',
  ),
  recordedAt: recorded(
    'recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut',
    '@120',
  ),
  accordingTo: text('the id of an actor: only its reports'),
  minReliability: reliability('Admiralty code A1…F6: only reports of at least this reliability'),
  atLeast: number('a sequence to wait for, at most 5 s, such as the sequence of your last write'),
};

/** The cut of a read on the three axes, as in the question. */
export type AskedCut = Parsed<typeof CUT>;

/** A cut for the views: with every default resolved and the recorded axis as a sequence. */
export interface ReadCut {
  readonly asOf: Instant;
  readonly knownAt?: Instant | undefined;
  /** Events after this sequence do not count; absent: no limit. */
  readonly recordedAt?: number;
  readonly zone: string;
  readonly accordingTo?: string | undefined;
  /** Admiralty code, `A1`…`F6`. */
  readonly minReliability?: string | undefined;
  /** The sequence that the views must have reached. */
  readonly atLeast?: number | undefined;
  /** The answer can never change: `recordedAt` is a sequence. */
  readonly pinned: boolean;
}

/**
 * Resolves the cut of a read. Without `asOf` the instant is now; with `recordedAt` it is the moment of that cut, as for a question at that
 * moment. So a question pinned to a sequence has the same answer for ever.
 */
@Injectable()
export class Cuts {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly watermark: ChangeWatermark,
  ) {}

  /** Never before the last change that was sent to a reader, also if the clock was set back. */
  private get now(): Instant {
    return Math.max(this.runtime.now(), this.watermark.sentUpTo);
  }

  /** `prefix`: the prefix of its parameters, for the names in a refusal. Throws Problem `invalid-parameter`. */
  async resolved(asked: Partial<AskedCut>, prefix = '', now = this.now): Promise<ReadCut> {
    const {
      recordedAt,
      asOf,
      zone = this.settings.zone,
      knownAt,
      accordingTo,
      minReliability,
      atLeast,
    } = asked;
    const cut = { asOf: asOf ?? now, zone, knownAt, accordingTo, minReliability, atLeast, pinned: false };
    if (recordedAt === undefined) return cut;
    if (recordedAt.kind === 'instant') {
      const sequence = await this.log.sequenceAt(recordedAt.instant);
      return { ...cut, asOf: asOf ?? Math.min(now, recordedAt.instant), recordedAt: sequence };
    }
    const { sequence } = recordedAt;
    if (!(await this.log.reached(sequence, { timeout: HEAD_TIMEOUT_MS }))) {
      const head = await this.log.head();
      throw badParameter(`${prefix}recordedAt`, `The log ends at @${head.sequence}.`);
    }
    return { ...cut, asOf: asOf ?? (await this.momentOf(sequence)), recordedAt: sequence, pinned: true };
  }

  /** Two cuts of one query, under `from.` and `to.`; both see the same now. */
  async fromTo(asked: Readonly<Record<string, unknown>>): Promise<[ReadCut, ReadCut]> {
    const { now } = this;
    const at = (prefix: string): Promise<ReadCut> => {
      const members = Object.keys(CUT).map((name) => [name, asked[`${prefix}${name}`]] as const);
      return this.resolved(Object.fromEntries(members), prefix, now);
    };
    return [await at('from.'), await at('to.')];
  }

  /** When an event was recorded. */
  private async momentOf(sequence: number): Promise<Instant> {
    for await (const event of this.log.read({ after: sequence - 1, limit: 1 })) {
      if (event.sequence === sequence) return event.recordedAt;
    }
    return EARLIEST;
  }
}

/** `sequence`: the sequence of the views. */
export function basisOf(cut: ReadCut, sequence: number): Basis {
  return {
    asOf: formatInstant(cut.asOf),
    knownAt: cut.knownAt === undefined ? null : formatInstant(cut.knownAt),
    recordedAt: cut.recordedAt === undefined ? null : `@${cut.recordedAt}`,
    sequence: cut.recordedAt ?? sequence,
    zone: cut.zone,
  };
}
