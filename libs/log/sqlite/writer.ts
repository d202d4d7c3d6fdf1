import type Database from 'better-sqlite3';
import {
  decide,
  type Append,
  type AppendDecision,
  type LogLookup,
  type NumberedEvent,
  type StoredEvent,
} from '../decide.js';
import type { Head } from '../event-log.js';
import { categoryOf } from '../serialized-event.js';

interface Stream {
  readonly number: number;
  revision: number;
}

const STREAMS_REMEMBERED = 50_000;

/** What the tables have now, for `decide`. */
export class StoredLog {
  private readonly headRow: Database.Statement<[], Head>;
  private readonly eventRows: Database.Statement<[string], StoredEvent>;
  private readonly streamRow: Database.Statement<[string], Stream>;

  constructor(db: Database.Database) {
    this.headRow = db.prepare(
      'SELECT sequence, recorded_at AS recordedAt FROM events ORDER BY sequence DESC LIMIT 1',
    );
    this.eventRows = db.prepare(
      `SELECT e.id, s.name AS stream, e.type, e.schema_version AS schemaVersion, e.payload,
              e.sequence, e.revision, e.recorded_at AS recordedAt
       FROM json_each(?) asked CROSS JOIN events e ON e.id = asked.value JOIN streams s ON s.number = e.stream`,
    );
    this.streamRow = db.prepare(
      `SELECT number, (SELECT ifnull(max(revision), -1) FROM events WHERE stream = number) AS revision
       FROM streams WHERE name = ?`,
    );
  }

  get head(): Head {
    return this.headRow.get() ?? { sequence: 0, recordedAt: 0 };
  }

  /** Adds those of the events that the log has, by id. One call for many is several times faster than a call each. */
  find(events: readonly { readonly id: string }[], found: Map<string, StoredEvent>): void {
    const ids = JSON.stringify(events.map(({ id }) => id));
    for (const event of this.eventRows.all(ids)) found.set(event.id, event);
  }

  stream(name: string): Stream | undefined {
    return this.streamRow.get(name);
  }

  revision(stream: string): number {
    return this.stream(stream)?.revision ?? -1;
  }
}

/**
 * Decides appends and stores their events, inside a transaction that the caller begins and commits. It remembers the streams it
 * wrote to; `begin` forgets them where another process has written since.
 */
export class Writer {
  private readonly stored: StoredLog;
  private readonly streams = new Map<string, Stream>();
  private head: Head = { sequence: 0, recordedAt: 0 };
  private readonly insertEvent: Database.Statement<unknown[]>;
  private readonly insertStream: Database.Statement<[string, string]>;

  constructor(db: Database.Database) {
    this.stored = new StoredLog(db);
    this.insertEvent = db.prepare(
      `INSERT INTO events (sequence, stream, revision, recorded_at, type, schema_version, id, metadata, payload)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.insertStream = db.prepare('INSERT INTO streams (name, category) VALUES (?, ?)');
  }

  /** Call with the write lock held. Returns the head before the transaction. */
  begin(): Head {
    const { head } = this.stored;
    if (head.sequence !== this.head.sequence || this.streams.size > STREAMS_REMEMBERED) this.forget();
    this.head = head;
    return head;
  }

  /** The sequence of the last event written. */
  get sequence(): number {
    return this.head.sequence;
  }

  /** Call after a rollback: what is remembered may no longer be true. */
  forget(): void {
    this.streams.clear();
  }

  /** Stores all of an append that is accepted, and nothing of one that is refused. What is thrown spoils the transaction. `known` as in `decide`. */
  write(append: Append, now: number, known?: ReadonlyMap<string, StoredEvent>): AppendDecision {
    const decision = this.decide(append, now, known);
    if (decision.kind === 'accepted') for (const event of decision.events) this.insert(event);
    return decision;
  }

  /** As `StoredLog.find`. */
  find(events: readonly { readonly id: string }[], found: Map<string, StoredEvent>): void {
    this.stored.find(events, found);
  }

  /** What `write` would answer. `known`: the events that the log has, of those in the append; looked up where absent. */
  decide(append: Append, now: number, known?: ReadonlyMap<string, StoredEvent>): AppendDecision {
    const found = known ?? this.found(append);
    const log: LogLookup = {
      head: this.head,
      event: (id) => found.get(id),
      revision: (stream) => this.stream(stream)?.revision ?? -1,
    };
    return decide(append, log, now);
  }

  /** Of an append that was accepted; in order, and nothing else in between. */
  insert(event: NumberedEvent): void {
    const { sequence, revision, recordedAt } = event;
    let stream = this.stream(event.stream);
    if (stream === undefined) {
      const row = this.insertStream.run(event.stream, categoryOf(event.stream));
      stream = { number: Number(row.lastInsertRowid), revision: -1 };
      this.streams.set(event.stream, stream);
    }
    this.insertEvent.run(
      sequence,
      stream.number,
      revision,
      recordedAt,
      event.type,
      event.schemaVersion,
      event.id,
      event.metadata,
      event.payload,
    );
    stream.revision = revision;
    this.head = { sequence, recordedAt };
  }

  private found({ events }: Append): Map<string, StoredEvent> {
    const found = new Map<string, StoredEvent>();
    this.find(events, found);
    return found;
  }

  private stream(name: string): Stream | undefined {
    const remembered = this.streams.get(name);
    if (remembered !== undefined) return remembered;
    const stream = this.stored.stream(name);
    if (stream !== undefined) this.streams.set(name, stream);
    return stream;
  }
}
