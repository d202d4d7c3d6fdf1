import { WriteMemory, type Db } from '#sqlite';
import { matchOf, searchable, type Match } from './search-text.js';

/** The events to find. Where a member has several values, an event needs one of them. Bounds are milliseconds or sequences, both included. */
export interface EventQuery {
  readonly types?: readonly string[];
  readonly subjects?: readonly string[];
  readonly categories?: readonly string[];
  readonly claimants?: readonly string[];
  /** Words that must all occur; "several words" in quotes as a phrase, a final * for a prefix. `SEARCH_LIMITS` bounds them. */
  readonly text?: string;
  readonly axis?: 'valid' | 'reported' | 'recorded';
  /** The bounds on the recorded axis are sequences. The valid axis selects each event that may have been true at some instant from `from` to `to`. */
  readonly from?: number;
  readonly to?: number;
  /** Only events behind this sequence, in the order asked for. */
  readonly after?: number;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
}

/** The index entry of an event. */
export interface IndexedEvent {
  readonly sequence: number;
  readonly type: string;
  readonly category: string;
  readonly subject: string;
  readonly claimant: string;
  /** The first and the last instant at which the event may have been true, in milliseconds. */
  readonly begins: number;
  readonly ends: number;
  readonly reported: number;
  /** The texts for full-text search. */
  readonly text: string;
}

const NAMES_REMEMBERED = 50_000;

/**
 * Finds the sequences of events; the log has the events themselves. The full-text index has the texts of an event and, in a second column, one word
 * for each of its type, category, subject and claimant. New entries are appended to posting lists and merged later. With a B-tree for each member,
 * every new event would need a search in each of them.
 */
export class EventIndex {
  private readonly names;
  private readonly statements;

  constructor(
    private readonly db: Db,
    memory = new WriteMemory(),
  ) {
    this.names = memory.keep(() => new Map<string, number>());
    this.statements = {
      last: db.prepare<[], number>('SELECT max(sequence) FROM events').pluck(),
      add: db.prepare('INSERT INTO events VALUES (?, ?, ?, ?)'),
      addWords: db.prepare('INSERT INTO words (rowid, keys, text) VALUES (?, ?, ?)'),
      name: db.prepare<[string], number>('SELECT id FROM names WHERE name = ?').pluck(),
      addName: db.prepare<[string]>('INSERT INTO names (name) VALUES (?)'),
    };
  }

  add(event: IndexedEvent): void {
    const { sequence, begins, ends, reported } = event;
    const [type, category] = [this.idOf(event.type), this.idOf(event.category)];
    const [subject, claimant] = [this.idOf(event.subject), this.idOf(event.claimant)];
    this.statements.add.run(sequence, begins, ends, reported);
    const keys = `t${type} c${category} s${subject} m${claimant}`;
    this.statements.addWords.run(sequence, keys, searchable(event.text));
  }

  private idOf(name: string): number {
    const names = this.names.current;
    const known = names.get(name);
    if (known !== undefined) return known;
    const id = this.statements.name.get(name) ?? Number(this.statements.addName.run(name).lastInsertRowid);
    if (names.size >= NAMES_REMEMBERED) names.clear();
    names.set(name, id);
    return id;
  }

  /**
   * The most work of a search, in units of some 10 ns. A search that reads one list ends at its limit. Where it compares several lists, or instants, it
   * may read all events and find none: FTS5 cannot be interrupted. Throws SearchTextError.
   */
  workOf(query: EventQuery): number {
    const words = this.wordsOf(query);
    if (words === NOTHING) return 0;
    const { axis = 'recorded', from, to } = query;
    const comparesInstants = axis !== 'recorded' && (from !== undefined || to !== undefined);
    const lists = words === undefined || words.endsAtLimit ? 0 : words.lists;
    const instants = comparesInstants ? (words === undefined ? OF_INSTANT : OF_LOOK_UP) : 0;
    return (lists + instants) * (this.statements.last.get() ?? 0);
  }

