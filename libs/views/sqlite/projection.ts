import {
  effectsOf,
  publicFrom,
  recordedCorrection,
  storedDevelopment,
  type StoredDevelopment,
} from '#events';
import type { RecordedEvent } from '#log';
import { WriteMemory, type Db, type Remembered } from '#sqlite';
import {
  DEEPEST_CORRECTION,
  Lineage,
  revise,
  versionsOf,
  type LineageRoot,
  type RecordedCorrection,
  type Revision,
  type Version,
} from '#timeline';
import { DueTable } from './due-table.js';
import { CORRECTION_COLUMNS, type CorrectionRow, type VersionOrigin } from './table-columns.js';
import { EffectsTable } from './effects-table.js';
import type { Projector, Roots } from './projection-file.js';
import { insertInto, rowOf } from './sql-columns.js';

/** Where the effects of a version were added: `offset` as in `EffectsTable.begin`. */
interface Added {
  readonly sequence: number;
  readonly offset: number;
}

/** A development that was corrected. */
interface Corrected {
  readonly lineage: Lineage<StoredDevelopment>;
  /** The versions that began while the writer remembers the lineage, by the start of their report. */
  readonly added: Map<number, Added>;
}

/** The greatest number of corrections in the remembered lineages: enough for a whole batch. */
const MOST_REMEMBERED = 10_000;
const MOST_LINEAGES = 64;

/** Turns recorded events into rows, one by one, in the order of their sequence. The rows depend on nothing else. */
export class Projection implements Projector {
  private readonly effects: EffectsTable;
  private readonly due: DueTable;
  private readonly statements;
  /** The targets of corrections, where the target itself is not recorded yet. Most logs have no such target, and then no event is looked up. */
  private readonly orphans: Remembered<Set<string>>;
  /** The developments that were corrected last, by id: corrections of one development often follow each other. */
  private readonly recent: Remembered<Map<string, Corrected>>;

  constructor(db: Db, memory = new WriteMemory(), sparsity?: number) {
    this.effects = new EffectsTable(db, memory, sparsity);
    this.due = new DueTable(db);
    this.statements = {
      addCorrection: db.prepare<[...CorrectionRow]>(insertInto('corrections', CORRECTION_COLUMNS)),
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
    this.recent = memory.keep(() => new Map<string, Corrected>());
  }

  /**
   * The root development of a correction, or the id that is missing on the way to it. Undefined where the corrections
   * nest too deep or form a circle: then they have no effect.
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
    const { sequence } = event;
    this.statements.addCorrection.run(...rowOf(CORRECTION_COLUMNS, { correction, sequence }));
    const rootId = this.rootIdOf(correction.target);
    if (rootId === undefined) return;
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
    const corrected = this.correctedBefore(root, sequence);
    const { ended, begun } = this.revision(corrected, root, correction, sequence);
    for (const version of ended) {
      const effects = effectsOf(version.content);
      const { from } = version.reported;
      this.effects.end(effects, originOf(version), sequence, corrected.added.get(from));
      corrected.added.delete(from);
      for (const effect of effects) this.due.end(effect, event);
    }
    this.beginAll(begun, event, corrected.added);
  }

  /** Adds the correction to the lineage. */
  private revision(
    corrected: Corrected,
    root: RecordedEvent,
    correction: RecordedCorrection<StoredDevelopment>,
    sequence: number,
  ): Revision<StoredDevelopment> {
    if (!this.awaited.delete(correction.id)) return corrected.lineage.add(correction);
    // Corrections of this correction that were recorded earlier count from now on.
    this.statements.removeOrphan.run(correction.id);
    const { versions } = corrected.lineage;
    const lineage = new Lineage(lineageRootOf(root), this.correctionsOn(root.id, sequence));
    this.remember(root.id, { ...corrected, lineage });
    return revise(versions, lineage.versions);
  }

  /** The lineage without the event of this sequence. */
  private correctedBefore(root: RecordedEvent, sequence: number): Corrected {
    const known = this.recent.current.get(root.id);
    if (known) return known;
    const lineage = new Lineage(lineageRootOf(root), this.correctionsOn(root.id, sequence - 1));
    const corrected = { lineage, added: new Map<number, Added>() };
    this.remember(root.id, corrected);
    return corrected;
  }

  private remember(root: string, corrected: Corrected): void {
    const recent = this.recent.current;
    let size = corrected.lineage.size;
    for (const { lineage } of recent.values()) size += lineage.size;
    if (size > MOST_REMEMBERED || recent.size >= MOST_LINEAGES) recent.clear();
    recent.set(root, corrected);
  }

  /** Adds to `added` where the effects of each version are. */
  private beginAll(
    versions: readonly Version<StoredDevelopment>[],
    event: RecordedEvent,
    added?: Map<number, Added>,
  ): void {
    const { sequence } = event;
    let offset = 0;
    for (const version of versions) {
      const effects = effectsOf(version.content);
      this.effects.begin(effects, originOf(version), sequence, offset);
      added?.set(version.reported.from, { sequence, offset });
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

function lineageRootOf(event: RecordedEvent): LineageRoot<StoredDevelopment> {
  const content = storedDevelopment(event);
  return { id: event.id, content, reported: publicFrom(content.payload) };
}

function originOf({ content, because, reported }: Version<StoredDevelopment>): VersionOrigin {
  const { standing, reliability } = content.payload.attribution;
  return { eventId: content.id, because, standing, reliability, reported };
}
