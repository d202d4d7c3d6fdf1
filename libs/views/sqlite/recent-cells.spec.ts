import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Db } from '#sqlite';
import { CellReader } from './cell-reader.js';
import { openDatabase } from './database.js';
import { DueTable } from './due-table.js';
import { EffectsTable } from './effects-table.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-recent-'));
const opened: Db[] = [];

afterAll(() => {
  for (const db of opened) db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A connection to a views file, with the functions that write and read on it. */
function connected(file: string) {
  const db = openDatabase(join(folder, file));
  opened.push(db);
  const table = new EffectsTable(db);
  const touched = new DueTable(db);
  const cells = new CellReader(db);
  return {
    db,
    say(value: string, from: number): void {
      const effect = {
        subject: 'crossing-x',
        aspect: 'status/*/*',
        rule: 'authority',
        value,
        from: { earliest: from, latest: from },
        claimant: 'lt',
      } as const;
      const eventId = `event-${from}`;
      const version = { eventId, because: [eventId], standing: 'act', reliability: 'A1' } as const;
      table.begin([effect], { ...version, reported: { from } }, from);
      touched.begin(effect, { sequence: from, recordedAt: 0 });
    },
    /** The steps are opened too: then the whole cell is read. */
    read(): unknown {
      const [cell] = cells.cellsOf('crossing', 'x', {});
      cell?.next(0);
      return cell?.at(100).candidates[0]?.value;
    },
  };
}

describe('a cell that was read is read again', () => {
  it('once this connection has written', () => {
    const own = connected('own.db');
    own.say('open', 1);
    expect([own.read(), own.read()]).toEqual(['open', 'open']);
    own.say('closed', 2);
    expect(own.read()).toBe('closed');
  });

  it('once another connection has written', () => {
    const [one, other] = [connected('shared.db'), connected('shared.db')];
    one.say('open', 1);
    expect([one.read(), other.read()]).toEqual(['open', 'open']);
    one.say('closed', 2);
    expect(other.read()).toBe('closed');
  });

  it('once the values read have been rolled back', () => {
    const one = connected('rolled-back.db');
    one.say('open', 1);
    expect(one.read()).toBe('open');
    one.db.exec('BEGIN');
    one.say('closed', 2);
    expect(one.read()).toBe('closed');
    one.db.exec('ROLLBACK');
    expect(one.read()).toBe('open');
  });

  it('with any number of effects', () => {
    const many = connected('many.db');
    many.say('open', 1);
    for (let from = 2; from < 60; from += 1) many.say('closed', from);
    expect(many.read()).toBe('closed');
    many.say('restricted', 60);
    expect(many.read()).toBe('restricted');
  });
});
