/**
 * Corrections: which version of a development is current, as known at K.
 *
 * A *correction* corrects or retracts its target: a development, or another correction. The two kinds differ on the reported axis:
 * - `amended`: the source changed its story. The earlier version stays what was known until the correction's own report.
 * - `transcription`: we wrote it down wrong. The right version replaces the wrong one from the target's own
 *   report on (from the replacement's report, where the time of the report was the error).
 *
 * Of several corrections of one kind on one target the later report wins, then the greater id; the order of arrival never counts. A
 * development that was retracted as a wrong transcription is gone, with all its amendments. Otherwise an amendment that is public by K wins
 * over a transcription of the version that it amended. A retracted correction counts as never made (where the retraction is `amended`: from
 * its report on). A correction that was itself corrected counts with its later content.
 *
 * Corrections of corrections count down to a depth of `DEEPEST_CORRECTION`; deeper ones have no effect, whatever the order of arrival. Corrections
 * in a circle lead to no development, so they have no effect either.
 *
 * The caller cuts the recorded axis: for a cut at @n it gives the corrections of sequence ≤ n.
 */
import type { Instant } from '#time';
import {
  byTarget,
  changesOf,
  currentVersion,
  firstWhere,
  isSameVersion,
  laterFirst,
  type CorrectionsOn,
  type CorrectionTarget,
  type Current,
  type RecordedCorrection,
} from './current-version.js';
import type { Span } from './effect.js';

export type { RecordedCorrection } from './current-version.js';

export interface Version<T> {
  readonly content: T;
  /** The development and the corrections that led to this version. */
  readonly because: readonly string[];
  readonly reported: Span;
}

/** The greatest depth of corrections of corrections. Deeper corrections have no effect. More than any real case needs. */
export const DEEPEST_CORRECTION = 100;

/** The versions of a development on the reported axis, in order, without overlap; none where the development is withdrawn. */
export function versionsOf<T>(
  root: LineageRoot<T>,
  corrections: readonly RecordedCorrection<T>[],
): Version<T>[] {
  if (corrections.length === 0) {
    return [{ content: root.content, because: [root.id], reported: { from: root.reported } }];
  }
  return new Lineage(root, corrections).versions;
}

/** The development at the root of a lineage, as it was recorded. */
export interface LineageRoot<T> {
  readonly id: string;
  readonly content: T;
  readonly reported: Instant;
}

/** The difference that a further correction makes: the versions that end with it on the recorded axis, and the versions that begin. */
export interface Revision<T> {
  readonly ended: Version<T>[];
  readonly begun: Version<T>[];
}

const NO_REVISION: Revision<never> = { ended: [], begun: [] };

/** A development with its corrections. A further correction costs as much as it changes, and not as much as all earlier corrections. */
export class Lineage<T> {
  private readonly root: CorrectionTarget<T>;
  private readonly on: CorrectionsOn<T> = new Map();
  /** The corrections that lead to the root, by id. */
  private readonly corrections = new Map<string, RecordedCorrection<T>>();
  /** In order: the instants at which another version may become current. A transcription counts from the report that it corrects. */
  private readonly instants: Instant[];
  /** The version that is current from each of the instants on. Neighbours that are equal are one object. */
  private readonly current: Current<T>[];

  /** Corrections that do not lead to the root, or are too deep, have no effect. */
  constructor(root: LineageRoot<T>, corrections: readonly RecordedCorrection<T>[]) {
    this.root = { ...root, contentReported: root.reported, because: [root.id], isDevelopment: true };
    const all = byTarget(corrections.filter(({ id }) => id !== root.id));
    let targets = [root.id];
    for (let depth = 0; depth <= DEEPEST_CORRECTION && targets.length > 0; depth += 1) {
      const ids: string[] = [];
      for (const target of targets) {
        const on = all.get(target);
        if (!on) continue;
        this.on.set(target, on);
        for (const correction of [...on.amended, ...on.transcription]) {
          this.corrections.set(correction.id, correction);
          ids.push(correction.id);
        }
      }
      targets = ids;
    }
    const instants = [...this.corrections.values()].flatMap(changesOf);
    this.instants = [...new Set([root.reported, ...instants])].sort((a, b) => a - b);
    this.current = this.instants.map(() => undefined);
    this.evaluate(0, this.instants.length);
  }

  /** The number of corrections that lead to the development. */
  get size(): number {
    return this.corrections.size;
  }

  /** The versions on the reported axis, in order, without overlap; none where the development is withdrawn. */
  get versions(): Version<T>[] {
    return this.runs(0, this.instants.length);
  }

