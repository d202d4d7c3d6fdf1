import { subjectNamed } from '#events';
import { WriteMemory, type Db } from '#sqlite';
import { LATEST, type Range } from '#time';
import { cellKey, type Effect } from '#timeline';
import { ContentsTable } from './contents.js';
import { SAME_RANK, SAME_ROW } from './rank-keys.js';
import {
  becauseText,
  CONTENT_MEMBERS,
  EFFECTS_TABLE_COLUMNS,
  NEW_CELL_COLUMNS,
  type RowOfCell,
  type VersionOrigin,
} from './table-columns.js';
import { insertInto, rowOf, type RowOf } from './sql-columns.js';
import { ZoneMap } from './zone-map.js';

const CELLS_REMEMBERED = 50_000;

/** Writes effects. A row is never removed. A row changes once at most: when a correction ends the effect, the row gets the sequence of the end. */
export class EffectsTable {
  private readonly cellIds;
  private readonly extents;
  private readonly contents: ContentsTable;
  private readonly zoneMap: ZoneMap;
  private readonly statements;

  constructor(db: Db, memory = new WriteMemory(), sparsity?: number) {
    this.cellIds = memory.keep(() => new Map<string, number>());
    this.extents = memory.keep(() => new Map<number, Extent>());
    this.contents = new ContentsTable(db, memory);
    this.zoneMap = new ZoneMap(db, memory, sparsity);
    this.statements = {
      cell: db.prepare<[string, string, string, string], { id: number }>(
        'SELECT id FROM cells WHERE category = ? AND subject = ? AND aspect = ? AND key = ?',
      ),
      addCell: db.prepare<[...RowOf<typeof NEW_CELL_COLUMNS>]>(insertInto('cells', NEW_CELL_COLUMNS)),
      add: db.prepare<[...RowOfCell]>(insertInto('effects', EFFECTS_TABLE_COLUMNS)),
      extend: db.prepare<[vague: number, lead: number, cell: number]>(
        'UPDATE cells SET vague = max(vague, ?), lead = max(lead, ?) WHERE id = ?',
      ),
      end: db.prepare(
        `UPDATE effects SET recorded_until = ?
         WHERE cell = ? AND ${SAME_RANK} AND recorded_until IS NULL
           AND coalesce(because, '') = ?`,
      ),
      endAt: db.prepare(
        `UPDATE effects SET recorded_until = ?
         WHERE cell = ? AND ${SAME_ROW}`,
      ),
    };
  }

  /** Adds the effects of a version that is current from `sequence` on. `offset`: the number of effects added before at this sequence. */
  begin(effects: readonly Effect[], origin: VersionOrigin, sequence: number, offset = 0): void {
    effects.forEach((effect, index) => {
      const cell = this.cellId(effect, origin);
      const { from, until } = effect;
      this.add(cell, effect, origin, sequence, offset + index);
      this.extend(cell, effect, origin);
      this.zoneMap.add(cell, {
        from_latest: from.latest,
        reported_from: origin.reported.from,
        event_id: origin.eventId,
        recorded_from: sequence,
        until: effect.then === undefined && until ? until.latest : LATEST,
      });
    });
  }

  /**
   * Ends the effects of a version: from `sequence` on they are not visible. `added`: the arguments of `begin`, where they are known. Without
   * them, all rows of the development that start and were reported at the same instants are searched.
   */
  end(
    effects: readonly Effect[],
    origin: VersionOrigin,
    sequence: number,
    added?: { readonly sequence: number; readonly offset: number },
  ): void {
    effects.forEach((effect, index) => {
      const cell = this.cellId(effect, origin);
      const key = [sequence, cell, effect.from.latest, origin.reported.from, origin.eventId] as const;
      if (added) this.statements.endAt.run(...key, added.offset + index, added.sequence);
      else this.statements.end.run(...key, becauseText(origin.because) ?? '');
    });
  }

  private add(cell: number, effect: Effect, origin: VersionOrigin, sequence: number, ordinal: number): void {
    const content = this.contents.numberOf(rowOf(CONTENT_MEMBERS, { effect, origin }));
    const added = { effect, origin, cell, content, sequence, ordinal };
    this.statements.add.run(...rowOf(EFFECTS_TABLE_COLUMNS, added));
  }

  /** Raises the two maxima of the cell: the length of a vague bound, and the time from a report to a start. */
  private extend(cell: number, { from, until }: Effect, { reported }: VersionOrigin): void {
    const extents = this.extents.current;
    const known = extents.get(cell) ?? NO_EXTENT;
    const lead = Math.max(known.lead, from.latest - reported.from);
    const vague = Math.max(known.vague, lengthOf(from), until ? lengthOf(until) : 0);
    if (lead === known.lead && vague === known.vague) return;
    this.statements.extend.run(vague, lead, cell);
    if (extents.size >= CELLS_REMEMBERED) extents.clear();
    extents.set(cell, { vague, lead });
  }

  private cellId(effect: Effect, origin: VersionOrigin): number {
    const key = cellKey(effect.rule, origin.standing, effect.claimant);
    const name = `${effect.subject}\n${effect.aspect}\n${key}`;
    const cellIds = this.cellIds.current;
    const known = cellIds.get(name);
    if (known !== undefined) return known;
    const { category, id: subject } = subjectNamed(effect.subject);
    const { aspect, rule } = effect;
    const cell =
      this.statements.cell.get(category, subject, aspect, key)?.id ??
      Number(
        this.statements.addCell.run(...rowOf(NEW_CELL_COLUMNS, { category, subject, aspect, key, rule }))
          .lastInsertRowid,
      );
    if (cellIds.size >= CELLS_REMEMBERED) cellIds.clear();
    cellIds.set(name, cell);
    return cell;
  }
}

/** The two lengths of a cell that `cells` has. */
interface Extent {
  readonly vague: number;
  readonly lead: number;
}

const NO_EXTENT: Extent = { vague: 0, lead: 0 };

const lengthOf = ({ earliest, latest }: Range): number => latest - earliest;
