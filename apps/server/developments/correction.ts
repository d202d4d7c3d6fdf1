import { correctionOf, publicFrom, recordedCorrection, storedDevelopment, type Payload } from '#events';
import { Faults, type JsonFault } from '#json';
import type { EventLog, NewEvent, RecordedEvent } from '#log';
import type { Runtime } from '#runtime';
import { DEEPEST_CORRECTION, versionsOf } from '#timeline';
import { formatInstant, type Instant } from '#time';
import { readCorrections } from '../events/corrections.js';
import { Problem } from '../problems/problem.js';
import { givingTurns } from './in-turns.js';
import type { PointerOf, RetractionBody, SentDevelopments } from './developments-in-body.js';

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

/**
 * The faults of corrections that the views could not apply, by index: corrections in a circle, and corrections deeper than
 * `DEEPEST_CORRECTION`. The log gives the targets of targets. A target that is not recorded yet ends the chain.
 */
export async function nestingFaults(
  log: EventLog,
  runtime: Runtime,
  events: ReadonlyMap<number, NewEvent>,
  pointerOf: PointerOf,
): Promise<JsonFault[]> {
  const corrections: { index: number; id: string; target: string }[] = [];
  for (const [index, event] of events) {
    const target = targetOf(event);
    if (target !== undefined) corrections.push({ index, id: event.id, target });
  }
  if (corrections.length === 0) return [];
  const targets = new Map<string, string | undefined>(corrections.map(({ id, target }) => [id, target]));
  const faults = new Faults();
  for await (const { index, id, target } of givingTurns(runtime, corrections)) {
    const fault = await nestingFault(log, targets, id, target);
    if (fault !== undefined) faults.add(pointerOf(index, '/data/target'), fault);
  }
  return faults.all;
}

/** `targets`: the target of each correction, by its id; targets that are looked up are added. */
async function nestingFault(
  log: EventLog,
  targets: Map<string, string | undefined>,
  correction: string,
  target: string,
): Promise<string | undefined> {
  let id: string | undefined = target;
  for (let depth = 0; id !== undefined; depth += 1) {
    if (id === correction) return 'leads back to this correction: corrections must not form a circle';
    if (depth > DEEPEST_CORRECTION) return `nests more than ${DEEPEST_CORRECTION} corrections deep`;
    if (!targets.has(id)) {
      const recorded = await log.find(id);
      targets.set(id, recorded && targetOf(recorded));
    }
    id = targets.get(id);
  }
  return undefined;
}

/** The id of the target; undefined where the event is neither a correction nor a retraction. */
function targetOf({ type, payload }: Pick<NewEvent, 'type' | 'payload'>): string | undefined {
  if (!type.startsWith('record.')) return undefined;
  return (payload as Payload<{ readonly target: string }>).data.target;
}
