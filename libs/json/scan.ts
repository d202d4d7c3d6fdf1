/** The characters of JSON that are outside its strings (RFC 8259 §2), as UTF-16 units and as bytes of UTF-8, and where strings and numbers end. The text need not be JSON. */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
const MINUS = 0x2d;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** The index of the closing quote; of the last character where there is none. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length - 1;
}

export const beginsNumber = (code: number): boolean => (code >= 0x30 && code <= 0x39) || code === MINUS;

export const isExponent = (code: number): boolean => (code | 0x20) === 0x65;

export const continuesNumber = (code: number): boolean =>
  beginsNumber(code) || code === 0x2e || code === 0x2b || isExponent(code);

/** The index of the last character of a number. */
export function endOfNumber(text: string, start: number): number {
  let end = start;
  while (continuesNumber(text.charCodeAt(end + 1))) end += 1;
  return end;
}
