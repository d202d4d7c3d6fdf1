import { eventTypeNamed, UUID } from '#events';
import { Faults, isObject, pointerToken, type JsonFault } from '#json';
import type { RecordedEvent } from '#log';
import type { InstantText } from '#time';
import type { EventId } from '#timeline';
import { toEntry, type EventTypeName, type ResolvedDevelopment } from './event-entry.js';

/**
 * An event as a CloudEvent 1.0 in structured JSON (CloudEvents JSON event format §3), with the documented extensions `sequence`, `recordedtime`
 * and `correlationid`. `POST /v1/developments` accepts it.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: EventId;
  /**
   * The log: `//` and its name in checkpoints.
   * @format uri-reference
   * @example "//borderline.local/log"
   */
  readonly source: string;
  readonly type: EventTypeName;
  /** The id of its subject, without the category. */
  readonly subject: string;
  /** When the report was public: the latest instant of `reportedAt`, or `recordedtime` where that is earlier. */
  readonly time: InstantText;
  readonly datacontenttype: 'application/json';
  /**
   * The JSON Schema of `data`, on this server.
   * @format uri
   */
  readonly dataschema: string;
  /**
   * The number of the event in the log, in 16 digits: it sorts as text.
   * @pattern ^\d{16}$
   */
  readonly sequence: string;
  /** When the log stored it. */
  readonly recordedtime: InstantText;
  /** The `correlationId` of the development. */
  readonly correlationid?: string;
  /** The development. It can be sent again as it is. */
  readonly data: ResolvedDevelopment;
}

export interface CloudEventContext {
  /** The name of the log in its checkpoints. */
  readonly origin: string;
  /** The scheme and the authority of the server, without a slash at the end. */
  readonly server: string;
}

export function toCloudEvent(event: RecordedEvent, { origin, server }: CloudEventContext): CloudEvent {
  const { subject, stream: _, revision: __, sequence, recordedAt, recordedBy: ___, ...data } = toEntry(event);
  const { id, type, schemaVersion, reportedAt, correlationId } = data;
  // The stored form of an instant sorts as text.
  const reported = (reportedAt as typeof reportedAt | undefined)?.latest ?? recordedAt;
  return {
    specversion: '1.0',
    id,
    source: `//${encodeURI(origin)}`,
    type,
    subject,
    time: reported < recordedAt ? reported : recordedAt,
    datacontenttype: 'application/json',
    dataschema: `${server}/schemas/${encodeURIComponent(type)}/${schemaVersion}`,
    sequence: String(sequence).padStart(16, '0'),
    recordedtime: recordedAt,
    ...(correlationId === undefined ? {} : { correlationid: correlationId }),
    data,
  };
}

/** The development in a CloudEvent of a client. */
export interface SentCloudEvent {
  /** Its `data`, with the id and the correlation id of the CloudEvent where it has none. Anything: `accept` checks it. */
  readonly development: unknown;
  /** The subject of the CloudEvent; absent where it has none. */
  readonly subject?: string;
  /** The faults of the CloudEvent itself; pointers into it. */
  readonly faults: readonly JsonFault[];
}

/**
 * Reads a CloudEvent in structured JSON. Its attributes must be well formed, and `id`, `type`, `correlationid` and `dataschema` must not
 * contradict `data`; `id` and `correlationid` also serve where `data` has none. The others describe only the CloudEvent, not the development.
 * Whether `data` is a development is left to `accept`.
 */
export function fromCloudEvent(sent: unknown): SentCloudEvent {
  const faults = new Faults();
  if (!isObject(sent)) {
    faults.add('', 'must be a CloudEvent: an object');
    return { development: undefined, faults: faults.all };
  }
  const { data, ...rest } = sent;
  const attributes = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  for (const [name, value] of Object.entries(attributes)) {
    const fault = faultOf(name, value);
    if (fault !== undefined) faults.add(pointerToken(name), fault);
  }
  for (const name of REQUIRED) if (attributes[name] === undefined) faults.add(`/${name}`, 'is missing');
  const development = isObject(data) ? completed(data, attributes, faults) : (data ?? null);
  const { subject } = attributes;
  return { development, ...(typeof subject === 'string' && { subject }), faults: faults.all };
}

