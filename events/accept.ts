import { Faults, isObject } from '#json';
import { LATEST, formatInstant, type Role } from '#time';
import { shapeOf, type Shape } from './checker.js';
import { isCorrection } from './correction.js';
import type {
  DevelopmentAsSent,
  EventType,
  Payload,
  ReportedTime,
  ReportedTimeAsSent,
  Source,
} from './development.js';
import { SentDevelopment } from './envelope.js';
import { streamOf, type Mutable } from './event-type.js';
import type { Fault, AcceptanceWarning } from './fault.js';
import { addFaultsOf } from './find-faults.js';
import { measured } from './limits.js';
import { RecordCorrected } from './record/corrected.js';
import { RecordRetracted } from './record/retracted.js';
import { dataClass, eventTypeNamed } from './registry.js';
import { resolveTime } from './time-as-sent.js';
import { upcast } from './upcast.js';
import { isTimeAsSent } from './value.js';

/** A development ready for the log. */
export interface Accepted {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Payload;
  /** Absent where there are none. */
  readonly warnings?: readonly AcceptanceWarning[];
}

export interface AcceptOptions {
  /** The IANA zone of times that are sent without a zone. */
  readonly defaultZone: string;
  /** A new UUID, version 7. */
  readonly newId: () => string;
  /** An earlier payload of the same development: a time that this payload has unchanged, at the same member, keeps its range. */
  readonly before?: Before;
}

/** Any value; only its times are read, at the members where a payload has them. */
type Before = Readonly<Record<string, unknown>>;

/** The greatest size of an accepted development, as JSON in UTF-8. With the members that the log adds it stays below the 65,535 bytes of an audit entry. */
export const MOST_BYTES = 60_000;

/** More than the resolved times, the id and the stream can add to the sent text. */
const RESOLVED_BYTES = 4_000;

/**
 * Checks one development as parsed JSON (libs/json). Returns it as the log stores it: the sent members, ids in lower case, times
 * resolved; or its faults: the first hundred, and the number of the others. Never throws on any JSON. Takes time linear in its size. The result
 * shares objects with `sent`, which must not be changed afterwards.
 */
