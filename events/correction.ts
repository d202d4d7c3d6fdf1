import { parseInstant, type Instant } from '#time';
import type { RecordedCorrection } from '#timeline';
import type { Payload, StoredDevelopment } from './development.js';

export const CORRECTION_KINDS = ['amended', 'transcription'] as const;
/** `amended`: the source changed its story. `transcription`: it was written down wrong here. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

/** The stream of the corrections of an event: its id is the event's. */
export const recordSubject = (data: { readonly target: string }) => ({ category: 'record', id: data.target });

/** Whether an event of a type is a correction or a retraction. */
export const isCorrection = (type: string): boolean => type.startsWith('record.');

/** The id of the event that a correction or a retraction is about. Undefined for any other event, and where the log has no readable target. */
export function targetOf({ type, payload }: TypedPayload): string | undefined {
  if (!isCorrection(type)) return undefined;
  const { target } = ((payload as Payload | null)?.data ?? {}) as { readonly target?: unknown };
  return typeof target === 'string' ? target : undefined;
}

interface TypedPayload {
  readonly type: string;
  readonly payload: unknown;
}

export interface Correction {
  /** The id of the event that it corrects or retracts. */
  readonly target: string;
  readonly kind: CorrectionKind;
  readonly reason: string;
  /** The new content of the target; absent: the target was retracted. `id` is the target's. */
  readonly replacement?: StoredDevelopment;
}

/** The correction in an accepted or recorded event; undefined where it is no `record.*`. */
export const correctionOf = ({ type, payload }: StoredDevelopment): Correction | undefined => {
  if (type !== 'record.corrected' && type !== 'record.retracted') return undefined;
  const { target, kind, reason, replacement } = payload.data as unknown as StoredCorrection;
  if (!replacement) return { target, kind, reason };
  const { type: newType, schemaVersion, ...newPayload } = replacement;
  return {
    target,
    kind,
    reason,
    replacement: { id: target, type: newType, schemaVersion, payload: newPayload },
  };
};

interface StoredCorrection extends Omit<Correction, 'replacement'> {
  readonly replacement?: Payload & { readonly type: string; readonly schemaVersion: number };
}

/** The instant from which a report counts as public: the latest one of its time. */
export const publicFrom = ({ reportedAt }: Pick<Payload, 'reportedAt'>): Instant =>
  parseInstant(reportedAt.latest);

/** A correction as the lineage of its target uses it (`versionsOf`); undefined for any other event. */
export const recordedCorrection = (
  event: StoredDevelopment,
): RecordedCorrection<StoredDevelopment> | undefined => {
  const correction = correctionOf(event);
  if (!correction) return undefined;
  const { target, kind, replacement } = correction;
  return {
    id: event.id,
    target,
    kind,
    reported: publicFrom(event.payload),
    ...(replacement && {
      replacement: { content: replacement, reported: publicFrom(replacement.payload) },
    }),
  };
};
