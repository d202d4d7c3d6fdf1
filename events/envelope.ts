import { ValidateBy } from 'class-validator';
import type { Standing } from '#timeline';
import type { ReportedTimeAsSent } from './development.js';
import { AnyObject, Formed, Id, Nested, OneOf, Optional, Text, Time, Whole } from './field.js';
import { UUID } from './value.js';

export const STANDINGS = ['act', 'observation', 'claim', 'denial', 'estimate', 'plan', 'reference'] as const;

const MOST_WORDS = 25;

const isShortQuote = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 1_000 && value.trim().split(/\s+/).length <= MOST_WORDS;

/** The document a development was read from. */
export class SentSource {
  @Text('The publisher.', 200)
  publisher!: string;

  @Text('Its title.', 500)
  title!: string;

  @Optional()
  @Formed('The address of the document.', /^https?:\/\/\S{1,2000}$/, 'an http or https address')
  url?: string;

  @Time('The time of publication.')
  publishedAt!: ReportedTimeAsSent;

  @Optional()
  @Text('The publisher that this one quotes (PROV wasQuotedFrom).', 200)
  quotedFrom?: string;

  @Optional()
  @Formed(
    'SHA-256 of the document that was read, hexadecimal.',
    /^[0-9a-f]{64}$/,
    '64 hexadecimal digits in lower case',
  )
  sha256?: string;

  @Optional()
  @ValidateBy(
    { name: 'isShortQuote', validator: { validate: isShortQuote } },
    { message: `must be a quotation of at most ${MOST_WORDS} words: better a dozen` },
  )
  @Text('The exact words, where they are the fact themselves; a dozen at most.')
  quote?: string;

  @Optional()
  @Text('The row of the collection from which it was entered.', 20)
  row?: string;
}

/** The claimant, and how far to trust it. */
export class SentAttribution {
  @Id('The claimant: the actor who makes the assertion.', 'actor')
  claimant!: string;

  @OneOf(STANDINGS, 'The kind of act of speech.')
  standing!: Standing;

  @Formed(
    'Admiralty code: A–F for the source, 1–6 for the information; F and 6 mean “cannot be judged”.',
    /^[A-F][1-6]$/,
    'an Admiralty code, A1 to F6',
  )
  reliability!: string;
}

/** The members of every development, of any type. */
export class SentDevelopment {
  @Optional()
  @Formed(
    'A UUID, preferably of version 7: the idempotency key. Absent: the server makes one.',
    UUID,
    'a UUID',
  )
  id?: string;

  @Formed('The event type.', /^[a-z]{1,30}\.[a-z-]{1,60}$/, 'an event type, such as crossing.closed')
  type!: string;

  @Optional()
  @Whole('The version of the data; absent: the newest.', 1, 1000)
  schemaVersion?: number;

  @Optional()
  @Time('When the state held in the world, or began; absent: at the moment of the report.')
  occurred?: ReportedTimeAsSent;

  @Optional()
  @Time('When it ended or will end, exclusive: until a day means until the next day begins.', 'end')
  until?: ReportedTimeAsSent;

  @Time('When the public could know it. It must have an upper bound.')
  reportedAt!: ReportedTimeAsSent;

  @AnyObject('The members that the event type defines.')
  data!: Record<string, unknown>;

  @Nested(SentSource, 'The document from which it was read.')
  source!: SentSource;

  @Nested(SentAttribution, 'The claimant, and how reliable the report is.')
  attribution!: SentAttribution;

  @Optional()
  @Text('Joins developments that belong together.', 200)
  correlationId?: string;
}
