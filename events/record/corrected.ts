import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { AnyObject, Formed, OneOf, Text } from '../field.js';
import { UUID } from '../value.js';
import { CORRECTION_KINDS, recordSubject, type CorrectionKind } from '../correction.js';

/** The content of an event changes. */
export class RecordCorrected extends Data {
  @Formed('The id of the event that is corrected.', UUID, 'the id of an event: a UUID')
  target!: string;

  @OneOf(
    CORRECTION_KINDS,
    'amended: the source changed its story; transcription: it was written down wrong here.',
  )
  kind!: CorrectionKind;

  @Text('Why.', 500)
  reason!: string;

  @AnyObject(
    'The whole development as it should have been; no record.* type.',
    'must be a development: what the event should have been',
  )
  replacement!: Record<string, unknown>;
}

export const recordCorrected = eventType<RecordCorrected>({
  type: 'record.corrected',
  version: 1,
  means: '`replacement` takes the place of the whole content of the target.',
  doesNotMean:
    'That the old version is gone. Before the report of an amendment, the old version is what was known; before a transcription is corrected, the error is what was recorded.',
  data: RecordCorrected,
  subject: recordSubject,
  effects: () => [],
  example: {
    type: 'record.corrected',
    reportedAt: '2022-08-24',
    data: {
      target: '01890a5d-ac96-774b-bcce-b302099a8057',
      kind: 'transcription',
      reason: 'The coal ban takes effect on 10 August, not on the 22nd.',
      replacement: {
        type: 'sanctions.phase-scheduled',
        occurred: '2022-08-10',
        reportedAt: '2022-08-09',
        data: { measure: 'eu.russia-goods', phase: 'coal', announcedAt: '2022-04-08' },
        source: { publisher: 'Novinite', title: 'EU ban on Russian coal', publishedAt: '2022-08-09' },
        attribution: { claimant: 'eu.council', standing: 'act', reliability: 'C1' },
      },
    },
    source: { publisher: 'Borderline', title: 'Correction', publishedAt: '2022-08-24' },
    attribution: { claimant: 'borderline', standing: 'act', reliability: 'A1' },
  },
});
