import { parseInstant, rangeInWords } from '#time';

/**
 * An instant of an answer as a person in a zone reads it: `2025-10-26 03:00`. A vague instant is given with its earliest instant, and is
 * written as exactly as its range: `27 October 2025`, `November 2025`.
 */
export type LocalTime = (instant: string, earliest?: string) => string;

/**
 * To the minute, with seconds where there are any. In the hour that occurs twice when clocks go back, the offset is added. The last second of a
 * day is written `end of 2025-11-05`.
 */
export function localTimeIn(zone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  });
  const read = (instant: number): { readonly clock: string; readonly offset: string } => {
    const of = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
    const seconds = of['second'] === '00' ? '' : `:${of['second'] ?? ''}`;
    const day = `${(of['year'] ?? '').padStart(4, '0')}-${of['month'] ?? ''}-${of['day'] ?? ''}`;
    return {
      clock: `${day} ${of['hour'] ?? ''}:${of['minute'] ?? ''}${seconds}`,
      offset: of['timeZoneName'] ?? '',
    };
  };
  return (text, earliest) => {
    if (earliest !== undefined)
      return rangeInWords({ earliest: parseInstant(earliest), latest: parseInstant(text) }, zone);
    if (text.startsWith('0001-01-01T00:00:00')) return 'ever';
    if (text.startsWith('9999-12-31T23:59:59')) return 'no end';
    const instant = Date.parse(text);
    if (Number.isNaN(instant)) return text;
    const { clock, offset } = read(instant);
    if (clock.endsWith(' 23:59:59')) return `end of ${clock.slice(0, -' 23:59:59'.length)}`;
    const twice = [-1, 1].some((hours) => read(instant + hours * 3_600_000).clock === clock);
    return twice ? `${clock} (${offset})` : clock;
  };
}

/** The day alone, where the time is the beginning or the end of the day: "on 5 November". */
export function dayOf(time: string): string {
  return time.replace(/^end of | 00:00$/g, '');
}
