import { Faults, pointerToken, type JsonFault } from '#json';

const DEEPEST = 12;

/** The most values of a development: elements of lists, and members. Most have some tens; one with the longest lists that are accepted has some thousands. */
export const MOST_VALUES_OF_ONE = 10_000;

/** Latin, Cyrillic and common punctuation: whole characters, and no control character except tab and line feed. */
const PLAIN = /^[\t\n\x20-\x7e\xa0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u20ac]*$/;
const HALF_PAIR = /\p{Surrogate}/u;
const CONTROL = /(?![\t\n])\p{Cc}/u;

export interface Measured {
  /** An upper bound of the length as JSON in UTF-8. */
  readonly bytes: number;
  /** Whether there are too many values; then the rest was not checked, and this is the only fault. */
  readonly isExcessive: boolean;
  readonly faults: readonly JsonFault[];
}

/**
 * Checks everything in a value once: it is JSON, not too deep, its texts have whole characters and no control characters, and it has not too many
 * values. Stops at the greatest number of values.
 */
export const measured = (value: unknown): Measured => {
  valuesLeft = MOST_VALUES_OF_ONE;
  const bytes = plainBytes(value, 0);
  if (bytes >= 0) return { bytes, isExcessive: false, faults: [] };
  const check = new FullCheck();
  check.at(value);
  const detail = `has more than ${MOST_VALUES_OF_ONE} values`;
  if (check.isExcessive) return { bytes: check.bytes, isExcessive: true, faults: [{ pointer: '', detail }] };
  return { bytes: check.bytes, isExcessive: false, faults: check.faults.all };
};

/** The values that the present call of `plainBytes` may still find. */
let valuesLeft = 0;

/** An upper bound of the length for a simple value; negative for a value that needs a full check. */
const plainBytes = (value: unknown, depth: number): number => {
  if (typeof value === 'string') return PLAIN.test(value) ? value.length * 3 + 3 : NOT_PLAIN;
  if (typeof value === 'number') return Number.isFinite(value) ? 25 : NOT_PLAIN;
  if (typeof value === 'boolean' || value === null) return 25;
  if (typeof value !== 'object' || depth === DEEPEST) return NOT_PLAIN;
  let bytes = 25;
  if (Array.isArray(value)) {
    valuesLeft -= value.length;
    if (valuesLeft < 0) return NOT_PLAIN;
    for (const element of value) bytes += plainBytes(element, depth + 1);
  } else {
    const members = value as Readonly<Record<string, unknown>>;
    for (const key in members) {
      valuesLeft -= 1;
      if (valuesLeft < 0 || !isPlainName(key)) return NOT_PLAIN;
      bytes += key.length * 3 + 4 + plainBytes(members[key], depth + 1);
    }
  }
  return bytes;
};

const NOT_PLAIN = -Infinity;

/** Names of members that were plain before: clients send the same few names again and again. */
const plainNames = new Set<string>();
const NAMES_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 64;

const isPlainName = (name: string): boolean => {
  if (plainNames.has(name)) return true;
  if (!PLAIN.test(name)) return false;
  if (plainNames.size >= NAMES_REMEMBERED) plainNames.clear();
  if (name.length <= LONGEST_REMEMBERED) plainNames.add(name);
  return true;
};

class FullCheck {
  bytes = 0;
  readonly faults = new Faults();
  private values = 0;
  private readonly path: (string | number)[] = [];

  get isExcessive(): boolean {
    return this.values > MOST_VALUES_OF_ONE;
  }

  at(value: unknown): void {
    if (typeof value === 'string') return this.atText(value);
    this.bytes += 25;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) this.fault('must be a finite number');
    } else if (typeof value === 'object' && value !== null) {
      if (this.path.length === DEEPEST) this.fault(`is nested more than ${DEEPEST} deep`);
      else this.inside(value);
    } else if (typeof value !== 'boolean' && value !== null) this.fault('is not JSON');
  }

  private inside(value: object): void {
    for (const [key, member] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      this.values += 1;
      if (this.isExcessive) return;
      if (typeof key === 'string') this.atText(key);
      this.path.push(key);
      this.at(member);
      this.path.pop();
    }
  }

  private atText(text: string): void {
    this.bytes += text.length * 3 + 4;
    if (PLAIN.test(text)) return;
    if (HALF_PAIR.test(text)) this.fault('has half of a surrogate pair, which is no character');
    else if (CONTROL.test(text)) this.fault('has a control character');
  }

  private fault(detail: string): void {
    this.faults.add(this.path.map(pointerToken).join(''), detail);
  }
}
