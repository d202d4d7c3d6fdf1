import { correctionOf, publicFrom, recordedCorrection, storedDevelopment, type Payload } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import { versionsOf } from '#timeline';
import { formatInstant, type Instant } from '#time';
import { readCorrections } from '../events/corrections.js';
import { Problem } from '../problems/problem.js';
import type { RetractionBody, SentDevelopments } from './developments-in-body.js';

/** The content of an event, or of one version of it. */
export interface Content {
  readonly type: string;
  readonly payload: Payload;
}

/**
 * The version that a further correction of this kind corrects. An amendment corrects the latest version; a transcription corrects the first record,
 * with its transcriptions so far. The content of a correction is its replacement; the content of a retracted event is its own. `before`: only
 * corrections of a smaller sequence count.
 */
async function contentToCorrect(
  log: EventLog,
  event: RecordedEvent,
  kind: string,
  before = Infinity,
): Promise<Content> {
  const stored = storedDevelopment(event);
  const own = correctionOf(stored)?.replacement ?? stored;
  const corrections = (await readCorrections(log, event.id, { lane: 'answers' }))
    .filter(({ sequence }) => sequence < before)
    .flatMap((correction) => recordedCorrection(storedDevelopment(correction)) ?? [])
    .filter((correction) => kind === 'amended' || correction.kind === kind);
  const versions = versionsOf({ id: event.id, content: own, reported: publicFrom(own.payload) }, corrections);
  return versions.at(-1)?.content ?? own;
}

export type CorrectionAsSent = RetractionBody & { readonly replacement?: Readonly<Record<string, unknown>> };

/** The members of a correction that are not sent with it but come from its target. */
export interface Inherited {
  /** Resolved times, by the members of a payload: a development that repeats a time keeps its range. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Pointers to the members: the sender did not send them, so their faults and warnings are left out. */
  readonly inherited: readonly string[];
}

/** A correction of an event as a development to record, with the members that it has from its target. `now` is the default time of its report. Throws Problem `not-found`. */
export async function correctionToRecord(
  log: EventLog,
  id: string,
  sent: CorrectionAsSent,
  now: Instant,
): Promise<SentDevelopments & Inherited> {
  const target = await log.find(id.toLowerCase());
  if (!target) throw new Problem('not-found', `There is no event ${id.slice(0, 60)}.`);
  const recorded = sent.id === undefined ? undefined : await log.find(sent.id.toLowerCase());
  // A correction without a report time gets the time of its first arrival; sent again, it gets the same time.
  const defaultReport = recorded ? asSent((recorded.payload as Payload).reportedAt) : formatInstant(now);
  const original = await contentToCorrect(log, target, sent.kind, recorded?.sequence);
  return {
    developments: [developmentOf(target, original, sent, defaultReport)],
    form: 'correction',
    before: timesBefore(original),
    inherited: inheritedIn(sent),
  };
}

/**
 * A correction or a retraction as a development of its own. Missing members have these values: the report is `defaultReport`; the source is
 * the target's, and the attribution too, unless the fault is our own; the replacement has the type, source and attribution of the target;
 * its report is the target's, or the correction's if the source changed its story.
 */
function developmentOf(
  target: RecordedEvent,
  original: Content,
  sent: CorrectionAsSent,
  defaultReport: unknown,
): Record<string, unknown> {
  const { kind, reason, replacement } = sent;
  const reportedAt = sent.reportedAt ?? defaultReport;
  const inherited = {
    type: original.type,
    reportedAt: kind === 'amended' ? reportedAt : asSent(original.payload.reportedAt),
    source: { ...original.payload.source, publishedAt: asSent(original.payload.source.publishedAt) },
    attribution: original.payload.attribution,
  };
  return {
    ...(sent.id !== undefined && { id: sent.id }),
    type: replacement ? 'record.corrected' : 'record.retracted',
    reportedAt,
    data: {
      target: target.id,
      kind,
      reason,
      ...(replacement && { replacement: { ...inherited, ...replacement } }),
    },
    source: sent.source ?? inherited.source,
    attribution: sent.attribution ?? (kind === 'amended' ? inherited.attribution : OURSELVES),
  };
}

/** Pointers to the members that `developmentOf` adds to a correction. */
function inheritedIn(sent: CorrectionAsSent): string[] {
  const { replacement } = sent;
  const own = ['reportedAt', 'source', 'attribution'] as const;
  return [
    ...own.filter((member) => sent[member] === undefined).map((member) => `/${member}`),
    ...(replacement === undefined ? [] : own)
      .filter((member) => replacement?.[member] === undefined)
      .map((member) => `/data/replacement/${member}`),
  ];
}

/** The resolved times of this content, at the members of its correction: a time that the correction repeats keeps its range. */
function timesBefore({ payload }: Content): Readonly<Record<string, unknown>> {
  return { source: payload.source, data: { replacement: payload } };
}

/** The claimant of a correction of our own fault: the log itself. */
const OURSELVES = { claimant: 'borderline', standing: 'act', reliability: 'A1' };

/** A stored time without its resolved instants, as a client would send it. */
function asSent({ edtf, zone, text }: Payload['reportedAt']): Record<string, unknown> {
  return { edtf, zone, ...(text !== undefined && { text }) };
}
