import { token, type Fault } from './fault.js';

const DEEPEST = 12;
const MOST_FAULTS = 100;

/** Latin, Cyrillic and common punctuation: in NFC in any order, and no control but tab and line feed. */
const PLAIN = /^[\t\n\x20-\x7e\xa0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u20ac]*$/;
const CONTROL = /(?![\t\n])\p{Cc}/u;
const LONE_SURROGATE = /\p{Cs}/u;

export interface Survey {
  /** An upper bound of the length as JSON in UTF-8. */
  bytes: number;
  /** All text is in Unicode normalisation form C. */
  normal: boolean;
  readonly faults: Fault[];
}

/** Looks at everything in a value once, whatever it means: that it is JSON, not too deep, its text sound Unicode. */
export const survey = (value: unknown): Survey => {
  const bytes = plainBytes(value, 0);
  if (bytes >= 0) return { bytes, normal: true, faults: [] };
  const found: Survey = { bytes: 0, normal: true, faults: [] };
  look(value, '', 0, found);
  return found;
};

/** The bound for a value that has nothing a closer look is needed for; negative otherwise. */
const plainBytes = (value: unknown, depth: number): number => {
  if (typeof value === 'string') return PLAIN.test(value) ? value.length * 3 + 3 : CLOSER_LOOK;
  if (typeof value === 'number') return Number.isFinite(value) ? 25 : CLOSER_LOOK;
  if (typeof value === 'boolean' || value === null) return 25;
  if (typeof value !== 'object' || depth === DEEPEST) return CLOSER_LOOK;
  let bytes = 25;
  if (Array.isArray(value)) {
    for (const element of value) bytes += plainBytes(element, depth + 1);
  } else {
    const members = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(members)) bytes += key.length * 3 + 4 + plainBytes(members[key], depth + 1);
  }
  return bytes;
};

const CLOSER_LOOK = -Infinity;

const look = (value: unknown, pointer: string, depth: number, found: Survey): void => {
  if (typeof value === 'string') return lookAtText(value, pointer, found);
  found.bytes += 25;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) fault(found, pointer, 'must be a finite number');
  } else if (typeof value === 'object' && value !== null) {
    if (depth === DEEPEST) fault(found, pointer, `is nested more than ${DEEPEST} deep`);
    else lookInside(value, pointer, depth + 1, found);
  } else if (typeof value !== 'boolean' && value !== null) {
    fault(found, pointer, 'is not JSON');
  }
};

const lookInside = (value: object, pointer: string, depth: number, found: Survey): void => {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) look(value[i], pointer + token(i), depth, found);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    found.bytes += key.length * 3 + 4;
    if (!PLAIN.test(key)) lookAtText(key, pointer, found);
    look(member, pointer + token(key), depth, found);
  }
};

const lookAtText = (text: string, pointer: string, found: Survey): void => {
  found.bytes += text.length * 3 + 3;
  if (PLAIN.test(text)) return;
  if (LONE_SURROGATE.test(text)) fault(found, pointer, 'has half of a surrogate pair, which is no character');
  else if (CONTROL.test(text)) fault(found, pointer, 'has a control character');
  else if (text.normalize('NFC') !== text) found.normal = false;
};

const fault = (found: Survey, pointer: string, detail: string): void => {
  if (found.faults.length < MOST_FAULTS) found.faults.push({ pointer, detail });
};

/** A copy with all text in normalisation form C. Only for what `survey` found sound. */
export const normalised = (value: unknown): unknown => {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, normalised(member)]));
};
