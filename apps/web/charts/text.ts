/** The width of a character in the pictures' text, in pixels: an average that is not exceeded. */
export const CHARACTER = 6.3;

/** The text, or its beginning where the whole text does not fit into the width. The table has the whole text. */
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
