import stringWidth from 'string-width';

/** A status over [from, to), in milliseconds; an infinite bound is open. */
export interface Bar {
  readonly from?: number;
  readonly to?: number;
  /** The values in whose rows the status is drawn: one value, or every possible value. */
  readonly values: readonly string[];
  readonly certain: boolean;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

const FULL = '█';
const PARTLY = '▌';
const MAYBE = '░';
const NOTHING = '·';

export const LEGEND = `${FULL} yes  ${PARTLY} part of the time  ${MAYBE} possible  ${NOTHING} no`;

/** A row for each value, in the order of their first appearance, over a window of time; then an axis. At most `columns` wide. */
export function plotOf(
  bars: readonly Bar[],
  window: Window,
  columns: number,
  label: (instant: number) => string,
): string[] {
  const values = [...new Set(bars.flatMap((bar) => bar.values))];
  const names = Math.max(...values.map((text) => stringWidth(text)), 0);
  const width = Math.max(columns - names - 2, 10);
  const rows = values.map((value) => {
    const own = bars.filter((bar) => bar.values.includes(value));
    const cells = Array.from({ length: width }, (_, index) => cellOf(own, slice(window, index, width)));
    return `${value}${' '.repeat(names - stringWidth(value))}  ${cells.join('')}`;
  });
  return [...rows, `${' '.repeat(names + 2)}${axis(window, width, label)}`];
}

/**
 * The window that shows every change, with a margin of a tenth of its length, or of a month where there is only one change; a `given` end is
 * kept.
 */
export function windowOf(bars: readonly Bar[], now: number, given: Partial<Window> = {}): Window {
  const edges = bars.flatMap(({ from, to }) => [from, to]).filter((edge) => edge !== undefined);
  const [first, last] = edges.length === 0 ? [now, now] : [Math.min(...edges), Math.max(...edges)];
  const margin = first === last ? MONTH : Math.ceil((last - first) / 10);
  return { from: given.from ?? first - margin, to: given.to ?? last + margin };
}

const MONTH = 30 * 86_400_000;

function slice({ from, to }: Window, index: number, of: number): Window {
  const length = (to - from) / of;
  return { from: from + index * length, to: from + (index + 1) * length };
}

function cellOf(bars: readonly Bar[], cell: Window): string {
  const within = (bar: Bar): number =>
    Math.max(0, Math.min(bar.to ?? Infinity, cell.to) - Math.max(bar.from ?? -Infinity, cell.from));
  const certain = bars.filter((bar) => bar.certain).reduce((sum, bar) => sum + within(bar), 0);
  if (certain >= (cell.to - cell.from) * 0.999) return FULL;
  if (certain > 0) return PARTLY;
  return bars.some((bar) => !bar.certain && within(bar) > 0) ? MAYBE : NOTHING;
}

/** The dates at both ends, and at even distances in between where there is room. */
function axis(window: Window, width: number, label: (instant: number) => string): string {
  const sample = stringWidth(label(window.from));
  const marks = Math.max(2, Math.min(Math.floor(width / (sample + 6)), 7));
  let line = '';
  for (let mark = 0; mark < marks; mark += 1) {
    const text = label(window.from + ((window.to - window.from) * mark) / (marks - 1));
    const start = Math.round(((width - sample) * mark) / (marks - 1));
    line = line.padEnd(start) + text;
  }
  return line;
}
