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
 * The caller cuts the recorded axis: for a cut at @n it gives the corrections of sequence ≤ n.
 */
import type { Instant } from '#time';
import type { Span } from './effect.js';

export interface RecordedCorrection<T> {
  readonly id: string;
  readonly target: string;
  readonly kind: 'amended' | 'transcription';
  /** The latest instant of the correction's own report. */
  readonly reported: Instant;
  /** Absent: a retraction. `reported` is the report time that the replacement gives. */
  readonly replacement?: { readonly content: T; readonly reported: Instant };
}

export interface Version<T> {
  readonly content: T;
  /** The development and the corrections that led to this version. */
  readonly because: readonly string[];
  readonly reported: Span;
}

/** The content of a development or a correction that is current at a known time; `content` undefined: a correction that retracts. */
interface CurrentVersion<T> {
  readonly content: T | undefined;
  /** The report time in the content itself. */
  readonly contentReported: Instant;
  readonly because: readonly string[];
}

interface CorrectionTarget<T> extends CurrentVersion<T> {
  readonly id: string;
  /** Public from then on; -Infinity for a transcription correction, which counts from its target's report. */
  readonly reported: Instant;
  readonly isDevelopment: boolean;
}

/** The corrections on each target, by kind; of each kind the latest report first. */
type CorrectionsOn<T> = ReadonlyMap<
  string,
  Readonly<Record<RecordedCorrection<T>['kind'], readonly RecordedCorrection<T>[]>>
>;

/** The versions of a development on the reported axis, in order, without overlap; none where the development is withdrawn. */
export function versionsOf<T>(
  root: { readonly id: string; readonly content: T; readonly reported: Instant },
  corrections: readonly RecordedCorrection<T>[],
): Version<T>[] {
  if (corrections.length === 0) {
    return [{ content: root.content, because: [root.id], reported: { from: root.reported } }];
  }
  const correctionsOn = byTarget(corrections);
  const target: CorrectionTarget<T> = {
    ...root,
    contentReported: root.reported,
    because: [root.id],
    isDevelopment: true,
  };
  const versions: Version<T>[] = [];
  let last: CurrentVersion<T> | undefined;
  for (const instant of changesOf(root.reported, corrections)) {
    const current = currentVersion(target, instant, correctionsOn);
    if (isSameVersion(last, current)) continue;
    const open = versions.at(-1);
    if (last && open)
      versions[versions.length - 1] = { ...open, reported: { ...open.reported, until: instant } };
    if (current?.content !== undefined) {
      versions.push({ content: current.content, because: current.because, reported: { from: instant } });
    }
    last = current;
  }
  return versions;
}

/** The difference that a further correction makes: the versions that end with it on the recorded axis, and the versions that begin. */
export function revise<T>(
  before: readonly Version<T>[],
  after: readonly Version<T>[],
): { readonly ended: Version<T>[]; readonly begun: Version<T>[] } {
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

function byTarget<T>(corrections: readonly RecordedCorrection<T>[]): CorrectionsOn<T> {
  const correctionsOn = new Map<string, Record<RecordedCorrection<T>['kind'], RecordedCorrection<T>[]>>();
  for (const correction of [...corrections].sort(laterFirst)) {
    const siblings = correctionsOn.get(correction.target) ?? { amended: [], transcription: [] };
    siblings[correction.kind].push(correction);
    correctionsOn.set(correction.target, siblings);
  }
  return correctionsOn;
}

function laterFirst<T>(a: RecordedCorrection<T>, b: RecordedCorrection<T>): number {
  return b.reported - a.reported || (b.id > a.id ? 1 : -1);
}

/** The instants at which another version may become current: a transcription counts from the report that it corrects. */
function changesOf<T>(reported: Instant, corrections: readonly RecordedCorrection<T>[]): Instant[] {
  const instants = corrections.flatMap(({ kind, reported: own, replacement }) => [
    ...(kind === 'amended' ? [own] : []),
    ...(replacement ? [replacement.reported] : []),
  ]);
  return [...new Set([reported, ...instants])].sort((a, b) => a - b);
}

type Cited = { readonly because: readonly string[] } | undefined;

/** Two versions of one development are equal iff the same corrections led to them. */
function isSameVersion(a: Cited, b: Cited): boolean {
  if (!a || !b) return a === b;
  return a.because.length === b.because.length && a.because.every((id, index) => id === b.because[index]);
}

/** The current version of the target as known at `knownAt`; undefined: it is withdrawn, or not yet public. */
function currentVersion<T>(
  target: CorrectionTarget<T>,
  knownAt: Instant,
  correctionsOn: CorrectionsOn<T>,
): CurrentVersion<T> | undefined {
  const transcription = correctionThatCounts(target, 'transcription', knownAt, correctionsOn);
  if (transcription && transcription.content === undefined) return undefined;
  const amendment = correctionThatCounts(target, 'amended', knownAt, correctionsOn);
  if (amendment) {
    return amendment.content === undefined ? undefined : citing(target, amendment);
  }
  if (!transcription) return knownAt >= target.reported ? target : undefined;
  const reported = target.isDevelopment ? transcription.contentReported : target.reported;
  return knownAt >= reported ? citing(target, transcription) : undefined;
}

/** The correction of this kind that counts: the latest one that is not withdrawn. */
function correctionThatCounts<T>(
  target: CorrectionTarget<T>,
  kind: RecordedCorrection<T>['kind'],
  knownAt: Instant,
  correctionsOn: CorrectionsOn<T>,
): CurrentVersion<T> | undefined {
  const corrections = correctionsOn.get(target.id)?.[kind] ?? [];
  for (
    let index = kind === 'amended' ? firstPublicBy(corrections, knownAt) : 0;
    index < corrections.length;
    index += 1
  ) {
    const correction = corrections[index]!;
    const current = currentVersion(
      {
        id: correction.id,
        content: correction.replacement?.content,
        contentReported: correction.replacement?.reported ?? correction.reported,
        because: [correction.id],
        reported: kind === 'amended' ? correction.reported : -Infinity,
        isDevelopment: false,
      },
      knownAt,
      correctionsOn,
    );
    if (current) return current;
  }
  return undefined;
}

/** The index of the first of these corrections, latest report first, that is public. */
function firstPublicBy<T>(corrections: readonly RecordedCorrection<T>[], knownAt: Instant): number {
  let low = 0;
  let high = corrections.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (corrections[middle]!.reported > knownAt) low = middle + 1;
    else high = middle;
  }
  return low;
}

function citing<T>(target: CorrectionTarget<T>, correction: CurrentVersion<T>): CurrentVersion<T> {
  const { content, contentReported, because } = correction;
  return { content, contentReported, because: [target.id, ...because] };
}
