import { CellReader } from './cell-reader.js';
import { EFFECTS, openDatabase } from './database.js';
import { FollowedFile } from './followed-file.js';
import { HeldEffects } from './held-effects.js';
import { Projection } from './projection.js';
import { RecordedEffects } from './recorded-effects.js';

/** One views.db: the effects that follow from the log, and what queries of state read. */
export class ViewsDatabase extends FollowedFile {
  readonly cells: CellReader;
  readonly effects: RecordedEffects;
  readonly held: HeldEffects;

  /** `scratch`: the file is thrown away after use: no crash need leave it whole. */
  constructor(file: string, { scratch = false } = {}) {
    const db = openDatabase(file, EFFECTS);
    if (scratch) {
      db.pragma('journal_mode = MEMORY');
      db.pragma('synchronous = OFF');
    }
    const projection = new Projection(db);
    super(db, projection, (target) => projection.rootIdOf(target));
    this.cells = new CellReader(db);
    this.effects = new RecordedEffects(db);
    this.held = new HeldEffects(db);
  }
}