type Members = Readonly<Record<string, unknown>>;

const REQUIRED = ['specversion', 'id', 'source', 'type'];

/** CloudEvents §3.1: the types of values that JSON gives to attributes. Text has no control character and no half of a surrogate pair. */
const TEXT = /^[^\p{Cc}\p{Cs}]+$/u;
const isInt32 = (value: unknown): boolean => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;

const URI_CHARACTERS = /^[^\s<>"{}|\\^`]+$/;

const FORMS = new Map<string, readonly [form: RegExp, must: string]>(
  Object.entries({
    specversion: [/^1\.0$/, 'must be 1.0'],
    id: [TEXT, 'must be text, not empty'],
    type: [TEXT, 'must be text, not empty'],
    subject: [TEXT, 'must be text, not empty'],
    source: [URI_CHARACTERS, 'must be a URI reference'],
    dataschema: [/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i, 'must be an absolute URI'],
    datacontenttype: [/^application\/([\w.-]+\+)?json\s*(;|$)/i, 'must be application/json'],
    time: [
      /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/,
      'must be an instant (RFC 3339), such as 2025-11-02T08:00:00Z',
    ],
    correlationid: [/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'must be text of at most 200 characters'],
  }),
);

function faultOf(name: string, value: unknown): string | undefined {
  if (name === 'data_base64') return 'is not accepted: put the development into `data`, as JSON';
  if (!/^[a-z0-9]+$/.test(name))
    return 'is not an attribute of a CloudEvent: these have lower-case letters and digits only';
  const known = FORMS.get(name);
  if (known) return typeof value === 'string' && known[0].test(value) ? undefined : known[1];
  const isAllowed =
    typeof value === 'boolean' || isInt32(value) || (typeof value === 'string' && TEXT.test(value));
  return isAllowed ? undefined : 'must be text, not empty, a whole number of 32 bits, true or false';
}

/** The data, with missing members from the attributes. Adds the contradictions to the faults. */
function completed(data: Members, attributes: Members, faults: Faults): Members {
  const { id, type, correlationid, dataschema } = attributes;
  if (differ(type, data['type'])) faults.add('/type', 'is not the type of `data`');
  if (differ(lower(id), lower(data['id']))) faults.add('/id', 'is not the id of `data`');
  if (differ(correlationid, data['correlationId']))
    faults.add('/correlationid', 'is not the correlationId of `data`');
  const fault = schemaFault(dataschema, data);
  if (fault !== undefined) faults.add('/dataschema', fault);
  if (data['id'] === undefined && typeof id === 'string' && !isUuid(id))
    faults.add('/id', 'must be a UUID, as `data` has no id');
  return {
    ...(isUuid(id) && { id }),
    ...(fits('correlationid', correlationid) && { correlationId: correlationid }),
    ...data,
  };
}

const isUuid = (id: unknown): boolean => typeof id === 'string' && UUID.test(id);

const fits = (name: string, value: unknown): boolean =>
  value !== undefined && faultOf(name, value) === undefined;

/** An absent value contradicts nothing, and a value that is not text has a fault already. */
const differ = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' && one !== other;

const lower = (id: unknown): unknown => (typeof id === 'string' ? id.toLowerCase() : id);

/** Only the schemas of this service, wherever it runs, name a type and a version. */
function schemaFault(dataschema: unknown, { type, schemaVersion }: Members): string | undefined {
  if (typeof dataschema !== 'string' || typeof type !== 'string') return undefined;
  const [, ofType, ofVersion] = /\/schemas\/([a-z]+\.[a-z-]+)\/(\d+)$/.exec(dataschema) ?? [];
  if (ofType === undefined) return undefined;
  if (ofType !== type) return 'is not the schema of the type of `data`';
  const version = schemaVersion ?? eventTypeNamed(type)?.version;
  if (typeof version !== 'number' || version === Number(ofVersion)) return undefined;
  return `is not the schema of version ${version}, which \`data\` has`;
}
