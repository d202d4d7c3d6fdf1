import Database from 'better-sqlite3';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareRank, type KnownEffect } from '#timeline';
import { compareRankKeys, HIGHEST_ROW_FIRST, LOWEST_ROW_FIRST, ROW_KEY } from './rank-keys.js';

const drawn = fc.uniqueArray(
  fc.record({
    from_latest: fc.integer({ min: -2, max: 2 }),
    reported_from: fc.integer({ min: 1, max: 3 }),
    event_id: fc.constantFrom('0199f3c2-0000', '0199f3c2-00a0', '0199f3c2-1000'),
    ordinal: fc.integer({ min: 0, max: 11 }),
    recorded_from: fc.constant(1),
  }),
  { selector: (row) => Object.values(row).join(' '), maxLength: 30 },
);
type Row = typeof drawn extends fc.Arbitrary<(infer R)[]> ? R : never;

const byRank = (a: Row, b: Row): number => {
  const [one, other] = [a, b].map(
    (row) =>
      ({
        reported: { from: row.reported_from },
        eventId: row.event_id,
        ordinal: row.ordinal,
      }) as KnownEffect,
  );
  return compareRank(one!, a.from_latest, other!, b.from_latest);
};

/** The rows in the two orders of SQL. */
function ordered(rows: readonly Row[]): { readonly lowest: Row[]; readonly highest: Row[] } {
  const db = new Database(':memory:');
  try {
    const columns = ROW_KEY.join(', ');
    db.exec(`CREATE TABLE rows (${columns}, UNIQUE (${columns}))`);
    const insert = db.prepare(
      `INSERT INTO rows (${columns}) VALUES (${ROW_KEY.map((name) => `@${name}`).join(', ')})`,
    );
    for (const row of rows) insert.run(row);
    const all = (order: string): Row[] => db.prepare<[], Row>(`SELECT ${columns} FROM rows ${order}`).all();
    return { lowest: all(LOWEST_ROW_FIRST), highest: all(HIGHEST_ROW_FIRST) };
  } finally {
    db.close();
  }
}

describe('the order of the rows of effects', () => {
  it('is the order by rank of the timeline, in SQL in both directions', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const inOrder = rows.toSorted(byRank);
        expect(ordered(rows)).toEqual({ lowest: inOrder, highest: inOrder.toReversed() });
      }),
      { numRuns: 200 },
    );
  });

  it('by key is the order by rank where the keys differ', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        for (const a of rows)
          for (const b of rows) {
            const byKey = Math.sign(compareRankKeys(a, b));
            if (byKey !== 0) expect(byKey).toBe(Math.sign(byRank(a, b)));
          }
      }),
    );
  });
});
