import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { searchText, type Payload } from '#events';
import type { EventLog } from '#log';
import { SearchDatabase, ViewsDatabase } from '#views';

/** The bare appends of the machine: one write and one fdatasync after another. The result is in appends a second. */
export function bareAppends(file: string, bytes: number, appends: number): number {
  const record = Buffer.alloc(bytes, 'x');
  const descriptor = openSync(file, 'a');
  const start = performance.now();
  for (let n = 0; n < appends; n += 1) {
    writeSync(descriptor, record);
    fdatasyncSync(descriptor);
  }
  const seconds = (performance.now() - start) / 1000;
  closeSync(descriptor);
  return appends / seconds;
}

/** The number of rows in a commit, as in a rebuild. */
const ROWS_IN_COMMIT = 100_000;

/**
 * The rate at which raw SQLite inserts the rows of the first events of a file of views into an empty file of the same layout, in the order of the log,
 * in events a second. Only the rows that nearly every event has: its effect, and the subject that it touched.
 */
export function insertRowsOfViews(viewsFile: string, file: string, events: number): number {
  const views = new Database(viewsFile, { readonly: true });
  const rowsOf = (table: string, sequence: string): unknown[][] =>
    views
      .prepare<[number], unknown[]>(`SELECT * FROM ${table} WHERE ${sequence} <= ? ORDER BY ${sequence}`)
      .raw()
      .all(events);
  const [effects, touched] = [rowsOf('effects', 'recorded_from'), rowsOf('touched', 'sequence')];
  views.close();
  const { db } = new ViewsDatabase(file);
  return inserting(db, events, [
    ['effects', effects],
    ['touched', touched],
  ]);
}

/** As `insertRowsOfViews`, for the search: the times of each event, and its words. */
export async function insertRowsOfSearch(log: EventLog, file: string, events: number): Promise<number> {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size + 1);
    return numbers.get(name)!;
  };
  const [times, words]: [unknown[][], unknown[][]] = [[], []];
  for await (const { sequence, type, stream, recordedAt, payload } of log.read({ limit: events })) {
    const { attribution } = payload as Payload;
    const [category = ''] = stream.split('-', 1);
    const keys = `t${numberOf(type)} c${numberOf(category)} s${numberOf(stream)} m${numberOf(attribution.claimant)}`;
    times.push([sequence, recordedAt, recordedAt, recordedAt]);
    words.push([sequence, keys, searchText(type, payload as Payload)]);
  }
  const { db } = new SearchDatabase(file);
  return inserting(db, events, [
    ['events', times],
    ['words (rowid, keys, text)', words],
  ]);
}

/** Inserts the rows into an empty file, in turns, and closes the file. The rate is in events a second. */
function inserting(
  db: Database.Database,
  events: number,
  tables: readonly (readonly [into: string, rows: readonly unknown[][]])[],
): number {
  const inserts = tables.map(([into, rows]) => ({
    rows,
    statement: db.prepare(`INSERT INTO ${into} VALUES (${rows[0]?.map(() => '?').join() ?? ''})`),
  }));
  const most = Math.max(...inserts.map(({ rows }) => rows.length));
  const start = performance.now();
  for (let from = 0; from < most; from += ROWS_IN_COMMIT) {
    db.exec('BEGIN');
    for (let n = from; n < from + ROWS_IN_COMMIT; n += 1)
      for (const { rows, statement } of inserts) if (n < rows.length) statement.run(rows[n]);
    db.exec('COMMIT');
  }
  const seconds = (performance.now() - start) / 1000;
  db.close();
  return events / seconds;
}

/** The number of rows in one read, and the column of the payload. */
const READ_PAGE = 256;
const PAYLOAD = 7;

/** The floor of SQLite: better-sqlite3 with a table of the same columns and keys, and nothing else. */
export class RawSqlite {
  private readonly db: Database.Database;
  private readonly insert: Database.Statement;

  constructor(file: string) {
    this.db = new Database(file);
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = FULL');
    this.db
      .exec(`CREATE TABLE events (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL,
      revision INTEGER NOT NULL, type TEXT NOT NULL, schema_version INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
      payload TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision))`);
    this.insert = this.db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  }

  /** The rate of rows with one durable commit for each batch, in rows a second. */
  rate(batches: readonly (readonly unknown[][])[]): number {
    const start = performance.now();
    let rows = 0;
    for (const batch of batches) {
      this.db.exec('BEGIN IMMEDIATE');
      for (const row of batch) this.insert.run(row);
      this.db.exec('COMMIT');
      rows += batch.length;
    }
    return rows / ((performance.now() - start) / 1000);
  }

  /** The rate of reading all rows in order and parsing their payloads, in rows a second. */
  read(): number {
    const page = this.db
      .prepare<[number, number], unknown[]>(
        'SELECT * FROM events WHERE sequence > ? ORDER BY sequence LIMIT (SELECT ?)',
      )
      .raw();
    const start = performance.now();
    let rows = 0;
    for (let after = 0; ;) {
      const found = page.all(after, READ_PAGE);
      for (const row of found) row[PAYLOAD] = JSON.parse(String(row[PAYLOAD])) as unknown;
      rows += found.length;
      if (found.length < READ_PAGE) return rows / ((performance.now() - start) / 1000);
      after = found.at(-1)![0] as number;
    }
  }

  close(): void {
    this.db.close();
  }
}
