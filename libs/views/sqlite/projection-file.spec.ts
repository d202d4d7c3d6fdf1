import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#log';
import { WriteMemory } from '#sqlite';
import { openDatabase, SEARCH } from './database.js';
import { ProjectionFile } from './projection-file.js';

const events = (from: number, to: number): RecordedEvent[] =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => ({ sequence: from + index, id: `e${from + index}` }) as RecordedEvent,
  );

describe('a projection file', () => {
  let file: ProjectionFile;
  let throwsAt: readonly number[];
  beforeEach(() => {
    throwsAt = [];
    const db = openDatabase(':memory:', SEARCH);
    const add = db.prepare('INSERT INTO events VALUES (?, 0, 0, 0)');
    const apply = ({ sequence }: RecordedEvent): void => {
      add.run(sequence);
      if (throwsAt.includes(sequence)) throw new Error(`cannot apply @${sequence}`);
    };
    file = new ProjectionFile(db, { apply }, new WriteMemory());
  });
  afterEach(() => file.close());

  const apply = (from: number, to: number, more: boolean) =>
    file.apply(events(from, to), new Map(), { more });
  const applied = (): number[] =>
    file.db.prepare<[], number>('SELECT sequence FROM events ORDER BY sequence').pluck().all();
  const state = () => ({ checkpoint: file.checkpoint, position: file.position, applied: applied() });

  it('commits each call where no more is to come', () => {
    apply(1, 2, false);
    expect(state()).toEqual({ checkpoint: 2, position: 2, applied: [1, 2] });
  });

  it('shares a commit between calls while more is to come', () => {
    apply(1, 2, true);
    apply(3, 4, true);
    expect(state()).toEqual({ checkpoint: 0, position: 4, applied: [1, 2, 3, 4] });
    apply(5, 5, false);
    expect(state()).toEqual({ checkpoint: 5, position: 5, applied: [1, 2, 3, 4, 5] });
  });

  it('commits what was left to a later call', () => {
    apply(1, 2, true);
    file.commit();
    expect(state()).toEqual({ checkpoint: 2, position: 2, applied: [1, 2] });
  });

  it('goes back to the last commit where an event of a shared commit throws, and then commits each call until it has parked the event', () => {
    apply(1, 1, false);
    apply(2, 3, true);
    throwsAt = [5];
    expect(apply(4, 5, true)).toEqual([]);
    expect(state()).toEqual({ checkpoint: 1, position: 1, applied: [1] });
    apply(2, 3, true);
    expect(file.checkpoint).toBe(3);
    expect(apply(4, 5, true)).toEqual([{ sequence: 5, id: 'e5', reason: 'cannot apply @5' }]);
    expect(state()).toEqual({ checkpoint: 5, position: 5, applied: [1, 2, 3, 4] });
    apply(6, 6, true);
    expect(state()).toEqual({ checkpoint: 5, position: 6, applied: [1, 2, 3, 4, 6] });
  });

  it('goes back to the last commit where SQLite itself has rolled back', () => {
    apply(1, 1, false);
    apply(2, 3, true);
    file.db.exec('ROLLBACK');
    expect(() => apply(4, 5, false)).toThrow('SQLite has rolled back');
    expect(state()).toEqual({ checkpoint: 1, position: 1, applied: [1] });
    apply(2, 5, false);
    expect(state()).toEqual({ checkpoint: 5, position: 5, applied: [1, 2, 3, 4, 5] });
  });

  it('skips the events that another connection has applied meanwhile', () => {
    file.db.exec(`INSERT OR REPLACE INTO meta VALUES ('checkpoint', 3)`);
    apply(1, 5, false);
    expect(state()).toEqual({ checkpoint: 5, position: 5, applied: [4, 5] });
  });

  it('changes nothing in a preview, and commits first what was left to a later call', () => {
    apply(1, 2, true);
    expect(file.preview(events(9, 9), new Map(), () => undefined, applied)).toEqual([1, 2, 3]);
    expect(state()).toEqual({ checkpoint: 2, position: 2, applied: [1, 2] });
  });
});
