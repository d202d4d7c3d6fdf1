import { CATEGORIES, eventTypes } from '#events';
import { toEntry } from '#data-folder';
import type { LogFilter, LogPage } from '#log';
import { matchOf, SEARCH_LIMITS, SearchTextError } from '#views';
import { choices, list, type Parameter, type Parsed } from '../reading/parameters.js';
import { badParameter, chosen, one, several } from '../reading/query.js';

const TYPES = eventTypes.map(({ type }) => type);
const FAMILIES = [...new Set(TYPES.map((type) => `${type.split('.', 1)[0]}.*`))];

/** Types of events, comma-separated, or whole families of them, `crossing.*`. A family is read as its types. */
const types: Parameter<readonly string[] | undefined> = {
  description: 'event types or families of them (`crossing.*`), comma-separated',
  schema: { type: 'string', example: 'crossing.closed' },
  read(query, name) {
    const wanted = several(query, name)?.flatMap((member) =>
      member.endsWith('.*')
        ? TYPES.filter((type) => type.startsWith(chosen(name, member, FAMILIES).slice(0, -1)))
        : chosen(name, member, TYPES),
    );
    return wanted && [...new Set(wanted)];
  },
};

/** The parameters that select events. A subject is an id (`lt-by.medininkai`), of any category, or a whole stream (`crossing-lt-by.medininkai`). */
export const FILTER = {
  type: types,
  subject: list('ids or streams, comma-separated', 'lt-by.medininkai'),
  category: choices(CATEGORIES, 'comma-separated', 'crossing'),
  claimant: list('ids of actors, comma-separated', 'lt.government'),
};

/** The words of a search; without words no event is found. A text beyond the limits of the search is refused. */
const words: Parameter<string | undefined> = {
  description: `words that all occur in names, summaries, quotes or titles; "a phrase"; a prefix*. At most ${SEARCH_LIMITS.length} characters and ${SEARCH_LIMITS.words} different words, of these ${SEARCH_LIMITS.inPhrases} in phrases and ${SEARCH_LIMITS.prefixes} prefixes of at least ${SEARCH_LIMITS.prefixLetters} letters`,
  schema: { type: 'string', example: 'balloon*' },
  read(query, name) {
    const text = one(query, name);
    try {
      if (text !== undefined) matchOf(text);
    } catch (error) {
      if (error instanceof SearchTextError) throw badParameter(name, error.message);
      throw error;
    }
    return text;
  },
};

/** A list of names that the search joins. */
function few(names: Parameter<readonly string[] | undefined>): typeof names {
  const { names: most } = SEARCH_LIMITS;
  return {
    ...names,
    description: `${names.description}, at most ${most}`,
    read(query, name, zone) {
      const given = names.read(query, name, zone);
      if (given && given.length > most) throw badParameter(name, `It has at most ${most} members.`);
      return given;
    },
  };
}

/** The parameters that find events by the search. */
export const SEARCH_FILTER = {
  ...FILTER,
  subject: few(FILTER.subject),
  claimant: few(FILTER.claimant),
  q: words,
};

/** The members by which the log itself can select. */
export function filterOf({
  type: types,
  category: categories,
  subject: subjects,
}: Partial<Omit<Parsed<typeof FILTER>, 'claimant'>>): LogFilter {
  return {
    ...(types && { types }),
    ...(categories && { categories }),
    ...(subjects && { streams: streamsOf(subjects, categories ?? CATEGORIES) }),
  };
}

/** Selects the events of the log that a reader gets: `of` takes them from a page. */
export interface EventSelection {
  readonly filter: LogFilter;
  /** Gives the same object for the same page, so that readers can share everything made from it. */
  of(page: LogPage): LogPage;
}

export function selectionOf({
  claimant: claimants,
  ...asked
}: Partial<Parsed<typeof FILTER>>): EventSelection {
  const filter = filterOf(asked);
  if (!claimants) return { filter, of: (page) => page };
  const key = JSON.stringify([...claimants].sort());
  return { filter, of: (page) => saidBy(new Set(claimants), key, page) };
}

/** The selected pages, by page and claimants: the claimant is in the payload, which the log does not read. */
const selected = new WeakMap<LogPage, Map<string, LogPage>>();

function saidBy(claimants: ReadonlySet<string>, key: string, page: LogPage): LogPage {
  const pages = selected.get(page) ?? new Map<string, LogPage>();
  selected.set(page, pages);
  const known = pages.get(key);
  if (known) return known;
  const events = page.events.filter((event) => claimants.has(toEntry(event).attribution?.claimant));
  const some = { ...page, events };
  pages.set(key, some);
  return some;
}

function streamsOf(subjects: readonly string[], categories: readonly string[]): string[] {
  const named = subjects.flatMap((subject) => [subject, ...categories.map((name) => `${name}-${subject}`)]);
  return [...new Set(named)];
}
