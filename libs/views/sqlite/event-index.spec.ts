import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase, SEARCH, type Db } from './database.js';
import { EventIndex, type EventQuery, type IndexedEvent } from './event-index.js';

const TYPES = ['crossing.closed', 'crossing.reopened', 'talks.held'];
const CATEGORIES = ['crossing', 'talks'];
const SUBJECTS = ['lt-by', 'lt-by.medininkai', 'crossing-x', 'x', 't1'];
const CLAIMANTS = ['lt.vsat', 'by.gpk', 't1'];
const WORDS = ['trucks', 'queue', 'Medininkai', 't1', 's2', 'keys', 'AND', 'šalčininkai'];

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
      text: fc.constantFrom(
        'trucks',
        'TRUCKS queue',
        '"t1"',
        's2',
        'keys',
        'AND',
        'salcininkai',
        'que*',
        '"',
        '- .',
      ),
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

/** The expected answer: the search looks at every event. */
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
  const terms = wanted.split(/[\s"]+/u).filter((term) => /[\p{L}\p{N}]/u.test(term));
  return (
    terms.length > 0 &&
    terms.every((term) =>
      term.endsWith('*')
        ? words.some((word) => word.startsWith(plain(term.slice(0, -1))))
        : words.includes(plain(term)),
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

  it('finds the same as a look at every event, in either order', () => {
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
