import { LATEST } from '#time';
import type { Db } from './database.js';

/**
 * A zone map: lets a walk down a busy cell skip stretches in which nothing can be seen, as for "V now, K long ago".
 *
 * About one effect in 256, chosen by a hash of its id, is a *node*. A node covers the effects from its own place up to the
 * next node of the cell, its zone, and keeps the least report, the least sequence and the latest end among them; where these
 * miss the question, none of the covered effects can be in the answer. The bounds are conservative: they may include an
 * effect that a later node covers now, which costs time and never an answer. (After Moerkotte, "Small
 * Materialized Aggregates", VLDB 1998. A hash chooses the nodes, so that two builds are equal.)
 */
export class ZoneMap {
  /** The last node of a cell, which covers most of what comes; null where the cell has no node. */
  private readonly tails = new Map<number, Node | null>();
  private readonly statements;

  constructor(
    db: Db,
    private readonly sparsity = 256,
  ) {
    this.statements = {
      covering: db.prepare<[number, ...Place], Node>(
        `SELECT * FROM zone_map WHERE cell = ? AND (from_latest, reported_from, event_id) <= (?, ?, ?)
         ORDER BY from_latest DESC, reported_from DESC, event_id DESC LIMIT 1`,
      ),
      following: db.prepare<[number, ...Place], Node>(
        `SELECT * FROM zone_map WHERE cell = ? AND (from_latest, reported_from, event_id) > (?, ?, ?)
         ORDER BY from_latest, reported_from, event_id LIMIT 1`,
      ),
      add: db.prepare<[number, ...Place, number, number, number]>(
        'INSERT INTO zone_map VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      widen: db.prepare<[number, number, number, number, ...Place]>(
        `UPDATE zone_map SET min_reported = ?, min_recorded = ?, max_until = ?
         WHERE cell = ? AND from_latest = ? AND reported_from = ? AND event_id = ?`,
      ),
      summary: db.prepare<[number, ...Place, ...Place], Summary>(
        `SELECT min(reported_from) AS min_reported, min(recorded_from) AS min_recorded,
                max(CASE WHEN then_value IS NULL THEN ifnull(until_latest, ${LATEST}) ELSE ${LATEST} END) AS max_until
         FROM effects WHERE cell = ? AND (from_latest, reported_from, event_id) >= (?, ?, ?)
           AND (from_latest, reported_from, event_id) < (?, ?, ?)`,
      ),
    };
  }

  /** Notes an effect that has just been added to the table. */
  add(cell: number, effect: Added): void {
    const node = this.covering(cell, effect);
    if (hashOf(effect.event_id) % this.sparsity === 0 && !(node && comparePlaces(node, effect) === 0)) {
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
    this.statements.widen.run(node.min_reported, node.min_recorded, node.max_until, cell, ...placeOf(node));
  }

  /** Forgets what a rolled back transaction may have made untrue. */
  forget(): void {
    this.tails.clear();
  }

  private addNode(cell: number, effect: Added): void {
    const place = placeOf(effect);
    const next = this.statements.following.get(cell, ...place);
    const summary = this.statements.summary.get(cell, ...place, ...(next ? placeOf(next) : BEYOND))!;
    this.statements.add.run(cell, ...place, summary.min_reported, summary.min_recorded, summary.max_until);
    const { from_latest, reported_from, event_id } = effect;
    if (!next) this.remember(cell, { from_latest, reported_from, event_id, ...summary });
  }

  private covering(cell: number, effect: Added): Node | undefined {
    let tail = this.tails.get(cell);
    if (tail === undefined) {
      tail = this.statements.covering.get(cell, ...BEYOND) ?? null;
      this.remember(cell, tail);
    }
    if (tail === null) return undefined;
    return comparePlaces(effect, tail) < 0 ? this.statements.covering.get(cell, ...placeOf(effect)) : tail;
  }

  private remember(cell: number, node: Node | null): void {
    if (this.tails.size >= CELLS_REMEMBERED) this.tails.clear();
    this.tails.set(cell, node);
  }
}

const CELLS_REMEMBERED = 50_000;

/** Where an effect stands in its cell, as ranks go: latest start, report, id. */
interface Placed {
  readonly from_latest: number;
  readonly reported_from: number;
  readonly event_id: string;
}

type Place = [number, number, string];
const BEYOND: Place = [Number.MAX_SAFE_INTEGER, 0, ''];

interface Added extends Placed {
  readonly recorded_from: number;
  readonly until: number;
}

interface Summary {
  min_reported: number;
  min_recorded: number;
  max_until: number;
}

type Node = Placed & Summary;

function placeOf({ from_latest, reported_from, event_id }: Placed): Place {
  return [from_latest, reported_from, event_id];
}

function comparePlaces(a: Placed, b: Placed): number {
  const difference = a.from_latest - b.from_latest || a.reported_from - b.reported_from;
  return difference || (a.event_id === b.event_id ? 0 : a.event_id < b.event_id ? -1 : 1);
}

/** FNV-1a (RFC 9923 §2) of the id, its halves folded together: as good as chance. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
