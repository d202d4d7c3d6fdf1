import { Faults } from '#json';
import { LATEST, formatInstant, type Role } from '#time';
import { shapeOf, type Shape } from './checker.js';
import type { DevelopmentAsSent, Payload, ReportedTime, ReportedTimeAsSent, Source } from './development.js';
import { SentDevelopment } from './envelope.js';
import { streamOf, type Mutable } from './event-type.js';
import type { Fault, AcceptanceWarning } from './fault.js';
import { addFaultsOf } from './faults.js';
import { measured } from './limits.js';
import { RecordCorrected } from './record/corrected.js';
import { RecordRetracted } from './record/retracted.js';
import { dataClass, eventTypeNamed } from './registry.js';
import { resolveTime } from './time-as-sent.js';
import { upcast } from './upcast.js';
import { isObject } from './value.js';

/** A development ready for the log. */
export interface Accepted {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Payload;
  /** Absent: none. */
  readonly warnings?: readonly AcceptanceWarning[];
}

export interface AcceptOptions {
  /** IANA zone of times sent without one. */
  readonly defaultZone: string;
  /** A new UUID, version 7. */
  readonly newId: () => string;
  /** A payload whose times are resolved. A time that is the same at the same member keeps its range. */
  readonly before?: Before;
}

/** Any value; only its times are read, at the members where a payload has them. */
type Before = Readonly<Record<string, unknown>>;

/** Of the whole event as JSON in UTF-8: leaves room for the members that the log adds, below the 65,535 bytes of an audit entry. */
export const MOST_BYTES = 60_000;

/** More than the resolved times, the id and the stream can add to the sent text. */
const RESOLVED_BYTES = 4_000;

/**
 * Checks one development as parsed JSON (`parseJson`). Returns the payload for the log: the sent members, ids in lower case, times
 * resolved. Or its faults: the first hundred, and how many more there are. Never throws on any JSON. Linear in its size. Shares with
 * `sent` the parts that do not change.
 */
export const accept = (
  sent: unknown,
  { defaultZone, newId, before = {} }: AcceptOptions,
): Accepted | Fault[] => {
  const { bytes, faults: ofText } = measured(sent);
  if (ofText.length > 0) return [...ofText];
  const faults = new Faults();
  const warnings: AcceptanceWarning[] = [];
  const checked = check(sent, { pointer: '', defaultZone, before, faults, warnings });
  if (!checked) return faults.all;
  const { id, stream, type, schemaVersion, payload } = checked;
  const accepted = { id: id ?? newId(), stream, type, schemaVersion, payload };
  if (isOfRecord(accepted) && payload.data['target'] === accepted.id) {
    return [{ pointer: '/data/target', detail: 'must be another event: no event corrects itself' }];
  }
  if (bytes > MOST_BYTES - RESOLVED_BYTES) {
    const exact = Buffer.byteLength(JSON.stringify(accepted));
    if (exact > MOST_BYTES) {
      return [
        { pointer: '', detail: `is ${exact} bytes as an event, more than ${MOST_BYTES}`, code: 'too-large' },
      ];
    }
  }
  return warnings.length > 0 ? { ...accepted, warnings } : accepted;
};

/** A development that has no faults; its id as sent, in lower case. */
type Checked = Omit<Accepted, 'id' | 'warnings'> & { readonly id: string | undefined };

interface Checking {
  /** The path of the development in the sent value. */
  readonly pointer: string;
  readonly defaultZone: string;
  readonly before: Before;
  readonly faults: Faults;
  readonly warnings: AcceptanceWarning[];
}

const within = (before: Before, member: string): Before => {
  const value = before[member];
  return isObject(value) ? value : {};
};

type Data = Record<string, unknown>;

const NO_END = formatInstant(LATEST);

/** Undefined: there are faults. */
const check = (sent: unknown, checking: Checking): Checked | undefined => {
  const { pointer, faults } = checking;
  if (!shapeOf(SentDevelopment).valid(sent)) {
    addFaultsOf(SentDevelopment, sent, pointer, faults);
    addDataFaults(sent, checking);
    return undefined;
  }
  const development = sent as DevelopmentAsSent;
  const { type } = development;
  const definition = eventTypeNamed(type);
  if (!definition) {
    faults.add(`${pointer}/type`, 'is no event type of the catalogue');
    return undefined;
  }
  const schemaVersion = development.schemaVersion ?? definition.version;
  const of = dataClass(definition, schemaVersion);
  if (!of) {
    const detail = `is no version of ${type}; the newest is ${definition.version}`;
    faults.add(`${pointer}/schemaVersion`, detail);
    return undefined;
  }
  const shape = shapeOf(of);
  if (!shape.valid(development.data)) addFaultsOf(of, development.data, `${pointer}/data`, faults);
  const payload = payloadOf(development, shape, checking);
  if (faults.count > 0) return undefined;
  const id = development.id?.toLowerCase();
  const stream = streamOf(definition.subject(upcast(definition, schemaVersion, payload.data)));
  return { id, stream, type, schemaVersion, payload };
};