  /** Adds a correction. The lineage must not lack corrections of it, or of its target, that were recorded earlier. */
  add(correction: RecordedCorrection<T>): Revision<T> {
    const path = this.pathOf(correction);
    if (!path) return NO_REVISION;
    this.corrections.set(correction.id, correction);
    const siblings = this.on.get(correction.target) ?? { amended: [], transcription: [] };
    this.on.set(correction.target, siblings);
    const ofKind = siblings[correction.kind];
    ofKind.splice(
      firstWhere(ofKind, (other) => laterFirst(other, correction) > 0),
      0,
      correction,
    );
    for (const instant of changesOf(correction)) this.addInstant(instant);
    const [from, until] = this.reach(path);
    const first = firstWhere(this.instants, (instant) => instant >= from);
    const end = firstWhere(this.instants, (instant) => instant >= until);
    if (first >= end) return NO_REVISION;
    // The neighbours on both sides may become parts of the same version.
    const left = this.startOf(Math.max(0, first - 1));
    const right = this.endOf(Math.min(this.instants.length - 1, end));
    const before = this.runs(left, right);
    this.evaluate(first, end);
    return revise(before, this.runs(left, right));
  }

  /** The correction, its target, and so on up to the correction of the root; undefined where this does not lead to the root, or is too deep. */
  private pathOf(correction: RecordedCorrection<T>): RecordedCorrection<T>[] | undefined {
    const path: RecordedCorrection<T>[] = [];
    let next: RecordedCorrection<T> | undefined = correction;
    while (next && path.length <= DEEPEST_CORRECTION) {
      path.push(next);
      if (next.target === this.root.id) return path;
      next = this.corrections.get(next.target);
    }
    return undefined;
  }

  /**
   * The known times [from, until) at which the correction at the start of a path may count. An amendment counts from its own report on. It counts no
   * more once a later correction of the same target and kind is public, unless the later one is itself corrected.
   */
  private reach(path: readonly RecordedCorrection<T>[]): readonly [from: Instant, until: Instant] {
    let [from, until] = [-Infinity, Infinity];
    for (const correction of path) {
      const { kind, target, reported } = correction;
      if (kind === 'amended') from = Math.max(from, reported);
      const siblings = this.on.get(target)![kind];
      let index = firstWhere(siblings, (other) => laterFirst(other, correction) >= 0) - 1;
      while (index >= 0 && this.on.has(siblings[index]!.id)) index -= 1;
      if (index >= 0) until = Math.min(until, kind === 'amended' ? siblings[index]!.reported : -Infinity);
    }
    return [from, until];
  }

  private addInstant(instant: Instant): void {
    const index = firstWhere(this.instants, (other) => other >= instant);
    if (this.instants[index] === instant) return;
    this.instants.splice(index, 0, instant);
    this.current.splice(index, 0, this.current[index - 1]);
  }

  /** Finds the current version again at the instants from `first` to before `end`. */
  private evaluate(first: number, end: number): void {
    for (let index = first; index < end; index += 1) {
      const found = currentVersion(this.root, this.instants[index]!, this.on);
      const before = this.current[index - 1];
      this.current[index] = isSameVersion(before, found) ? before : found;
    }
    const [last, next] = [this.current[end - 1], this.current[end]];
    if (last !== next && isSameVersion(last, next)) this.current.fill(last, end, this.endOf(end));
  }

  /** The first index of the run of equal versions around this index. */
  private startOf(index: number): number {
    while (index > 0 && this.current[index - 1] === this.current[index]) index -= 1;
    return index;
  }

  /** The index behind the run of equal versions around this index. */
  private endOf(index: number): number {
    const version = this.current[index];
    while (index < this.current.length && this.current[index] === version) index += 1;
    return index;
  }

  /** The versions at the indexes [first, end), which are whole runs. */
  private runs(first: number, end: number): Version<T>[] {
    const versions: Version<T>[] = [];
    for (let index = first; index < end;) {
      const current = this.current[index];
      const from = this.instants[index]!;
      index = this.endOf(index);
      const until = this.instants[index];
      if (current?.content === undefined) continue;
      const { content, because } = current;
      versions.push({ content, because, reported: until === undefined ? { from } : { from, until } });
    }
    return versions;
  }
}

/** The difference between the versions before and after a correction. */
export function revise<T>(before: readonly Version<T>[], after: readonly Version<T>[]): Revision<T> {
  // Versions of one development never begin together.
  const startsOf = (versions: readonly Version<T>[]) =>
    new Map(versions.map((version) => [version.reported.from, version]));
  const [earlier, later] = [startsOf(before), startsOf(after)];
  const isAmong = (versions: ReadonlyMap<number, Version<T>>, version: Version<T>): boolean => {
    const other = versions.get(version.reported.from);
    return (
      other !== undefined && version.reported.until === other.reported.until && isSameVersion(version, other)
    );
  };
  return {
    ended: before.filter((version) => !isAmong(later, version)),
    begun: after.filter((version) => !isAmong(earlier, version)),
  };
}
