import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WriteMemory, type Db } from '#sqlite';
import { ContentsReader, ContentsTable } from './contents.js';
import { openDatabase } from './database.js';
import { hashOf } from './zone-map.js';

describe('the contents of effects', () => {
  let db: Db;
  beforeEach(() => {
    db = openDatabase(':memory:');
  });
  afterEach(() => {
    db.close();
  });

  const say = (table: ContentsTable, value: number): number =>
    table.numberOf(['lt', 'act', 'A1', JSON.stringify(value)]);

  it('have the same number for a writer that remembers nothing', () => {
    const number = say(new ContentsTable(db, new WriteMemory()), 7);
    expect(say(new ContentsTable(db, new WriteMemory()), 7)).toBe(number);
    expect(new ContentsReader(db).all(new Set([number])).get(number)).toEqual({
      claimant: 'lt',
      standing: 'act',
      reliability: 'A1',
      value: 7,
    });
  });

  it('have different numbers where their hashes are equal', () => {
    const [one, other] = withOneHash();
    const table = new ContentsTable(db, new WriteMemory());
    const numbers = [say(table, one), say(table, other)];
    expect(numbers[1]).toBe(numbers[0]! + 1);
    const again = new ContentsTable(db, new WriteMemory());
    expect([say(again, other), say(again, one)]).toEqual([numbers[1], numbers[0]]);
    const read = new ContentsReader(db).all(new Set(numbers));
    expect(numbers.map((number) => read.get(number)?.value)).toEqual([one, other]);
  });
});

/** Two values whose contents have the same hash. Such a pair is found among some hundred thousand values. */
function withOneHash(): readonly [number, number] {
  const seen = new Map<number, number>();
  for (let value = 0; ; value += 1) {
    const hash = hashOf(`lt\nact\nA1\n${value}`) >>> 1;
    const earlier = seen.get(hash);
    if (earlier !== undefined) return [earlier, value];
    seen.set(hash, value);
  }
}
