import { finished } from '#runtime';
import { WriteMemory, type Db, type PreparedStatement } from '#sqlite';
import { deciding, type Append, type AppendDecision, type StoredEvent } from '../decide.js';
import type { Head } from '../event-log.js';
import { categoryOf } from '../serialized-event.js';
import { COLUMNS, EventRows, isUuid, storedId, type EventRow, type StoredId } from './rows.js';
import { NewTemplates } from './templates.js';

interface Stream {
  readonly number: number;
  revision: number;
}

const STREAMS_REMEMBERED = 50_000;

/** The log as its tables are now, for `decide`. */
export class StoredLog {
  private readonly headRow: PreparedStatement<[], Head>;
  private readonly byUuid: PreparedStatement<[string], EventRow>;
  private readonly byText: PreparedStatement<[string], EventRow>;
  private readonly one: PreparedStatement<[StoredId], EventRow>;
  private readonly streamRow: PreparedStatement<[string], Stream>;
  private readonly sealedRow: PreparedStatement<[], number>;
  private readonly rows: EventRows;

  constructor(db: Db, memory?: WriteMemory) {
    this.headRow = db.prepare(
      'SELECT sequence, recorded_at AS recordedAt FROM events ORDER BY sequence DESC LIMIT 1',
    );
    const asked = `SELECT ${COLUMNS} FROM json_each(?) asked CROSS JOIN events e ON e.id =`;
    this.byUuid = db.prepare<[string], EventRow>(`${asked} unhex(asked.value, '-')`).raw();
    this.byText = db.prepare<[string], EventRow>(`${asked} asked.value`).raw();
    this.one = db.prepare<[StoredId], EventRow>(`SELECT ${COLUMNS} FROM events e WHERE e.id = ?`).raw();
    this.rows = new EventRows(db, memory);
    this.sealedRow = sealedIn(db);
    this.streamRow = db.prepare(
      `SELECT number, (SELECT ifnull(max(revision), -1) FROM events WHERE stream = number) AS revision
       FROM streams WHERE name = ?`,
    );
  }

  /** The instant before which nothing is recorded any more; 0 where none is sealed. */
  get sealed(): number {
    return this.sealedRow.get() ?? 0;
  }

  get head(): Head {
    return this.headRow.get() ?? { sequence: 0, recordedAt: 0 };
  }

  /**
   * Adds the events that the log has, by id. One statement for many ids is several times faster than many statements; for a single id it is
   * slower.
   */
  find(events: readonly { readonly id: string }[], found: Map<string, StoredEvent>): void {
    const [first] = events;
    const rows =
      events.length === 1 && first
        ? this.one.all(storedId(first.id))
        : this.rowsOf(events.map(({ id }) => id));
    for (const event of rows.map((row) => this.rows.stored(row))) found.set(event.id, event);
  }

  private rowsOf(ids: readonly string[]): EventRow[] {
    const uuids = ids.filter(isUuid);
    const texts = ids.filter((id) => !isUuid(id));
    const rows = uuids.length > 0 ? this.byUuid.all(JSON.stringify(uuids)) : [];
    if (texts.length > 0) rows.push(...this.byText.all(JSON.stringify(texts)));
    return rows;
  }

  stream(name: string): Stream | undefined {
    return this.streamRow.get(name);
  }

  revision(stream: string): number {
    return this.stream(stream)?.revision ?? -1;
  }
}

export const sealedIn = (db: Db): PreparedStatement<[], number> =>
  db.prepare<[], number>('SELECT at FROM sealed').pluck();

/** The head for an append: nothing is recorded before the seal. */
export const headSealed = (head: Head, sealed: number): Head => ({
  ...head,
  recordedAt: Math.max(head.recordedAt, sealed),
});

/**
 * Decides appends and stores their events, inside a transaction that the caller begins and commits. After a rollback the caller clears the memory.
 * `begin` forgets the streams where another process has written in between.
 */
