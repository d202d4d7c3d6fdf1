import {
  DEEPEST_CORRECTION,
  effectsOf,
  publicFrom,
  recordedCorrection,
  storedDevelopment,
  type StoredDevelopment,
} from '#events';
import type { RecordedEvent } from '#log';
import { revise, versionsOf, type RecordedCorrection, type Version } from '#timeline';
import type { Db } from './database.js';
import { DueTable } from './due-table.js';
import { EffectsTable, type VersionOrigin } from './effects-table.js';
import type { Projector, Roots } from './projection-file.js';
import { WriteMemory, type Remembered } from './write-memory.js';

interface Lineage {
  readonly root: string;
  readonly corrections: readonly RecordedCorrection<StoredDevelopment>[];
  readonly versions: readonly Version<StoredDevelopment>[];
}

/** Turns recorded events into rows, one by one, in the order of their sequence. The rows depend on nothing else. */
export class Projection implements Projector {
  private readonly effects: EffectsTable;
  private readonly due: DueTable;
  private readonly statements;
  /** The targets of corrections, where the target itself is not recorded yet. Most logs have no such target, and then no event is looked up. */
  private readonly orphans: Remembered<Set<string>>;
  /** The lineage of the development corrected last: corrections of one development often follow each other. */
  private readonly recent: Remembered<{ lineage?: Lineage }>;

  constructor(db: Db, memory = new WriteMemory(), sparsity?: number) {
    this.effects = new EffectsTable(db, memory, sparsity);
    this.due = new DueTable(db);
    this.statements = {
      addCorrection: db.prepare('INSERT INTO corrections VALUES (?, ?, ?, ?)'),
      targetOf: db.prepare<[string], string>('SELECT target FROM corrections WHERE id = ?').pluck(),
      lineage: db
        .prepare<[{ root: string; upTo: number }], string>(
          `WITH RECURSIVE lineage (id) AS (
             SELECT @root UNION SELECT corrections.id FROM corrections JOIN lineage ON corrections.target = lineage.id WHERE corrections.sequence <= @upTo)
           SELECT correction FROM corrections JOIN lineage USING (id) WHERE corrections.sequence <= @upTo ORDER BY sequence`,
        )
        .pluck(),
      orphans: db.prepare<[], string>('SELECT target FROM orphans').pluck(),
      addOrphan: db.prepare<[string]>('INSERT OR IGNORE INTO orphans VALUES (?)'),
      removeOrphan: db.prepare<[string]>('DELETE FROM orphans WHERE target = ?'),
    };
    this.orphans = memory.keep(() => new Set(this.statements.orphans.all()));
    this.recent = memory.keep(() => ({}));
  }

  /**
   * The root development of a correction, or the id that is missing on the way to it. Undefined where the corrections
   * nest too deep.
   */
  rootIdOf(target: string): string | undefined {
    let id = target;
    for (let depth = 0; depth <= DEEPEST_CORRECTION; depth += 1) {
      const next = this.statements.targetOf.get(id);
      if (next === undefined) return id;
      id = next;
    }
    return undefined;
  }

  apply(event: RecordedEvent, roots: Roots): void {
    const correction = recordedCorrection(storedDevelopment(event));
    if (!correction) {
      this.develop(event);
      return;
    }
    const rootId = this.rootIdOf(correction.target);
    if (rootId === undefined)
      throw new RangeError(`Corrections of corrections nest more than ${DEEPEST_CORRECTION} deep.`);
    this.statements.addCorrection.run(
      event.id,
      correction.target,
      event.sequence,
      JSON.stringify(correction),
    );
    const root = roots.get(rootId);
    if (root && root.sequence < event.sequence) this.revise(root, correction, event);
    else this.awaitTarget(rootId);
  }

  /** Adds a development. Corrections of it may already be recorded. */
  private develop(event: RecordedEvent): void {
    const corrections = this.awaited.has(event.id) ? this.correctionsOn(event.id, event.sequence) : [];
    if (this.awaited.delete(event.id)) this.statements.removeOrphan.run(event.id);
    this.beginAll(versionsOf(lineageRootOf(event), corrections), event);
  }

  private awaitTarget(id: string): void {
    this.awaited.add(id);
    this.statements.addOrphan.run(id);
  }

  private get awaited(): Set<string> {
    return this.orphans.current;
  }

  private revise(
    root: RecordedEvent,
    correction: RecordedCorrection<StoredDevelopment>,
    event: RecordedEvent,
  ): void {
    const { sequence } = event;
    const before = this.lineageOf(root, sequence - 1);
    // Corrections of this correction that were recorded earlier count from now on.
    const corrections = this.awaited.has(correction.id)
      ? this.correctionsOn(root.id, sequence)
      : [...before.corrections, correction];
    if (this.awaited.delete(correction.id)) this.statements.removeOrphan.run(correction.id);
    const versions = versionsOf(lineageRootOf(root), corrections);
    const { ended, begun } = revise(before.versions, versions);
    for (const version of ended) {
      const effects = effectsOf(version.content);
      this.effects.end(effects, originOf(version), sequence);
      for (const effect of effects) this.due.end(effect, event);
    }
    this.beginAll(begun, event);
    this.recent.current.lineage = { root: root.id, corrections, versions };
  }

  private lineageOf(root: RecordedEvent, upTo: number): Lineage {
    const { lineage } = this.recent.current;
    if (lineage?.root === root.id) return lineage;
    const corrections = this.correctionsOn(root.id, upTo);
    return { root: root.id, corrections, versions: versionsOf(lineageRootOf(root), corrections) };
  }

  private beginAll(versions: readonly Version<StoredDevelopment>[], event: RecordedEvent): void {
    let offset = 0;
    for (const version of versions) {
      const effects = effectsOf(version.content);
      this.effects.begin(effects, originOf(version), event.sequence, offset);
      for (const effect of effects) this.due.begin(effect, event);
      offset += effects.length;
    }
  }

  private correctionsOn(root: string, upTo: number): RecordedCorrection<StoredDevelopment>[] {
    return this.statements.lineage
      .all({ root, upTo })
      .map((correction) => JSON.parse(correction) as RecordedCorrection<StoredDevelopment>);
  }
}

function lineageRootOf(event: RecordedEvent): { id: string; content: StoredDevelopment; reported: number } {
  const content = storedDevelopment(event);
  return { id: event.id, content, reported: publicFrom(content.payload) };
}

function originOf({ content, because, reported }: Version<StoredDevelopment>): VersionOrigin {
  const { standing, reliability } = content.payload.attribution;
  return { eventId: content.id, because, standing, reliability, reported };
}