  /** The sequences of the events, in order. Throws SearchTextError. */
  find(query: EventQuery): number[] {
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    const where = (condition: string, ...bound: (string | number)[]): void => {
      conditions.push(condition);
      values.push(...bound);
    };
    const words = this.wordsOf(query);
    if (words === NOTHING) return [];
    // The key of both tables is the sequence: bounds on the sequence narrow the scan of either table.
    const sequence = words ? 'words.rowid' : 'events.sequence';
    if (words) where('words MATCH ?', words.query);
    const axis = query.axis ?? 'recorded';
    const [begins, ends] = {
      recorded: [sequence, sequence],
      reported: ['reported', 'reported'],
      valid: ['begins', 'ends'],
    }[axis];
    if (query.from !== undefined) where(`${ends} >= ?`, query.from);
    if (query.to !== undefined) where(`${begins} <= ?`, query.to);
    if (query.after !== undefined) where(`${sequence} ${query.order === 'asc' ? '>' : '<'} ?`, query.after);
    const tables = !words
      ? 'events'
      : axis === 'recorded'
        ? 'words'
        : 'words CROSS JOIN events ON events.sequence = words.rowid';
    const filter = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    return this.db
      .prepare<(string | number)[], number>(
        `SELECT ${sequence} FROM ${tables} ${filter} ORDER BY ${sequence} ${query.order} LIMIT (SELECT ?)`,
      )
      .pluck()
      .all(...values, query.limit);
  }

  /** The FTS5 query (§3) for the words of an event; undefined where every event matches. */
  private wordsOf(query: EventQuery): Match | typeof NOTHING | undefined {
    const parts = [
      this.anyKey('t', query.types),
      query.subjects && anyOf(query.subjects.map((subject) => this.subjectKey(subject))),
      this.anyKey('c', query.categories),
      this.anyKey('m', query.claimants),
    ].filter((part) => part !== undefined);
    if (parts.includes(NOTHING)) return NOTHING;
    const keys = parts as Match[];
    const matches = keys.length > 0 ? [`keys : (${keys.map(({ query: key }) => key).join(' AND ')})`] : [];
    const compared = [...keys];
    if (query.text !== undefined) {
      const text = matchOf(query.text);
      if (text === undefined) return NOTHING;
      matches.push(`text : (${text.query})`);
      compared.push(text);
    }
    return compared.length === 0
      ? undefined
      : {
          query: matches.join(' AND '),
          lists: listsIn(compared),
          endsAtLimit: compared.length === 1 && compared[0]!.endsAtLimit,
        };
  }

  private anyKey(kind: string, names: readonly string[] | undefined): Match | typeof NOTHING | undefined {
    return names && anyOf(names.map((name) => this.key(kind, name)));
  }

  /** The index word for a name; undefined where no event has the name. */
  private key(kind: string, name: string): Match | undefined {
    const id = this.names.current.get(name) ?? this.statements.name.get(name);
    return id === undefined ? undefined : { query: `${kind}${id}`, lists: 1, endsAtLimit: true };
  }

  /** The filter gives a subject by its id (`lt-by.medininkai`) or by its stream (`crossing-lt-by.medininkai`). */
  private subjectKey(wanted: string): Match | undefined {
    const dash = wanted.indexOf('-');
    const [category, id] = [this.key('c', wanted.slice(0, dash)), this.key('s', wanted.slice(dash + 1))];
    const byStream: Match | undefined =
      dash > 0 && category && id
        ? { query: `(${id.query} AND ${category.query})`, lists: 2, endsAtLimit: false }
        : undefined;
    const joined = anyOf([this.key('s', wanted), byStream]);
    return joined === NOTHING ? undefined : joined;
  }
}

/** Work for each event: to compare its instants in a scan, or to look the event up and compare them. */
const [OF_INSTANT, OF_LOOK_UP] = [4, 16];

const NOTHING = Symbol('nothing can match');

/** The lists of the keys, joined. */
function anyOf(keys: readonly (Match | undefined)[]): Match | typeof NOTHING {
  const known = keys.filter((key) => key !== undefined);
  if (known.length === 0) return NOTHING;
  return {
    query: `(${known.map(({ query }) => query).join(' OR ')})`,
    lists: listsIn(known),
    endsAtLimit: known.every(({ endsAtLimit }) => endsAtLimit),
  };
}

const listsIn = (matches: readonly Match[]): number => matches.reduce((sum, { lists }) => sum + lists, 0);