export class Writer {
  private readonly stored: StoredLog;
  private readonly streams;
  /** The end of the log, with the events of the transaction. */
  private readonly end;
  private readonly templates: NewTemplates;
  private readonly insertEvent: PreparedStatement<unknown[]>;
  private readonly insertStream: PreparedStatement<[string, string]>;
  private readonly raiseSealed: PreparedStatement<[number]>;

  constructor(db: Db, memory = new WriteMemory()) {
    this.stored = new StoredLog(db, memory);
    this.templates = new NewTemplates(db, memory);
    this.streams = memory.keep(() => new Map<string, Stream>());
    this.end = memory.keep(() => ({ head: this.stored.head, sealed: this.stored.sealed }));
    this.insertEvent = db.prepare(
      `INSERT INTO events (sequence, stream, revision, recorded_at, template, id, content) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.insertStream = db.prepare('INSERT INTO streams (name, category) VALUES (?, ?)');
    this.raiseSealed = db.prepare(
      'INSERT INTO sealed VALUES (1, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)',
    );
  }

  /** Call with the write lock held. Returns the head before the transaction. */
  begin(): Head {
    const { head, sealed } = this.stored;
    if (head.sequence !== this.sequence) this.streams.current.clear();
    Object.assign(this.end.current, { head, sealed });
    return head;
  }

  /** From now on nothing is recorded before the instant. Returns the sealed instant, which may be later. */
  seal(at: number): number {
    this.raiseSealed.run(at);
    const end = this.end.current;
    end.sealed = Math.max(end.sealed, at);
    return Math.max(end.sealed, end.head.recordedAt);
  }

  /** The sequence of the last event written. */
  get sequence(): number {
    return this.end.current.head.sequence;
  }

  /**
   * Stores all events of an accepted append, and none of a refused one. After an error the transaction must be rolled back. `known` as in
   * `decide`.
   */
  write(append: Append, now: number, known?: ReadonlyMap<string, StoredEvent>): AppendDecision {
    const decision = this.decide(append, now, known);
    if (decision.kind === 'accepted') for (const event of decision.events) this.insert(event);
    return decision;
  }

  /** As `StoredLog.find`. */
  find(events: readonly { readonly id: string }[], found: Map<string, StoredEvent>): void {
    this.stored.find(events, found);
  }

  /** The answer that `write` would give. `known`: the events of the append that the log has; looked up where absent. */
  decide(append: Append, now: number, known?: ReadonlyMap<string, StoredEvent>): AppendDecision {
    return finished(this.deciding(append, now, known ?? this.found(append)));
  }

  /** The same in steps, with nothing written between them. */
  deciding(
    append: Append,
    now: number,
    known: ReadonlyMap<string, StoredEvent>,
  ): Generator<void, AppendDecision, void> {
    const { head: last, sealed } = this.end.current;
    const head = headSealed(last, sealed);
    const revision = (stream: string): number => this.stream(stream)?.revision ?? -1;
    return deciding(append, { head, event: (id) => known.get(id), revision }, now);
  }

  /** For an accepted append; in order, without other events in between. */
  insert(event: StoredEvent): void {
    const { sequence, revision, recordedAt } = event;
    let stream = this.stream(event.stream);
    if (stream === undefined) {
      const row = this.insertStream.run(event.stream, categoryOf(event.stream));
      stream = { number: Number(row.lastInsertRowid), revision: -1 };
      this.remember(event.stream, stream);
    }
    const { template, values } = this.templates.stored(event);
    this.insertEvent.run(sequence, stream.number, revision, recordedAt, template, storedId(event.id), values);
    stream.revision = revision;
    this.end.current.head = { sequence, recordedAt };
  }

  private found({ events }: Append): Map<string, StoredEvent> {
    const found = new Map<string, StoredEvent>();
    this.find(events, found);
    return found;
  }

  private stream(name: string): Stream | undefined {
    const remembered = this.streams.current.get(name);
    if (remembered !== undefined) return remembered;
    const stream = this.stored.stream(name);
    if (stream !== undefined) this.remember(name, stream);
    return stream;
  }

  private remember(name: string, stream: Stream): void {
    const streams = this.streams.current;
    if (streams.size >= STREAMS_REMEMBERED) streams.clear();
    streams.set(name, stream);
  }
}
