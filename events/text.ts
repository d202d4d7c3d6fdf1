import { isObject } from '#json';
import type { Payload } from './development.js';

/** Members whose texts are codes, addresses or times: no search needs their words. */
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
 * The texts for full-text search: names, summaries, quotes, titles, labels, ids, and the reports' own words for
 * times; one a line, each once. For a correction, the texts of its replacement as well. In Unicode normalisation form C.
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
