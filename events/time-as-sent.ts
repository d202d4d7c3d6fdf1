import { isObject } from '#json';
import {
  assertZone,
  formatInstant,
  MS_PER_DAY,
  parseInstant,
  resolve,
  type Role,
  TimeError,
  zoneRules,
} from '#time';
import type { ReportedTime } from './development.js';
import type { Fault, AcceptanceWarning } from './fault.js';

interface Ends {
  readonly earliest: string;
  readonly latest: string;
}

/**
 * Resolved times, by zone rules, then by EDTF: to resolve a time is costly, and a few times come often, such as the day of a source or of a batch.
 */
const resolvedAs: Readonly<Record<Role, Map<string, Map<string, Ends>>>> = {
  start: new Map(),
  end: new Map(),
};
const MOST_ZONES = 100;
const MOST_TIMES = 5_000;

/** Resolves a time by the present rules of the zone. Throws TimeError. */
const endsOf = (edtf: string, zone: string, role: Role): Ends =>
  resolvedAs[role].get(zoneRules(zone))?.get(edtf) ?? remember(edtf, zone, role);

const remember = (edtf: string, zone: string, role: Role): Ends => {
  assertZone(zone);
  const { earliest, latest } = resolve(edtf, zone, role);
  const begins = formatInstant(earliest);
  const ends = { earliest: begins, latest: latest === earliest ? begins : formatInstant(latest) };
  // An instant in UTC is quick to resolve, and mostly comes once.
  if (edtf.endsWith('Z')) return ends;
  const zones = resolvedAs[role];
  const rules = zoneRules(zone);
  const known = zones.get(rules);
  const times = known && known.size < MOST_TIMES ? known : new Map<string, Ends>();
  if (zones.size >= MOST_ZONES) zones.clear();
  zones.set(rules, times.set(edtf, ends));
  return ends;
};

interface FullForm extends Partial<Ends> {
  readonly edtf?: string;
  readonly zone?: string;
  readonly text?: string;
}

/** The faults and warnings of times. */
export interface TimeRemarks {
  readonly faults: Fault[];
  readonly warnings: AcceptanceWarning[];
}

/**
 * Resolves a time of valid form, at the JSON pointer `base` + `member`. Faults and warnings are added to `remarks`; undefined where the text has no
 * meaning. `{ text }` alone stays as it is.
 *
 * A time is resolved once (docs/adr/0010-resolved-times.md). Where `before` is the same EDTF in the same zone, or no zone is
 * sent, its range and zone are kept. A sent range must agree with the rest, or be one that other rules of the zone
 * could give: then it is kept, with a warning.
 */
export const resolveTime = (
  sent: string | object,
  before: unknown,
  role: Role,
  [base, member]: readonly [string, string],
  defaultZone: string,
  remarks: TimeRemarks,
): ReportedTime | undefined => {
  const full: FullForm = typeof sent === 'string' ? { edtf: sent } : sent;
  const { edtf, text } = full;
  if (edtf === undefined) return full as ReportedTime;
  const known = resolvedBefore(before, edtf, full.zone);
  const zone = full.zone ?? known?.zone ?? defaultZone;
  const found = known ?? foundFor(full, edtf, zone, role);
  if (found instanceof TimeError) {
    remarks.faults.push({ pointer: base + member + memberAtFault(sent, found), detail: found.message });
    return undefined;
  }
  for (const end of ['earliest', 'latest'] as const) {
    if (full[end] === undefined || sameInstant(full[end], found[end])) continue;
    const detail = `does not agree with the rest, which gives ${found[end]}; leave it out`;
    remarks.faults.push({ pointer: `${base}${member}/${end}`, detail });
  }
  if (found.warning !== undefined)
    remarks.warnings.push({ pointer: base + member, detail: found.warning, code: 'other-zone-rules' });
  const { earliest, latest } = found;
  return text === undefined ? { edtf, zone, earliest, latest } : { edtf, zone, text, earliest, latest };
};

type FoundTime = Ends & { readonly zone?: string; readonly warning?: string };

const resolvedBefore = (before: unknown, edtf: string, zone: string | undefined): FoundTime | undefined => {
  if (!isObject(before) || before['edtf'] !== edtf) return undefined;
  return zone === undefined || before['zone'] === zone ? (before as unknown as FoundTime) : undefined;
};

/** The range by the present rules; or the sent range, where other rules of the zone could give it. */
const foundFor = (sent: FullForm, edtf: string, zone: string, role: Role): FoundTime | TimeError => {
  const own = endsOrError(edtf, zone, role);
  if (sent.earliest === undefined || sent.latest === undefined) return own;
  const [earliest, latest] = [canonical(sent.earliest), canonical(sent.latest)];
  if (earliest === undefined || latest === undefined || earliest > latest || !isLocal(edtf)) return own;
  const ends = { earliest, latest };
  const kept = (today: string) => ({
    ...ends,
    warning: `was resolved under other rules of ${zone}, and keeps that range; today they ${today}`,
  });
  if (!(own instanceof TimeError)) {
    const { earliest: from, latest: to } = own;
    if (from === earliest && to === latest) return own;
    return isNear(ends, own) ? kept(`give ${from}${from === to ? '' : ` to ${to}`}`) : own;
  }
  if (own.code !== 'skipped') return own;
  const nominal = endsOrError(edtf, 'UTC', role);
  return !(nominal instanceof TimeError) && isNear(ends, nominal) ? kept('have no such time') : own;
};

const endsOrError = (edtf: string, zone: string, role: Role): Ends | TimeError => {
  try {
    return endsOf(edtf, zone, role);
  } catch (error) {
    if (error instanceof TimeError) return error;
    throw error;
  }
};

/** Undefined where the text is no instant. */
const canonical = (text: string): string | undefined => {
  try {
    return formatInstant(parseInstant(text));
  } catch {
    return undefined;
  }
};

const sameInstant = (sent: string, own: string): boolean => sent === own || canonical(sent) === own;

/** Whether some date or clock time in the text has no offset, so that its instant depends on the zone. */
const isLocal = (edtf: string): boolean =>
  edtf.split(/\/|,|\.\./).some((part) => /\d/.test(part) && !/T.*(Z|[+-]\d\d(:\d\d)?)\]?$/i.test(part));

/** Two versions of the rules of a zone differ by less than this, and so does any zone from UTC. */
const isNear = (a: Ends, b: Ends): boolean =>
  Math.abs(parseInstant(a.earliest) - parseInstant(b.earliest)) < MS_PER_DAY &&
  Math.abs(parseInstant(a.latest) - parseInstant(b.latest)) < MS_PER_DAY;

const memberAtFault = (sent: string | object, { code }: TimeError): string => {
  if (!isObject(sent)) return '';
  return code === 'unknown-zone' && sent['zone'] !== undefined ? '/zone' : '/edtf';
};
