/** A search text that is too costly: an index reads a list of events for each word, and compares lists for each word of a phrase. */
export class SearchTextError extends Error {
  override readonly name = 'SearchTextError';
}

/** The most of each in a search text. Together they keep a search among 25,000 events under 50 ms, where every event has every word. */
export const SEARCH_LIMITS = {
  /** Characters, in the form NFKC. */
  length: 200,
  /** Different words, with the words of phrases. */
  words: 12,
  /** Words in all phrases together. */
  inPhrases: 6,
  /** Words with a final `*`. */
  prefixes: 2,
  /** The least letters before a `*`: the index joins the lists of all words with the prefix. */
  prefixLetters: 2,
  /** Subjects, and claimants, of one search. */
  names: 100,
} as const;

interface Term {
  readonly text: string;
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

/**
 * One form for equal texts: a letter with its marks becomes one character (UAX #15, NFKC). Otherwise the tokenizer splits й into two forms: it drops
 * the mark of `и` + U+0306, and keeps the mark of U+0439.
 */
export const searchable = (text: string): string => text.normalize('NFKC');

/** An FTS5 query (https://sqlite.org/fts5.html §3). */
export interface Match {
  readonly query: string;
  /** The lists of events that it reads: one for each word, and more for a prefix. */
  readonly lists: number;
  /** Each entry of the lists is a match, so the search ends at its limit. Otherwise it may compare all entries and find nothing. */
  readonly endsAtLimit: boolean;
}

/** The average number of lists that a prefix joins. */
const LISTS_OF_PREFIX = 3;

/**
 * A person's search text as an FTS5 query: every word is quoted, so no word is an operator. Equal terms are there once. Undefined where the text has
 * no word. Throws SearchTextError beyond `SEARCH_LIMITS`.
 */
export function matchOf(text: string): Match | undefined {
  const searched = searchable(text);
  if (searched.length > SEARCH_LIMITS.length) throw tooMany(`${SEARCH_LIMITS.length} characters`);
  const terms = termsOf(searched);
  if (terms.length === 0) return undefined;
  refuseCostly(terms);
  const quoted = terms.map(({ text: term, isPrefix }) => (isPrefix ? `"${term}"*` : `"${term}"`));
  const prefixes = terms.filter(({ isPrefix }) => isPrefix).length;
  const lists = wordsIn(terms) + LISTS_OF_PREFIX * prefixes;
  return { query: quoted.join(' '), lists, endsAtLimit: lists === 1 };
}

/** The different words and phrases. */
function termsOf(text: string): Term[] {
  const terms = new Map<string, Term>();
  for (const [, phrase, word] of text.matchAll(/"([^"]*)"|(\S+)/gu)) {
    // FTS5 reads an expression up to its first NUL.
    const term = (phrase ?? word ?? '').replaceAll('"', '').replaceAll('\0', ' ');
    const words = term.match(WORDS);
    if (!words) continue;
    const isPrefix = term.endsWith('*');
    terms.set(term.toLowerCase(), { text: isPrefix ? term.slice(0, -1) : term, words, isPrefix });
  }
  return [...terms.values()];
}

/**
 * Letters and digits side by side: the tokenizer `unicode61` of FTS5 has as many words, or fewer where it joins a mark to a letter. It does not know
 * a few letters, which separate words.
 */
const WORDS =
  /[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]|(?:(?![\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3])[\p{L}\p{N}])+/gu;

function refuseCostly(terms: readonly Term[]): void {
  const { words, inPhrases, prefixes, prefixLetters } = SEARCH_LIMITS;
  if (wordsIn(terms) > words) throw tooMany(`${words} different words`);
  const phrases = terms.filter((term) => term.words.length > 1);
  if (wordsIn(phrases) > inPhrases)
    throw tooMany(`${inPhrases} words in phrases; a phrase is words in quotes, or joined by signs`);
  const withStar = terms.filter(({ isPrefix }) => isPrefix);
  if (withStar.length > prefixes) throw tooMany(`${prefixes} prefixes`);
  if (withStar.some((term) => term.words.at(-1)!.length < prefixLetters))
    throw new SearchTextError(`A prefix needs ${prefixLetters} letters before its *.`);
}

const wordsIn = (terms: readonly Term[]): number => terms.reduce((sum, { words }) => sum + words.length, 0);

const tooMany = (what: string): SearchTextError => new SearchTextError(`A search has at most ${what}.`);
