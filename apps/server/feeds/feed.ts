import { subjectNamed } from '#events';
import XMLBuilder from 'fast-xml-builder';
import { v5 as uuidOf } from 'uuid';
import { EARLIEST, formatInstant, type Instant, type InstantText } from '#time';
import type { FeedEntry } from './feed-entry.js';
import { plainText } from './feed-answer.js';

export const ATOM_TYPE = 'application/atom+xml';
export const JSON_FEED_TYPE = 'application/feed+json';

/** A page of a feed. */
export interface Feed {
  /** The name of the log in its checkpoints. */
  readonly origin: string;
  /** The scheme and the authority of the server, as the reader calls it. */
  readonly server: string;
  /** The address of this page, as the reader wrote it. */
  readonly self: string;
  /** The address of the first page. */
  readonly first: string;
  readonly next: string | undefined;
  readonly entries: readonly FeedEntry[];
}

/** A feed of JSON Feed 1.1. */
export interface JsonFeed {
  readonly version: 'https://jsonfeed.org/version/1.1';
  readonly title: string;
  readonly description: string;
  /** @format uri */
  readonly home_page_url: string;
  /** @format uri */
  readonly feed_url: string;
  /**
   * The next page, of developments that were recorded or corrected earlier.
   * @format uri
   */
  readonly next_url?: string;
  readonly items: readonly JsonFeedItem[];
}

/** A development with its corrections applied. */
export interface JsonFeedItem {
  /** `urn:uuid:` and the id of the event. */
  readonly id: string;
  /** @format uri */
  readonly url: string;
  /**
   * The document that it was read from.
   * @format uri
   */
  readonly external_url?: string;
  readonly title: string;
  readonly content_text: string;
  /** When the event was recorded. */
  readonly date_published: InstantText;
  /** When its last correction was recorded. */
  readonly date_modified: InstantText;
  readonly authors: readonly { readonly name: string }[];
  /** Its type, its category and its subject. */
  readonly tags: readonly string[];
}

const TITLE = 'Borderline';
const SUBTITLE = 'Border and sanctions developments, as they were recorded, with their corrections.';

const XML = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  format: true,
  suppressEmptyNode: true,
});

/** When something in the feed changed last; EARLIEST for an empty feed. */
export const updatedIn = (entries: readonly FeedEntry[]): Instant =>
  entries.reduce((latest, { updated }) => Math.max(latest, updated), EARLIEST);

/** RFC 4287, with the links of RFC 5005 §3 between its pages. */
export function atomOf({ origin, server, self, first, next, entries }: Feed): string {
  const link = (rel: string, href: string, type?: string) => ({
    '@rel': rel,
    ...(type !== undefined && { '@type': type }),
    '@href': href,
  });
  return XML.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      id: `urn:uuid:${uuidOf(`//${origin}${withoutServer(first, server)}`, uuidOf.URL)}`,
      title: TITLE,
      subtitle: SUBTITLE,
      updated: formatInstant(updatedIn(entries)),
      author: { name: origin },
      generator: { '@uri': server, '#': TITLE },
      link: [
        link('self', self, ATOM_TYPE),
        link('alternate', `${server}/`, 'text/html'),
        link('first', first, ATOM_TYPE),
        ...(next === undefined ? [] : [link('next', next, ATOM_TYPE)]),
      ],
      entry: entries.map((entry) => ({
        id: idOf(entry),
        title: { '@type': 'text', '#': plainText(entry.title) },
        updated: formatInstant(entry.updated),
        published: formatInstant(entry.event.recordedAt),
        author: { name: plainText(entry.author) },
        link: [
          link('alternate', pageOf(entry, server), 'text/html'),
          ...(entry.source === undefined ? [] : [link('via', entry.source)]),
        ],
        category: tagsOf(entry).map((term) => ({ '@term': plainText(term) })),
        content: { '@type': 'text', '#': plainText(entry.text) },
      })),
    },
  });
}

export function jsonFeedOf({ server, self, next, entries }: Feed): JsonFeed {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: TITLE,
    description: SUBTITLE,
    home_page_url: `${server}/`,
    feed_url: self,
    ...(next !== undefined && { next_url: next }),
    items: entries.map((entry) => ({
      id: idOf(entry),
      url: pageOf(entry, server),
      ...(entry.source !== undefined && { external_url: entry.source }),
      title: plainText(entry.title),
      content_text: plainText(entry.text),
      date_published: formatInstant(entry.event.recordedAt),
      date_modified: formatInstant(entry.updated),
      authors: [{ name: plainText(entry.author) }],
      tags: tagsOf(entry),
    })),
  };
}

/** The id of an entry. It never changes, also where the development is corrected (RFC 4287 §4.2.6). */
const idOf = ({ event }: FeedEntry): string => `urn:uuid:${event.id}`;

/** The address at which the web page shows the entry. */
const pageOf = ({ event }: FeedEntry, server: string): string =>
  `${server}/?event=${encodeURIComponent(event.id)}`;

function tagsOf({ type, event }: FeedEntry): string[] {
  const { category, id } = subjectNamed(event.stream);
  return [type, category, id];
}

const withoutServer = (address: string, server: string): string =>
  address.startsWith(server) ? address.slice(server.length) : address;
