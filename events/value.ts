import { isObject } from '#json';
import type { ReportedTimeAsSent } from './development.js';

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max;

/** An object of texts whose names have a form. */
export interface TextMap {
  readonly key: RegExp;
  readonly mostKeys: number;
  readonly longest: number;
}

/** By ISO 639-1 code, with a script where needed (`be-latn`). */
export const NAMES: TextMap = { key: /^[a-z]{2,3}(-[a-z]{4})?$/, mostKeys: 50, longest: 200 };
export const CODES: TextMap = { key: /^[a-z][a-zA-Z0-9]{0,30}$/, mostKeys: 50, longest: 100 };

const isMap = (value: unknown, { key, mostKeys, longest }: TextMap): boolean => {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return (
    keys.length > 0 && keys.length <= mostKeys && keys.every((k) => key.test(k) && isText(value[k], longest))
  );
};

export const isNames = (value: unknown): boolean => isMap(value, NAMES);

export const isCodes = (value: unknown): boolean => isMap(value, CODES);

/** The members of a time, each a text, with the most characters it may have. */
export const TIME_MEMBERS: ReadonlyMap<string, number> = new Map([
  ['edtf', 100],
  ['zone', 60],
  ['text', 300],
  ['earliest', 30],
  ['latest', 30],
]);

/**
 * Whether a value has the form of a sent time; `resolve` decides the meaning of its texts. `earliest` and `latest`
 * may be sent, so that a client can send back a time from an answer. They must then be the resolved range,
 * by the present rules of the zone or by others that it could have.
 * `orWords`: also `{ text }`, where a report gives words that fix no time.
 */
export const isTimeAsSent = (value: unknown, orWords = false): value is ReportedTimeAsSent => {
  if (typeof value === 'string') return isText(value, 100);
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (!keys.every((key) => isTimeMember(key, value[key]))) return false;
  return value['edtf'] !== undefined || (orWords && keys.length === 1 && value['text'] !== undefined);
};

const isTimeMember = (key: string, member: unknown): boolean => {
  const longest = TIME_MEMBERS.get(key);
  return longest !== undefined && isText(member, longest);
};

/** A UUID is accepted in any case (RFC 9562 §4), and stored in lower case. */
export const UUID =
  /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/;
