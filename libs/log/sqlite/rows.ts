import { WriteMemory, type Db } from '#sqlite';
import type { StoredEvent } from '../decide.js';
import { LogError } from '../errors.js';
import type { RecordedEvent } from '../event-log.js';
import type { EventContent } from '../serialized-event.js';
import { Templates } from './templates.js';

/**
 * The columns of `events e`, in the order of `Row`. An id in bytes is read as text: a buffer for each row would cost half as much as the
 * rest.
 */
export const COLUMNS = `e.sequence, e.stream, e.revision, e.recorded_at, e.template,
  iif(typeof(e.id) = 'blob', lower(hex(e.id)), '=' || e.id), e.content`;

export type EventRow = readonly [
  sequence: number,
  stream: number,
  revision: number,
  recordedAt: number,
  template: number,
  id: ReadId,
  content: string,
];

export const contentOfRow = ([
  _sequence,
  _stream,
  _revision,
  _recordedAt,
  _template,
  _id,
  content,
]: EventRow): string => content;

/** A UUID as its 32 digits, any other id after a `=`. */
type ReadId = string;

/** A UUID as its bytes, any other id as it is. */
export type StoredId = Buffer | string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether an id is stored as bytes. A UUID in capitals is another id to the log, and is stored as its text. */
export const isUuid = (id: string): boolean => UUID.test(id);

export const storedId = (id: string): StoredId =>
  isUuid(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;

function idOf(read: ReadId): string {
  if (read.startsWith('=')) return read.slice(1);
  return `${read.slice(0, 8)}-${read.slice(8, 12)}-${read.slice(12, 16)}-${read.slice(16, 20)}-${read.slice(20)}`;
}

const STREAMS_REMEMBERED = 50_000;

/** Makes events of rows. It remembers the streams and templates that the rows name by number. */
export class EventRows {
  private readonly templates: Templates;
  private readonly streams;
  private readonly streamRow;

  /** `memory`: of the writer, where the connection has one. */
  constructor(
    private readonly db: Db,
    memory = new WriteMemory(),
  ) {
    this.templates = new Templates(db, memory);
    this.streams = memory.keep(() => new Map<number, string>());
    this.streamRow = db.prepare<[number], string>('SELECT name FROM streams WHERE number = ?').pluck();
  }

  /** Throws LogError `corrupt`, or SyntaxError, where the row is damaged. */
  event(row: EventRow): RecordedEvent {
    const [sequence, stream, revision, recordedAt, template, id, values] = row;
    const { type, schemaVersion, unpack } = this.templates.at(template);
    const { payload, metadata } = unpack(JSON.parse(values) as unknown[]) as EventContent;
    return {
      id: idOf(id),
      stream: this.stream(stream),
      type,
      schemaVersion,
      payload,
      metadata,
      sequence,
      revision,
      recordedAt,
    };
  }

  /** As `event`, but its content is not parsed. */
  stored(row: EventRow): StoredEvent {
    const [sequence, stream, revision, recordedAt, template, id, values] = row;
    const { type, schemaVersion, text } = this.templates.at(template);
    return {
      id: idOf(id),
      stream: this.stream(stream),
      type,
      schemaVersion,
      content: { template: text, values },
      sequence,
      revision,
      recordedAt,
    };
  }

  private stream(number: number): string {
    const streams = this.streams.current;
    const known = streams.get(number);
    if (known !== undefined) return known;
    const name = this.streamRow.get(number);
    if (name === undefined) {
      throw new LogError('corrupt', `${this.db.name} is damaged: it has no stream ${number}`);
    }
    if (streams.size >= STREAMS_REMEMBERED) streams.clear();
    streams.set(number, name);
    return name;
  }
}