export const accept = (
  sent: unknown,
  { defaultZone, newId, before = {} }: AcceptOptions,
): Accepted | Fault[] => {
  const { bytes, isExcessive, faults: ofText } = measured(sent);
  if (isExcessive) return [...ofText];
  const faults = new Faults();
  faults.addAll(ofText);
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

const memberOf = (before: Before, member: string): Before => {
  const value = before[member];
  return isObject(value) ? value : {};
};

type DataMembers = Record<string, unknown>;

const NO_END = formatInstant(LATEST);

/** Undefined where there are faults. All faults are listed: a fault of one member hides no fault of another. */
const check = (sent: unknown, checking: Checking): Checked | undefined => {
  const { pointer, faults } = checking;
  const isFormed = shapeOf(SentDevelopment).valid(sent);
  if (!isFormed) addFaultsOf(SentDevelopment, sent, pointer, faults);
  if (!isObject(sent)) return undefined;
  const typed = typedAs(sent, checking);
  const { data } = sent;
  const isOfType = typed?.shape.valid(data) === true;
  if (typed && !isOfType && isObject(data)) addFaultsOf(typed.shape.of, data, `${pointer}/data`, faults);
  const resolve = resolverOf(checking, isFormed && isOfType);
  const payload = payloadOf(sent as unknown as DevelopmentAsSent, typed?.shape, resolve, checking);
  if (!typed || faults.count > 0) return undefined;
  const { definition, schemaVersion } = typed;
  const id = (sent['id'] as string | undefined)?.toLowerCase();
  const stream = streamOf(definition.subject(upcast(definition, schemaVersion, payload.data)));
  return { id, stream, type: definition.type, schemaVersion, payload };
};

interface Typed {
  readonly definition: EventType;
  readonly schemaVersion: number;
  /** The shape of the data. */
  readonly shape: Shape;
}

/** Undefined where the type or the version has a fault. */
const typedAs = ({ type, schemaVersion }: DataMembers, { pointer, faults }: Checking): Typed | undefined => {
  if (!hasForm('type', type)) return undefined;
  const definition = eventTypeNamed(type as string);
  if (!definition) {
    faults.add(`${pointer}/type`, 'is no event type of the catalogue');
    return undefined;
  }
  const version = schemaVersion ?? definition.version;
  if (!hasForm('schemaVersion', version)) return undefined;
  const of = dataClass(definition, version as number);
  if (of) return { definition, schemaVersion: version as number, shape: shapeOf(of) };
  const detail = `is no version of ${definition.type}; the newest is ${definition.version}`;
  faults.add(`${pointer}/schemaVersion`, detail);
  return undefined;
};

const hasForm = (member: string, value: unknown): boolean =>
  shapeOf(SentDevelopment)
    .fields.get(member)
    ?.rules.every(({ holds }) => holds(value, {})) === true;

/** Resolves the times of a development; skips values that do not have the form of a time: these have faults already. */
const resolverOf = ({ pointer, defaultZone, faults, warnings }: Checking, areFormed: boolean): Resolve => {
  const ofTimes: Fault[] = [];
  return (time, was, role, at) => {
    if (!areFormed && !isTimeAsSent(time, true)) return UNRESOLVED;
    const sent = time as ReportedTimeAsSent;
    const resolved = resolveTime(sent, was, role, [pointer, at], defaultZone, { faults: ofTimes, warnings });
    faults.addAll(ofTimes.splice(0));
    return resolved ?? UNRESOLVED;
  };
};

const payloadOf = (
  sent: DevelopmentAsSent,
  shape: Shape | undefined,
  resolved: Resolve,
  checking: Checking,
): Payload => {
  const { pointer, before, faults } = checking;
  const optional = (name: 'occurred' | 'until', role: Role): ReportedTime | undefined =>
    sent[name] === undefined ? undefined : resolved(sent[name], before[name], role, `/${name}`);

  const occurred = optional('occurred', 'start');
  const until = optional('until', 'end');
  const reportedAt = resolved(sent.reportedAt, before['reportedAt'], 'start', '/reportedAt');
  if (reportedAt.latest === NO_END)
    faults.add(`${pointer}/reportedAt`, 'must have an end: an instant by which the public knew it');
  // The stored form of an instant sorts as text.
  if (until && until.latest <= (occurred ?? reportedAt).earliest)
    faults.add(`${pointer}/until`, 'must be after the beginning');
  const source = isObject(sent.source) ? sent.source : {};
  const wasPublished = memberOf(before, 'source')['publishedAt'];
  const publishedAt = resolved(source['publishedAt'], wasPublished, 'start', '/source/publishedAt');
  const data = isObject(sent.data) ? dataOf(sent.data, shape, resolved, checking) : {};
  const payload: Mutable<Payload> = {
    reportedAt,
    data,
    source: { ...source, publishedAt } as Source,
    attribution: sent.attribution as unknown as Payload['attribution'],
  };
  if (occurred) payload.occurred = occurred;
  if (until) payload.until = until;
  if (sent.correlationId !== undefined) payload.correlationId = sent.correlationId;
  return payload;
};

const dataOf = (
  data: DataMembers,
  shape: Shape | undefined,
  resolved: Resolve,
  checking: Checking,
): DataMembers => {
  if (!shape) return data;
  const timed = withTimes(data, memberOf(checking.before, 'data'), shape, resolved);
  return isAboutRecord(shape) ? aboutRecord(timed, checking) : timed;
};

/** The value in place of a time with a fault. This value causes no second fault: its `latest` sorts after every instant, its `earliest` before. */
const UNRESOLVED: ReportedTime = { edtf: '', zone: '', earliest: '', latest: '~' };

type Resolve = (time: unknown, before: unknown, role: Role, at: string) => ReportedTime;

const withTimes = (data: DataMembers, before: Before, { times }: Shape, resolved: Resolve): DataMembers => {
  if (times.size === 0) return data;
  const kept: DataMembers = { ...data };
  for (const [key, role] of times) {
    if (data[key] !== undefined) kept[key] = resolved(data[key], before[key], role, `/data/${key}`);
  }
  return kept;
};

const isAboutRecord = ({ of }: Shape): boolean => of === RecordCorrected || of === RecordRetracted;

/** The data of a correction or retraction: the target in lower case (RFC 9562 §4), the replacement in the form of a payload. */
const aboutRecord = (data: DataMembers, checking: Checking): DataMembers => {
  const target = String(data['target']).toLowerCase();
  if (!isObject(data['replacement'])) return { ...data, target };
  return { ...data, target, replacement: replacementIn(data, target, checking) };
};

/** A correction's replacement is itself a development. */
const replacementIn = (data: DataMembers, target: string, checking: Checking): unknown => {
  const { faults } = checking;
  const pointer = `${checking.pointer}/data/replacement`;
  const { replacement } = data;
  if (isOfRecord(replacement)) {
    faults.add(`${pointer}/type`, 'must not be of the record family: give the corrected development');
    return replacement;
  }
  const before = memberOf(memberOf(checking.before, 'data'), 'replacement');
  const checked = check(replacement, { ...checking, pointer, before });
  const { id } = Object(replacement) as { readonly id?: unknown };
  if (hasForm('id', id) && String(id).toLowerCase() !== target)
    faults.add(`${pointer}/id`, 'must be the id of the target; leave it out');
  if (!checked) return replacement;
  const { type, schemaVersion, payload } = checked;
  return { type, schemaVersion, ...payload };
};

/** Whether a sent development is a correction or a retraction. */
export const isOfRecord = (sent: unknown): boolean =>
  isObject(sent) && typeof sent['type'] === 'string' && isCorrection(sent['type']);
