import { correctionOf, DEEPEST_CORRECTION, rangeOf, type Payload } from '#events';
import { Faults, type JsonFault } from '#json';
import type { EventLog, NewEvent, RecordedEvent } from '#log';
import { versionsOf, type RecordedCorrection } from '#timeline';
import { notesAbout } from '../events/notes-about.js';
import type { PointerOf, RetractionBody } from './bodies.js';

/** What an event says, or one version of it. */
export interface Content {
  readonly type: string;
  readonly payload: Payload;
}

/**
 * What a further correction of this kind corrects: of an amendment the latest version, of a transcription what was written down first,
 * with the transcriptions of it so far. Of a correction it is its replacement; of a retracted event what it said itself. `before`: only
 * corrections of a smaller sequence count.
 */
export async function contentToCorrect(
  log: EventLog,
  event: RecordedEvent,
  kind: string,
  before = Infinity,
): Promise<Content> {
  const own = contentOf(event);
  const notes = (await notesAbout(log, event.id))
    .filter(({ sequence }) => sequence < before)
    .map(noteOf)
    .filter((note) => kind === 'amended' || note.kind === kind);
  const versions = versionsOf({ id: event.id, content: own, reported: reportOf(own) }, notes);
  return versions.at(-1)?.content ?? own;
}

function noteOf(event: RecordedEvent): RecordedCorrection<Content> {
  const payload = event.payload as Payload;
  const { target, kind } = payload.data as unknown as Pick<RecordedCorrection<Content>, 'target' | 'kind'>;
  const content = contentOf(event);
  return {
    id: event.id,
    target,
    kind,
    reported: reportOf({ type: event.type, payload }),
    ...(content.type !== event.type && { replacement: { content, reported: reportOf(content) } }),
  };
}

function contentOf({ id, type, schemaVersion, payload }: RecordedEvent): Content {
  const own = payload as Payload;
  return correctionOf({ id, type, schemaVersion, payload: own })?.replacement ?? { type, payload: own };
}

function reportOf({ payload }: Content): number {
  return rangeOf(payload.reportedAt).latest;
}

export type CorrectionAsSent = RetractionBody & { readonly replacement?: Readonly<Record<string, unknown>> };

/**
 * A correction or a retraction as a development of its own. What is left out comes from elsewhere: its report is `defaultReport`; its
 * source is the target's, and so is its attribution, unless it is we who were wrong; the replacement's type, source and attribution are
 * the target's; a replacement was reported when the target was, or, where the source changed its story, when the correction is.
 */
export function developmentOf(
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

/** Pointers to what `developmentOf` adds to a correction as it was sent. */
export function inheritedIn(sent: CorrectionAsSent): string[] {
  const { replacement } = sent;
  const own = ['reportedAt', 'source', 'attribution'] as const;
  return [
    ...own.filter((member) => sent[member] === undefined).map((member) => `/${member}`),
    ...(replacement === undefined ? [] : own)
      .filter((member) => replacement?.[member] === undefined)
      .map((member) => `/data/replacement/${member}`),
  ];
}

/** Times of a correction of this content that were resolved before: those that it leaves out or repeats keep their meaning. */
export function timesBefore({ payload }: Content): Readonly<Record<string, unknown>> {
  return { source: payload.source, data: { replacement: payload } };
}

/** Who says that we wrote something down wrong: the log itself. */
const OURSELVES = { claimant: 'borderline', standing: 'act', reliability: 'A1' };

/** A stored time without what was resolved from it, as a client would send it. */
export function asSent({ edtf, zone, text }: Payload['reportedAt']): Record<string, unknown> {
  return { edtf, zone, ...(text !== undefined && { text }) };
}

/**
 * The faults of corrections, by their index, that the views could not take: those in a circle, and those that nest deeper than `DEEPEST_CORRECTION`. The
 * targets of targets are looked up in the log. A target that is not recorded yet ends the chain.
 */
export async function nestingFaults(
  log: EventLog,
  events: ReadonlyMap<number, NewEvent>,
  pointerOf: PointerOf,
): Promise<JsonFault[]> {
  const corrections = [...events].flatMap(([index, event]) => {
    const target = targetOf(event);
    return target === undefined ? [] : [{ index, id: event.id, target }];
  });
  const targets = new Map<string, string | undefined>(corrections.map(({ id, target }) => [id, target]));
  const faults = new Faults();
  for (const { index, id, target } of corrections) {
    const fault = await nestingFault(log, targets, id, target);
    if (fault !== undefined) faults.add(pointerOf(index, '/data/target'), fault);
  }
  return faults.all;
}

/** `targets`: those that are known, by the id of the correction; those looked up are added. */
async function nestingFault(
  log: EventLog,
  targets: Map<string, string | undefined>,
  correction: string,
  target: string,
): Promise<string | undefined> {
  let id: string | undefined = target;
  for (let depth = 0; id !== undefined; depth += 1) {
    if (id === correction) return 'leads back to this very correction: corrections must not form a circle';
    if (depth > DEEPEST_CORRECTION) return `nests more than ${DEEPEST_CORRECTION} corrections deep`;
    if (!targets.has(id)) {
      const recorded = await log.find(id);
      targets.set(id, recorded && targetOf(recorded));
    }
    id = targets.get(id);
  }
  return undefined;
}

/** Undefined: it is about no event. */
function targetOf({ type, payload }: Pick<NewEvent, 'type' | 'payload'>): string | undefined {
  if (!type.startsWith('record.')) return undefined;
  return (payload as Payload<{ readonly target: string }>).data.target;
}
