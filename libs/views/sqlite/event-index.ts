import type { Db } from './database.js';

/** Which events are wanted; several values of one member: any of them. Bounds are milliseconds or sequences, both included. */
export interface EventQuery {
  readonly types?: readonly string[];
  readonly subjects?: readonly string[];
  readonly categories?: readonly string[];
  readonly claimants?: readonly string[];
  /** Words that must all occur; "several words" in quotes as a phrase, a final * for a prefix. */
  readonly text?: string;
  readonly axis?: 'valid' | 'reported' | 'recorded';
  /** On the recorded axis sequences. */
  readonly from?: number;
  readonly to?: number;
  /** Exclusive, in the direction asked. */
  readonly after?: number;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
}

const ID_OF_NAME = '(SELECT id FROM names WHERE name = ?)';

/** A subject is wanted by its id (`lt-by.medininkai`) or by its stream (`crossing-lt-by.medininkai`). */
function matchSubject(wanted: string): { readonly condition: string; readonly bound: readonly string[] } {
  const dash = wanted.indexOf('-');
  const byId = `subject = ${ID_OF_NAME}`;
  if (dash < 0) return { condition: byId, bound: [wanted] };
  const byStream = `(subject = ${ID_OF_NAME} AND category = ${ID_OF_NAME})`;
  return {
    condition: `${byId} OR ${byStream}`,
    bound: [wanted, wanted.slice(dash + 1), wanted.slice(0, dash)],
  };
}

const AXIS_COLUMN = { valid: 'occurred', reported: 'reported', recorded: 'sequence' } as const;

/** What the index keeps of an event. */
export interface IndexedEvent {
  readonly sequence: number;
  readonly type: string;
  readonly category: string;
  readonly subject: string;
  readonly claimant: string;
  /** Milliseconds. */
  readonly occurred: number;
  readonly reported: number;
  /** What full-text search looks at. */
  readonly text: string;
}

const NAMES_REMEMBERED = 50_000;

/** Finds events; the log holds them. */
export class EventIndex {
  private readonly names = new Map<string, number>();
  private readonly statements;

  constructor(private readonly db: Db) {
    this.statements = {
      add: db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)'),
      addText: db.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)'),
      name: db.prepare<[string], number>('SELECT id FROM names WHERE name = ?').pluck(),
      addName: db.prepare<[string]>('INSERT INTO names (name) VALUES (?)'),
    };
  }

  add({ sequence, type, category, subject, claimant, occurred, reported, text }: IndexedEvent): void {
    const names = [type, category, subject, claimant].map((name) => this.idOf(name));
    this.statements.add.run(sequence, ...names, occurred, reported);
    this.statements.addText.run(sequence, text);
  }

  /** Forgets what a rolled back transaction may have made untrue. */
  forget(): void {
    this.names.clear();
  }

  private idOf(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const id = this.statements.name.get(name) ?? Number(this.statements.addName.run(name).lastInsertRowid);
    if (this.names.size >= NAMES_REMEMBERED) this.names.clear();
    this.names.set(name, id);
    return id;
  }

  /** The sequences of the events, in order. */
  find(query: EventQuery): number[] {
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    const where = (condition: string, ...bound: (string | number)[]): void => {
      conditions.push(condition);
      values.push(...bound);
    };
    const anyOf = (column: string, wanted: readonly string[] | undefined): void => {
      if (!wanted) return;
      where(`${column} IN (SELECT id FROM names WHERE name IN (${wanted.map(() => '?').join()}))`, ...wanted);
    };
    anyOf('type', query.types);
    if (query.subjects) {
      const matches = query.subjects.map((subject) => matchSubject(subject));
      where(
        `(${matches.map(({ condition }) => condition).join(' OR ')})`,
        ...matches.flatMap(({ bound }) => bound),
      );
    }
    anyOf('category', query.categories);
    anyOf('claimant', query.claimants);
    const axis = AXIS_COLUMN[query.axis ?? 'recorded'];
    if (query.from !== undefined) where(`${axis} >= ?`, query.from);
    if (query.to !== undefined) where(`${axis} <= ?`, query.to);
    if (query.after !== undefined) where(`sequence ${query.order === 'asc' ? '>' : '<'} ?`, query.after);
    if (query.text !== undefined)
      where('sequence IN (SELECT rowid FROM texts WHERE texts MATCH ?)', matchOf(query.text));
    const filter = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    return this.db
      .prepare<(string | number)[], number>(
        `SELECT sequence FROM events ${filter} ORDER BY sequence ${query.order} LIMIT ?`,
      )
      .pluck()
      .all(...values, query.limit);
  }
}

/** What a person types, as an FTS5 query (https://sqlite.org/fts5.html §3): every word quoted, so that nothing is an operator. */
export function matchOf(text: string): string {
  const terms = [...text.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, phrase, word]) => phrase ?? word ?? '');
  const quoted = terms
    .map((term) => term.replaceAll('"', ''))
    .filter((term) => /[\p{L}\p{N}]/u.test(term))
    .map((term) => (term.endsWith('*') ? `"${term.slice(0, -1)}"*` : `"${term}"`));
  return quoted.length > 0 ? quoted.join(' ') : '""';
}
