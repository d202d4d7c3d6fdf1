import { fromCloudEvent } from '#data-folder';
import { JsonError, parseJsonText, type JsonFault } from '#json';
import { developmentAsSent, isOfExport } from './as-sent.js';
import type { Entry } from './entries.js';
import type { Line, Refusal } from './send.js';

/** The kinds of entries, as an import sees them. */
export type ReadLine =
  | { readonly is: 'development'; readonly line: Line }
  /** JSON, but not a development. */
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'not-json'; readonly refusal: Refusal }
  /** A line that an export has besides its events. */
  | { readonly is: 'of-export' };

/** Reads an entry: a development in our own form, an exported event, or a CloudEvent. The server checks its data. */
export function readLine({ line, text, fault }: Entry): ReadLine {
  if (text === undefined) return { is: 'not-json', refusal: { line, faults: [fault ?? ''] } };
  try {
    const value = parseJsonText(text);
    if (isOfExport(value)) return { is: 'of-export' };
    if (!isCloudEvent(value)) return development(line, developmentAsSent(value));
    const { development: sent, faults } = fromCloudEvent(value);
    return faults.length > 0 ? refused(line, faults) : development(line, sent);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { faults, message } = error;
    if (faults.length > 0) return refused(line, faults);
    return { is: 'not-json', refusal: { line, faults: [message] } };
  }
}

function development(line: number, sent: unknown): ReadLine {
  const { type, data } = Object(sent) as { readonly type?: unknown; readonly data?: unknown };
  const { kind, id } = Object(data) as { readonly kind?: unknown; readonly id?: unknown };
  const registers = type === 'subject.registered' ? { registers: `${String(kind)}-${String(id)}` } : {};
  return { is: 'development', line: { line, text: JSON.stringify(sent), ...registers } };
}

function refused(line: number, faults: readonly JsonFault[]): ReadLine {
  const texts = faults.map(({ pointer, detail }) => (pointer === '' ? detail : `${pointer}: ${detail}`));
  return { is: 'refused', refusal: { line, faults: texts } };
}

const isCloudEvent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'specversion' in value;
