import type { Db } from '#sqlite';
import { openDatabase } from './database.js';

/** Tables of the views for the runs of a law. They are made once, and each statement is prepared once, because both take longer than most runs. */
export class ReusedTables {
  readonly db = openDatabase(':memory:');
  private readonly clear;

  constructor() {
    const { db } = this;
    const prepared = new Map<string, ReturnType<Db['prepare']>>();
    const prepare = db.prepare.bind(db);
    db.prepare = ((sql: string) => {
      const statement = prepared.get(sql) ?? prepare(sql);
      prepared.set(sql, statement);
      return statement;
    }) as Db['prepare'];
    const names = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
    const statements = names.map((name) => db.prepare(`DELETE FROM ${name}`));
    this.clear = db.transaction(() => statements.forEach((statement) => statement.run()));
  }

  /** The tables without any row. */
  emptied(): Db {
    this.clear();
    return this.db;
  }

  close(): void {
    this.db.close();
  }
}
