/** Pixels that a character of the pictures' text takes, at most, on the whole. */
export const CHARACTER = 6.3;

/** The text, or its beginning, in this width; the table has all of it. */
export function fitting(text: string, pixels: number): string {
  const most = Math.max(4, Math.floor(pixels / CHARACTER));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** The text in lines of this width. */
export function linesOf(text: string, pixels: number): string[] {
  const most = Math.max(8, Math.floor(pixels / CHARACTER));
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(fitting(word, pixels));
  }
  return lines;
}
