import type { ReportedTimeAsSent } from './development.js';

/** As `resolve` of #time takes it. */
export type Role = 'start' | 'end';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max;

const isMap = (value: unknown, key: RegExp, max: number): boolean => {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.length <= 50 && keys.every((k) => key.test(k) && isText(value[k], max));
};

/** By ISO 639-1 code, with a script where need be (`be-latn`). */
export const isNames = (value: unknown): boolean => isMap(value, /^[a-z]{2,3}(-[a-z]{4})?$/, 200);

export const isCodes = (value: unknown): boolean => isMap(value, /^[a-z][a-zA-Z0-9]{0,30}$/, 100);

export const TIME_MEMBERS: ReadonlySet<string> = new Set(['edtf', 'zone', 'text', 'earliest', 'latest']);

/**
 * Whether a value has the form of a time as sent; what its texts mean is for `resolve` to say. `earliest` and `latest`
 * may come along, so that what was answered can be sent again; they must then be what the rest resolves to.
 * `orWords`: also `{ text }`, where a report gives words that fix no time at all.
 */
export const isTimeAsSent = (value: unknown, orWords = false): value is ReportedTimeAsSent => {
  if (typeof value === 'string') return isText(value, 100);
  if (!isObject(value)) return false;
  for (const key in value) if (!TIME_MEMBERS.has(key)) return false;
  const { edtf, zone, text, earliest, latest } = value;
  if (text !== undefined && !isText(text, 300)) return false;
  if (edtf === undefined) return orWords && text !== undefined && Object.keys(value).length === 1;
  return (
    isText(edtf, 100) &&
    (zone === undefined || isText(zone, 60)) &&
    (earliest === undefined || isText(earliest, 30)) &&
    (latest === undefined || isText(latest, 30))
  );
};
