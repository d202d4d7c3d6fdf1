import { correctionOf, type Payload, type StoredDevelopment } from '#events';
import type { RecordedEvent } from '#log';
import { parseInstant, rangeInWords, type Instant } from '#time';
import { versionsOf, type RecordedCorrection } from '#timeline';

/** A development as readers of feeds see it: as it stands after its corrections. */
export interface FeedEntry {
  /** The event that it was recorded with. */
  readonly event: RecordedEvent;
  readonly type: string;
  readonly title: string;
  readonly text: string;
  readonly author: string;
  /** The address of the document that it was read from. */
  readonly source?: string;
  /** When the last note about it was recorded, or itself. */
  readonly updated: Instant;
}

/** `notes`: the corrections and retractions of it, and those of these. `zone`: that of the times in the text. */
export function entryIn(event: RecordedEvent, notes: readonly RecordedEvent[], zone: string): FeedEntry {
  const content = contentOf(event);
  const corrections = notes.flatMap(noteOf);
  const versions = versionsOf({ id: event.id, content, reported: reportIn(content) }, corrections);
  const standing = versions.at(-1);
  const isRetracted = standing?.reported.until !== undefined || standing === undefined;
  const last = isRetracted ? content : standing.content;
  const { type, payload } = last;
  const headline = headlineOf(last);
  const state = isRetracted ? 'Retracted: ' : corrections.length > 0 ? 'Corrected: ' : '';
  const reasons = notes.flatMap((note) => {
    const correction = correctionOf(contentOf(note));
    return correction ? [`${correction.replacement ? 'Corrected' : 'Retracted'}: ${correction.reason}`] : [];
  });
  return {
    event,
    type,
    title: `${state}${titleOf(type)}, ${subjectOf(event)}${headline === undefined ? '' : `: ${headline}`}`,
    text: [...reasons.reverse(), ...factsOf(payload, zone)].join('\n'),
    author: payload.attribution.claimant,
    ...(payload.source.url !== undefined && { source: payload.source.url }),
    updated: Math.max(event.recordedAt, ...notes.map(({ recordedAt }) => recordedAt)),
  };
}

/** `lt-by.medininkai` of `crossing-lt-by.medininkai`. */
export const subjectOf = ({ stream }: Pick<RecordedEvent, 'stream'>): string =>
  stream.slice(stream.indexOf('-') + 1);

/** `crossing` of `crossing-lt-by.medininkai`. */
export const categoryIn = ({ stream }: Pick<RecordedEvent, 'stream'>): string =>
  stream.slice(0, stream.indexOf('-'));

/** `Crossing closed` of `crossing.closed`. */
const titleOf = (type: string): string => {
  const words = type.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Members that say most plainly what was reported, the plainest first. */
const TOLD_BY = ['summary', 'proposition', 'text', 'threat', 'says', 'note', 'reason', 'what'];

function headlineOf({ payload: { data, source } }: StoredDevelopment): string | undefined {
  const told = TOLD_BY.map((name) => data[name]).find((value) => typeof value === 'string');
  return told ?? source.title;
}

function factsOf({ occurred, until, reportedAt, source, attribution }: Payload, zone: string): string[] {
  const inWords = ({ earliest, latest }: { readonly earliest: string; readonly latest: string }): string =>
    rangeInWords({ earliest: parseInstant(earliest), latest: parseInstant(latest) }, zone);
  const { claimant, standing, reliability } = attribution;
  return [
    ...(occurred ? [`When: ${inWords(occurred)}`] : []),
    ...(until ? [`Until: ${inWords(until)}`] : []),
    `Reported: ${inWords(reportedAt)}`,
    `Said by: ${claimant} (${standing}, ${reliability})`,
    `Source: ${source.publisher}, “${source.title}”`,
    ...(source.quote === undefined ? [] : [`“${source.quote}”`]),
    `Times are those of ${zone}.`,
  ];
}

function noteOf(note: RecordedEvent): RecordedCorrection<StoredDevelopment>[] {
  const content = contentOf(note);
  const correction = correctionOf(content);
  if (!correction) return [];
  const { target, kind, replacement } = correction;
  const told = replacement && { content: replacement, reported: reportIn(replacement) };
  return [{ id: note.id, target, kind, reported: reportIn(content), ...(told && { replacement: told }) }];
}

const contentOf = ({ id, type, schemaVersion, payload }: RecordedEvent): StoredDevelopment => ({
  id,
  type,
  schemaVersion,
  payload: payload as Payload,
});

const reportIn = ({ payload }: StoredDevelopment): Instant => parseInstant(payload.reportedAt.latest);
