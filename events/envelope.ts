import { ValidateBy } from './class-decorators.js';
import type { Standing } from '#timeline';
import type { ReportedTimeAsSent } from './development.js';
import { AnyObject, Formed, Id, Nested, OneOf, Optional, Text, Time, Whole } from './field.js';
import { UUID } from './record/target.js';

export const STANDINGS = ['act', 'observation', 'claim', 'denial', 'estimate', 'plan', 'reference'] as const;

const MOST_WORDS = 25;

const isShortQuote = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 1_000 && value.trim().split(/\s+/).length <= MOST_WORDS;

/** The document a development was read from. */
export class SentSource {
  @Text('Who published it.', 200)
  publisher!: string;

  @Text('Its title.', 500)
  title!: string;

  @Optional()
  @Formed('Where it was found.', /^https?:\/\/\S{1,2000}$/, 'an http or https address')
  url?: string;

  @Time('When it was published.')
  publishedAt!: ReportedTimeAsSent;

  @Optional()
  @Text('Whom the publisher quotes (PROV wasQuotedFrom).', 200)
  quotedFrom?: string;

  @Optional()
  @Formed('SHA-256 of the document read, hex.', /^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case')
  sha256?: string;

  @Optional()
  @ValidateBy(
    { name: 'isShortQuote', validator: { validate: isShortQuote } },
    { message: `must be a quotation of at most ${MOST_WORDS} words: better a dozen` },
  )
  @Text('A dozen words at most, where the wording itself is the fact.')
  quote?: string;

  @Optional()
  @Text('The row of the collection it was entered from.', 20)
  row?: string;
}

/** The claimant, and how far to trust it. */
export class SentAttribution {
  @Id('The actor who says so.', 'actor')
  claimant!: string;

  @OneOf(STANDINGS, 'What kind of act of speech it is.')
  standing!: Standing;

  @Formed(
    'Admiralty code: the source A–F, the information 1–6; F and 6 mean that it cannot be judged.',
    /^[A-F][1-6]$/,
    'an Admiralty code, A1 to F6',
  )
  reliability!: string;
}

/** The members of every development, of any type. */
export class SentDevelopment {
  @Optional()
  @Formed('UUID, version 7 for choice: the idempotency key. Absent: one is made.', UUID, 'a UUID')
  id?: string;

  @Formed('The event type.', /^[a-z]{1,30}\.[a-z-]{1,60}$/, 'an event type, such as crossing.closed')
  type!: string;

  @Optional()
  @Whole('Of the data; absent: the newest.', 1, 1000)
  schemaVersion?: number;

  @Optional()
  @Time('When it was so in the world, or began to be; absent: at the moment of the report.')
  occurred?: ReportedTimeAsSent;

  @Optional()
  @Time('When it ended or will end, exclusive: until a day is until the next one begins.', 'end')
  until?: ReportedTimeAsSent;

  @Time('When the public could know it; must have an upper bound.')
  reportedAt!: ReportedTimeAsSent;

  @AnyObject('As the type has it.')
  data!: Record<string, unknown>;

  @Nested(SentSource, 'What it was read from.')
  source!: SentSource;

  @Nested(SentAttribution, 'Who says so.')
  attribution!: SentAttribution;

  @Optional()
  @Text('Joins developments that belong together.', 200)
  correlationId?: string;
}
