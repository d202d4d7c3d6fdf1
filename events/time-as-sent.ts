import { assertZone, formatInstant, resolve, TimeError } from '#time';
import type { ReportedTime } from './development.js';
import type { Fault } from './fault.js';
import { isObject, type Role } from './value.js';

interface Ends {
  readonly earliest: string;
  readonly latest: string;
}

/** Resolving is costly and the same few times come again and again: a source's day, the day of a batch. */
const cache = new Map<string, Ends>();
const CACHED = 5_000;

/** Throws TimeError. */
const endsOf = (edtf: string, zone: string, role: Role): Ends => {
  const key = `${role} ${zone} ${edtf}`;
  const cached = cache.get(key);
  if (cached) return cached;
  assertZone(zone);
  const { earliest, latest } = resolve(edtf, zone, role);
  const ends = { earliest: formatInstant(earliest), latest: formatInstant(latest) };
  if (cache.size >= CACHED) cache.clear();
  cache.set(key, ends);
  return ends;
};

interface FullForm extends Partial<Ends> {
  readonly edtf?: string;
  readonly zone?: string;
  readonly text?: string;
}

/**
 * A time of sound form, resolved; undefined, with the reason among the faults, where it means nothing. `{ text }` alone
 * stays as it is.
 */
export const resolveTime = (
  sent: string | object,
  defaultZone: string,
  role: Role,
  pointer: string,
  faults: Fault[],
): ReportedTime | undefined => {
  const full: FullForm = typeof sent === 'string' ? { edtf: sent } : sent;
  const { edtf, zone = defaultZone, text } = full;
  if (edtf === undefined) return full as ReportedTime;
  try {
    const { earliest, latest } = endsOf(edtf, zone, role);
    for (const [name, own] of [
      ['earliest', earliest],
      ['latest', latest],
    ] as const) {
      const given = full[name];
      if (given !== undefined && given !== own) {
        faults.push({
          pointer: `${pointer}/${name}`,
          detail: `does not agree: ${edtf} in ${zone} gives ${own}`,
        });
      }
    }
    return text === undefined ? { edtf, zone, earliest, latest } : { edtf, zone, text, earliest, latest };
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    faults.push({ pointer: pointer + memberAtFault(sent, error), detail: error.message });
    return undefined;
  }
};

const memberAtFault = (sent: string | object, { code }: TimeError): string => {
  if (!isObject(sent)) return '';
  return code === 'unknown-zone' && sent['zone'] !== undefined ? '/zone' : '/edtf';
};
