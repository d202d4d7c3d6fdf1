import { STANDINGS } from '#events';
import { viewNamed } from '#views';
import {
  allOf,
  anything,
  choice,
  instant,
  list,
  map,
  nullOr,
  object,
  only,
  ref,
  text,
  texts,
  truth,
  whole,
  type Schema,
  type Schemas,
} from '../docs/schema.js';

/** What the answers of all views are made of. */
export const SHARED_SCHEMAS: Schemas = {
  Basis: object(
    {
      asOf: instant('the instant asked for, resolved'),
      knownAt: nullOr(instant('nothing that became public later')),
      recordedAt: nullOr(text('nothing recorded after this sequence', { pattern: '^@\\d+$' })),
      sequence: whole('the sequence that the answer stands on'),
      zone: text('the IANA zone that dates were read in'),
    },
    {},
    'What was asked, so that it can be asked again.',
  ),
  Because: list(text(undefined, { format: 'uuid' }), 'the ids of the events that it rests on'),
  Names: map(text(), 'by language'),
  Spread: object(
    {},
    {
      min: { type: 'number' },
      max: { type: 'number' },
      openEnded: only(true, 'somebody says "more than": `max` is the greatest number named, not a bound'),
    },
    'What the figures lie between.',
  ),
  Voice: object(
    {
      at: instant('when it happened, or what the figure is for; the latest instant, where it is vague'),
      claimant: text('the id of who says so'),
      standing: choice(STANDINGS),
      reliability: ref('Reliability'),
    },
    { earliest: instant('the earliest instant, where it is vague') },
    'When something happened, and who says so.',
  ),
  Reliability: text('Admiralty code: the source A–F, the information 1–6', { pattern: '^[A-F][1-6]$' }),
  Attributed: allOf(ref('Voice'), object({ because: ref('Because') })),
  Entry: allOf(
    ref('Attributed'),
    object({}, { certain: only(false, 'it may come about only after `asOf`') }, 'An entry of a ledger.'),
  ),
  Item: object({
    id: text('unique in its view'),
    because: list(text(undefined, { format: 'uuid' }), 'the ids of the events that it rests on', 1),
  }),
  Run: object(
    { because: ref('Because') },
    {
      possible: texts('every status that it may have, where it is not certain'),
      claimed: only(true, 'only claimed: no act or observation says'),
      since: instant('the start of the unbroken run of this status'),
      until: instant('the announced end of what holds; the latest instant, where it is vague'),
      next: ref('Next'),
    },
  ),
  Next: object(
    { at: instant(), status: text(), certain: truth() },
    { possible: texts(), claimed: only(true, 'only claimed') },
    'The next change known at the cut.',
  ),
  StatusRun: allOf(
    ref('Run'),
    object({
      status: text('`unknown` where no event says, or where it is not certain'),
      certain: truth('whether it is the same in every world that the reports allow'),
    }),
  ),
  Segment: object(
    {
      from: nullOr(instant('null: from the beginning')),
      to: nullOr(instant('exclusive; null: for good')),
      certain: truth(),
      because: list(text(undefined, { format: 'uuid' }), 'the ids of the events that it rests on', 1),
    },
    {
      possible: list(anything('a status or value'), 'what it may be, where it is not certain'),
      claimed: only(true, 'only claimed: no act or observation says'),
    },
    'A stretch in which nothing changes.',
  ),
};

/** How a view's items and the pieces of its timelines read. `parts`: components of its own. */
export interface ViewSchemas {
  /** The name of the component that is an item. */
  readonly name: string;
  readonly item: Schema;
  /** What a segment has besides what all have. */
  readonly segment: Schema;
  readonly parts?: Schemas;
}

/** The closed set of a view's filter, as what its items have. */
export const choicesOf = (view: string, filter = 'status'): readonly string[] =>
  viewNamed(view)?.filters[filter]?.choices ?? [];

export const statusOf = (view: string): Schema => choice(choicesOf(view));

/** An item with a status. */
export const itemWithStatus = (view: string, members: Schema): Schema =>
  allOf(ref('Item'), ref('StatusRun'), object({ status: statusOf(view) }), members);

/** A segment that is a stretch of one status. */
export const segmentWithStatus = (view: string): Schema => object({ status: statusOf(view) });
