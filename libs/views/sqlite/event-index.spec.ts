import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Db } from '#sqlite';
import { openDatabase, SEARCH } from './database.js';
import { EventIndex, type EventQuery, type IndexedEvent } from './event-index.js';
import { matchOf, SEARCH_LIMITS, SearchTextError } from './search-text.js';

const TYPES = ['crossing.closed', 'crossing.reopened', 'talks.held'];
const CATEGORIES = ['crossing', 'talks'];
const SUBJECTS = ['lt-by', 'lt-by.medininkai', 'crossing-x', 'x', 't1'];
const CLAIMANTS = ['lt.vsat', 'by.gpk', 't1'];
const WORDS = ['trucks', 'queue', 'Medininkai', 't1', 's2', 'keys', 'AND', 'šalčininkai'];

const EVENT = {
  sequence: 1,
  type: 'statement.made',
  category: 'topic',
  subject: 'x',
  claimant: 'x',
  begins: 0,
  ends: 0,
  reported: 0,
};

const drawnEvent = fc.record({
  type: fc.constantFrom(...TYPES),
  category: fc.constantFrom(...CATEGORIES),
  subject: fc.constantFrom(...SUBJECTS),
  claimant: fc.constantFrom(...CLAIMANTS),
  begins: fc.integer({ min: 0, max: 20 }),
  lasts: fc.integer({ min: 0, max: 9 }),
  reported: fc.integer({ min: 0, max: 20 }),
  text: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
});

const several = (names: readonly string[]) =>
  fc.array(fc.constantFrom(...names, 'nobody'), { minLength: 1, maxLength: 3 });

