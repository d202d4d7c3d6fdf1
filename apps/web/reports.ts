import type { Entry } from './api.js';
import { events, nameOf } from './events.js';
import { words } from './words/index.js';

const textIn = (data: object, name: string): string | undefined => {
  const value = (data as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

/** A headline of an event: its summary, or else a plain text in its data, or else the title of its source. */
export function headlineOf({ data, source }: Entry): string {
  const inner = (data as { readonly replacement?: { readonly data?: object } }).replacement?.data;
  return (
    textIn(data, 'summary') ??
    textIn(data, 'proposition') ??
    textIn(data, 'text') ??
    textIn(data, 'threat') ??
    (textIn(data, 'target') === undefined ? undefined : textIn(data, 'reason')) ??
    (inner && textIn(inner, 'summary')) ??
    textIn(data, 'note') ??
    textIn(data, 'reason') ??
    source.title ??
    words.value.report.none
  );
}

/** The category of an event: `crossing` where the stream is `crossing-lt-by.medininkai`. */
export const categoryOf = ({ stream, subject }: Entry): string => stream.slice(0, -subject.length - 1);

/** The subject of an event. The subject of a correction is the subject of the corrected event. */
export function subjectOf(entry: Entry): string {
  const target = textIn(entry.data, 'target');
  return target === undefined ? entry.subject : (events.value.get(target)?.subject ?? entry.subject);
}

export const subjectName = (entry: Entry): string => nameOf(subjectOf(entry));

/** The view of the API that has the subjects of a category. */
export const VIEW_OF: Readonly<Record<string, string>> = {
  crossing: 'crossings',
  route: 'transit',
  measure: 'sanctions',
  detention: 'detentions',
  warning: 'warnings',
  condition: 'conditions',
  talks: 'talks',
  area: 'airspace',
  claim: 'claims',
  release: 'releases',
  estimate: 'estimates',
  statement: 'statements',
};
