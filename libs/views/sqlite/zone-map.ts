import type { Db, WriteMemory } from '#sqlite';
import { LATEST } from '#time';
import type { Parameters } from './database.js';
import {
  ABOVE,
  ABOVE_ALL,
  AT_LEAST,
  AT_MOST,
  BELOW,
  compareRankKeys,
  HIGHEST_FIRST,
  LOWEST_FIRST,
  lowerBound,
  upperBound,
  type RankKey,
} from './rank-keys.js';

/**
 * A zone map. It lets a walk down a cell with many effects skip stretches without visible effects, as for a question about now with a cut long ago.
 *
 * About one effect in 256, chosen by a hash of its id, is a *node*. The zone of a node begins at its own position and ends before the next
 * node of the cell. The node keeps the least report, the least sequence and the latest end in its zone. Where these do not match the
 * question, no effect of the zone can be in the answer. The bounds are conservative: they may include an effect of the zone of a later
 * node. That costs time and never changes an answer. (After Moerkotte, "Small Materialized Aggregates", VLDB 1998. A hash chooses the
 * nodes, so that two builds are equal.)
 */
export class ZoneMap {
  /** The last node of a cell: most new effects are in its zone. Null where the cell has no node. */
  private readonly tails;
  private readonly statements;

  constructor(
    db: Db,
    memory: WriteMemory,
    private readonly sparsity = 256,
  ) {
    this.tails = memory.keep(() => new Map<number, MapNode | null>());
    this.statements = {
      covering: db.prepare<[Parameters], MapNode>(
        `SELECT * FROM zone_map WHERE cell = @cell AND ${AT_MOST} ${HIGHEST_FIRST} LIMIT 1`,
      ),
      following: db.prepare<[Parameters], MapNode>(
        `SELECT * FROM zone_map WHERE cell = @cell AND ${ABOVE} ${LOWEST_FIRST} LIMIT 1`,
      ),
      add: db.prepare<[MapNode & { readonly cell: number }]>(
        `INSERT INTO zone_map VALUES
           (@cell, @from_latest, @reported_from, @event_id, @min_reported, @min_recorded, @max_until)`,
      ),
      widen: db.prepare<[MapNode & { readonly cell: number }]>(
        `UPDATE zone_map SET min_reported = @min_reported, min_recorded = @min_recorded, max_until = @max_until
         WHERE cell = @cell AND from_latest = @from_latest AND reported_from = @reported_from AND event_id = @event_id`,
      ),
      summary: db.prepare<[Parameters], Summary>(
        `SELECT min(reported_from) AS min_reported, min(recorded_from) AS min_recorded,
                max(CASE WHEN then_value IS NULL THEN ifnull(until_latest, ${LATEST}) ELSE ${LATEST} END) AS max_until
         FROM effects WHERE cell = @cell AND ${AT_LEAST} AND ${BELOW}`,
      ),
    };
  }

  /** Includes an effect that has just been added to the table. */
  add(cell: number, effect: Added): void {
    const node = this.covering(cell, effect);
    if (hashOf(effect.event_id) % this.sparsity === 0 && !(node && compareRankKeys(node, effect) === 0)) {
      this.addNode(cell, effect);
      return;
    }
    if (!node) return;
    const { min_reported, min_recorded, max_until } = node;
    const { reported_from, recorded_from, until } = effect;
    if (min_reported <= reported_from && min_recorded <= recorded_from && max_until >= until) return;
    node.min_reported = Math.min(min_reported, reported_from);
    node.min_recorded = Math.min(min_recorded, recorded_from);
    node.max_until = Math.max(max_until, until);
    this.statements.widen.run({ ...node, cell });
  }

  private addNode(cell: number, { from_latest, reported_from, event_id }: Added): void {
    const key = { from_latest, reported_from, event_id };
    const next = this.statements.following.get({ cell, ...lowerBound(key) });
    const zone = { cell, ...lowerBound(key), ...upperBound(next ?? ABOVE_ALL) };
    const node = { ...key, ...this.statements.summary.get(zone)! };
    this.statements.add.run({ ...node, cell });
    if (!next) this.remember(cell, node);
  }

  private covering(cell: number, effect: RankKey): MapNode | undefined {
    let tail = this.tails.current.get(cell);
    if (tail === undefined) {
      tail = this.statements.covering.get({ cell, ...upperBound(ABOVE_ALL) }) ?? null;
      this.remember(cell, tail);
    }
    if (tail === null) return undefined;
    if (compareRankKeys(effect, tail) >= 0) return tail;
    return this.statements.covering.get({ cell, ...upperBound(effect) });
  }

  private remember(cell: number, node: MapNode | null): void {
    const tails = this.tails.current;
    if (tails.size >= CELLS_REMEMBERED) tails.clear();
    tails.set(cell, node);
  }
}

const CELLS_REMEMBERED = 50_000;

interface Added extends RankKey {
  readonly recorded_from: number;
  readonly until: number;
}

interface Summary {
  min_reported: number;
  min_recorded: number;
  max_until: number;
}

type MapNode = RankKey & Summary;

/** The FNV-1a hash (RFC 9923 §2) of a text, in 32 bits. The halves are folded together, so that the values are distributed evenly. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
