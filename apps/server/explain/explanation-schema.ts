import { STANDINGS } from '#events';
import { VERDICTS } from '#views';
import {
  anything,
  choice,
  instant,
  list,
  nullOr,
  object,
  only,
  ref,
  text,
  texts,
  truth,
  whole,
  type Schema,
} from '../docs/schema.js';

const answer = object(
  { certain: truth(), because: ref('Because') },
  {
    status: text(),
    value: anything('as in a timeline of the view'),
    possible: list(anything('a status or value')),
    claimed: only(true, 'only claimed'),
  },
  'What is answered, as a segment of the timeline has it.',
);

const found = object(
  {
    aspects: texts('laid over each other'),
    values: list(
      anything('every value that is possible, null where nothing is said; of a ledger its entries'),
    ),
    certain: truth(),
    because: ref('Because'),
  },
  { claimant: text('where each voice stands alone: whose') },
);

const effect = object(
  {
    aspect: text(),
    event: text('the id of its event', { format: 'uuid' }),
    verdict: choice(VERDICTS, 'what became of it'),
    value: anything('what it says'),
    from: ref('Range'),
    claimant: text(),
    standing: choice(STANDINGS),
    reliability: ref('Reliability'),
    because: ref('Because'),
    reported: object({ from: instant(), until: nullOr(instant('exclusive')) }),
    recorded: object({ from: text('`@<sequence>`'), until: nullOr(text('`@<sequence>`, exclusive')) }),
  },
  {
    by: list(text(undefined, { format: 'uuid' }), 'the events that overlay, corrected or retracted it'),
    until: ref('Range'),
    then: anything('what holds from `until` on'),
  },
);

export const explanationSchema: Schema = object({
  basis: ref('Basis'),
  answer,
  found: list(found),
  effects: list(
    effect,
    'by verdict, then the latest start first; of a subject with over 20,000: see the operation',
  ),
  total: whole('how many effects there are; over 20,000, one that was corrected may count more than once'),
  next: nullOr(whole('the `after` of the next page; null: there are no more')),
});

export const historySchema: Schema = object({
  basis: ref('Basis'),
  changes: list(
    object({
      at: text('on the axis asked for: an instant, or `@<sequence>`'),
      answer,
      events: list(text(undefined, { format: 'uuid' }), 'the events behind the change'),
    }),
    'in order',
  ),
  next: nullOr(text('the `after` of the next page; null: that is all')),
});
