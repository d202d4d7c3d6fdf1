import { readDateTime, readDay } from './date-time-text.js';
import { EARLIEST, LATEST, type Instant } from './instant.js';
import { instantOf } from './instant-text.js';
import { refuseInstant } from './refusal.js';
import { assertDayCame, assertZone, localDay, withOffset } from './zone.js';

/**
 * The instant of an RFC 3339 text with its offset, or of a day `YYYY-MM-DD`, which means its last millisecond in `zone`: so a cut at a day
 * includes the whole day. Throws TimeError, as
 * `parseInstant` does, and `unknown-zone`, `skipped`.
 */
export const parseInstantOrDay = (text: string, zone: string): Instant => {
  if (text.length === 10) {
    const day = readDay(text);
    if (!Number.isNaN(day)) {
      const { last, skipped } = localDay(zone, day);
      if (skipped) assertDayCame(zone, day, text);
      return Math.min(Math.max(last, EARLIEST), LATEST);
    }
  }
  assertZone(zone);
  const read = readDateTime(text);
  if (read === undefined) return refuseInstant(text);
  if (Number.isNaN(read.offset)) return refuseInstant(text, withOffset(zone, read.day, read.clock, text));
  return instantOf(read, text);
};
