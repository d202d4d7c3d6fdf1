import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Formed, OneOf, Text } from '../field.js';
import { UUID } from '../value.js';
import { CORRECTION_KINDS, recordSubject, type CorrectionKind } from '../correction.js';

/** An event should not have been recorded, or its source took it back. */
export class RecordRetracted extends Data {
  @Formed('The id of the event that is retracted.', UUID, 'the id of an event: a UUID')
  target!: string;

  @OneOf(
    CORRECTION_KINDS,
    'amended: the source took it back; transcription: it was recorded here by mistake.',
  )
  kind!: CorrectionKind;

  @Text('Why.', 500)
  reason!: string;
}

export const recordRetracted = eventType<RecordRetracted>({
  type: 'record.retracted',
  version: 1,
  means: 'The target no longer counts.',
  doesNotMean: 'That the opposite is true; that the target is gone from the log.',
  data: RecordRetracted,
  subject: recordSubject,
  effects: () => [],
  example: {
    type: 'record.retracted',
    reportedAt: '2025-12-10',
    data: {
      target: '01890a5d-ac96-774b-bcce-b302099a8058',
      kind: 'amended',
      reason: 'The outlet took the article down.',
    },
    source: { publisher: 'BB.lv', title: 'Withdrawn article', publishedAt: '2025-12-10' },
    attribution: { claimant: 'bb.lv', standing: 'act', reliability: 'C2' },
  },
});
