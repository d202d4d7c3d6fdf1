import Table from 'cli-table3';
import stringWidth from 'string-width';
import { hasColours, printable } from './terminal.js';

const GAP = 2;
/** Longer words may be broken to make room, except ids: they are copied. */
const LONG_WORD = 24;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const LINE_UNDER_HEAD = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '─',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/**
 * A table of at most this number of columns of the terminal. Columns get their wanted width while there is room; then the widest shrink, down to their
 * longest word where that is short, and text wraps between words. Cells may have several lines.
 */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const safe = rows.map((row) => row.map((cell) => cell.split('\n').map(printable).join('\n')));
  const widths = fitted(
    head.map((title, index) => {
      const lines = [title, ...safe.flatMap((row) => (row[index] ?? '').split('\n'))];
      return {
        wanted: widest(lines),
        least: Math.max(1, ...lines.flatMap((line) => line.split(' ')).map(leastOf)),
      };
    }),
    columns - (head.length - 1) * GAP,
  );
  const table = new Table({
    head: [...head],
    colWidths: widths.map((width) => width + GAP),
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: {
      head: hasColours() ? ['bold'] : [],
      border: hasColours() ? ['grey'] : [],
      compact: true,
      'padding-left': 0,
      'padding-right': GAP,
    },
    chars: LINE_UNDER_HEAD,
  });
  table.push(...safe.map((row) => row.map((cell, index) => broken(cell, widths[index] ?? 1))));
  return table
    .toString()
    .split('\n')
    .map((line, index) => (index === 1 ? withoutEnd(line) : line.trimEnd()))
    .join('\n');
}

const leastOf = (word: string): number =>
  ID.test(word) ? stringWidth(word) : Math.min(stringWidth(word), LONG_WORD);

/** The rule under the head, without the gap behind the last column; it may be coloured. */
function withoutEnd(rule: string): string {
  return rule.replace('─'.repeat(GAP), '');
}

export interface Wish {
  readonly wanted: number;
  readonly least: number;
}

/**
 * Widths that together take no more than `room`, if there is room for 1 in each column. A width is below its least width only where the
 * least widths take more than `room`; it is never below 1.
 */
export function fitted(wishes: readonly Wish[], room: number): number[] {
  const widths = wishes.map(({ wanted }) => wanted);
  const sum = (): number => widths.reduce((total, width) => total + width, 0);
  const shrink = (floor: (index: number) => number): void => {
    while (sum() > room) {
      const candidates = widths.map((width, index) => (width > floor(index) ? width : 0));
      const most = Math.max(...candidates);
      if (most === 0) return;
      widths[candidates.indexOf(most)] = most - 1;
    }
  };
  shrink((index) => wishes[index]?.least ?? 1);
  shrink(() => 1);
  return widths;
}

/** A word longer than the column continues in the next line: nothing of an identifier is left out. */
function broken(cell: string, width: number): string {
  return cell
    .split('\n')
    .map((line) =>
      line
        .split(' ')
        .map((word) => pieces(word, width))
        .join(' '),
    )
    .join('\n');
}

function pieces(word: string, width: number): string {
  const [first = '', ...rest] = word;
  let line = first;
  let taken = 1;
  for (const character of rest) {
    if (stringWidth(line + character) > width) break;
    line += character;
    taken += 1;
  }
  return taken > rest.length ? word : `${line} ${pieces(rest.slice(taken - 1).join(''), width)}`;
}

function widest(lines: readonly string[]): number {
  return Math.max(1, ...lines.map((text) => stringWidth(text)));
}
