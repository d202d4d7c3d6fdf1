import stringWidth from 'string-width';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Columns of the terminal on stdout; 80 where there is none and COLUMNS is not set. */
export function terminalWidth(): number {
  const columns = Number(process.env['COLUMNS']);
  return process.stdout.columns || (Number.isInteger(columns) && columns >= 20 ? columns : 80);
}

/** Colours only at a terminal, and not where NO_COLOR is set (https://no-color.org). */
export function hasColours(stream: NodeJS.WriteStream = process.stdout): boolean {
  return stream.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}

export function styled(style: Style, text: string): string {
  return hasColours() ? styleText(style, text) : text;
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Waits where the reader is slow, so that memory stays bounded. */
export async function sayInPace(text: string | Uint8Array): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/** A message for people at the terminal; it is not part of the answer. */
export function notice(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * A text that cannot control a terminal: each control character and each mark of the direction of writing (Unicode TR9) is replaced by `�`. The
 * texts of the log come from others, so they are not trusted.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** The text in at most `columns` columns; `…` stands for the rest. */
export function shortened(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
