import { LATEST, formatInstant } from '#time';
import { shapeOf, type Shape } from './checker.js';
import type { DevelopmentAsSent, Payload, ReportedTime, ReportedTimeAsSent, Source } from './development.js';
import { SentDevelopment } from './envelope.js';
import { streamOf, type Mutable } from './event-type.js';
import type { Fault } from './fault.js';
import { faultsOf } from './faults.js';
import { RecordCorrected } from './record/corrected.js';
import { dataClass, eventTypeNamed } from './registry.js';
import { resolveTime } from './time-as-sent.js';
import { upcast } from './upcast.js';
import { isObject } from './value.js';

/** A development that was checked. */
export interface Taken {
  /** As sent. */
  readonly id: string | undefined;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Payload;
}

type Data = Record<string, unknown>;

const NO_END = formatInstant(LATEST);

/** Checks a development of sound text and depth, and resolves its times. `pointer`: where it stands. */
export const take = (sent: unknown, pointer: string, defaultZone: string): Taken | Fault[] => {
  if (!shapeOf(SentDevelopment).valid(sent))
    return withDataFaults(sent, faultsOf(SentDevelopment, sent, pointer), pointer);
  const development = sent as DevelopmentAsSent;
  const { id, type } = development;
  const definition = eventTypeNamed(type);
  if (!definition) return [{ pointer: `${pointer}/type`, detail: 'is no event type of the catalogue' }];
  const schemaVersion = development.schemaVersion ?? definition.version;
  const of = dataClass(definition, schemaVersion);
  if (!of) {
    const detail = `is no version of ${type}; the newest is ${definition.version}`;
    return [{ pointer: `${pointer}/schemaVersion`, detail }];
  }
  const shape = shapeOf(of);
  const faults = shape.valid(development.data) ? [] : faultsOf(of, development.data, `${pointer}/data`);
  const payload = payloadOf(development, shape, { pointer, defaultZone, faults });
  if (faults.length > 0) return faults;
  const stream = streamOf(definition.subject(upcast(definition, schemaVersion, payload.data)));
  return { id, stream, type, schemaVersion, payload };
};

/** The data's faults as well, where the envelope has some and the type can be told. */
const withDataFaults = (sent: unknown, faults: Fault[], pointer: string): Fault[] => {
  const { type, schemaVersion, data } = Object(sent) as Partial<Data>;
  const definition = typeof type === 'string' ? eventTypeNamed(type) : undefined;
  if (!definition || !isObject(data)) return faults;
  const of = dataClass(definition, typeof schemaVersion === 'number' ? schemaVersion : definition.version);
  if (!of || shapeOf(of).valid(data)) return faults;
  return [...faults, ...faultsOf(of, data, `${pointer}/data`)];
};

interface Taking {
  readonly pointer: string;
  readonly defaultZone: string;
  readonly faults: Fault[];
}

const payloadOf = (sent: DevelopmentAsSent, shape: Shape, taking: Taking): Payload => {
  const { pointer, defaultZone, faults } = taking;
  const sound = faults.length === 0;
  const resolved: Resolve = (time, role, at) =>
    resolveTime(time as ReportedTimeAsSent, defaultZone, role, pointer, at, faults) ?? UNRESOLVED;

  const occurred = sent.occurred === undefined ? undefined : resolved(sent.occurred, 'start', '/occurred');
  const until = sent.until === undefined ? undefined : resolved(sent.until, 'end', '/until');
  const reportedAt = resolved(sent.reportedAt, 'start', '/reportedAt');
  if (reportedAt.latest === NO_END) {
    faults.push({ pointer: `${pointer}/reportedAt`, detail: 'must have an end: by then the public knew it' });
  }
  // The stored form of an instant sorts as text.
  if (until && until.latest <= (occurred ?? reportedAt).earliest) {
    faults.push({ pointer: `${pointer}/until`, detail: 'must come after the beginning' });
  }
  const publishedAt = resolved(sent.source['publishedAt'], 'start', '/source/publishedAt');
  const data = sound ? withTimes(sent.data, shape, resolved) : sent.data;
  const payload: Mutable<Payload> = {
    reportedAt,
    data: shape.of === RecordCorrected ? withReplacement(data, taking) : data,
    source: { ...sent.source, publishedAt } as Source,
    attribution: sent.attribution as unknown as Payload['attribution'],
  };
  if (occurred) payload.occurred = occurred;
  if (until) payload.until = until;
  if (sent.correlationId !== undefined) payload.correlationId = sent.correlationId;
  return payload;
};

const UNRESOLVED: ReportedTime = { edtf: '', zone: '', earliest: '', latest: '~' };

type Resolve = (time: unknown, role: 'start' | 'end', at: string) => ReportedTime;

const withTimes = (data: Data, { times }: Shape, resolved: Resolve): Data => {
  if (times.size === 0) return data;
  const kept: Data = { ...data };
  for (const [key, role] of times) {
    if (data[key] !== undefined) kept[key] = resolved(data[key], role, `/data/${key}`);
  }
  return kept;
};

const isOfRecord = (sent: unknown): boolean =>
  isObject(sent) && typeof sent['type'] === 'string' && sent['type'].startsWith('record.');

/** A correction's replacement is a development of its own, and is kept in the form of one. */
const withReplacement = (data: Data, { pointer, defaultZone, faults }: Taking): Data => {
  const at = `${pointer}/data/replacement`;
  const sent = data['replacement'];
  if (faults.length > 0) return data;
  if (isOfRecord(sent)) {
    faults.push({
      pointer: `${at}/type`,
      detail: 'must not be of the record family: correct what the target says',
    });
    return data;
  }
  const taken = take(sent, at, defaultZone);
  if (Array.isArray(taken)) {
    faults.push(...taken);
    return data;
  }
  const { id, type, schemaVersion, payload } = taken;
  if (id !== undefined && id.toLowerCase() !== data['target']) {
    faults.push({ pointer: `${at}/id`, detail: 'must be the target; leave it out' });
  }
  return { ...data, replacement: { type, schemaVersion, ...payload } };
};
