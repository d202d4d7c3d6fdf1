import {
  correctionOf,
  publicFrom,
  recordedCorrection,
  storedDevelopment,
  subjectNamed,
  type Payload,
  type StoredDevelopment,
} from '#events';
import type { RecordedEvent } from '#log';
import type { Interruptible } from '#runtime';
import { parseInstant, rangeInWords, type Instant } from '#time';
import { versionsOf, type RecordedCorrection } from '#timeline';

/** A development as readers of feeds see it: in its current version. */
export interface FeedEntry {
  /** The event with which the development was recorded. */
  readonly event: RecordedEvent;
  readonly type: string;
  readonly title: string;
  readonly text: string;
  readonly author: string;
  /** The address of the document from which the development was read. */
  readonly source?: string;
  /** When its last correction was recorded; without a correction, when the development itself was recorded. */
  readonly updated: Instant;
}

/** The greatest number of reasons in a text: the reasons of the last corrections. */
const MOST_REASONS = 20;

/** `recorded`: all corrections and retractions of the event (`readCorrections`). `zone`: the zone of the times in the text. */
export function* entryIn(
  event: RecordedEvent,
  recorded: readonly RecordedEvent[],
  zone: string,
): Interruptible<FeedEntry> {
  const content = storedDevelopment(event);
  const corrections: RecordedCorrection<StoredDevelopment>[] = [];
  for (const one of recorded) {
    const correction = recordedCorrection(storedDevelopment(one));
    if (correction) corrections.push(correction);
    yield;
  }
  const versions = versionsOf({ id: event.id, content, reported: publicFrom(content.payload) }, corrections);
  const current = versions.at(-1);
  const isRetracted = current?.reported.until !== undefined || current === undefined;
  const last = isRetracted ? content : current.content;
  const { type, payload } = last;
  const headline = headlineOf(last);
  const state = isRetracted ? 'Retracted: ' : corrections.length > 0 ? 'Corrected: ' : '';
  const reasons = recorded.slice(-MOST_REASONS).flatMap((one) => {
    const correction = correctionOf(storedDevelopment(one));
    return correction ? [`${correction.replacement ? 'Corrected' : 'Retracted'}: ${correction.reason}`] : [];
  });
  const earlier = recorded.length - reasons.length;
  if (earlier > 0) reasons.unshift(`Earlier corrections: ${earlier}`);
  return {
    event,
    type,
    title: `${state}${titleOf(type)}, ${subjectNamed(event.stream).id}${headline === undefined ? '' : `: ${headline}`}`,
    text: [...reasons.reverse(), ...factsOf(payload, zone)].join('\n'),
    author: payload.attribution.claimant,
    ...(payload.source.url !== undefined && { source: payload.source.url }),
    updated: recorded.reduce((last, { recordedAt }) => Math.max(last, recordedAt), event.recordedAt),
  };
}

/** `Crossing closed` of `crossing.closed`. */
const titleOf = (type: string): string => {
  const words = type.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Members that may have the report as a text; the first text is used. */
const HEADLINES = ['summary', 'proposition', 'text', 'threat', 'says', 'note', 'reason', 'what'];

function headlineOf({ payload: { data, source } }: StoredDevelopment): string | undefined {
  return HEADLINES.map((name) => data[name]).find((value) => typeof value === 'string') ?? source.title;
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
    `Times are in ${zone}.`,
  ];
}
