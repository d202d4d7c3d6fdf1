import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Columns of the terminal on stdout; 80 where there is none and COLUMNS says nothing. */
export function terminalWidth(): number {
  const said = Number(process.env['COLUMNS']);
  return process.stdout.columns || (Number.isInteger(said) && said >= 20 ? said : 80);
}

/** Colours only for people, and not for those who set NO_COLOR (https://no-color.org). */
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
export async function sayPatiently(text: string | Uint8Array): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/** Besides the answer: to people at the terminal. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
