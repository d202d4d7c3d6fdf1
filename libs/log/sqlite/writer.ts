import type Database from 'better-sqlite3';
import { idConflict, wrongRevision } from '../errors.js';
import type { Appended, ExpectedRevisions, Head } from '../event-log.js';
import { categoryOf, sameEvent, type ComparableEvent, type SerializedEvent } from '../serialized-event.js';
import { answerOf, duplicateOf } from './answer.js';
import { isTaken } from './failure.js';

/** An append, ready to be written. */
export interface Batch {
  readonly events: readonly SerializedEvent[];
  readonly expected: ExpectedRevisions;
}

interface Stream {
  readonly number: number;
  revision: number;
}

/** An event already in the log, with what is needed to tell whether another is the same. */
interface Known extends ComparableEvent {
  readonly sequence: number;
  readonly revision: number;
  readonly recordedAt: number;
}

/** What an append meets in the log; by id. */
export interface Survey {
  /** What the log does not have, in the order of the append, each id once. */
  readonly fresh: ReadonlyMap<string, SerializedEvent>;
  readonly found: ReadonlyMap<string, Appended>;
}

const STREAMS_REMEMBERED = 50_000;

/**
 * Decides on appends and inserts them, inside a transaction that the caller begins and commits. It remembers the streams it
 * wrote to; `begin` forgets them where another process has written since.
 */
export class Writer {
  private readonly streams = new Map<string, Stream>();
  private head: Head = { sequence: 0, recordedAt: 0 };
  private now = 0;
  private readonly headOf: Database.Statement<[], Head>;
  private readonly insertEvent: Database.Statement<unknown[]>;
  private readonly insertStream: Database.Statement<[string, string]>;
  private readonly streamOf: Database.Statement<[string], Stream>;
  private readonly known: Database.Statement<[string], Known>;
  private readonly dropEvents: Database.Statement<[number]>;
  private readonly dropStream: Database.Statement<[number]>;

  constructor(
    db: Database.Database,
    private readonly clock: () => number,
  ) {
    this.headOf = db.prepare(
      'SELECT sequence, recorded_at AS recordedAt FROM events ORDER BY sequence DESC LIMIT 1',
    );
    this.insertEvent = db.prepare(
      `INSERT INTO events (sequence, stream, revision, recorded_at, type, schema_version, id, metadata, payload)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.insertStream = db.prepare('INSERT INTO streams (name, category) VALUES (?, ?)');
    this.streamOf = db.prepare(
      `SELECT number, (SELECT ifnull(max(revision), -1) FROM events WHERE stream = number) AS revision
       FROM streams WHERE name = ?`,
    );
    this.known = db.prepare(
      `SELECT e.id, s.name AS stream, e.type, e.schema_version AS schemaVersion, e.payload,
              e.sequence, e.revision, e.recorded_at AS recordedAt
       FROM events e JOIN streams s ON s.number = e.stream WHERE e.id = ?`,
    );
    this.dropEvents = db.prepare('DELETE FROM events WHERE sequence > ?');
    this.dropStream = db.prepare('DELETE FROM streams WHERE number = ?');
  }

  /** Call with the write lock held. Answers the head before the transaction. */
  begin(): Head {
    const head = this.headOf.get() ?? { sequence: 0, recordedAt: 0 };
    if (head.sequence !== this.head.sequence || this.streams.size > STREAMS_REMEMBERED) this.forget();
    this.head = head;
    this.now = Math.floor(this.clock());
    return head;
  }

  /** The sequence of the last event written. */
  get sequence(): number {
    return this.head.sequence;
  }

  /** Call after a rollback: nothing remembered may be true any more. */
  forget(): void {
    this.streams.clear();
  }

  /**
   * All of the batch, or nothing. Throws LogError `wrong-revision` or `id-conflict` having changed nothing, and the
   * transaction may go on; whatever else is thrown spoils the transaction.
   */
  write(batch: Batch): Appended[] {
    if (this.unexpected(batch) !== undefined) return this.writeCarefully(batch);
    const before = this.head;
    const created: number[] = [];
    try {
      return batch.events.map((event) => this.insert(event, created));
    } catch (error) {
      if (!isTaken(error)) throw error;
      this.undo(before, created);
      return this.writeCarefully(batch);
    }
  }

  /**
   * What an append would find, without writing: what of it is in the log already, by id, and what is not. Throws LogError
   * `id-conflict`; and `wrong-revision`, unless everything is in the log already.
   */
  survey({ events, expected }: Batch): Survey {
    const fresh = new Map<string, SerializedEvent>();
    const found = new Map<string, Appended>();
    for (const event of events) {
      const first = fresh.get(event.id) ?? this.known.get(event.id);
      if (first === undefined) fresh.set(event.id, event);
      else if (!sameEvent(first, event)) throw idConflict(event.id);
      else if ('sequence' in first) found.set(event.id, duplicateOf(first));
    }
    if (fresh.size > 0) {
      const unexpected = this.unexpected({ events, expected });
      if (unexpected !== undefined) throw unexpected;
    }
    return { fresh, found };
  }

  /** Looks every id up before it writes: where one was taken, or a revision is not the expected one. */
  private writeCarefully(batch: Batch): Appended[] {
    const { fresh, found } = this.survey(batch);
    const written = new Map<string, Appended>();
    for (const [id, event] of fresh) written.set(id, this.insert(event, []));
    return answerOf(batch.events, found, written);
  }

  private unexpected({ expected }: Batch): Error | undefined {
    for (const stream in expected) {
      const revision = expected[stream] ?? -1;
      const actual = this.stream(stream)?.revision ?? -1;
      if (actual !== revision) return wrongRevision(stream, revision, actual);
    }
    return undefined;
  }

  private insert(event: SerializedEvent, created: number[]): Appended {
    let stream = this.stream(event.stream);
    if (stream === undefined) {
      const row = this.insertStream.run(event.stream, categoryOf(event.stream));
      stream = { number: Number(row.lastInsertRowid), revision: -1 };
      created.push(stream.number);
      this.streams.set(event.stream, stream);
    }
    const sequence = this.head.sequence + 1;
    const revision = stream.revision + 1;
    const recordedAt = Math.max(this.head.recordedAt, event.recordedAt ?? this.now);
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
    return { id: event.id, sequence, stream: event.stream, revision, recordedAt };
  }

  private stream(name: string): Stream | undefined {
    const remembered = this.streams.get(name);
    if (remembered !== undefined) return remembered;
    const stream = this.streamOf.get(name);
    if (stream !== undefined) this.streams.set(name, stream);
    return stream;
  }

  private undo(before: Head, created: readonly number[]): void {
    this.dropEvents.run(before.sequence);
    for (const number of created) this.dropStream.run(number);
    this.head = before;
    this.forget();
  }
}
