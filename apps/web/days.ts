/** Calendar days and the instants at which they end. A day is a day of the calendar of a zone, never 24 hours. */

export const MS_PER_DAY = 86_400_000;

/** A day, such as `2025-11-05`. */
export type Day = string;

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && dayOfNumber(numberOfDay(text)) === text;

/** The number of days from 1970-01-01 to a day. */
export function numberOfDay(day: Day): number {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, date) / MS_PER_DAY;
}

export const dayOfNumber = (number: number): Day => new Date(number * MS_PER_DAY).toISOString().slice(0, 10);

export const shifted = (day: Day, days: number): Day => dayOfNumber(numberOfDay(day) + days);

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

/** The time that the clocks of the zone show, in milliseconds, as if they showed UTC. */
function shownAt(instant: number, zone: string): number {
  const part = Object.fromEntries(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day] = [Number(part['year']), Number(part['month']) - 1, Number(part['day'])];
  return Date.UTC(year, month, day, Number(part['hour']), Number(part['minute']), Number(part['second']));
}

/** The day that a calendar in the zone shows at an instant (ISO 8601). */
export const dayAt = (instant: string | number, zone: string): Day =>
  new Date(shownAt(typeof instant === 'number' ? instant : Date.parse(instant), zone))
    .toISOString()
    .slice(0, 10);

/** The last millisecond of the day in the zone, as the API reads a date. */
function endOf(day: Day, zone: string): number {
  const midnight = (numberOfDay(day) + 1) * MS_PER_DAY;
  const first = midnight - (shownAt(midnight, zone) - midnight);
  // Where the clocks change on that night, the offset at the first guess may differ from the offset at midnight.
  return midnight - (shownAt(first, zone) - first) - 1;
}

/** Milliseconds since 1970 of a bound of the cut: a day means its end. */
export const instantOf = (bound: string, zone: string): number =>
  isDay(bound) ? endOf(bound, zone) : Date.parse(bound);
