import { formatRange, precisionOf, rangeInWords, resolve, type Precision, type RangeText } from '#time';

export const ROLES = ['start', 'end'] as const;

/** The range of instants that an EDTF text means. */
export interface MeantTime extends RangeText {
  /** EDTF, as in the question. */
  readonly text: string;
  /** The IANA zone in which it was read. */
  readonly zone: string;
  /** Read as a start (`occurred`, `reportedAt`) or as an end (`until`). An end that is a day means the instant at which the day is over. */
  readonly role: (typeof ROLES)[number];
  /** How exact it is; `open`: it has no lower or no upper bound. */
  readonly precision: Precision;
  /** The range in English, as a person in the zone reads it. */
  readonly words: string;
}

/** Throws TimeError. */
export function meantTime(edtf: string, zone: string, role: MeantTime['role']): MeantTime {
  const range = resolve(edtf, zone, role);
  return {
    text: edtf,
    zone,
    role,
    ...formatRange(range),
    precision: precisionOf(range, zone),
    words: rangeInWords(range, zone),
  };
}
