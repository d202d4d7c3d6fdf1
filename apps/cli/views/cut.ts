import type { Command } from 'commander';
import type { QueryValues } from '#client';
import type { LocalTime } from '../local-time.js';

/** The options of a cut. The command has the cut on the valid axis as an argument. */
export interface CutOptions {
  readonly knownAt?: string;
  readonly recordedAt?: string;
  readonly zone?: string;
  readonly accordingTo?: string;
  readonly minReliability?: string;
}

export interface BasisJson {
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly recordedAt: string | null;
  readonly sequence: number;
  readonly zone: string;
}

export function withCut(command: Command): Command {
  return command
    .option('--known-at <time>', 'only reports that were public by then: an instant with offset, or a date')
    .option(
      '--recorded-at <time>',
      'only events that this log had by then: an instant, a date, or @<sequence>',
    )
    .option('--zone <zone>', 'IANA zone of dates (default: Europe/Vilnius)')
    .option('--according-to <actor>', 'only reports of this claimant')
    .option('--min-reliability <code>', 'only reports of at least this reliability: A1 to F6');
}

/** The cut of a question. Without `asOf`, or with "now", the server resolves it. */
export function askedCut(
  asOf: string | undefined,
  { knownAt, recordedAt, zone, accordingTo, minReliability }: CutOptions,
): QueryValues {
  return { asOf: asOf && askedTime(asOf), knownAt, recordedAt, zone, accordingTo, minReliability };
}

/** The server resolves `now`. */
export function askedTime(date: string): string | undefined {
  return date === 'now' ? undefined : date;
}

/** The basis of an answer in one line; the zone is named once. */
export function basisLine(basis: BasisJson, time: LocalTime): string {
  const at = (instant: string): string => time(instant).replace(/^end/, 'the end');
  const known = basis.knownAt === null ? '' : `, as known at ${at(basis.knownAt)}`;
  const recorded = basis.recordedAt === null ? '' : `, as recorded up to ${basis.recordedAt}`;
  return `As of ${at(basis.asOf)}${known}${recorded}; log at @${basis.sequence}; times in ${basis.zone}.`;
}
