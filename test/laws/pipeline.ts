import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  Consumer,
  logSource,
  type ConsumerOptions,
  type EventLog,
  type NewEvent,
  type RecordedEvent,
} from '#log';
import { openSqliteLog } from '#log/sqlite';
import { finished, systemRuntime } from '#runtime';
import { projectionSink, State, ViewsDatabase, VIEWS, type Question, type SearchDatabase } from '#views';
import { removeFolder, temporaryFolder } from '../server/spawned.js';

/** A real log and real views in a folder of their own. */
export class Pipeline {
  readonly folder = temporaryFolder();
  readonly viewsFile = join(this.folder, 'views.db');
  readonly log: EventLog = openSqliteLog(systemRuntime, join(this.folder, 'log.db'));
  private database = new ViewsDatabase(this.viewsFile);

  get state(): State {
    return new State(this.database.cells);
  }

  get views(): ViewsDatabase {
    return this.database;
  }

  /** Appends in one batch and lets the views follow. */
  async record(events: readonly NewEvent[], options: ConsumerOptions = {}): Promise<void> {
    await this.log.append(events);
    await this.follow(options);
  }

  follow(options: ConsumerOptions = {}): Promise<void> {
    return consumerOf(this.log, this.database, options).catchUp();
  }

  /** Closes the views and opens them again, as a restart does. */
  reopen(): void {
    this.database.close();
    this.database = new ViewsDatabase(this.viewsFile);
  }

  async close(): Promise<void> {
    this.database.close();
    await this.log.close();
    removeFolder(this.folder);
  }
}

/** The consumer that applies a log to a file. */
export function consumerOf(
  log: EventLog,
  file: ViewsDatabase | SearchDatabase,
  options: ConsumerOptions = {},
): Consumer<RecordedEvent> {
  return new Consumer(systemRuntime, logSource(log), projectionSink(file, log), options);
}

/** Uses pipelines, and closes them also where the work fails. */
export async function withPipelines<T>(
  many: number,
  use: (...pipelines: readonly Pipeline[]) => Promise<T>,
): Promise<T> {
  const pipelines = Array.from({ length: many }, () => new Pipeline());
  try {
    return await use(...pipelines);
  } finally {
    await Promise.all(pipelines.map((pipeline) => pipeline.close()));
  }
}

/** The answers of all views as text. `because` is sorted, because it is a set. */
export function answers(state: State, question: Question): string {
  return JSON.stringify(
    VIEWS.map((view) => [view.name, finished(state.list(view, question))]),
    (name, value: unknown) => (name === 'because' ? [...(value as string[])].sort() : value),
  );
}

/**
 * Every row of every table as a line of JSON: comparing texts takes less time than comparing cells. The segments of the text index depend on the
 * commits, so the content of the index is written instead: every word, with its places in the events.
 */
export function dump(file: string): Record<string, string> {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%' AND name NOT LIKE 'sqlite_%'
         ORDER BY name`,
      )
      .pluck()
      .all();
    const rowsOf = (sql: string): string =>
      db
        .prepare(sql)
        .raw()
        .all()
        .map((row) => JSON.stringify(row))
        .join('\n');
    const held = Object.fromEntries(tables.map((table) => [table, rowsOf(`SELECT * FROM "${table}"`)]));
    if (db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'words'`).get() === undefined) return held;
    db.exec('CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, instance)');
    // The table gives the words in order, and the places of a word in order: sorting them would take longer than reading them.
    const places = `group_concat(doc || '.' || col || '.' || offset)`;
    return { ...held, words: rowsOf(`SELECT term, ${places} FROM temp.vocabulary GROUP BY term`) };
  } finally {
    db.close();
  }
}
