import { eventTypes, STANDINGS } from '#events';
import {
  allOf,
  anything,
  choice,
  instant,
  list,
  nullOr,
  object,
  ref,
  text,
  whole,
  type Schema,
  type Schemas,
} from '../docs/schema.js';

/** What the answers about events are made of. */
export const EVENT_SCHEMAS: Schemas = {
  ReportedTime: object(
    {
      edtf: text('EDTF (ISO 8601-2), as it was sent'),
      zone: text('the IANA zone in which `edtf` is read'),
      earliest: instant(),
      latest: instant(),
    },
    { text: text("the report's own words") },
    'A time as a report gives it, and the range that it means.',
  ),
  Source: object(
    { publisher: text(), title: text(), publishedAt: ref('ReportedTime') },
    {
      url: text(),
      quotedFrom: text('whom the publisher quotes'),
      sha256: text('of the document read, hex'),
      quote: text(),
      row: text('the row of the collection it was entered from'),
    },
    'The document that it was read from.',
  ),
  Attribution: object(
    {
      claimant: text('the id of who says so'),
      standing: choice(STANDINGS),
      reliability: text('Admiralty code', { pattern: '^[A-F][1-6]$' }),
    },
    {},
    'Who says so.',
  ),
  Event: object(
    {
      specversion: text(undefined, { enum: ['1.0'] }),
      id: text(undefined, { format: 'uuid' }),
      type: choice(eventTypes.map(({ type }) => type)),
      schemaVersion: whole('of the data', 1),
      subject: text('the id in `stream`'),
      time: instant('when it was recorded, like `recordedAt`'),
      stream: text('`<category>-<subject>`'),
      revision: whole('its place in the stream, from 0'),
      sequence: whole('its place in the log, from 1', 1),
      reportedAt: ref('ReportedTime'),
      recordedAt: instant(),
      datacontenttype: text(undefined, { enum: ['application/json'] }),
      data: { type: 'object', description: 'as the catalogue has it for the type; times are ReportedTime' },
      source: ref('Source'),
      attribution: ref('Attribution'),
    },
    {
      occurred: ref('ReportedTime'),
      until: ref('ReportedTime'),
      correlationId: text('joins developments that belong together'),
      recordedBy: text('the id of the key that recorded it'),
    },
    'A CloudEvent 1.0 with fields of our own.',
  ),
  Effect: object(
    {
      subject: text('the stream of what it is about'),
      aspect: text(),
      rule: choice(
        ['authority', 'perClaimant', 'contested', 'ledger'],
        'how effects on the aspect are laid over each other',
      ),
      value: anything('what holds'),
      from: ref('Range'),
      claimant: text(),
    },
    {
      until: ref('Range'),
      then: anything('what holds from `until` on; missing: what lies under it shows again'),
    },
    'What an event asserts.',
  ),
  Range: object({ earliest: instant(), latest: instant() }, {}, 'The earliest and the latest it can be.'),
};

export const pageSchema: Schema = object({
  items: list(ref('Event')),
  next: nullOr(text('the `after` of the next page; null: there are no more')),
});

export const eventSchema: Schema = allOf(
  ref('Event'),
  object({
    corrections: list(ref('Event'), 'the corrections and retractions of it, and of those'),
    causes: list(ref('Effect'), 'what it asserts; of a correction, what its replacement does'),
  }),
);
