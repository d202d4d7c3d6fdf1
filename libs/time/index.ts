export { TimeError } from './time-error.js';
export { EARLIEST, LATEST } from './instant.js';
export type { Instant, Range } from './instant.js';
export {
  formatInstant,
  formatRange,
  parseInstant,
  type InstantText,
  type RangeText,
} from './instant-text.js';
export { precisionOf, rangeInWords, type Precision } from './range-in-words.js';
export { MS_PER_DAY } from './calendar.js';
export { assertZone, isZone, zoneRules } from './zone.js';
export { parseInstantOrDay } from './instant-or-day.js';
export { parseDuration } from './duration.js';
export { dateIn, lastDays, STEPS, type DayEnd, type DayStep } from './days.js';
export { resolve } from './edtf.js';
export type { Role } from './edtf.js';