/** Adds the data's faults where the envelope has faults and the type is known. */
const addDataFaults = (sent: unknown, { pointer, faults }: Checking): void => {
  const { type, schemaVersion, data } = Object(sent) as Partial<Data>;
  const definition = typeof type === 'string' ? eventTypeNamed(type) : undefined;
  if (!definition || !isObject(data)) return;
  const of = dataClass(definition, typeof schemaVersion === 'number' ? schemaVersion : definition.version);
  if (of && !shapeOf(of).valid(data)) addFaultsOf(of, data, `${pointer}/data`, faults);
};

const payloadOf = (sent: DevelopmentAsSent, shape: Shape, checking: Checking): Payload => {
  const { pointer, defaultZone, before, faults, warnings } = checking;
  const isValid = faults.count === 0;
  const ofTimes: Fault[] = [];
  const noted = { faults: ofTimes, warnings };
  const resolved: Resolve = (time, was, role, at) =>
    resolveTime(time as ReportedTimeAsSent, was, role, [pointer, at], defaultZone, noted) ?? UNRESOLVED;
  const optional = (name: 'occurred' | 'until', role: Role): ReportedTime | undefined =>
    sent[name] === undefined ? undefined : resolved(sent[name], before[name], role, `/${name}`);

  const occurred = optional('occurred', 'start');
  const until = optional('until', 'end');
  const reportedAt = resolved(sent.reportedAt, before['reportedAt'], 'start', '/reportedAt');
  if (reportedAt.latest === NO_END) {
    ofTimes.push({
      pointer: `${pointer}/reportedAt`,
      detail: 'must have an end: by then the public knew it',
    });
  }
  // The stored form of an instant sorts as text.
  if (until && until.latest <= (occurred ?? reportedAt).earliest) {
    ofTimes.push({ pointer: `${pointer}/until`, detail: 'must come after the beginning' });
  }
  const wasPublished = within(before, 'source')['publishedAt'];
  const publishedAt = resolved(sent.source['publishedAt'], wasPublished, 'start', '/source/publishedAt');
  const data = isValid ? withTimes(sent.data, within(before, 'data'), shape, resolved) : sent.data;
  faults.addAll(ofTimes);
  const payload: Mutable<Payload> = {
    reportedAt,
    data: faults.count === 0 && isAboutRecord(shape) ? aboutRecord(data, checking) : data,
    source: { ...sent.source, publishedAt } as Source,
    attribution: sent.attribution as unknown as Payload['attribution'],
  };
  if (occurred) payload.occurred = occurred;
  if (until) payload.until = until;
  if (sent.correlationId !== undefined) payload.correlationId = sent.correlationId;
  return payload;
};

const UNRESOLVED: ReportedTime = { edtf: '', zone: '', earliest: '', latest: '~' };

type Resolve = (time: unknown, before: unknown, role: Role, at: string) => ReportedTime;

const withTimes = (data: Data, before: Before, { times }: Shape, resolved: Resolve): Data => {
  if (times.size === 0) return data;
  const kept: Data = { ...data };
  for (const [key, role] of times) {
    if (data[key] !== undefined) kept[key] = resolved(data[key], before[key], role, `/data/${key}`);
  }
  return kept;
};

const isAboutRecord = ({ of }: Shape): boolean => of === RecordCorrected || of === RecordRetracted;

/** The data of a correction or retraction: the target in lower case (RFC 9562 §4), the replacement in the form of a payload. */
const aboutRecord = (data: Data, checking: Checking): Data => {
  const target = String(data['target']).toLowerCase();
  if (data['replacement'] === undefined) return { ...data, target };
  return { ...data, target, replacement: replacementIn(data, target, checking) };
};

/** A correction's replacement is itself a development. */
const replacementIn = (data: Data, target: string, checking: Checking): unknown => {
  const { faults } = checking;
  const pointer = `${checking.pointer}/data/replacement`;
  const { replacement } = data;
  if (isOfRecord(replacement)) {
    faults.add(`${pointer}/type`, 'must not be of the record family: correct what the target says');
    return replacement;
  }
  const before = within(within(checking.before, 'data'), 'replacement');
  const checked = check(replacement, { ...checking, pointer, before });
  if (!checked) return replacement;
  const { id, type, schemaVersion, payload } = checked;
  if (id !== undefined && id !== target) faults.add(`${pointer}/id`, 'must be the target; leave it out');
  return { type, schemaVersion, ...payload };
};

/** Whether a sent development is a correction or a retraction. */
export const isOfRecord = (sent: unknown): boolean =>
  isObject(sent) && typeof sent['type'] === 'string' && sent['type'].startsWith('record.');
