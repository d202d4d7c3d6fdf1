import type { Payload } from './development.js';
import { isObject } from './value.js';

/** Members whose texts are codes, addresses or times, which nobody searches for as words. */
const NOT_WORDS = new Set([
  'edtf',
  'zone',
  'earliest',
  'latest',
  'url',
  'sha256',
  'tags',
  'hs',
  'location',
  'reliability',
]);

/**
 * The texts that full-text search looks at: names, summaries, quotes, titles, labels, ids, and the reports' own words for
 * times; one a line, each once. Of a correction, its replacement's as well. In Unicode normalisation form C, whatever they were sent in.
 */
export const searchText = (type: string, payload: Payload): string => {
  const texts = new Set<string>();
  collect(payload, texts);
  texts.add(type);
  return [...texts].join('\n').normalize('NFC');
};

const collect = (value: unknown, texts: Set<string>): void => {
  if (typeof value === 'string') texts.add(value);
  else if (Array.isArray(value)) for (const element of value) collect(element, texts);
  else if (isObject(value)) {
    for (const key of Object.keys(value)) if (!NOT_WORDS.has(key)) collect(value[key], texts);
  }
};
