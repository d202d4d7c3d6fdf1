import type { Payload } from './development.js';
import type { Fault } from './fault.js';
import { normalised, survey } from './survey.js';
import { take } from './take.js';

/** A development ready for the log. */
export interface Accepted {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Payload;
}

export interface AcceptOptions {
  /** IANA zone of times sent without one. */
  readonly defaultZone: string;
  /** A new UUID, version 7. */
  readonly newId: () => string;
}

/** Of the whole event as JSON in UTF-8: leaves room for what the log adds below the 65,535 bytes of an audit entry. */
export const MOST_BYTES = 60_000;

/** More than the resolved times, the id and the stream can add to what was sent. */
const RESOLVED_BYTES = 4_000;

/**
 * Takes one development as parsed JSON. Gives what the log is to keep, its times resolved and its text in Unicode
 * normalisation form C; or every fault found. Never throws on JSON, whatever it is. Shares with `sent` what it need
 * not change.
 */
export const accept = (sent: unknown, { defaultZone, newId }: AcceptOptions): Accepted | Fault[] => {
  const { bytes, normal, faults } = survey(sent);
  if (faults.length > 0) return faults;
  const taken = take(normal ? sent : normalised(sent), '', defaultZone);
  if (Array.isArray(taken)) return taken;
  const { id, stream, type, schemaVersion, payload } = taken;
  const accepted = { id: id?.toLowerCase() ?? newId(), stream, type, schemaVersion, payload };
  if (bytes > MOST_BYTES - RESOLVED_BYTES) {
    const exact = Buffer.byteLength(JSON.stringify(accepted));
    if (exact > MOST_BYTES) {
      return [
        { pointer: '', detail: `is ${exact} bytes as an event, more than ${MOST_BYTES}`, code: 'too-large' },
      ];
    }
  }
  return accepted;
};