const drawnQuery: fc.Arbitrary<EventQuery> = fc
  .record(
    {
      types: several(TYPES),
      categories: several(CATEGORIES),
      subjects: several([...SUBJECTS, 'crossing-lt-by', 'talks-x', 'crossing-crossing-x', '-x']),
      claimants: several(CLAIMANTS),
      text: fc
        .array(
          fc.constantFrom(
            'trucks',
            'TRUCKS queue',
            '"t1"',
            's2',
            'keys',
            'AND',
            'salcininkai',
            'que*',
            '"trucks trucks"',
            '"',
            '- .',
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((terms) => terms.join(' ')),
      axis: fc.constantFrom('valid' as const, 'reported' as const, 'recorded' as const),
      from: fc.integer({ min: 0, max: 20 }),
      to: fc.integer({ min: 0, max: 30 }),
      after: fc.integer({ min: 0, max: 45 }),
    },
    { requiredKeys: [] },
  )
  .chain((query) =>
    fc.record({
      order: fc.constantFrom('asc' as const, 'desc' as const),
      limit: fc.integer({ min: 1, max: 50 }),
      query: fc.constant(query),
    }),
  )
  .map(({ query, ...rest }) => ({ ...query, ...rest }));

/** The definition of a search: it reads every event. */
function searched(events: readonly IndexedEvent[], query: EventQuery): number[] {
  const { from = -Infinity, to = Infinity, after, order, limit, text } = query;
  const oneOf = (names: readonly string[] | undefined, ...own: readonly string[]): boolean =>
    names === undefined || own.some((name) => names.includes(name));
  const isBeyond = (sequence: number): boolean =>
    after === undefined || (order === 'asc' ? sequence > after : sequence < after);
  const found = events.filter((event) => {
    const { sequence, type, category, subject, claimant, begins, ends, reported } = event;
    const spans = { valid: [begins, ends], reported: [reported, reported], recorded: [sequence, sequence] };
    const [first = 0, last = 0] = spans[query.axis ?? 'recorded'];
    return (
      oneOf(query.types, type) &&
      oneOf(query.categories, category) &&
      oneOf(query.claimants, claimant) &&
      oneOf(query.subjects, subject, `${category}-${subject}`) &&
      [last >= from, first <= to, isBeyond(sequence), text === undefined || hasWords(event.text, text)].every(
        Boolean,
      )
    );
  });
  const sequences = found.map(({ sequence }) => sequence);
  return (order === 'asc' ? sequences : sequences.reverse()).slice(0, limit);
}

function hasWords(text: string, wanted: string): boolean {
  const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = text.split(' ').map(plain);
  const terms = [...wanted.matchAll(/"([^"]*)"|\S+/gu)].map(([term, phrase]) =>
    (phrase ?? term).replaceAll('"', ''),
  );
  const searched = terms.filter((term) => /[\p{L}\p{N}]/u.test(term));
  return (
    searched.length > 0 &&
    searched.every((term) =>
      term.endsWith('*')
        ? words.some((word) => word.startsWith(plain(term.slice(0, -1))))
        : ` ${words.join(' ')} `.includes(` ${plain(term)} `),
    )
  );
}

describe('The index of events', () => {
  let db: Db;
  beforeAll(() => {
    db = openDatabase(':memory:', SEARCH);
  });
  afterAll(() => {
    db.close();
  });

  it('finds the same events as a read of every event, in either order', () => {
    fc.assert(
      fc.property(
        fc.array(drawnEvent, { maxLength: 40 }),
        fc.array(drawnQuery, { minLength: 1, maxLength: 8 }),
        (drawn, queries) => {
          const events = drawn.map(({ lasts, ...event }, index) => ({
            ...event,
            ends: event.begins + lasts,
            sequence: index + 1,
          }));
          db.exec('BEGIN');
          try {
            const index = new EventIndex(db);
            for (const event of events) index.add(event);
            for (const query of queries) expect(index.find(query)).toEqual(searched(events, query));
          } finally {
            db.exec('ROLLBACK');
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['й and ў', 'Дзяржаўны йод', ['йод', 'ДЗЯРЖАЎНЫ', '"дзяржаўны йод"', 'дзяржаў*', 'йо*']],
    ['Turkish', 'İstanbul Kapıkule Iğdır', ['istanbul', 'kapıkule', 'iğdır', 'iğ*']],
    [
      'Latvian and Polish',
      'Terehova, Grebņeva; Połowce, Kuźnica',
      ['grebņeva', '"połowce kuźnica"', 'kuź*', 'Terehova'],
    ],
    ['a full-width form and a ligature', 'ＡＢＣ ﬁlter', ['abc', 'filter', 'fil*']],
  ])('finds %s in any composition of letters and marks', (_name, text, wanted) => {
    for (const form of ['NFC', 'NFD'] as const) {
      db.exec('BEGIN');
      const index = new EventIndex(db);
      index.add({ ...EVENT, text: text.normalize(form) });
      for (const words of wanted) {
        for (const written of [words.normalize('NFC'), words.normalize('NFD')]) {
          const found = index.find({ text: written, order: 'asc', limit: 10 });
          expect({ form, written, found }).toEqual({ form, written, found: [1] });
        }
      }
      db.exec('ROLLBACK');
    }
  });
});

describe('The work of a search', () => {
  const db = openDatabase(':memory:', SEARCH);
  const index = new EventIndex(db);
  const queries: Partial<EventQuery>[] = [
    { text: 'closed again' },
    { text: '"closed again"' },
    { text: 'clo*' },
    { text: 'closed', types: [EVENT.type] },
    { types: [EVENT.type], claimants: [EVENT.claimant] },
    { subjects: ['topic-x1'] },
    { text: 'closed', axis: 'valid', from: 1 },
    { axis: 'reported', to: -1 },
  ];
  const workOf = (query: Partial<EventQuery>): number => index.workOf({ order: 'desc', limit: 10, ...query });
  let added = 0;
  /** The work of each of the queries, in a log of this size. */
  const workAt = (size: number): number[] => {
    for (added += 1; added <= size; added += 1)
      index.add({ ...EVENT, sequence: added, subject: `x${added % 2}`, text: 'closed again' });
    added = size;
    return queries.map(workOf);
  };
  const [short, long] = [workAt(10), workAt(100)];
  afterAll(() => void db.close());

  it.each(queries.map((query, n) => [query, n] as const))(
    'grows with the log where it may read all events and find none: %j',
    (_query, n) => {
      expect(short[n]).toBeGreaterThanOrEqual(10);
      expect(long[n]).toBe(10 * short[n]!);
    },
  );

  it.each<Partial<EventQuery>>([
    {},
    { from: 5, to: 50 },
    { text: 'closed' },
    { types: [EVENT.type, 'other'] },
    { subjects: ['x0', 'x1'] },
    { text: 'closed', subjects: ['unknown'] },
    { axis: 'valid', text: 'again' },
  ])('is none where the search ends at its limit: %j', (query) => {
    expect(workOf(query)).toBe(0);
  });
});

describe('A search text', () => {
  const repeated = (word: string, times: number, between = ' '): string =>
    Array(times).fill(word).join(between);
  const different = (count: number, after = ''): string =>
    Array.from({ length: count }, (_, n) => `w${n}${after}`).join(' ');
  const { words, inPhrases, prefixes, length } = SEARCH_LIMITS;

  it('is searched with each different term once', () => {
    expect(matchOf('load Load load')?.query).toBe('"load"');
    expect(matchOf(`${repeated('lo*', 9)} lo "a b" "a b"`)?.query).toBe('"lo"* "lo" "a b"');
  });

  it.each([
    different(words),
    `"${repeated('load', inPhrases)}"`,
    repeated('load', inPhrases, '-'),
    different(prefixes, '*'),
    'x'.repeat(length),
  ])('may be at the limit: %s', (text) => {
    expect(matchOf(text)).toBeDefined();
  });

  it.each([
    ['12 different words', different(words + 1)],
    ['6 words in phrases', `"${repeated('load', inPhrases + 1)}"`],
    ['6 words in phrases', `"a b c d" "e f g"`],
    ['6 words in phrases', repeated('load', inPhrases + 1, '-')],
    ['6 words in phrases', repeated('a', inPhrases / 2 + 1, '\u19b0')],
    ['2 prefixes', different(prefixes + 1, '*')],
    ['2 letters before its', 'l*'],
    ['2 letters before its', '"load l*"'],
    ['200 characters', 'x'.repeat(length + 1)],
    ['200 characters', '\ufdfa'.repeat(length / 10)],
  ])('is refused beyond a limit, and the error names it: %s', (limit, text) => {
    expect(() => matchOf(text)).toThrow(SearchTextError);
    expect(() => matchOf(text)).toThrow(limit);
  });

  it('never gives FTS5 more words in a phrase than it counts', () => {
    const db = openDatabase(':memory:', SEARCH);
    const add = db.prepare('INSERT INTO words (rowid, keys, text) VALUES (?, ?, ?)');
    const separated = (code: number): string => `q${String.fromCodePoint(code)}z`;
    const codes = Array.from({ length: 0x1ffff }, (_, n) => n + 1).filter(
      (code) => (code < 0xd800 || code > 0xdfff) && separated(code).normalize('NFKC') === separated(code),
    );
    db.transaction(() => codes.forEach((code) => add.run(code, '', separated(code))))();
    const split = db.prepare<[], number>(`SELECT rowid FROM words WHERE words MATCH '"q z"'`).pluck().all();
    const refused = (code: number): boolean => {
      try {
        matchOf(repeated('q', inPhrases + 1, String.fromCodePoint(code)));
        return false;
      } catch {
        return true;
      }
    };
    // A space and a quotation mark end a term; a NUL is read as a space.
    const within = split.filter((code) => !/[\s"]/u.test(String.fromCodePoint(code)));
    expect(within.filter((code) => !refused(code)).map((code) => code.toString(16))).toEqual([]);
    db.close();
  });
});
