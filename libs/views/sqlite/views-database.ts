import { WriteMemory, type Db } from '#sqlite';
import { CellReader } from './cell-reader.js';
import { EFFECTS, openDatabase } from './database.js';
import { DueReader } from './due-table.js';
import { StoredEffects } from './stored-effects.js';
import { Projection } from './projection.js';
import { ProjectionFile } from './projection-file.js';
import { RecordedEffects } from './recorded-effects.js';
import { SecondLookReader } from './second-look-reader.js';

/** The queries about state, on one connection. */
export class ViewsReader {
  readonly cells: CellReader;
  readonly effects: RecordedEffects;
  readonly stored: StoredEffects;
  readonly due: DueReader;
  readonly secondLook: SecondLookReader;

  constructor(db: Db) {
    this.cells = new CellReader(db);
    this.effects = new RecordedEffects(db, this.cells.work);
    this.stored = new StoredEffects(db);
    this.due = new DueReader(db);
    this.secondLook = new SecondLookReader(db);
  }
}

/** How the file is read. */
export const VIEWS_KIND = {
  layout: EFFECTS,
  readerOf: (db: Db) => new ViewsReader(db),
  name: 'views',
  verb: 'are' as const,
};

/** The file `views.db`, for its writer. It has the effects of the events of the log. This connection can read its own uncommitted rows. */
export class ViewsDatabase extends ProjectionFile {
  readonly cells: CellReader;
  readonly effects: RecordedEffects;
  readonly stored: StoredEffects;
  readonly due: DueReader;

  /**
   * `scratch`: the file is temporary and need not survive a crash. `busyTimeout`: milliseconds that the thread may wait for
   * another process.
   */
  constructor(file: string, { scratch = false, busyTimeout = 0 } = {}) {
    const db = openDatabase(file, EFFECTS, busyTimeout);
    if (scratch) {
      db.pragma('journal_mode = MEMORY');
      db.pragma('synchronous = OFF');
    }
    const memory = new WriteMemory();
    const projection = new Projection(db, memory);
    super(db, projection, memory, (target) => projection.rootIdOf(target));
    const { cells, effects, stored, due } = new ViewsReader(db);
    this.cells = cells;
    this.effects = effects;
    this.stored = stored;
    this.due = due;
  }
}
