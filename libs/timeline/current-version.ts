/** Which content of a development is current at a known time; lineage.ts has the rules. */
import type { Instant } from '#time';

export interface RecordedCorrection<T> {
  readonly id: string;
  readonly target: string;
  readonly kind: 'amended' | 'transcription';
  /** The latest instant of the correction's own report. */
  readonly reported: Instant;
  /** Absent: a retraction. `reported` is the report time that the replacement gives. */
  readonly replacement?: { readonly content: T; readonly reported: Instant };
}

/** The content of a development or a correction that is current at a known time; `content` undefined: a correction that retracts. */
export interface CurrentVersion<T> {
  readonly content: T | undefined;
  /** The report time in the content itself. */
  readonly contentReported: Instant;
  readonly because: readonly string[];
}

export interface CorrectionTarget<T> extends CurrentVersion<T> {
  readonly id: string;
  /** Public from then on; -Infinity for a transcription correction, which counts from its target's report. */
  readonly reported: Instant;
  readonly isDevelopment: boolean;
}

/** The corrections on each target, by kind; of each kind the latest report first. */
export type CorrectionsOn<T> = Map<string, Record<RecordedCorrection<T>['kind'], RecordedCorrection<T>[]>>;

/** Undefined: the development is withdrawn, or not yet public. */
export type Current<T> = CurrentVersion<T> | undefined;

export function byTarget<T>(corrections: readonly RecordedCorrection<T>[]): CorrectionsOn<T> {
  const correctionsOn: CorrectionsOn<T> = new Map();
  for (const correction of [...corrections].sort(laterFirst)) {
    const siblings = correctionsOn.get(correction.target) ?? { amended: [], transcription: [] };
    siblings[correction.kind].push(correction);
    correctionsOn.set(correction.target, siblings);
  }
  return correctionsOn;
}

export function laterFirst<T>(a: RecordedCorrection<T>, b: RecordedCorrection<T>): number {
  if (a.id === b.id) return 0;
  return b.reported - a.reported || (b.id > a.id ? 1 : -1);
}

/** The instants at which a correction may make another version current. */
export function changesOf<T>({ kind, reported, replacement }: RecordedCorrection<T>): Instant[] {
  return [...(kind === 'amended' ? [reported] : []), ...(replacement ? [replacement.reported] : [])];
}

/** The index of the first item for which the test is true, where it is false for all items before; the length where there is none. */
export function firstWhere<I>(items: readonly I[], test: (item: I) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

type Cited = { readonly because: readonly string[] } | undefined;

/** Two versions of one development are equal iff the same corrections led to them. */
export function isSameVersion(a: Cited, b: Cited): boolean {
  if (!a || !b) return a === b;
  return a.because.length === b.because.length && a.because.every((id, index) => id === b.because[index]);
}

/** The current version of the target as known at `knownAt`; undefined: it is withdrawn, or not yet public. */
export function currentVersion<T>(
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
    let index = kind === 'amended' ? firstWhere(corrections, ({ reported }) => reported <= knownAt) : 0;
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

function citing<T>(target: CorrectionTarget<T>, correction: CurrentVersion<T>): CurrentVersion<T> {
  const { content, contentReported, because } = correction;
  return { content, contentReported, because: [target.id, ...because] };
}
