import { assertZone, formatInstant, resolve, TimeError } from '#time';
import type { ReportedTime } from './development.js';
import type { Fault } from './fault.js';
import { isObject, type Role } from './value.js';

interface Ends {
  readonly earliest: string;
  readonly latest: string;
}

/** By zone, then EDTF. Resolving is costly, and the same few times come again and again: a source's day, a batch's. */
const resolvedAs: Readonly<Record<Role, Map<string, Map<string, Ends>>>> = {
  start: new Map(),
  end: new Map(),
};
const MOST_ZONES = 100;
const MOST_TIMES = 5_000;

/** Throws TimeError. */
const endsOf = (edtf: string, zone: string, role: Role): Ends =>
  resolvedAs[role].get(zone)?.get(edtf) ?? remember(edtf, zone, role);

const remember = (edtf: string, zone: string, role: Role): Ends => {
  assertZone(zone);
  const { earliest, latest } = resolve(edtf, zone, role);
  const ends = { earliest: formatInstant(earliest), latest: formatInstant(latest) };
  const zones = resolvedAs[role];
  const known = zones.get(zone);
  const times = known && known.size < MOST_TIMES ? known : new Map<string, Ends>();
  if (zones.size >= MOST_ZONES) zones.clear();
  zones.set(zone, times.set(edtf, ends));
  return ends;
};

interface FullForm extends Partial<Ends> {
  readonly edtf?: string;
  readonly zone?: string;
  readonly text?: string;
}

/**
 * A time of sound form, at `base` + `member`, resolved; undefined, with the reason among the faults, where it means nothing. `{ text }` alone
 * stays as it is.
 */
export const resolveTime = (
  sent: string | object,
  defaultZone: string,
  role: Role,
  base: string,
  member: string,
  faults: Fault[],
): ReportedTime | undefined => {
  const full: FullForm = typeof sent === 'string' ? { edtf: sent } : sent;
  const { edtf, zone = defaultZone, text } = full;
  if (edtf === undefined) return full as ReportedTime;
  try {
    const { earliest, latest } = endsOf(edtf, zone, role);
    if (full.earliest !== undefined) agree(full.earliest, earliest, `${base}${member}/earliest`, faults);
    if (full.latest !== undefined) agree(full.latest, latest, `${base}${member}/latest`, faults);
    return text === undefined ? { edtf, zone, earliest, latest } : { edtf, zone, text, earliest, latest };
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    faults.push({ pointer: base + member + memberAtFault(sent, error), detail: error.message });
    return undefined;
  }
};

const agree = (given: string, own: string, pointer: string, faults: Fault[]): void => {
  if (given !== own)
    faults.push({ pointer, detail: `does not agree with the rest, which gives ${own}; leave it out` });
};

const memberAtFault = (sent: string | object, { code }: TimeError): string => {
  if (!isObject(sent)) return '';
  return code === 'unknown-zone' && sent['zone'] !== undefined ? '/zone' : '/edtf';
};
