/**
 * Text as every reader takes it: no character that XML 1.0 (§2.2) or RFC 5545 (§3.1) forbids, and lines that end with a line feed alone.
 */
export const plainText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')

    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Cs}/gu, '');
